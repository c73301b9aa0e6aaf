import { loadWorkspace } from '../../../config/load-workspace.js';
import type { Exposure } from '../../../config/model-exposure.js';
import { goodPlatform, removeWorkspaces, writeWorkspace } from '../workspace-files.js';

afterEach(removeWorkspaces);

function resolve(profile: string, expose: string): Exposure | undefined {
  const platform = goodPlatform.replace('profile: kubernetes', `profile: ${profile}`);
  const { value, problems } = loadWorkspace(
    writeWorkspace({ 'driftloop.yaml': `${platform}listener:\n  expose: ${expose}\n` }),
  );
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value.platform.exposure;
}

test('on kubernetes it is an Ingress of ingress-nginx with a limit', () => {
  expect(
    resolve('kubernetes', '{ host: h.example.com, namespace: ingress-nginx, tlsSecret: hooks-tls }'),
  ).toEqual({
    kind: 'ingress',
    host: 'h.example.com',
    class: 'nginx',
    namespace: 'ingress-nginx',
    tlsSecret: 'hooks-tls',
    bodyLimit: '5Mi',
    annotations: {},
  });
});

test('an Ingress of another class has the limit that its annotations say', () => {
  const expose =
    '{ host: h.example.com, class: traefik, namespace: traefik, tlsSecret: t, annotations: { a: b } }';
  expect(resolve('kubernetes', expose)).toMatchObject({ class: 'traefik', bodyLimit: undefined });
});

test('on openshift it is a Route of the default router', () => {
  expect(resolve('openshift', '{ host: h.example.com }')).toEqual({
    kind: 'route',
    host: 'h.example.com',
    namespace: 'openshift-ingress',
    annotations: {},
  });
});

test('an HTTPRoute hangs on the listener with the certificate', () => {
  const expose =
    '{ kind: httproute, host: h.example.com, namespace: istio-system, gateway: { name: edge, namespace: gateways } }';
  for (const profile of ['kubernetes', 'openshift'])
    expect(resolve(profile, expose)).toMatchObject({
      kind: 'httproute',
      namespace: 'istio-system',
      gateway: { name: 'edge', namespace: 'gateways', listener: 'https' },
    });
});
