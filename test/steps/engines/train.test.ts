import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { engineKinds } from '../../../charts/engine-contract.js';
import { describeTrainingObject } from '../../../charts/retraining/engines/describe-object.js';
import { train as contract } from '../../../charts/tasks/train.js';
import type { Training } from '../../../config/model.js';
import { OutsideError } from '../../../gitops/outside-error.js';
import type { KubernetesApi } from '../../../steps/kubernetes-api.js';
import { StepFailure } from '../../../steps/step-failure.js';
import { train } from '../../../steps/train.js';
import { jobTraining, rayTraining, sparkTraining, trainJobTraining } from '../../charts/engine-fixture.js';
import { model, platform } from '../../charts/retraining-fixture.js';
import { createContext } from '../context.js';
import { FakeCluster } from './fake-cluster.js';

const run = 'jukebox-test-a7a3ee508e5723cd-20261120061240';
const name = `train-${run}`;
const started = new Date('2026-11-21T10:00:00Z');
const cluster = new FakeCluster();
let api: KubernetesApi;
let workspace: string;
let now: Date;
/** What happens at each look at the training, which is also when time passes. */
let looks: (() => void)[];
/** Does waiting take time? Then what stands beside the watch has some, too. */
let slow: boolean;

beforeAll(async () => {
  api = await cluster.start();
});

afterAll(() => cluster.stop());

beforeEach(() => {
  cluster.clear();
  workspace = mkdtempSync(join(tmpdir(), 'driftloop-train-'));
  now = started;
  looks = [];
  slow = false;
});

afterEach(() => {
  rmSync(workspace, { recursive: true, force: true });
});

const succeeded = { conditions: [{ type: 'Complete', status: 'True' }] };
const failed = {
  conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'exit 1' }],
};

function leaveOutput(): void {
  writeFileSync(join(workspace, 'output/metrics.json'), '{"accuracy": 0.9}');
  mkdirSync(join(workspace, 'output/model'));
}

function finish(status: unknown, training: Training = jobTraining): void {
  const resource = resourceOf(training);
  const last = [...cluster.objects.keys()].findLast((key) => key.startsWith(`${resource}/`));
  cluster.setStatus(resource, last?.split('/')[1] ?? '', status);
}

function resourceOf({ engine }: Training): string {
  const kinds = { job: 'Job', trainjob: 'TrainJob', rayjob: 'RayJob', spark: 'SparkApplication' } as const;
  if (engine === 'container') throw new Error(`${engine} is no object`);
  return engineKinds[kinds[engine]].resource;
}

function perform(
  training: Training = jobTraining,
  { attempts = 1, stopped }: { attempts?: number; stopped?: AbortSignal } = {},
) {
  const params = contract.params.parse({
    model: model.name,
    environment: 'test',
    run,
    runUid: 'c0ffee00-0000-4000-8000-000000000001',
    commit: 'a'.repeat(40),
    snapshot: 'none',
    attempts: String(attempts),
    timeout: '60',
    object: JSON.stringify(describeTrainingObject(platform, model, training)),
  });
  const context = createContext({
    api,
    workspace,
    place: { claim: 'pvc-1234', taskRun: 'run-train' },
    clock: () => now,
    wait: (milliseconds, signal) => {
      now = new Date(now.getTime() + milliseconds);
      if (milliseconds === 5000) looks.shift()?.();
      if (slow) return delay(50);
      return signal?.aborted === true ? Promise.reject(new Error('aborted')) : Promise.resolve();
    },
    ...(stopped === undefined ? {} : { stopped }),
  });
  return { ended: train.perform(params, context), lines: context.lines };
}

test('a Job is created for the run, owned by it, with its volume, and its end is the end of the training', async () => {
  looks = [
    () => {
      leaveOutput();
      finish(succeeded);
    },
  ];
  await perform().ended;
  expect(cluster.objects.get(`jobs/${name}`)).toMatchObject({
    metadata: {
      namespace: 'mlops-toolings',
      labels: {
        'driftloop.dev/model': 'jukebox',
        'driftloop.dev/run': run,
        'driftloop.dev/environment': 'test',
      },
      ownerReferences: [{ kind: 'PipelineRun', name: run, uid: 'c0ffee00-0000-4000-8000-000000000001' }],
    },
    spec: {
      template: {
        spec: { volumes: [{ persistentVolumeClaim: { claimName: 'pvc-1234' } }] },
      },
    },
  });
  expect(JSON.stringify([...cluster.objects.values()])).not.toContain('driftloop-slot');
});

test.each([
  ['Job', jobTraining, succeeded],
  ['TrainJob', trainJobTraining, succeeded],
  ['RayJob', rayTraining, { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' }],
  ['SparkApplication', sparkTraining, { applicationState: { state: 'COMPLETED' } }],
])('a %s is what its schema wants, and passes when it has succeeded', async (_, training, status) => {
  looks = [
    () => {
      leaveOutput();
      finish(status, training);
    },
  ];
  await perform(training).ended;
  expect(cluster.countCreated(resourceOf(training))).toBe(1);
});

test.each([
  ['Job', jobTraining, failed, 'BackoffLimitExceeded: exit 1'],
  ['TrainJob', trainJobTraining, failed, 'BackoffLimitExceeded: exit 1'],
  [
    'RayJob',
    rayTraining,
    { jobDeploymentStatus: 'Failed', reason: 'AppFailed', message: 'boom' },
    'AppFailed: boom',
  ],
  [
    'RayJob that was stopped',
    rayTraining,
    { jobDeploymentStatus: 'Complete', jobStatus: 'STOPPED' },
    'STOPPED',
  ],
  ['SparkApplication', sparkTraining, { applicationState: { state: 'FAILED', errorMessage: 'oom' } }, 'oom'],
])('D15: a %s that has failed fails the step, with the reason', async (_, training, status, reason) => {
  looks = [
    () => {
      leaveOutput();
      finish(status, training);
    },
  ];
  await expect(perform(training).ended).rejects.toThrow(reason);
});

test.each([
  [
    'Job',
    jobTraining,
    {
      conditions: [
        { type: 'Suspended', status: 'True' },
        { type: 'Complete', status: 'False' },
      ],
    },
  ],
  ['RayJob', rayTraining, { jobDeploymentStatus: 'Complete', jobStatus: 'RUNNING' }],
  ['RayJob', rayTraining, { jobDeploymentStatus: 'Retrying', jobStatus: 'SUCCEEDED' }],
  ['SparkApplication', sparkTraining, { applicationState: { state: 'SUBMISSION_FAILED' } }],
  ['SparkApplication', sparkTraining, { applicationState: { state: 'SOMETHING_NEW' } }],
  ['SparkApplication', sparkTraining, 'no status at all'],
])(
  'a %s in a state that is no end passes for neither, and ends by the deadline',
  async (_, training, status) => {
    looks = [
      () => {
        finish(status, training);
      },
    ];
    await expect(perform(training).ended).rejects.toThrow('did not end within 60 s');
    expect(cluster.objects.size).toBe(0);
  },
);

test('what hangs is deleted, and is not begun again when Tekton repeats the step', async () => {
  await expect(perform().ended).rejects.toThrow(`the Job ${name} did not end within 60 s`);
  await expect(perform().ended).rejects.toThrow(`the Job ${name} did not end within 60 s`);
  expect(cluster.countCreated('jobs')).toBe(1);
});

test('a training that failed is tried again under another name, as often as it may be', async () => {
  const fail = () => {
    finish(failed);
  };
  looks = [fail, fail];
  await expect(perform(jobTraining, { attempts: 2 }).ended).rejects.toThrow(`the Job train-2-${run} failed`);
  expect([...cluster.objects.keys()]).toEqual([`jobs/${name}`, `jobs/train-2-${run}`]);
});

test('an attempt starts with an empty folder, so that what an attempt before it left is not judged', async () => {
  looks = [
    () => {
      leaveOutput();
      finish(failed);
    },
    () => {
      expect(readdirSync(join(workspace, 'output'))).toEqual([]);
      leaveOutput();
      finish(succeeded);
    },
  ];
  await perform(jobTraining, { attempts: 2 }).ended;
});

test('a step that was killed finds the training again, and what it has left', async () => {
  const stopped = AbortSignal.abort();
  cluster.put('taskruns', { metadata: { name: 'run-train' }, spec: {} });
  await expect(perform(jobTraining, { stopped }).ended).rejects.toThrow('goes on, and is found again');
  leaveOutput();
  looks = [
    () => {
      finish(succeeded);
    },
  ];
  await perform().ended;
  expect(cluster.countCreated('jobs')).toBe(1);
});

test.each(['GET jobs/', 'POST jobs/', 'GET pods/'])(
  'killed when %s was answered, and repeated: there is one Job',
  async (request) => {
    let isLost = false;
    cluster.before = (line) => {
      if (isLost || !line.startsWith(request)) return undefined;
      isLost = true;
      return 'lost';
    };
    looks = Array.from({ length: 3 }, () => () => {
      if (cluster.objects.has(`jobs/${name}`)) {
        mkdirSync(join(workspace, 'output/model'), { recursive: true });
        writeFileSync(join(workspace, 'output/metrics.json'), '{}');
        finish(succeeded);
      }
    });
    await perform().ended.catch((error: unknown) => {
      expect(error).toBeInstanceOf(OutsideError);
      return perform().ended;
    });
    expect([...cluster.objects.keys()].filter((key) => key.startsWith('jobs/'))).toEqual([`jobs/${name}`]);
  },
);

test.each([
  ['cancelled', { metadata: { name: 'run-train' }, spec: { status: 'TaskRunCancelled' } }],
  [
    'out of time',
    {
      metadata: { name: 'run-train' },
      spec: {},
      status: { conditions: [{ type: 'Succeeded', reason: 'TaskRunTimeout' }] },
    },
  ],
])('a run that is %s takes its training along', async (_, taskRun) => {
  cluster.put('taskruns', taskRun);
  await expect(perform(jobTraining, { stopped: AbortSignal.abort() }).ended).rejects.toThrow(
    'was ended with the run',
  );
  expect(cluster.objects.has(`jobs/${name}`)).toBe(false);
});

test('a run that was deleted takes its training along', async () => {
  await expect(perform(jobTraining, { stopped: AbortSignal.abort() }).ended).rejects.toThrow(StepFailure);
  expect(cluster.objects.size).toBe(0);
});

test('a training that somebody deletes has failed', async () => {
  looks = [
    () => {
      cluster.objects.clear();
    },
  ];
  await expect(perform().ended).rejects.toThrow('is gone: somebody has deleted it');
});

test('an object of the same name that is not of this run is not taken for the training', async () => {
  const metadata = { name, creationTimestamp: started.toISOString() };
  cluster.put('jobs', { metadata, status: succeeded });
  await expect(perform().ended).rejects.toThrow('is not of this run');
});

test('a training that leaves no metrics has not succeeded', async () => {
  looks = [
    () => {
      finish(succeeded);
    },
  ];
  await expect(perform().ended).rejects.toThrow('Training left no metrics.json');
});

test('a training that leaves no model has not succeeded', async () => {
  looks = [
    () => {
      writeFileSync(join(workspace, 'output/metrics.json'), '{"accuracy": 0.9}');
      finish(succeeded);
    },
  ];
  await expect(perform().ended).rejects.toThrow('neither model.json nor a folder model');
});

test('a server that is away for a while does not end the training', async () => {
  let answers = 0;
  cluster.before = (line) =>
    line.startsWith('GET jobs') && ++answers > 2 && answers < 6 ? 'lost' : undefined;
  looks = Array.from({ length: 6 }, (_, index) => () => {
    if (index < 5) return;
    leaveOutput();
    finish(succeeded);
  });
  const { ended, lines } = perform();
  await ended;
  expect(lines.filter((line) => line.endsWith('; asked again.'))).toHaveLength(3);
});

test('the log of the Pod is handed on line by line, whatever stands in it', async () => {
  cluster.put('pods', {
    metadata: { name: 'pod', labels: { 'job-name': name } },
    status: { phase: 'Succeeded' },
  });
  slow = true;
  cluster.logs.set('pod', 'epoch 1\r\n$(params.x) "quotes"\nno end');
  looks = [
    () => {
      leaveOutput();
      finish(succeeded);
    },
  ];
  const { ended, lines } = perform();
  await ended;
  expect(lines).toEqual(expect.arrayContaining(['epoch 1', '$(params.x) "quotes"', 'no end']));
});
