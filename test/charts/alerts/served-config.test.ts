import { App, Chart } from 'cdk8s';
import { addServedConfig } from '../../../charts/alerts/served-config.js';
import type { Platform } from '../../../config/model.js';
import type { AlertmanagerConfigProps } from '../../../imports/monitoring.coreos.com.js';
import { validateStructure } from '../../../validate/structure.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { manifestOf } from '../../validate/structure-cases.js';
import { onOpenShift } from '../openshift-fixture.js';
import { jukeboxWorkspace } from '../workspace-fixture.js';

const props: AlertmanagerConfigProps = {
  metadata: { name: 'jukebox', namespace: 'mlops-test', labels: { team: 'music' } },
  spec: {
    route: { receiver: 'none', muteTimeIntervals: ['nights'] },
    receivers: [{ name: 'none' }],
    muteTimeIntervals: [
      { name: 'nights', timeIntervals: [{ times: [{ startTime: '22:00', endTime: '24:00' }] }] },
    ],
  },
};

function write(platform: Platform, given = props): KubernetesObject {
  const chart = new Chart(new App(), 'chart', { disableResourceNameHashes: true });
  addServedConfig(chart, 'routes', platform, given);
  const [object] = chart.toJson() as KubernetesObject[]; // One object was added.
  if (object === undefined) throw new Error('nothing was rendered');
  return object;
}

const { platform } = jukeboxWorkspace;
const openshift = onOpenShift(jukeboxWorkspace).platform;

test('both versions are what their schema asks for, and say the same', () => {
  const [alpha, beta] = [write(platform), write(openshift)];
  expect([alpha.apiVersion, beta.apiVersion]).toEqual([
    'monitoring.coreos.com/v1alpha1',
    'monitoring.coreos.com/v1beta1',
  ]);
  for (const object of [alpha, beta]) expect(validateStructure([manifestOf(object)])).toEqual([]);
  expect(beta.metadata).toEqual(alpha.metadata);
});

test('time intervals have the name that the version gives them; routes name them alike', () => {
  const [alpha, beta] = [write(platform).spec, write(openshift).spec] as Record<string, unknown>[];
  expect(Object.keys(alpha ?? {}).sort()).toEqual(['muteTimeIntervals', 'receivers', 'route']);
  expect(Object.keys(beta ?? {}).sort()).toEqual(['receivers', 'route', 'timeIntervals']);
  expect(beta?.timeIntervals).toEqual(alpha?.muteTimeIntervals);
  expect(beta?.route).toEqual(alpha?.route);
});

test('an operator that knows no v1beta1 gets v1alpha1 on OpenShift, too', () => {
  const old = onOpenShift(jukeboxWorkspace, { prometheusOperator: '0.56.3' }).platform;
  expect(write(old).apiVersion).toBe('monitoring.coreos.com/v1alpha1');
});
