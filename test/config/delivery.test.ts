import { loadWorkspace } from '../../config/load-workspace.js';
import { removeWorkspaces, writeWorkspace } from './workspace-files.js';

afterEach(removeWorkspaces);

function deliveryOf(repository: string, more = '') {
  const text = `
platform: mlops
profile: kubernetes
${repository}
${more}
namespaces: { toolings: mlops-toolings }
environments:
  test: { namespace: mlops-test }
  stage: { namespace: mlops-stage, delivery: push }
  prod: { namespace: mlops-prod }
monitors:
  trustyai: { dialect: trustyai-java }
receivers:
  team-chat:
    slack: { channel: '#jukebox', apiUrlSecret: { name: team-chat, key: url } }
images: { steps: 'registry.example.com/driftloop/steps:0.1.0' }
`;
  const { value, problems } = loadWorkspace(writeWorkspace({ 'driftloop.yaml': text }));
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}

test.each([
  ['https://github.com/mlops/gitops.git', 'github', 'https://api.github.com'],
  ['git@github.com:mlops/gitops.git', 'github', 'https://api.github.com'],
  ['https://github.example.com/mlops/gitops.git', 'github', 'https://github.example.com/api/v3'],
  ['https://gitlab.com/group/mlops/gitops.git', 'gitlab', 'https://gitlab.com/api/v4'],
  ['https://git.example.com:3000/mlops/gitops', 'gitea', 'https://git.example.com:3000/api/v1'],
])('%s speaks the API of %s', (url, api, apiUrl) => {
  const { delivery } = deliveryOf(`repository: { url: '${url}' }`).platform;
  expect(delivery.forge).toEqual({ api, apiUrl });
  expect([...delivery.modes]).toEqual([
    ['test', 'push'],
    ['stage', 'push'],
    ['prod', 'pull-request'],
  ]);
});

test('what is written counts, and where it comes from is known', () => {
  const { platform, origins } = deliveryOf(
    `repository: { url: 'https://git.example.com/mlops/gitops.git' }`,
    `delivery: { forge: gitlab, apiUrl: 'https://git.example.com/lab/api/v4', pullRequest: { labels: [mlops] } }`,
  );
  expect(platform.delivery.forge).toEqual({ api: 'gitlab', apiUrl: 'https://git.example.com/lab/api/v4' });
  expect(platform.delivery.pullRequest).toMatchObject({
    per: 'environment',
    labels: ['mlops'],
    statuses: true,
  });
  expect(origins.get('driftloop.yaml:environments.prod.delivery')).toMatchObject({
    layer: 'built-in default',
  });
  expect(origins.get('driftloop.yaml:environments.stage.delivery')).toMatchObject({ layer: 'platform' });
  expect(origins.get('driftloop.yaml:delivery.pullRequest.draft')).toMatchObject({ value: false });
});

test.each(['', `repository: { url: 'file:///srv/git/gitops.git' }`])(
  'without a forge everything is pushed: %s',
  (repository) => {
    const { delivery } = deliveryOf(repository).platform;
    expect(delivery.forge).toBeUndefined();
    expect(new Set(delivery.modes.values())).toEqual(new Set(['push']));
  },
);
