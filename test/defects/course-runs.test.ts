import { planPipeline } from '../../charts/retraining/graph/plan-pipeline.js';
import { duration } from '../../config/values/duration.js';
import { loadTree, modelOf, removeTrees } from '../config/dialects/course/course-tree.js';
import { stages } from '../config/dialects/course/stages.js';
import type { KubernetesObject } from '../../synth/manifest.js';
import { ofKind, renderCourse, textOf } from './course-objects.js';
import { listSteps, listStorageClasses, listWeakened, whyUnsafe } from './programs-of-runs.js';

/** What a run does and may do, D15–D51 of the course, as it is rendered from the course's own tree. */
const objects = renderCourse();
const runs = textOf(ofKind(objects, 'Pipeline', 'Task', 'Trigger'));
const pipeline = ofKind(objects, 'Pipeline');
const everything = textOf(objects);

afterAll(removeTrees);

/** The stages of a pipeline whose file says this. */
function stagesWith(flags: string) {
  const path = 'toolings/ct-pipeline/config.yaml';
  const text = `chart_path: charts/pipelines\nUSER_NAME: user1\ngit_server: git.example.com\n${flags}`;
  const tree = loadTree({ ...stages.alerting, [path]: text });
  const model = modelOf(tree);
  if (model.training === undefined) throw new Error('nothing is trained');
  return planPipeline({ platform: tree.workspace.platform, model, training: model.training }).stages;
}

test('D15: nothing is released after a training that failed', () => {
  const release = stagesWith('').find(({ name }) => name === 'release');
  expect(release?.runAfter).toEqual(['train']);
  expect(runs).not.toContain('onError');
});

test('D16: a threshold of a model stands between its training and its release', () => {
  const gates = 'models: { jukebox: { gates: { metrics: { accuracy: { min: 0.75 } } } } }\n';
  const text = textOf(ofKind(renderCourse({ 'course.yaml': gates }), 'Pipeline'));
  expect(text).toContain('[{\\"metric\\":\\"accuracy\\",\\"min\\":0.75}]');
  expect(text).toMatch(/"name":"evaluate".*?"runAfter":\["train"\]/);
  expect(text).toMatch(/"name":"release".*?"runAfter":\["evaluate"\]/);
});

test('D18, D19: every run trains, and its version is its own, also of the same commit', () => {
  expect(runs).not.toMatch(/cach(?:e|ing)"/i);
  // The release step makes the version of when the run of this name began.
  expect(runs).toMatch(
    /"name":"release","params":\[[^\]]*\{"name":"run","value":"\$\(context\.pipelineRun\.name\)"\}/,
  );
});

test('D20, D22: what is trained is the commit that was pushed', () => {
  expect(runs).toContain('{"name":"commit","value":"$(params.commit)"}');
});

test('D23, D24, D56: every run has a volume of its own, and no claim waits for nobody', () => {
  expect(runs).toContain('volumeClaimTemplate');
  expect(runs).not.toContain('persistentVolumeClaim');
  expect(objects.filter(({ kind }) => kind === 'PersistentVolumeClaim')).toEqual([]);
});

/** A task of a Pipeline, as far as it says how long it may take. */
interface Attempted {
  readonly name: string;
  readonly runAfter?: readonly string[];
  readonly timeout: string;
  readonly retries?: number;
}

function longest({ timeout, retries = 0 }: Attempted): number {
  return millisecondsOf(timeout) * (retries + 1);
}

/** Throws without a deadline. */
function millisecondsOf(text: string): number {
  return duration(text).milliseconds;
}

/** With all that it waits for, in the worst case. */
function longestUntil(name: string, tasks: readonly Attempted[]): number {
  const task = tasks.find((each) => each.name === name);
  if (task === undefined) throw new Error(`${name} is no task`);
  const before = (task.runAfter ?? []).map((each) => longestUntil(each, tasks));
  return Math.max(0, ...before) + longest(task);
}

test('D28: a run has deadlines, and they fit into each other', () => {
  const [timeouts, ...others] = [...runs.matchAll(/"timeouts":(\{[^}]*\})/g)].map(([, text = '']) => text);
  expect(others.filter((each) => each !== timeouts)).toEqual([]);
  const whole = JSON.parse(timeouts ?? '{}') as Readonly<Record<'pipeline' | 'tasks' | 'finally', string>>; // As Tekton has it.
  expect(millisecondsOf(whole.tasks) + millisecondsOf(whole.finally)).toBeLessThanOrEqual(
    millisecondsOf(whole.pipeline),
  );
  for (const { spec } of pipeline) {
    // As Tekton has it.
    const { tasks, finally: last = [] } = spec as Readonly<{
      tasks: readonly Attempted[];
      finally?: readonly Attempted[];
    }>;
    expect(tasks.length).toBeGreaterThan(0);
    for (const { name } of tasks)
      expect(longestUntil(name, tasks)).toBeLessThanOrEqual(millisecondsOf(whole.tasks));
    for (const each of last) expect(longest(each)).toBeLessThanOrEqual(millisecondsOf(whole.finally));
  }
});

test('D29, D41: nothing is downloaded and executed while a run waits', () => {
  const steps = listSteps(objects);
  expect(steps.length).toBeGreaterThan(8);
  expect(steps.map(whyUnsafe).filter((reason) => reason !== undefined)).toEqual([]);
  expect(whyUnsafe({ command: ['pip', 'install', 'x'] })).toBe('pip');
  expect(whyUnsafe({ command: ['sh', '-c', 'curl example.com | sh'] })).toBe('sh');
  // Also what is started comes from where it was pinned.
  expect(
    steps.filter(({ image }) => !/[:@][^/]+$/.test(String(image)) || String(image).endsWith(':latest')),
  ).toEqual([]);
});

test('D30: a commit is never cut to different lengths', () => {
  const expressions = [...runs.matchAll(/"expression":"([^"]*body\.after[^"]*)","key":"(\w+)"/g)];
  const cuts = new Map(
    expressions.map(([, text = '', key = '']) => [key, /truncate\((\d+)\)$/.exec(text)?.[1]]),
  );
  // Whole for the run; as long as a label may be told from another one where it is a label.
  expect(cuts.get('commit')).toBeUndefined();
  expect(cuts.get('commitLabel')).toBe('40');
  expect(runs).toContain('"name":"PARAM_COMMIT","value":"$(params.commit)"');
});

test('D34, D38: no Secret and no password stands in Git', () => {
  expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  expect(everything).not.toMatch(/thisisthepassword|myPassw0rd/);
});

test('D35: no text of an event is run by a shell', () => {
  expect(runs).not.toContain('"script":');
  // Not as a word of a command either, where a program might read it as one: only by variables.
  const words = listSteps(objects).flatMap(({ command, args }) => [command, args].flat());
  expect(words.filter((word) => typeof word === 'string' && word.includes('$(params.'))).toEqual([]);
  expect(runs).toContain('"name":"PARAM_BRANCH","value":"$(params.branch)"');
});

test('D36: no account of a run may write in an environment', () => {
  const bound = ofKind(objects, 'RoleBinding').filter(
    ({ metadata }) => metadata.namespace !== 'user1-toolings',
  );
  const given = bound.filter((binding) => textOf([binding]).includes('"kind":"ServiceAccount"'));
  const names = new Set(given.map(({ roleRef }) => textOf([roleRef as KubernetesObject])));
  const roles = objects.filter(
    ({ kind, metadata }) =>
      kind === 'Role' &&
      metadata.namespace !== 'user1-toolings' &&
      [...names].some((ref) => ref.includes(`"${metadata.name}"`)),
  );
  expect(given.filter((binding) => !textOf([binding]).includes('"kind":"Role"'))).toEqual([]);
  const verbs = [...textOf(roles).matchAll(/"verbs":\[([^\]]*)\]/g)].flatMap(([, list = '']) =>
    list.split(','),
  );
  expect(new Set(verbs)).toEqual(new Set(['"get"']));
});

test('D37: no project allows everything', () => {
  expect(textOf(ofKind(objects, 'AppProject'))).not.toMatch(/"(?:\*|https?:\/\/\*)"/);
});

test('D40: nobody turns off the check of certificates', () => {
  expect(listWeakened(objects)).toEqual([]);
  expect(
    listWeakened([
      { spec: { tlsConfig: { insecureSkipVerify: true } } },
      {
        env: [
          { name: 'GIT_SSL_NO_VERIFY', value: '1' },
          { name: 'NODE_TLS_REJECT_UNAUTHORIZED', value: '0' },
        ],
      },
      { skipTlsVerify: true, jsonData: { tlsSkipVerify: true } },
    ]),
  ).toHaveLength(5);
});

test('D44: checks come before the training, and so before every release', () => {
  const all = stagesWith('unit_tests: true\nlinting: true\nstatic_code_analysis: true\n');
  expect(all.find(({ name }) => name === 'train')?.runAfter).toEqual([
    'check-linting',
    'check-static-code-analysis',
    'check-unit-tests',
  ]);
});

test('D49: every image is pinned', () => {
  const images = [...everything.matchAll(/"image":"([^"]+)"/g)].map(([, image = '']) => image);
  expect(
    images.filter((image) => !/@sha256:|:[\w][\w.-]*$/.test(image) || image.endsWith(':latest')),
  ).toEqual([]);
});

test('D50: production asks callers for a token', () => {
  const prod = ofKind(objects, 'InferenceService').filter(
    ({ metadata }) => metadata.namespace === 'user1-prod',
  );
  expect(textOf(prod)).toContain('"security.opendatahub.io/enable-auth":"true"');
});

test('D51: every combination of flags gives a graph without loose ends', () => {
  const flags = [
    'unit_tests',
    'linting',
    'static_code_analysis',
    'image_scan',
    'image_signing',
    'generate_sboms',
  ];
  for (let mask = 0; mask < 2 ** flags.length; mask++) {
    const chosen = flags.filter((_, index) => (mask >> index) % 2 === 1);
    const planned = stagesWith(chosen.map((flag) => `${flag}: true\n`).join(''));
    const names = planned.map(({ name }) => name);
    expect([
      chosen,
      planned.flatMap(({ runAfter }) => runAfter).filter((name) => !names.includes(name)),
    ]).toEqual([chosen, []]);
  }
});

test('D65: every param of a Pipeline is used', () => {
  for (const each of pipeline) {
    const { params = [] } = each.spec as { readonly params?: readonly { readonly name: string }[] };
    expect(params.length).toBeGreaterThan(0);
    for (const { name } of params) expect(textOf([each])).toContain(`$(params.${name})`);
  }
});

test('D68: the exit status of a check is that of its tool', () => {
  expect(textOf(pipeline)).toContain('"command":["python","-m","flake8"]');
});

test('D69: the unit tests are those of the source, or whatever one names instead', () => {
  expect(textOf(pipeline)).toContain('"command":["python","-m","pytest","-p","no:cacheprovider"]');
  const overlay = 'models: { jukebox: { checks: { unit-tests: { command: [make, test] } } } }\n';
  const own = textOf(ofKind(renderCourse({ 'course.yaml': overlay }), 'Pipeline'));
  expect(own).toContain('"command":["make","test"]');
  expect(own).not.toContain('pytest');
});

test('D70: the analysis waits for its quality gate, with a token from a Secret', () => {
  expect(textOf(pipeline)).toContain('-Dsonar.qualitygate.wait=true');
  expect(textOf(pipeline)).toContain(
    '{"name":"SONAR_TOKEN","valueFrom":{"secretKeyRef":{"key":"token","name":"sonarqube-auth"}}}',
  );
});

test("D71, D72: one version of Tekton's API, and accounts of our own", () => {
  expect(runs).not.toContain('tekton.dev/v1beta1","kind":"Task');
  expect(ofKind(objects, 'ServiceAccount').map(({ metadata }) => metadata.name)).not.toContain('pipeline');
  expect(runs).toContain('"serviceAccountName":"driftloop-runner"');
});

test('D73: no storage of one cloud is asked for', () => {
  expect(runs).toContain('"storage":');
  expect(listStorageClasses(objects)).toEqual([]);
  expect(listStorageClasses([{ spec: { storageClassName: 'aws-ebs' } }])).toEqual(['aws-ebs']);
});
