import { loadWorkspace } from '../../../../config/load-workspace.js';
import { deploymentOf, goodTree, loadTree, modelOf, places, removeTrees, writeTree } from './course-tree.js';

afterEach(removeTrees);

const pipeline = 'toolings/ct-pipeline/config.yaml';
const testAlerting = 'model-deployments/test/alerting/config.yaml';
const prodAlerting = 'model-deployments/prod/alerting/config.yaml';

test('what many files say again and again becomes one platform', () => {
  const { platform, environments } = loadTree().workspace;
  expect(platform).toMatchObject({
    name: 'user1',
    profile: 'openshift',
    repository: { url: 'https://git.example.com/user1/mlops-gitops.git', branch: 'driftloop' },
    source: { url: 'https://git.example.com/user1/mlops-gitops.git', branch: 'main', path: '' },
    gitCredentials: 'git-auth',
  });
  expect(platform.namespaces.toolings).toBe('user1-toolings');
  expect(environments.map(({ name, namespace }) => [name, namespace])).toEqual([
    ['test', 'user1-test'],
    ['prod', 'user1-prod'],
  ]);
});

test('environments stand in the order of the namespaces, not of the folders', () => {
  const bootstrap = `chart_path: charts/bootstrap
namespaces:
  - name: user1-stage
  - name: user1-prod
  - name: user1-test
`;
  const { workspace } = loadTree({
    'toolings/bootstrap/config.yaml': bootstrap,
    'model-deployments/stage/jukebox/config.yaml': '---\n',
  });
  expect(workspace.environments.map(({ name }) => name)).toEqual(['stage', 'prod', 'test']);
});

test('without a list of namespaces production comes last', () => {
  const { workspace } = loadTree({ 'toolings/bootstrap/config.yaml': undefined });
  expect(workspace.environments.map(({ name }) => name)).toEqual(['test', 'prod']);
});

test('the rule of the exercise: a p-value of danceability below 0.05 for ten minutes', () => {
  const [detector] = deploymentOf(loadTree(), 'prod').detectors;
  expect(detector).toMatchObject({
    metric: 'meanshift',
    features: ['danceability'],
    bounds: { lower: 0.05, upper: undefined },
    for: { milliseconds: 600_000 },
    actions: ['retrain'],
    source: { series: 'trustyai_meanshift', labels: { model: 'jukebox' } },
  });
});

test('an app whose file holds only `---` is not deployed yet', () => {
  const tree = loadTree({ [prodAlerting]: '---\n', 'model-deployments/prod/jukebox/config.yaml': '---\n' });
  expect(deploymentOf(tree, 'prod')).toMatchObject({ detectors: [], serving: undefined });
  expect(deploymentOf(tree, 'test').detectors).toHaveLength(1);
  expect(places(tree.problems).filter((place) => /prod\/(alerting|jukebox)/.test(place))).toEqual([]);
});

test('users and models with hyphens keep their names', () => {
  const files = Object.fromEntries(
    Object.entries(goodTree).map(([path, text]) => [
      path,
      text.replaceAll('user1', 'a-b').replaceAll('jukebox', 'song-ranker'),
    ]),
  );
  const tree = loadTree(files);
  expect(tree.workspace.platform.namespaces.toolings).toBe('a-b-toolings');
  expect(tree.workspace.environments.map(({ namespace }) => namespace)).toEqual(['a-b-test', 'a-b-prod']);
  expect(modelOf(tree, 'song-ranker').source.url).toBe('https://git.example.com/a-b/song-ranker.git');
});

test.each([['true'], ['"true"'], ["'True'"], ['yes'], ['ON']])(
  '`alert_trigger: %s` means true',
  (written) => {
    const text = goodTree[pipeline]?.replace('alert_trigger: true', `alert_trigger: ${written}`);
    expect(deploymentOf(loadTree({ [pipeline]: text }), 'test').detectors[0]?.actions).toEqual(['retrain']);
  },
);

test('anchors, merge keys, Windows line ends and a byte order mark are read as meant', () => {
  const bootstrap = `chart_path: charts/bootstrap
bindings: &people
  - &lena { name: lena, kind: User, role: edit }
  - { <<: *lena, role: view }
namespaces:
  - name: user1-test
    bindings: *people
  - name: user1-prod
    bindings: *people
`;
  const windows = `\uFEFF${bootstrap}`.replaceAll('\n', '\r\n');
  const { workspace, problems } = loadTree({ 'toolings/bootstrap/config.yaml': windows });
  expect(workspace.environments.map(({ namespace }) => namespace)).toEqual(['user1-test', 'user1-prod']);
  expect(places(problems).filter((place) => place.includes('bootstrap'))).toEqual([]);
});

test('a value without text is one that is not there', () => {
  const text = goodTree[pipeline]?.replace('git_server: git.example.com', 'git_server:');
  const { url } = modelOf(loadTree({ [pipeline]: text })).source;
  expect(url).toBe('https://gitea-gitea.apps.cluster.example.com/user1/jukebox.git');
});

test('the webhook needs both sides', () => {
  const deaf = goodTree[pipeline]?.replace('alert_trigger: true', 'alert_trigger: false');
  const tree = loadTree({ [pipeline]: deaf });
  expect(deploymentOf(tree, 'test').detectors[0]?.actions).toEqual(['notify']);
  expect(places(tree.problems)).toContain(`COURSE_CONTRADICTION ${testAlerting}:5:16`);
});

test('the user, spelled three ways, is said by the pipeline; who disagrees is warned', () => {
  const other = goodTree[testAlerting]?.replace('user: user1', 'user: user2');
  const registry = 'chart_path: charts/model-registry\nname: user3\n';
  const tree = loadTree({ [testAlerting]: other, 'toolings/model-registry/config.yaml': registry });
  expect(tree.workspace.platform.name).toBe('user1');
  const found = tree.problems.filter(({ code }) => code === 'COURSE_CONTRADICTION');
  expect(found.map(({ message }) => message)).toEqual([
    '`user` says `user2`, but `USER_NAME` in toolings/ct-pipeline/config.yaml:2 says `user1`, which is used.',
    '`name` says `user3`, but `USER_NAME` in toolings/ct-pipeline/config.yaml:2 says `user1`, which is used.',
  ]);
});

test('course.yaml is stronger than the tree, and every value remembers where it was written', () => {
  const tree = loadTree({
    'course.yaml': `platform:
  profile: kubernetes
  receivers:
    chat: { webhook: { url: http://chat.chat.svc:8080/ } }
models:
  jukebox:
    drift:
      detectors: [{ metric: meanshift, features: [tempo] }]
    environments:
      prod: { drift: { for: 1h } }
    training: { image: registry.example.com/train:2 }
`,
  });
  expect(tree.workspace.platform.profile).toBe('kubernetes');
  expect(tree.problems.filter(({ message }) => message.includes('Data Science Pipeline'))).toEqual([]);
  const [test, prod] = modelOf(tree).deployments.map(({ detectors }) => detectors[0]);
  expect(test).toMatchObject({
    features: ['tempo'],
    for: { milliseconds: 600_000 },
    actions: ['notify', 'retrain'],
  });
  expect(prod).toMatchObject({ features: ['tempo'], for: { milliseconds: 3_600_000 } });
  expect(test?.position).toEqual({ file: 'course.yaml', line: 8, column: 19 });
  expect(tree.workspace.origins.get('jukebox/test:drift.onDrift')?.position).toEqual({
    file: testAlerting,
    line: 5,
    column: 16,
  });
});

test('problems of what was translated are told in the words of the tree', () => {
  const shared = `chart_path: charts/bootstrap
namespaces:
  - name: user1-test
  - name: user1-prod
`;
  const { problems } = loadWorkspace(
    writeTree({
      'toolings/bootstrap/config.yaml': shared,
      'course.yaml': 'platform:\n  namespaces: { toolings: user1-test }\n',
    }),
  );
  expect(problems).toContainEqual(
    expect.objectContaining({
      code: 'CONFIG_NAMESPACE_SHARED',
      path: 'namespaces[0].name',
      position: { file: 'toolings/bootstrap/config.yaml', line: 3, column: 11 },
    }),
  );
});

test('a folder without any `config.yaml` is no tree', () => {
  expect(places(loadWorkspace('test/bad/no-models/models').problems)).toEqual([
    'CONFIG_WORKSPACE_MISSING driftloop.yaml:1:1',
  ]);
});

test('course.yaml need not repeat what the tree says, and what nobody says is missed', () => {
  const checked = `${goodTree['toolings/ct-pipeline/config.yaml'] ?? ''}unit_tests: true\n`;
  const tree = loadTree({
    'toolings/ct-pipeline/config.yaml': checked,
    'course.yaml': `platform: { monitors: { trustyai: { modelLabel: model_id } } }
models: { jukebox: { source: { branch: next }, checks: { unit-tests: { timeout: 5m } } } }
`,
  });
  expect(tree.workspace.platform.monitors[0]).toMatchObject({ name: 'trustyai', dialect: 'trustyai-java' });
  expect(modelOf(tree)).toMatchObject({
    source: { branch: 'next' },
    checks: [{ name: 'unit-tests', timeout: { milliseconds: 300_000 } }],
  });
  const unsaid = `models: { jukebox: { checks: { own: { timeout: 5m } } } }\n`;
  const { value, problems } = loadWorkspace(writeTree({ 'course.yaml': unsaid }));
  expect(value).toBeUndefined();
  expect(places(problems.filter(({ severity }) => severity === 'error'))).toEqual([
    'CONFIG_KEY_MISSING course.yaml:1:39',
    'CONFIG_KEY_MISSING course.yaml:1:39',
  ]);
});

test.each(['', '---\n', '# nothing yet\n'])('a course.yaml that holds %j says nothing', (text) => {
  expect(loadTree({ 'course.yaml': text }).problems).toEqual(loadTree().problems);
});
