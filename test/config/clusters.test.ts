import { explainModel } from '../../config/explain-model.js';
import { loadWorkspace } from '../../config/load-workspace.js';
import { goodPlatform, removeWorkspaces, writeWorkspace } from './workspace-files.js';

afterEach(removeWorkspaces);

const exposed = `${goodPlatform.replace('mlops-prod }', 'mlops-prod, cluster: eu }')}listener:
  expose: { kind: ingress, host: hooks.example.com, namespace: ingress-nginx, tlsSecret: hooks-tls }
`;

function load(clusters: string, text = exposed) {
  const { value, problems } = loadWorkspace(writeWorkspace({ 'driftloop.yaml': `${text}${clusters}` }));
  expect(problems).toEqual([]);
  if (value === undefined) throw new Error('no value without a problem');
  return value;
}

test('a cluster is known by its key unless it says otherwise, and the explanation shows all defaults', () => {
  const workspace = load(`clusters:
  eu: { tektonMetrics: false, ca: { name: corporate-ca } }
`);
  expect(workspace.environments.map(({ cluster }) => cluster)).toEqual([
    undefined,
    {
      name: 'eu',
      destination: { name: 'eu' },
      tektonMetrics: false,
      ca: { kind: 'ConfigMap', name: 'corporate-ca', key: 'ca.crt' },
    },
  ]);
  const explained = explainModel(workspace, 'driftloop.yaml').filter(({ path }) => path.includes('cluster'));
  expect(explained.map(({ path, value, layer }) => [path, value, layer])).toEqual([
    ['clusters.eu.ca.key', 'ca.crt', 'built-in default'],
    ['clusters.eu.ca.kind', 'ConfigMap', 'built-in default'],
    ['clusters.eu.ca.name', 'corporate-ca', 'platform'],
    ['clusters.eu.name', 'eu', 'built-in default'],
    ['clusters.eu.tektonMetrics', false, 'platform'],
    ['environments.prod.cluster', 'eu', 'platform'],
  ]);
});

test.each([
  ['server: "https://api.eu.example.com:6443"', { server: 'https://api.eu.example.com:6443' }],
  [
    'name: "arn:aws:eks:eu-west-1:1234567890:cluster/prod"',
    { name: 'arn:aws:eks:eu-west-1:1234567890:cluster/prod' },
  ],
])('a cluster with `%s` is found by it alone', (written, destination) => {
  const { environments } = load(`clusters: { eu: { ${written}, tektonMetrics: true } }\n`);
  expect(environments[1]?.cluster).toMatchObject({ destination, tektonMetrics: true, ca: undefined });
});

test('teams are on the clusters of their environments, and may have namespaces of one name on two', () => {
  const { teams } = load(`clusters: { eu: { tektonMetrics: true } }
teams:
  music: { environments: { test: { namespace: music }, prod: { namespace: music } } }
`);
  expect(teams[0]?.environments.map(({ cluster }) => cluster?.name)).toEqual([undefined, 'eu']);
});

test('a chart of others may have a release of one name in namespaces of one name on two clusters', () => {
  const { charts } = load(
    `clusters: { eu: { tektonMetrics: true } }
charts:
  ui:
    repo: https://git.example.com/ui.git
    path: chart
    revision: v1.0.0
    namespace: ui
    environments: { test: {}, prod: {} }
`,
  );
  expect(charts.map(({ environment }) => environment?.cluster?.name)).toEqual([undefined, 'eu']);
});

test('the address of a server holds no credentials, and the message does not repeat them', () => {
  const directory = writeWorkspace({
    'driftloop.yaml': `${exposed}clusters: { eu: { server: "https://admin:hunter2@api.example.com" } }\n`,
  });
  const { problems } = loadWorkspace(directory);
  expect(problems.map(({ code }) => code)).toEqual(['CONFIG_SECRET_INLINE']);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});
