import { loadWorkspace } from '../../../config/load-workspace.js';
import type { Exposure } from '../../../config/model-exposure.js';
import type { Problem } from '../../../problems/problem.js';
import { goodPlatform, removeWorkspaces, writeWorkspace } from '../workspace-files.js';

afterEach(removeWorkspaces);

function load(profile: string, expose: string) {
  const platform = goodPlatform.replace('profile: kubernetes', `profile: ${profile}`);
  return loadWorkspace(writeWorkspace({ 'driftloop.yaml': `${platform}listener:\n  expose: ${expose}\n` }));
}

function findProblems(profile: string, expose: string): readonly Problem[] {
  return load(profile, expose).problems;
}

function resolve(profile: string, expose: string): Exposure | undefined {
  const { value, problems } = load(profile, expose);
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

test('an Ingress of another class has no limit that driftloop knows', () => {
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

test.each([
  '{}',
  '{ cert-manager.io/cluster-issuer: letsencrypt }',
  '{ haproxy.router.openshift.io/timeout: 5s }',
])(
  'an Ingress of a class whose limit is not known works with a warning, with the annotations %s',
  (annotations) => {
    const expose = `{ kind: ingress, host: h.example.com, class: openshift-default, namespace: openshift-ingress, tlsSecret: t, annotations: ${annotations} }`;
    const found = findProblems('openshift', expose).filter(({ code }) => code.startsWith('CONFIG_EXPOSURE'));
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['CONFIG_EXPOSURE_LIMIT', 'warning'],
    ]);
  },
);

test('annotations of ingress-nginx are left to those who run it under another class', () => {
  const expose =
    "{ host: h.example.com, class: edge, namespace: edge, tlsSecret: t, annotations: { nginx.ingress.kubernetes.io/proxy-body-size: '1048576' } }";
  const codes = findProblems('kubernetes', expose).map(({ code }) => code);
  expect(codes).not.toContain('CONFIG_EXPOSURE_ANNOTATION');
});

test('who lifts the limit by an annotation is told the key for it', () => {
  const expose =
    "{ host: h.example.com, namespace: edge, tlsSecret: t, annotations: { nginx.ingress.kubernetes.io/proxy-body-size: '0' } }";
  const found = findProblems('kubernetes', expose).find(({ code }) => code === 'CONFIG_EXPOSURE_ANNOTATION');
  expect(found?.hint).toContain('`bodyLimit`');
});
