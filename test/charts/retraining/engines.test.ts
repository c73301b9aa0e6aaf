import { App } from 'cdk8s';
import { describeTrainingObject } from '../../../charts/retraining/engines/describe-object.js';
import { quoteWords } from '../../../charts/retraining/engines/quote-words.js';
import { describeRun } from '../../../charts/retraining/run-template.js';
import { RunnerRights } from '../../../charts/retraining/runner-rights.js';
import { listStages, planPipeline } from '../../../charts/retraining/graph/plan-pipeline.js';
import { duration } from '../../../config/values/duration.js';
import type { Training } from '../../../config/model.js';
import { isRecord } from '../../../synth/manifest.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { validateStructure } from '../../../validate/structure.js';
import { jobTraining, rayTraining, sparkTraining, trainJobTraining } from '../engine-fixture.js';
import { expectGolden } from '../expect-golden.js';
import { model, platform, training } from '../retraining-fixture.js';

const engines = [
  ['job', jobTraining],
  ['trainjob', trainJobTraining],
  ['rayjob', rayTraining],
  ['spark', sparkTraining],
] as const;

const data = {
  image: 'registry.example.com/dvc:1',
  command: ['dvc', 'pull'],
  args: [],
  env: {},
  secretEnv: {},
  resources: { cpu: '500m', memory: '512Mi', devices: {} },
  timeout: duration('30m'),
  retries: 1,
};

function render(handed: Training): KubernetesObject {
  const object = describeTrainingObject(platform, { ...model, data }, handed);
  if (!isRecord(object)) throw new Error('nothing is handed over');
  return object as unknown as KubernetesObject; // What it is, its schema says below.
}

test.each(engines)(
  'what is handed over to %s is that of the golden file, and what its schema wants',
  (name, handed) => {
    const object = render(handed);
    expectGolden(`engine-${name}.yaml`, [object]);
    const unit = { name: 'toolings', directory: 'toolings', environment: undefined, model: undefined };
    expect(validateStructure([{ unit, file: '', object }])).toEqual([]);
  },
);

test.each(engines)(
  'a training on %s gets no token, and no rights but those Spark asks for',
  (name, handed) => {
    const text = JSON.stringify(render(handed));
    if (name === 'spark') expect(text).toContain('"serviceAccount":"spark"');
    else expect(text).toContain('"serviceAccountName":"driftloop-trainer"');
    expect(text).not.toContain('"automountServiceAccountToken":true');
  },
);

test.each(engines)(
  'a Pod of %s names its claim once, because with two volumes of it none would start',
  (_, handed) => {
    const names = JSON.stringify(render(handed)).match(/"volumes":\[\{[^\]]*\]/g) ?? [];
    expect(names.length).toBeGreaterThan(0);
    for (const volumes of names) expect(volumes.match(/claimName/g)).toHaveLength(1);
  },
);

test('a volume of one node keeps the training there; a shared one lets it go to others', () => {
  expect(JSON.stringify(render(jobTraining))).toContain('"podAffinity"');
  expect(JSON.stringify(render({ ...jobTraining, accessMode: 'ReadWriteMany' }))).not.toContain(
    '"podAffinity"',
  );
});

test('the account of the runs may do exactly what the engines need that there are', () => {
  const rulesOf = (...trainings: readonly Training[]) => {
    const models = trainings.map((each, index) => ({ ...model, name: `m${index}`, training: each }));
    const rights = new RunnerRights(new App(), 'rights', { platform, models });
    const role = (rights.toJson() as KubernetesObject[]).find(({ kind }) => kind === 'Role');
    return JSON.stringify(role?.rules);
  };
  expect(rulesOf(training)).not.toMatch(/jobs|pods/);
  expect(rulesOf(training, jobTraining)).toContain(
    '"apiGroups":["batch"],"resources":["jobs"],"verbs":["create","get","delete"]',
  );
  expect(rulesOf(jobTraining)).not.toMatch(/trainjobs|rayjobs|sparkapplications/);
  expect(rulesOf(jobTraining, rayTraining)).toContain('"rayjobs"');
});

test('a training of a whole day fits into its task, and all attempts of the task into the run', () => {
  const long = { ...jobTraining, timeout: duration('1d'), retries: 2 };
  const stage = listStages(planPipeline({ platform, model, training: long })).find(
    ({ name }) => name === 'train',
  );
  expect(stage?.timeout.milliseconds).toBeGreaterThan(3 * 86_400_000);
});

test.each([
  ['a step of the run', training, true],
  ['a Job beside a volume of one node', jobTraining, true],
  ['a Job beside a shared volume', { ...jobTraining, accessMode: 'ReadWriteMany' }, false],
] as const)('the nodes that %s wants: all Pods of the run want them is %s', (_, handed, all) => {
  const placed = { ...handed, nodeSelector: { gpu: 'yes' } } as Training; // A spread union forgets that it is one.
  const start = { startedBy: 'manual' as const, environment: 'test', name: 'run', event: 'x' };
  const run = JSON.stringify(describeRun(platform, model, placed, start));
  expect(run.includes('"nodeSelector":{"gpu":"yes"}')).toBe(all);
});

test('the volume has the class and the mode that the model asks for', () => {
  const start = { startedBy: 'manual' as const, environment: 'test', name: 'run', event: 'x' };
  const asked: Training = { ...training, storage: '20Gi', storageClass: 'fast', accessMode: 'ReadWriteMany' };
  expect(JSON.stringify(describeRun(platform, model, asked, start))).toContain(
    '"volumeClaimTemplate":{"spec":{"accessModes":["ReadWriteMany"],"resources":{"requests":{"storage":"20Gi"}},"storageClassName":"fast"}}',
  );
});

test('data is fetched before the training, which finds it, and the run says which it was', () => {
  const plan = planPipeline({ platform, model: { ...model, data }, training });
  const names = plan.stages.map(({ name }) => name);
  expect(names.indexOf('collect-data')).toBe(names.indexOf('train') - 1);
  const text = JSON.stringify(plan.stages.find(({ name }) => name === 'train'));
  expect(text).toContain('DRIFTLOOP_DATA');
  expect(text).toContain('$(tasks.collect-data.results.snapshot)');
  expect(listStages(plan).flatMap(({ results }) => results.map(({ name }) => name))).toContain('snapshot');
});

test.each([
  [['python', 'train.py'], 'python train.py'],
  [["it's", '$(id)', 'a;b', ''], `'it'\\''s' '$(id)' 'a;b' ''`],
])('Ray runs %j as these words, and no others', (words, line) => {
  expect(quoteWords(words)).toBe(line);
});
