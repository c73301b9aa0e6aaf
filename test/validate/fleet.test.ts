import type { Manifest } from '../../synth/manifest.js';
import { divideByCluster, indexFleet } from '../../validate/fleet.js';
import { validateManifests } from '../../validate/validate.js';
import { rehearse } from '../../validate/rehearse/rehearse.js';
import { rehearseSamples } from '../../validate/rehearse/rehearse-samples.js';
import { sampleRequests, sampleToken } from '../../validate/rehearse/sample-requests.js';
import { prepareStage } from '../../validate/rehearse/stage.js';
import { onClusters, twoClusters, us } from '../charts/cluster-fixture.js';
import { eventWorkspace, otherExposures } from '../charts/event-fixture.js';
import { onOpenShift } from '../charts/openshift-fixture.js';
import { everyKindWorkspace, prodEnvironment, testEnvironment } from '../charts/workspace-fixture.js';
import { renderAll, setAt } from './good-manifests.js';
import type { Changes } from './good-manifests.js';

const manifests = renderAll(twoClusters);

/** The manifests with one object of a unit changed. */
function change(unit: string, kind: string, name: string, changes: Changes): readonly Manifest[] {
  const found = manifests.find(
    ({ object, unit: own }) => own.name === unit && object.kind === kind && object.metadata.name === name,
  );
  if (found === undefined) throw new Error(`there is no ${kind} ${name} in ${unit}`);
  const object = structuredClone(found.object);
  for (const [path, value] of Object.entries(changes))
    setAt(object, path.split(/[.[\]]+/).filter(Boolean), value);
  return manifests.map((manifest) => (manifest === found ? { ...manifest, object } : manifest));
}

function codesOf(changed: readonly Manifest[]): readonly string[] {
  return validateManifests(changed).map(({ code }) => code);
}

const webhook = 'spec.receivers[1].webhookConfigs[0]';

describe('objects of several clusters', () => {
  test('are judged cluster by cluster, so that two may have the same name and namespace', () => {
    expect(validateManifests(manifests)).toEqual([]);
    const together = manifests.map((manifest) => {
      const { name, directory, environment, model } = manifest.unit;
      return { ...manifest, unit: { name, directory, environment, model } };
    });
    expect(codesOf(together)).toContain('STRUCTURE_DUPLICATE_OBJECT');
  });

  test('fit together where environments of every kind are on other clusters, by name and by server', () => {
    const away = {
      ...everyKindWorkspace,
      platform: { ...everyKindWorkspace.platform, exposure: twoClusters.platform.exposure },
      environments: [testEnvironment, { ...prodEnvironment, cluster: us }],
      models: everyKindWorkspace.models.map((model) => ({
        ...model,
        deployments: model.deployments.map((deployment) =>
          deployment.environment.name === 'prod'
            ? { ...deployment, environment: { ...prodEnvironment, cluster: us } }
            : deployment,
        ),
      })),
    };
    expect(validateManifests(renderAll(away))).toEqual([]);
  });

  test('are not copied when there is one cluster', () => {
    const one = renderAll(onClusters(testEnvironment));
    expect(divideByCluster(one)).toHaveLength(1);
    expect(divideByCluster(one, one)[0]?.manifests).toBe(one);
    expect(divideByCluster(one, one)[0]?.surroundings).toBe(one);
    expect(indexFleet(one).home).toBe(indexFleet(one).home);
  });

  test('lack an account that stands on another cluster only', () => {
    const namespaces = manifests.filter(
      ({ unit, object }) => !(unit.name === 'toolings' && object.kind === 'ServiceAccount'),
    );
    const account = manifests.find(
      ({ object }) => object.kind === 'ServiceAccount' && object.metadata.name === 'driftloop',
    );
    if (account === undefined) throw new Error('no account');
    const elsewhere = { ...account, unit: { ...account.unit, cluster: 'eu' } };
    expect(codesOf([...namespaces, elsewhere])).toContain('REFERENCE_ACCOUNT');
  });
});

describe('an alert of another cluster', () => {
  test('must go by an address that leads to the listener', () => {
    const to = (url: string) =>
      change('prod/jukebox', 'AlertmanagerConfig', 'jukebox', { [`${webhook}.url`]: url });
    expect(codesOf(to('https://hooks.example.com/other'))).toEqual(
      expect.arrayContaining(['REFERENCE_LISTENER', 'REFERENCE_ALERT_UNROUTED']),
    );
    expect(codesOf(to('http://hooks.example.com/alerts'))).toContain('REFERENCE_LISTENER');
    expect(codesOf(to('https://hooks.example.com:8443/alerts'))).toEqual(['REFERENCE_ALERT_UNROUTED']);
    expect(codesOf(to('https://elsewhere.example.com/alerts'))).toEqual(['REFERENCE_ALERT_UNROUTED']);
  });

  test('does not reach a Service of the cluster of the toolings', () => {
    const url = 'http://el-driftloop.mlops-toolings.svc.cluster.local:8080/';
    const problems = validateManifests(
      change('prod/jukebox', 'AlertmanagerConfig', 'jukebox', { [`${webhook}.url`]: url }),
    );
    expect(problems.map(({ code }) => code)).toEqual(['REFERENCE_LISTENER', 'REFERENCE_ALERT_UNROUTED']);
    expect(problems[0]?.message).toContain('which is not there');
  });

  test('needs a door with TLS, to a listener that is there', () => {
    const door = (changes: Changes) => codesOf(change('toolings', 'Ingress', 'driftloop-events', changes));
    expect(door({ 'spec.tls': [] })).toContain('REFERENCE_ALERT_UNROUTED');
    expect(door({ 'spec.rules[0].http.paths[0].path': '/' })).toContain('REFERENCE_ALERT_UNROUTED');
    expect(door({ 'spec.rules[0].http.paths[0].backend.service.name': 'el-other' })).toEqual(
      expect.arrayContaining(['REFERENCE_EXPOSURE', 'REFERENCE_ALERT_UNROUTED']),
    );
  });

  test('must show the token that its Trigger compares with', () => {
    const credentials = `${webhook}.httpConfig.authorization.credentials.name`;
    const wrong = change('prod/jukebox', 'AlertmanagerConfig', 'jukebox', {
      [credentials]: 'driftloop-token',
    });
    expect(codesOf(wrong)).toEqual(['REFERENCE_TOKEN']);
  });

  test('is taken by no Trigger of the other listener', () => {
    const label = { 'metadata.labels': { 'driftloop.dev/listener': 'driftloop' } };
    expect(codesOf(change('toolings', 'Trigger', 'jukebox.prod', label))).toContain(
      'REFERENCE_ALERT_UNHEARD',
    );
  });

  test('is rehearsed from its route through the door to the run', () => {
    const [firing] = sampleRequests(prepareStage(manifests), 'jukebox', 'prod');
    if (firing === undefined) throw new Error('no sample');
    const { hops, created } = rehearse(manifests, firing.request, { token: sampleToken });
    expect(hops[0]?.detail).toBe(
      'spec.route.routes[0] sends the alert to receiver "retrain" by https://hooks.example.com/alerts, which Ingress mlops-toolings/driftloop-events lets in',
    );
    expect(hops.find(({ hop }) => hop === 'listener')?.subject).toBe(
      'EventListener mlops-toolings/driftloop-events',
    );
    expect(created.map(({ metadata }) => metadata.labels?.['driftloop.dev/environment'])).toEqual(['prod']);
  });

  test.each(['test', 'prod'])(
    'is told apart from that of the other environment by its labels, whose receivers are called alike (%s)',
    (environment) => {
      expect(rehearseSamples(manifests, 'jukebox', environment).problems).toEqual([]);
    },
  );
});

describe('alerts of another cluster come in', () => {
  test.each(otherExposures)('by what the platform has: $kind', (exposure) => {
    const platform = { ...twoClusters.platform, exposure };
    const rendered = renderAll({ ...twoClusters, platform });
    expect(validateManifests(rendered)).toEqual([]);
    expect(rehearseSamples(rendered, 'jukebox', 'prod').problems).toEqual([]);
    const kind = exposure.kind === 'route' ? 'Route' : 'HTTPRoute';
    expect(rendered.map(({ object }) => object.kind)).toContain(kind);
    const elsewhere = renderAll({
      ...twoClusters,
      platform: { ...platform, exposure: { ...exposure, host: 'other.example.com' } },
    });
    const shared = elsewhere.filter(({ unit }) => unit.name === 'toolings');
    const apart = [...rendered.filter(({ unit }) => unit.name !== 'toolings'), ...shared];
    expect(codesOf(apart)).toEqual(['REFERENCE_ALERT_UNROUTED']);
  });

  test('on OpenShift, where only the listener of its own alerts has a certificate of the cluster', () => {
    expect(validateManifests(renderAll(onOpenShift(twoClusters)))).toEqual([]);
  });

  test('beside the events of forges, without mixing with them', () => {
    const events = { ...eventWorkspace.platform, exposure: twoClusters.platform.exposure };
    const both = renderAll({
      ...twoClusters,
      platform: { ...twoClusters.platform, events: events.events },
      models: [...twoClusters.models, ...eventWorkspace.models.filter(({ name }) => name === 'github')],
    });
    expect(validateManifests(both)).toEqual([]);
    const paths = both
      .filter(({ object }) => object.kind === 'Ingress')
      .flatMap(({ object }) =>
        [...JSON.stringify(object).matchAll(/"path":"([^"]+)"/g)].map(([, path]) => path),
      );
    expect(paths).toEqual(['/events/github', '/alerts']);
  });
});

describe('Applications', () => {
  const at = (changes: Changes) =>
    codesOf(change('applications', 'Application', 'mlops.prod.jukebox', changes));

  test('name their cluster in one way', () => {
    expect(at({ 'spec.destination.server': 'https://kubernetes.default.svc' })).toEqual([
      'REFERENCE_APPLICATION',
    ]);
    expect(at({ 'spec.destination.name': undefined })).toEqual(['REFERENCE_APPLICATION']);
  });

  test('bring nothing to a cluster that it is not for, even where their project would permit it', () => {
    expect(at({ 'spec.destination.name': 'asia' })).toContain('REFERENCE_PROJECT');
    const home = { server: 'https://kubernetes.default.svc', namespace: 'mlops-test' };
    const project = change('applications', 'AppProject', 'mlops.environment-prod', {
      'spec.destinations[0]': home,
    });
    const both = project.map((manifest) =>
      manifest.object.kind === 'Application' && manifest.object.metadata.name === 'mlops.prod.jukebox'
        ? {
            ...manifest,
            object: { ...manifest.object, spec: { ...(manifest.object.spec as object), destination: home } },
          }
        : manifest,
    );
    expect(codesOf(both)).toEqual(['REFERENCE_APPLICATION']);
  });
});
