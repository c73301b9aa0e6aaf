import { App } from 'cdk8s';
import { runParams } from '../../../charts/contract.js';
import { planPipeline } from '../../../charts/retraining/graph/plan-pipeline.js';
import { RetrainingPipeline } from '../../../charts/retraining/retraining-pipeline.js';
import { RetrainingTasks } from '../../../charts/retraining/retraining-tasks.js';
import { planRunTimeouts } from '../../../charts/retraining/graph/run-timeouts.js';
import { collectParams, listParams } from '../../../charts/tasks/step-contract.js';
import { taskContracts } from '../../../charts/tasks/task-contracts.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { expectGolden } from '../expect-golden.js';
import { packaging } from '../packaging-fixture.js';
import { jobTraining } from '../engine-fixture.js';
import { model, platform, training } from '../retraining-fixture.js';
import { metricGates } from '../../gates.js';

interface Named {
  name: string;
}

interface TaskObject {
  metadata: { name: string };
  spec: {
    params: (Named & { default?: string })[];
    results: Named[];
    workspaces?: Named[];
    steps: { command: string[]; script?: string; env: (Named & { value?: string; valueFrom?: object })[] }[];
  };
}

interface PipelineObject {
  spec: {
    params: Named[];
    workspaces: Named[];
    results: { name: string; value: string }[];
    tasks: PipelineTask[];
  };
}

interface PipelineTask {
  name: string;
  taskRef?: { name: string };
  taskSpec?: { steps: { name: string; image: string; command: string[] }[] };
  params: { name: string; value: string }[];
  runAfter?: string[];
  when?: { input: string; operator: string; values: string[] }[];
  workspaces?: Named[];
  timeout: string;
  retries?: number;
}

/** One model of each way to train, so that every Task is needed. */
const handedOver = { ...model, name: 'jukebox-job', training: jobTraining };

const renderTasks = (from = platform, models = [model, handedOver]): TaskObject[] =>
  new RetrainingTasks(new App(), 'retraining-tasks', { platform: from, models }).toJson() as TaskObject[];

/** A model whose runs have every step of ours. */
const withAll = {
  ...model,
  packaging: { ...packaging, modelScan: undefined, imageScan: undefined, signing: undefined },
};

/** Those that models need; others are rendered where somebody asks to be told. */
const neededContracts = taskContracts.filter(({ name }) =>
  renderTasks(platform, [withAll, handedOver]).some(({ metadata }) => metadata.name === `driftloop-${name}`),
);

function renderPipeline(
  changes: { platform?: typeof platform; model?: typeof model; training?: typeof training } = {},
) {
  const props = { platform, model, training, ...changes };
  const [pipeline] = new RetrainingPipeline(new App(), 'retraining-pipeline', props).toJson();
  return pipeline as PipelineObject;
}

/** The test's own types show only what it looks at. */
function asManifests(objects: readonly object[]): readonly KubernetesObject[] {
  return objects as readonly KubernetesObject[];
}

describe('the rendered objects', () => {
  test('the Tasks are those of the golden file', () => {
    expectGolden('retraining-tasks.yaml', asManifests(renderTasks()));
  });

  test('the Pipeline is that of the golden file', () => {
    expectGolden('retraining-pipeline.yaml', asManifests([renderPipeline()]));
  });

  test('no Task runs a shell script, and no param stands in a command', () => {
    for (const task of renderTasks()) {
      for (const step of task.spec.steps) {
        expect(step.script).toBeUndefined();
        expect(step.command.join(' ')).not.toContain('$(');
      }
    }
  });

  test('without a Secret for Git, no Task asks for one; with one, only those that use Git do', () => {
    const askers = (tasks: TaskObject[]) =>
      tasks.filter(({ spec }) =>
        spec.steps.some(({ env }) => env.some(({ valueFrom }) => valueFrom !== undefined)),
      );
    const alone = { ...platform, registry: undefined };
    const delivery = { ...platform.delivery, tokenSecret: undefined };
    expect(askers(renderTasks({ ...alone, delivery, gitCredentials: undefined }))).toEqual([]);
    expect(askers(renderTasks(alone)).map(({ metadata }) => metadata.name)).toEqual([
      'driftloop-fetch-source',
      'driftloop-evaluate',
      'driftloop-release',
      'driftloop-await-rollout',
      'driftloop-smoke-test',
      'driftloop-promote',
    ]);
  });
});

describe('Task and step agree', () => {
  test.each(neededContracts.map((contract) => [contract.name, contract] as const))(
    'what the Task of %s puts into variables is what the step reads',
    (name, contract) => {
      const task = renderTasks(platform, [withAll, handedOver]).find(
        ({ metadata }) => metadata.name === `driftloop-${name}`,
      );
      const given = new Map(
        task?.spec.params.map((param) => [`$(params.${param.name})`, `value of ${param.name}`]),
      );
      const variables = Object.fromEntries(
        task?.spec.steps[0]?.env.map((entry) => [entry.name, given.get(entry.value ?? '')]) ?? [],
      );
      const fields = Object.keys(contract.params.shape);
      expect(Object.keys(collectParams(contract, variables))).toEqual(fields);
      expect(listParams(contract)).toHaveLength(fields.length);
      expect(task?.spec.results.map((result) => result.name)).toEqual([
        ...Object.keys(contract.results),
        'failure',
      ]);
    },
  );
});

describe('the graph', () => {
  const variants = [true, false].flatMap((gated) =>
    [true, false].flatMap((repository) => [true, false].map((source) => ({ gated, repository, source }))),
  );

  test.each(variants)('is whole with gates $gated, repository $repository, source $source', (variant) => {
    const pipeline = renderPipeline({
      model: { ...model, gates: variant.gated ? model.gates : metricGates() },
      platform: {
        ...platform,
        repository: variant.repository ? platform.repository : undefined,
        source: variant.source ? platform.source : undefined,
      },
    });
    const names = pipeline.spec.tasks.map(({ name }) => name);
    const releases = variant.repository && variant.source;
    expect(names).toEqual([
      'admit',
      'fetch-source',
      'train',
      ...(variant.gated ? ['evaluate'] : []),
      ...(releases ? ['register', 'release', 'await-rollout', 'smoke-test', 'promote'] : []),
    ]);
    pipeline.spec.tasks.forEach((task, index) => {
      expect(task.runAfter ?? []).toEqual(names.slice(Math.max(index - 1, 0), index));
    });
    expectKnownReferences(pipeline);
  });

  function expectKnownReferences(pipeline: PipelineObject): void {
    const tasks = renderTasks();
    const resultsOf = (name: string) =>
      tasks
        .find(({ metadata }) => metadata.name === `driftloop-${name}`)
        ?.spec.results.map((result) => result.name);
    const names = pipeline.spec.tasks.map(({ name }) => name);
    const text = JSON.stringify(pipeline);
    for (const [, task = '', result] of text.matchAll(/\$\(tasks\.([a-z-]+)\.results\.([a-z-]+)\)/g)) {
      expect(names).toContain(task);
      expect(resultsOf(task)).toContain(result);
    }
    for (const task of pipeline.spec.tasks) {
      const referenced = tasks.find(({ metadata }) => metadata.name === task.taskRef?.name);
      if (task.taskRef === undefined) continue;
      expect(task.params.map(({ name }) => name)).toEqual(referenced?.spec.params.map(({ name }) => name));
      expect(task.workspaces ?? []).toHaveLength(referenced?.spec.workspaces?.length ?? 0);
    }
  }

  test('everything after admission waits for a yes', () => {
    const [first, ...later] = renderPipeline().spec.tasks;
    expect(first?.when).toBeUndefined();
    for (const task of later) {
      expect(task.when).toEqual([
        { input: '$(tasks.admit.results.admitted)', operator: 'in', values: ['true'] },
      ]);
    }
  });

  test('every attempt of the training begins with an empty output folder', () => {
    const train = renderPipeline().spec.tasks.find(({ name }) => name === 'train');
    expect(train?.retries).toBe(1);
    expect(train?.taskSpec?.steps.map(({ name, image }) => [name, image])).toEqual([
      ['clear-output', platform.images.steps],
      ['train', training.image],
    ]);
    expect(train?.taskSpec?.steps[0]?.command).toEqual(['node', '/app/step.mjs', 'clear-output']);
  });

  test('promises a release only where one can be made', () => {
    const described = (changed: typeof platform) =>
      JSON.stringify(renderPipeline({ platform: changed }).spec).includes('releases it');
    expect(described(platform)).toBe(true);
    expect(described({ ...platform, source: undefined })).toBe(false);
  });

  test('declares the params that a run gives', () => {
    expect(renderPipeline().spec.params.map(({ name }) => name)).toEqual(Object.values(runParams));
  });

  test('leaves out what Kubernetes would rewrite: empty texts, empty lists, zero retries', () => {
    const text = JSON.stringify([
      renderPipeline({ training: { ...training, retries: 0, args: [] } }),
      ...renderTasks(),
    ]);
    expect(text).not.toMatch(/:""|:\[\]|"retries":0|:null/);
  });

  test('a variable of ours wins over one the user gives the same name', () => {
    const text = JSON.stringify(
      renderPipeline({ training: { ...training, env: { DRIFTLOOP_MODEL: 'other' } } }),
    );
    expect(text).not.toContain('"other"');
    expect(text.match(/"DRIFTLOOP_MODEL"/g)).toHaveLength(1);
  });

  test('a value that its step would refuse is never rendered', () => {
    const broken = { ...model, gates: metricGates({ metric: '', min: 0, max: undefined }) };
    expect(() => planPipeline({ platform, model: broken, training })).toThrow('step evaluate refuses gates');
  });

  test('the deadlines of all attempts of our steps fit into what a run has beside its training', () => {
    const plan = planPipeline({ platform, model: withAll, training });
    const ours = plan.stages.filter(({ kind }) => kind === 'step');
    // All but the one that hands the training over.
    expect(ours.length + plan.afterwards.length).toBe(neededContracts.length - 1);
    const needed = ours.reduce((sum, step) => sum + step.timeout.milliseconds * (step.retries + 1), 0);
    const spare =
      planRunTimeouts(plan).tasks.milliseconds - training.timeout.milliseconds * (training.retries + 1);
    expect(needed).toBeLessThanOrEqual(spare);
  });
});
