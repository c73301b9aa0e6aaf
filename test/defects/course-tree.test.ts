import { parseDocument } from 'yaml';
import { loadWorkspace } from '../../config/load-workspace.js';
import { emitManifests } from '../../synth/emit.js';
import { fieldAt } from '../../validate/fields.js';
import { goodTree, loadTree, places, removeTrees, writeTree } from '../config/dialects/course/course-tree.js';
import { stages } from '../config/dialects/course/stages.js';
import { ofKind, renderCourse, textOf } from './course-objects.js';

/** What the tree says and what becomes of it, D57–D98 of the course. */
const objects = renderCourse();

afterAll(removeTrees);

const jukebox = 'model-deployments/test/jukebox/config.yaml';

test('D57: true in quotes is true', () => {
  const path = 'toolings/ct-pipeline/config.yaml';
  const text = goodTree[path]?.replace('alert_trigger: true', 'alert_trigger: "true"');
  expect(textOf(renderCourse({ [path]: text }))).toContain('jukebox.test');
});

test.each(['1234567890', '4562117e17', '0123456'])(
  'D58: the version %s stays what it is, in quotes',
  (version) => {
    const text = goodTree[jukebox]?.replace('4562a17c17', version);
    const served = ofKind(renderCourse({ [jukebox]: text }), 'InferenceService');
    expect(emitManifests(served)).toContain(`driftloop.dev/model-version: "${version}"`);
    expect(emitManifests(served)).toContain(`jukebox:${version}\n`);
  },
);

test('D59, D60: the name of the model reaches its server, and every runtime is used', () => {
  const runtimes = ofKind(objects, 'ServingRuntime');
  expect(textOf(runtimes)).toContain('--model_name={{.Name}}');
  const used = textOf(ofKind(objects, 'InferenceService'));
  for (const { metadata } of runtimes) expect(used).toContain(`"runtime":"${metadata.name}"`);
});

test('D61: no map has a key twice', () => {
  for (const object of objects)
    expect(parseDocument(emitManifests([object]), { uniqueKeys: true }).errors).toEqual([]);
});

test('D62, D98: keys that cause nothing are said, and no canary is rendered that KServe would ignore', () => {
  const { problems } = loadTree(stages.featureStore);
  expect(places(problems)).toContain(`COURSE_KEY_WITHOUT_EFFECT ${jukebox}:7:1`);
  expect(textOf(objects)).not.toContain('canaryTrafficPercent');
});

test('D63: nothing scales at five per cent of the memory', () => {
  const served = textOf(ofKind(renderCourse(stages.serving), 'InferenceService'));
  expect(served).toContain('"scaleMetric":"cpu","scaleTarget":80');
  expect(served).not.toContain('"scaleMetric":"memory"');
});

test('D66: the Git server is said once and is the same everywhere', () => {
  const hosts = [...textOf(objects).matchAll(/https:\/\/([^/"]+)\/user1\/(?:jukebox|mlops-gitops)\.git/g)];
  expect([...new Set(hosts.map(([, host]) => host))]).toEqual(['git.example.com']);
});

test('D74: a second model shares no object with the first', () => {
  const radio = Object.fromEntries(
    Object.entries(goodTree)
      .filter(([path]) => /jukebox|alerting/.test(path))
      .map(([path, text]) => [
        path.replace(/\/(jukebox|alerting)\//, '/radio-$1/'),
        text.replace('name: jukebox', 'name: radio'),
      ]),
  );
  const both = renderCourse(radio).map(
    ({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
  );
  expect(both.filter((name, index) => both.indexOf(name) < index)).toEqual([]);
  expect(both).toEqual(
    expect.arrayContaining([
      'Pipeline user1-toolings/retrain-radio',
      'Pipeline user1-toolings/retrain-jukebox',
    ]),
  );
});

test('D75: the user `a-b` is not cut at the hyphen', () => {
  const files = Object.fromEntries(
    Object.entries({ ...stages.final, ...goodTree }).map(([path, text]) => [
      path,
      text.replaceAll('user1', 'a-b'),
    ]),
  );
  const namespaces = renderCourse(files).map(({ metadata }) => metadata.namespace);
  expect(namespaces).toEqual(expect.arrayContaining(['a-b-toolings', 'a-b-test', 'a-b-prod']));
});

test('D81: what is removed from the tree is removed from the cluster', () => {
  for (const application of ofKind(objects, 'Application'))
    expect([
      application.metadata.name,
      fieldAt(application, 'spec', 'syncPolicy', 'automated', 'prune'),
    ]).toEqual([application.metadata.name, true]);
});

test('D82: an app within the folder of another app is not taken for it', () => {
  const nested = { 'toolings/team/minio/config.yaml': 'chart_path: charts/minio\n' };
  expect(places(loadWorkspace(writeTree(nested)).problems)).toContain(
    'CONFIG_FILE_IGNORED toolings/team/minio/config.yaml:1:1',
  );
});

test('D83: a file that holds only `---` makes no Application', () => {
  const empty = { 'model-deployments/test/jukebox-ui/config.yaml': '---\n' };
  const names = ofKind(renderCourse(empty), 'Application').map(({ metadata }) => metadata.name);
  expect(names.filter((name) => name.includes('chart.test'))).toEqual([]);
});

test('D84: a chart that follows a branch is said', () => {
  expect(loadTree(stages.final).problems.map(({ code }) => code)).toContain('CONFIG_CHART_UNPINNED');
});

test('D85: rendering twice gives the same', () => {
  expect(emitManifests(renderCourse())).toBe(emitManifests(objects));
});

test('D87: rights of people are plain RoleBindings, and their namespaces are made', () => {
  expect(textOf(objects)).not.toContain('helm.sh/hook');
  expect(ofKind(objects, 'Namespace').map(({ metadata }) => metadata.name)).toEqual(
    expect.arrayContaining(['user1-test', 'user1-prod', 'user1-toolings']),
  );
  expect(textOf(ofKind(objects, 'RoleBinding'))).toContain('"name":"mira"');
});

test('D88: nothing of ours has a finalizer of somebody else', () => {
  for (const object of ofKind(objects, 'InferenceService'))
    expect(object.metadata).not.toHaveProperty('finalizers');
});
