import type { KubernetesApi } from '../../steps/kubernetes-api.js';
import { record } from '../../steps/record.js';
import { createContext } from './context.js';
import { FakeApi } from './fake-api.js';

const run = 'jukebox-test-a7a3ee508e5723cd-20261121120000';
let fake: FakeApi;
let api: KubernetesApi;

beforeEach(async () => {
  fake = new FakeApi();
  api = await fake.start();
  fake.putRun(run, 'Unknown', '2026-11-21T12:00:00Z', { 'driftloop.dev/model': 'jukebox' });
});

afterEach(() => fake.stop());

const write = () => record.perform({ model: 'jukebox', run }, createContext({ api }));
const metadata = () => fake.objects.get(`pipelineruns/${run}`)?.metadata;
const failedRuns = () =>
  fake.objects.get('leases/driftloop-jukebox')?.metadata.annotations?.['driftloop.dev/failed-runs'];
const admitted = { admitted: 'true', refusal: 'none', reason: 'no other run of jukebox is going on.' };

test('a refused run says why, keeps what it was called, and is no failure', async () => {
  fake.putTask(run, 'admit', {
    admitted: 'false',
    refusal: 'frozen',
    reason: 'no run may start within weekend.',
  });
  expect(await write()).toEqual({ outcome: 'refused', reason: 'frozen' });
  expect(metadata()).toMatchObject({
    labels: {
      'driftloop.dev/model': 'jukebox',
      'driftloop.dev/outcome': 'refused',
      'driftloop.dev/reason': 'frozen',
    },
    annotations: { 'driftloop.dev/summary': 'no run may start within weekend.' },
  });
  expect(failedRuns()).toBeUndefined();
});

test('a failed run says which task failed, in the words of that task', async () => {
  fake.putTask(run, 'admit', admitted);
  const failure = 'The model is not released: accuracy is 0.7, wanted at least 0.75.';
  fake.putTask(run, 'evaluate', { summary: '| accuracy |', failure }, '"step-evaluate" exited with code 1');
  expect(await write()).toEqual({ outcome: 'failed', reason: 'evaluate' });
  expect(metadata()?.annotations).toEqual({
    'driftloop.dev/summary': failure,
    'driftloop.dev/metrics': '| accuracy |',
  });
  expect(failedRuns()).toBe(JSON.stringify([run]));
});

test('a program of others that failed is told in the words of Tekton', async () => {
  fake.putTask(run, 'admit', admitted);
  fake.putTask(run, 'train', {}, 'TaskRun "x" failed to finish within "1h0m0s"');
  await write();
  expect(metadata()?.annotations).toEqual({
    'driftloop.dev/summary': 'TaskRun "x" failed to finish within "1h0m0s"',
  });
});

test('a released run says what was released, and ends the row of failed ones', async () => {
  fake.put('leases', {
    metadata: {
      name: 'driftloop-jukebox',
      annotations: { 'driftloop.dev/failed-runs': '["a","b"]', 'driftloop.dev/released-version': '7' },
    },
    spec: { holderIdentity: run },
  });
  fake.putTask(run, 'admit', admitted);
  fake.putTask(run, 'release', { version: '7', image: 'oci://r/m@sha256:1', commit: 'abc' });
  expect(await write()).toEqual({ outcome: 'released', reason: 'none' });
  expect(metadata()?.labels).not.toHaveProperty(['driftloop.dev/reason']);
  expect(metadata()?.annotations).toEqual({
    'driftloop.dev/summary': 'version 7 was released.',
    'driftloop.dev/version': '7',
    'driftloop.dev/image': 'oci://r/m@sha256:1',
    'driftloop.dev/release': 'abc',
  });
  expect(failedRuns()).toBe('[]');
  expect(fake.objects.get('leases/driftloop-jukebox')).toMatchObject({
    metadata: { annotations: { 'driftloop.dev/released-version': '7' } },
    spec: { holderIdentity: run },
  });
});

test('a version that was released and then failed to serve is a failure', async () => {
  fake.putTask(run, 'release', { version: '7', image: 'oci://r/m@sha256:1', commit: 'abc' });
  fake.putTask(run, 'await-rollout', { failure: 'The Deployment is not ready.' }, 'failed');
  expect(await write()).toEqual({ outcome: 'failed', reason: 'await-rollout' });
  expect(metadata()?.annotations).toMatchObject({ 'driftloop.dev/version': '7' });
});

test('where nothing is released, a run that trained did well', async () => {
  fake.putTask(run, 'admit', admitted);
  expect(await write()).toEqual({ outcome: 'trained', reason: 'none' });
});

test('a run that was killed before its first task failed is told, too', async () => {
  fake.putTask(run, 'admit', { failure: 'The API server did not answer.' }, 'failed');
  expect(await write()).toEqual({ outcome: 'failed', reason: 'admit' });
});

test('what is repeated, or killed between two writes, says the same and counts once', async () => {
  fake.putTask(run, 'train', {}, 'failed');
  let patches = 0;
  fake.before = (request) => {
    fake.refusal = request.startsWith('PATCH') && patches++ === 0 ? { status: 503, body: '{}' } : undefined;
  };
  await expect(write()).rejects.toThrow('the API server could not write pipelineruns');
  expect(metadata()?.labels).not.toHaveProperty(['driftloop.dev/outcome']);
  await write();
  await write();
  expect(failedRuns()).toBe(JSON.stringify([run]));
  expect(metadata()?.labels).toMatchObject({ 'driftloop.dev/outcome': 'failed' });
});

test.each(['$(params.x)', '"},{"a":"', 'line\nline', 'x'.repeat(1_000_000)])(
  'hostile words of a task (%p) change nothing but the text they stand in',
  async (text) => {
    fake.putTask(run, 'train', {}, text);
    await write();
    expect(metadata()?.labels).toMatchObject({
      'driftloop.dev/outcome': 'failed',
      'driftloop.dev/reason': 'train',
    });
    const summary = metadata()?.annotations?.['driftloop.dev/summary'] ?? '';
    expect(text.startsWith(summary.replace(/…$/, ''))).toBe(true);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(2000);
  },
);

test('a task that is gone is not taken for a good one', async () => {
  fake.putTask(run, 'train', {}, 'failed');
  fake.objects.delete(`taskruns/${run}-train`);
  expect(await write()).toEqual({ outcome: 'failed', reason: 'train' });
});

test('a run that is gone is told in one sentence', async () => {
  fake.objects.delete(`pipelineruns/${run}`);
  await expect(write()).rejects.toThrow(`The PipelineRun ${run} is gone, or has not the shape of one.`);
});
