import { Chart, Testing } from 'cdk8s';
import { exposeService } from '../../../charts/exposure/expose-service.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { fieldAt } from '../../../validate/fields.js';
import { exposedBy, exposure, otherExposures } from '../event-fixture.js';
import { expectGolden } from '../expect-golden.js';
import { objectsOf, render } from '../workspace-fixture.js';

const exposing = ['Ingress', 'Route', 'HTTPRoute'];

test.each(otherExposures.map((each) => [each.kind, each] as const))(
  'what lets strangers in as %s is that of the golden file',
  (kind, changed) => {
    const rendered = objectsOf(render(exposedBy(changed))).filter((object) => exposing.includes(object.kind));
    expectGolden(`exposure-${kind}.yaml`, rendered);
  },
);

test.each([exposure, ...otherExposures].map((each) => [each.kind, each] as const))(
  'only the namespace of the proxies may pass on what comes in as %s',
  (_, changed) => {
    const policy = objectsOf(render(exposedBy(changed))).find(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'driftloop-events',
    );
    expect(JSON.stringify(fieldAt(policy, 'spec', 'ingress'))).toContain(changed.namespace);
  },
);

test('whoever has a Service of its own is let in by its paths alone', () => {
  const paths = [
    { name: 'one', path: '/one' },
    { name: 'two', path: '/two' },
  ];
  const objects = [exposure, ...otherExposures].flatMap((each) => {
    const chart = new Chart(Testing.app(), 'test', { namespace: 'here' });
    exposeService(chart, each, { name: 'mine', service: 'my-service', port: 8443, paths });
    return chart.toJson() as KubernetesObject[]; // Testing.synth would only snapshot the same.
  });
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'Ingress mine',
    'Route mine.one',
    'Route mine.two',
    'HTTPRoute mine',
  ]);
  for (const object of objects) expect(JSON.stringify(object)).toMatch(/my-service.*8443|8443.*my-service/);
});

test('annotations add to the limit of an Ingress and never lift it', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'here' });
  const lifted = { 'nginx.ingress.kubernetes.io/proxy-body-size': '0', 'cert-manager.io/issuer': 'mine' };
  const paths = [{ name: 'one', path: '/one' }];
  const changed = { ...exposure, annotations: lifted };
  exposeService(chart, changed, { name: 'mine', service: 'my-service', port: 8443, paths });
  const [ingress] = chart.toJson() as KubernetesObject[]; // Testing.synth would only snapshot the same.
  expect(ingress?.metadata.annotations).toEqual({
    'argocd.argoproj.io/sync-wave': '0',
    'cert-manager.io/issuer': 'mine',
    'nginx.ingress.kubernetes.io/proxy-body-size': '5242880',
    'nginx.ingress.kubernetes.io/ssl-redirect': 'true',
  });
});
