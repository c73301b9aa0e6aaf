import { formatRelease } from '../../config/release-files.js';
import { awaitRollout } from '../../steps/await-rollout.js';
import { commitByHand, bareRepository, git } from '../gitops/support/repository.js';
import { createContext } from './context.js';
import { FakeApi } from './fake-api.js';

const image = `oci://registry.example.com/jukebox@sha256:${'a'.repeat(64)}`;
const older = `oci://registry.example.com/jukebox@sha256:${'b'.repeat(64)}`;

let fake: FakeApi;
let repository: string;
let now: number;
let waits: (() => void)[];

beforeEach(() => {
  fake = new FakeApi();
  now = Date.parse('2026-11-21T10:00:00Z');
  waits = [];
  repository = bareRepository();
  releaseByHand('1', older);
});

afterEach(() => fake.stop());

/** Writes the record of a release, and gives its commit. */
function releaseByHand(version: string, of: string): string {
  const record = {
    ...{ model: 'jukebox', environment: 'test', version, image: of, by: 'run' },
    ...{ releasedAt: '2026-11-21T09:00:00Z', commit: undefined, metrics: {} },
  };
  commitByHand(repository, { files: { 'releases/test/jukebox.yaml': formatRelease(record) } });
  return git(repository, 'rev-parse', 'main');
}

function putApplication(revision: string, status: object = {}): void {
  const health = { status: 'Healthy' };
  const sync = { status: 'Synced', revision };
  fake.put('applications', {
    metadata: { name: 'mlops.test.jukebox' },
    status: { sync, health, ...status },
  });
}

function putDeployment(of: string, version: string, available = 1): void {
  const env = [
    { name: 'MODEL_IMAGE', value: of },
    { name: 'MODEL_VERSION', value: version },
  ];
  fake.put('deployments', {
    metadata: { name: 'jukebox', generation: 1 },
    spec: { replicas: 1, template: { spec: { containers: [{ env }] } } },
    status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: available },
  });
}

async function perform(changes: { workload?: 'none' } = {}) {
  const api = await fake.start();
  const context = createContext({
    api,
    clock: () => new Date(now),
    // Each look is an event of its own; time passes between them.
    wait: (milliseconds) => {
      now += milliseconds;
      waits.shift()?.();
      return Promise.resolve();
    },
  });
  const request = {
    ...{ model: 'jukebox', environment: 'test', version: '2', image, timeout: 60 },
    ...{ application: 'mlops.test.jukebox', applications: 'argocd', workload: 'Deployment' as const },
    ...{ name: 'jukebox', namespace: 'mlops-test', targetRepository: `file://${repository}` },
    targetBranch: 'main',
    ...changes,
  };
  return { context, done: awaitRollout.perform(request, context) };
}

test('it waits for Argo CD, then for the servers, and says where the model is served', async () => {
  const before = git(repository, 'rev-parse', 'main');
  const commit = releaseByHand('2', image);
  putApplication(before);
  putDeployment(older, '1');
  waits = [
    () => {
      putApplication(commit);
    },
    () => {
      putDeployment(image, '2', 0);
    },
    () => {
      putDeployment(image, '2');
    },
  ];
  const { context, done } = await perform();
  expect(await done).toEqual({ url: 'http://jukebox.mlops-test.svc.cluster.local' });
  expect(waits).toEqual([]);
  expect(context.lines).toEqual([
    expect.stringContaining(`still at ${before.slice(0, 7)}`),
    'Deployment jukebox: it is still to run version 1.',
    'Deployment jukebox: 0 of 1 Pods are available.',
    'test runs version 2 of jukebox.',
  ]);
});

test('a commit on top of the release is as good as the release', async () => {
  releaseByHand('2', image);
  commitByHand(repository, { files: { OTHER: 'of somebody else' } });
  putApplication(git(repository, 'rev-parse', 'main'));
  putDeployment(image, '2');
  const { done } = await perform();
  expect(await done).toMatchObject({ url: expect.stringContaining('jukebox') as string });
});

test('a release that failed ends the wait at once', async () => {
  const commit = releaseByHand('2', image);
  putApplication(commit, { health: { status: 'Degraded', message: 'CrashLoopBackOff' } });
  const { done } = await perform();
  await expect(done).rejects.toThrow(
    'Argo CD could not bring version 2 to test: Degraded: CrashLoopBackOff.',
  );
  expect(now).toBe(Date.parse('2026-11-21T10:00:00Z'));
});

test('what somebody replaced or rolled back meanwhile is not waited for', async () => {
  releaseByHand('2', image);
  releaseByHand('1', older);
  const { done } = await perform();
  await expect(done).rejects.toThrow('test is to run version 1 of jukebox by now');
  expect(fake.requests).toEqual([]);
});

test('the same version with other content is not what was released', async () => {
  releaseByHand('2', older);
  await expect((await perform()).done).rejects.toThrow('is to run version 2 of jukebox by now');
});

test('the deadline ends the wait with the last reason, of Argo CD or of the servers', async () => {
  const before = git(repository, 'rev-parse', 'main');
  const commit = releaseByHand('2', image);
  putApplication(before);
  const first = await perform();
  await expect(first.done).rejects.toThrow(/was not applied to test within 60 s: still at/);
  await fake.stop();
  fake = new FakeApi();
  putApplication(commit);
  const second = await perform();
  await expect(second.done).rejects.toThrow('did not run version 2 in test within 60 s: it is not there.');
});

test('where nothing can be looked at, what Argo CD says is enough', async () => {
  putApplication(releaseByHand('2', image));
  const { done } = await perform({ workload: 'none' });
  expect(await done).toEqual({ url: 'none' });
  expect(fake.requests).toEqual(['GET applications/mlops.test.jukebox']);
});

test('a server that is away for a moment is asked again; one that forbids to look ends it', async () => {
  putApplication(releaseByHand('2', image));
  putDeployment(image, '2');
  const body = JSON.stringify({ kind: 'Status', message: 'later' });
  fake.refusal = { status: 503, body };
  waits = [
    () => {
      fake.refusal = undefined;
    },
  ];
  expect(await (await perform()).done).toMatchObject({ url: expect.any(String) as string });
  fake.refusal = { status: 403, body };
  await fake.stop();
  await expect((await perform()).done).rejects.toThrow('did not let the step read applications');
});
