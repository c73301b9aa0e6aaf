import type { InferenceServiceServing } from '../../../../config/model.js';
import { deploymentOf, goodTree, loadTree, modelOf, places, removeTrees } from './course-tree.js';
import type { LoadedTree } from './course-tree.js';
import { stages } from './stages.js';

afterEach(removeTrees);

const jukebox = (environment: string) => `model-deployments/${environment}/jukebox/config.yaml`;

function servingOf(tree: LoadedTree, environment: string): InferenceServiceServing {
  const { serving } = deploymentOf(tree, environment);
  if (serving?.kind !== 'inferenceservice') throw new Error('not served by KServe');
  return serving;
}

test.each([
  ['4562a17c17', '4562a17c17'],
  ['1234567890', '1234567890'],
  ['4562117e17', '4562117e17'],
  ['0123456', '0123456'],
  ['"68b0c7cf1b"', '68b0c7cf1b'],
  ['1.10', '1.10'],
])('the version %s is read as the characters that stand there', (written, meant) => {
  const text = goodTree[jukebox('test')]?.replace('4562a17c17', written);
  expect(servingOf(loadTree({ [jukebox('test')]: text }), 'test').initial).toEqual({
    version: meant,
    image: `oci://registry.example.com/user1-test/jukebox:${meant}`,
  });
});

test('a version that only a tag names is served, and that is said in the words of the tree', () => {
  const found = loadTree().problems.filter(({ code }) => code === 'CONFIG_MODEL_TAG');
  expect(places(found)).toEqual([
    `CONFIG_MODEL_TAG ${jukebox('test')}:3:10`,
    `CONFIG_MODEL_TAG ${jukebox('prod')}:3:10`,
  ]);
  expect(found[0]?.path).toBe('version');
});

test('a transformer stands beside the model, with the feature store where there is one', () => {
  const tree = loadTree(stages.featureStore);
  expect(servingOf(tree, 'prod').transformer).toMatchObject({
    placement: 'sidecar',
    image: 'quay.io/rhoai-mlops/music_transformer:0.3',
  });
  const { transformer, serviceAccount } = servingOf(tree, 'test');
  expect(transformer?.image).toBe('quay.io/rhoai-mlops/feast_music_transformer:0.4');
  expect(transformer?.args).toContain('--entity_id_name=song_id');
  expect(serviceAccount?.token).toBe(true);
});

test('production asks callers for a token, and says so', () => {
  const tree = loadTree();
  expect(servingOf(tree, 'test')).toMatchObject({ exposed: true, authentication: false });
  expect(servingOf(tree, 'prod')).toMatchObject({ exposed: true, authentication: true });
  expect(places(tree.problems)).toContain(`COURSE_ASSUMED ${jukebox('prod')}:1:13`);
});

test('`autoscaling` scales where the chart reads it, and is warned about where the chart ignores it', () => {
  const scaled = loadTree(stages.serving);
  expect(servingOf(scaled, 'test').autoscaling).toMatchObject({ min: 1, max: 2, target: { metric: 'cpu' } });
  const text = `${goodTree[jukebox('test')] ?? ''}autoscaling: true\nkeda: true\n`;
  const ignored = loadTree({ [jukebox('test')]: text });
  expect(servingOf(ignored, 'test').autoscaling).toBeUndefined();
  expect(places(ignored.problems)).toEqual(
    expect.arrayContaining([
      `COURSE_KEY_WITHOUT_EFFECT ${jukebox('test')}:6:1`,
      `COURSE_KEY_WITHOUT_EFFECT ${jukebox('test')}:7:1`,
    ]),
  );
});

test("a push to the model's repository starts its training, once Gitea has signed it", () => {
  const { workspace } = loadTree();
  expect(workspace.platform.events).toMatchObject([{ name: 'gitea', kind: 'gitea', namespace: 'gitea' }]);
  expect(workspace.models[0]?.triggers.push).toMatchObject({
    repository: 'user1/jukebox',
    branches: ['main'],
  });
});

test('each flag for a check is a check, with what it would need from the user said', () => {
  const { checks } = modelOf(loadTree(stages.final));
  expect(checks.map(({ name, command }) => [name, ...command.slice(0, 3)])).toEqual([
    ['linting', 'python', '-m', 'flake8'],
    [
      'static-code-analysis',
      'pysonar',
      '-Dsonar.qualitygate.wait=true',
      '-Dsonar.working.directory=/tekton/home/sonar',
    ],
    ['unit-tests', 'python', '-m', 'pytest'],
  ]);
  expect(checks[1]?.secretEnv).toEqual({ SONAR_TOKEN: { name: 'sonarqube-auth', key: 'token' } });
});

test('a check of course.yaml takes the place of the assumed one, and nothing is assumed any more', () => {
  const { problems, workspace } = loadTree({
    ...stages.final,
    'course.yaml': `models:
  jukebox:
    checks:
      linting: { image: registry.example.com/lint:3, command: [ruff, check] }
`,
  });
  expect(workspace.models[0]?.checks[0]).toMatchObject({ command: ['ruff', 'check'], env: {} });
  expect(problems.filter(({ message }) => message.includes('`linting`'))).toEqual([]);
});

test('flags that do not say what does the work are named, each where it stands', () => {
  const pipeline = 'toolings/ct-pipeline/config.yaml';
  expect(places(loadTree(stages.final).problems)).toEqual(
    expect.arrayContaining([`COURSE_NOT_RENDERED ${pipeline}:10:1`, `COURSE_NOT_RENDERED ${pipeline}:11:1`]),
  );
});

const overlay = `platform:
  registry: { kind: kubeflow, url: https://registry.example.com }
models:
  jukebox:
    package: { repository: registry.example.com/jukebox/model, base: none }
    scan:
      model: { image: registry.example.com/tools/modelscan:0.8.5, command: [modelscan, --path, .] }
      image: { image: registry.example.com/tools/trivy:0.60.0 }
`;

test('what course.yaml says does the work of the flags is rendered, and no flag is named', () => {
  const messages = (tree: LoadedTree) =>
    tree.problems.filter(({ code }) => code === 'COURSE_NOT_RENDERED').map(({ message }) => message);
  const deployment = {
    'toolings/post-deployment-pipeline/config.yaml': 'chart_path: charts/post-deployment-pipeline\n',
  };
  const silent = messages(loadTree({ ...stages.final, ...deployment })).join('\n');
  for (const told of [
    'what scans the model,',
    "what scans the model's image,",
    'The model registry is not told',
  ])
    expect(silent).toContain(told);
  const { workspace, problems } = loadTree({ ...stages.final, ...deployment, 'course.yaml': overlay });
  expect(workspace.platform.registry?.kind).toBe('kubeflow');
  expect(workspace.models[0]?.packaging).toBeDefined();
  const left = problems.map(({ message }) => message).join('\n');
  expect(left).not.toContain('The tree does not say what');
  expect(left).not.toContain('model registry');
});
