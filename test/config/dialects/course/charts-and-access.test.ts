import { loadTree, places, removeTrees } from './course-tree.js';
import { stages } from './stages.js';

afterEach(removeTrees);

const bootstrap = 'toolings/bootstrap/config.yaml';

test('apps of other repositories become charts, once per environment', () => {
  const { charts } = loadTree(stages.final).workspace;
  expect(charts.map(({ name, environment, namespace }) => [name, environment?.name, namespace])).toEqual([
    ['feast-server', undefined, 'user1-toolings'],
    ['jukebox-ui', 'test', 'user1-test'],
    ['jukebox-ui', 'prod', 'user1-prod'],
    ['sealed-secrets', undefined, 'user1-toolings'],
  ]);
  expect(charts[1]).toMatchObject({
    source: { kind: 'git', url: 'https://git.example.com/user1/jukebox-ui', path: 'chart', revision: 'main' },
    // As the course's Application is called, because charts name their objects after it.
    releaseName: 'jukebox-ui-test',
    values: { model_name: 'jukebox', search_as_default: true },
  });
  expect(Object.keys(charts[1]?.values ?? {})).not.toContain('chart_path');
});

test('a chart without `target_revision` follows a branch, and that is said', () => {
  const { problems } = loadTree(stages.final);
  expect(places(problems).filter((place) => place.startsWith('CONFIG_CHART_UNPINNED'))).toEqual([
    'CONFIG_CHART_UNPINNED model-deployments/test/jukebox-ui/config.yaml:1:11',
    'CONFIG_CHART_UNPINNED model-deployments/prod/jukebox-ui/config.yaml:1:11',
    'CONFIG_CHART_UNPINNED toolings/sealed-secrets/config.yaml:1:11',
  ]);
});

test("a fork of the course's own charts is still the course", () => {
  const text = 'repo_url: https://git.example.com/user1/mlops-helmcharts.git\nchart_path: charts/trustyai\n';
  const { workspace } = loadTree({ 'model-deployments/test/trustyai/config.yaml': text });
  expect(workspace.charts).toEqual([]);
});

test('base64 of a password is no secret-keeping', () => {
  const encoded = Buffer.from('path: postgresql://feast:battery@feast:5432/feast\n').toString('base64');
  const text = `repo_url: https://charts.example.com/feast.git\nchart_path: charts/feast\ntarget_revision: v1.0.0\nfeature_store_yaml_base64: ${encoded}\n`;
  const { problems } = loadTree({ 'toolings/feast-server/config.yaml': text });
  const found = problems.filter(({ code }) => code === 'CONFIG_SECRET_INLINE');
  expect(places(found)).toEqual(['CONFIG_SECRET_INLINE toolings/feast-server/config.yaml:4:28']);
  expect(JSON.stringify(found)).not.toContain(encoded);
});

test('the bindings of the bootstrap become rights, told once for all environments they hold in', () => {
  expect(loadTree(stages.alerting).workspace.access).toEqual([
    {
      kind: 'User',
      name: 'mira',
      role: 'admin',
      namespace: undefined,
      environments: ['test'],
      toolings: false,
    },
    {
      kind: 'Group',
      name: 'night-shift',
      role: 'view',
      namespace: undefined,
      environments: ['test', 'prod'],
      toolings: false,
    },
  ]);
});

test('bindings in the namespace of the pipelines hold there, when there are any', () => {
  const namespaces = ['user1-toolings', 'user1-test'].map(
    (name) => `  - name: ${name}\n    bindings: [{ name: mira, kind: User, role: edit }]\n`,
  );
  const bootstrap = `chart_path: charts/bootstrap\nnamespaces:\n${namespaces.join('')}`;
  const tree = { ...stages.final, 'toolings/bootstrap/config.yaml': bootstrap };
  expect(loadTree(tree).workspace.access).toEqual([
    expect.objectContaining({ name: 'mira', environments: ['test'], toolings: true }),
  ]);
});

test('without bindings nobody touches the rights of people', () => {
  expect(loadTree().workspace.access).toBeUndefined();
});

test('a role that people cannot have is refused where it was written', () => {
  const tree = {
    ...stages.alerting,
    [bootstrap]: (stages.alerting?.[bootstrap] ?? '').replace('role: admin', 'role: cluster-admin'),
  };
  expect(() => loadTree(tree)).toThrow(/`bindings\[0\]\.role`|`namespaces\[0\]\.bindings\[0\]\.role`/);
});
