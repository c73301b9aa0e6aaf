import { openPolicy } from '../../charts/tasks/admission-policy.js';
import { OutsideError } from '../../gitops/outside-error.js';
import { admit } from '../../steps/admit.js';
import { recordRelease } from '../../steps/lease.js';
import type { KubernetesApi } from '../../steps/kubernetes-api.js';
import { createContext } from './context.js';
import { FakeApi } from './fake-api.js';

const lease = 'leases/driftloop-jukebox';
let fake: FakeApi;
let api: KubernetesApi;

beforeEach(async () => {
  fake = new FakeApi();
  api = await fake.start();
});

afterEach(() => fake.stop());

const ask = (run: string, now?: string) =>
  admit.perform(
    { model: 'jukebox', run, cooldown: 3600, policy: openPolicy },
    createContext({ api, ...(now === undefined ? {} : { now: new Date(now) }) }),
  );

const holder = () =>
  (fake.objects.get(lease)?.spec as { holderIdentity?: string } | undefined)?.holderIdentity;

test('the first run of a model is admitted', async () => {
  expect(await ask('run-1')).toEqual({
    admitted: 'true',
    refusal: 'none',
    reason: 'no other run of jukebox is going on.',
  });
  expect(fake.objects.get(lease)).toMatchObject({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    spec: { holderIdentity: 'run-1', acquireTime: '2026-11-21T10:00:00.000000Z' },
  });
});

test.each([undefined, 'Unknown'] as const)(
  'while a run goes on (Succeeded is %s), no other starts',
  async (status) => {
    await ask('run-1');
    fake.putRun('run-1', status);
    expect(await ask('run-2')).toEqual({
      admitted: 'false',
      refusal: 'busy',
      reason: 'run run-1 of jukebox is still going on.',
    });
    expect(holder()).toBe('run-1');
  },
);

test.each(['True', 'False'] as const)('a finished run (Succeeded is %s) has no claim', async (status) => {
  await ask('run-1');
  fake.putRun('run-1', status);
  expect((await ask('run-2')).admitted).toBe('true');
  expect(holder()).toBe('run-2');
});

test('a run that was deleted without a trace blocks nobody', async () => {
  await ask('run-1');
  expect((await ask('run-2')).admitted).toBe('true');
});

test('an attempt after a crash is admitted again', async () => {
  await ask('run-1');
  fake.putRun('run-1', 'Unknown');
  expect((await ask('run-1')).admitted).toBe('true');
});

test('of 50 runs that ask at once exactly one is admitted', async () => {
  const runs = Array.from({ length: 50 }, (_, index) => `run-${index}`);
  for (const run of runs) fake.putRun(run, 'Unknown');
  const answers = await Promise.all(runs.map((run) => ask(run)));
  const admitted = runs.filter((_, index) => answers[index]?.admitted === 'true');
  expect(admitted).toEqual([holder()]);
});

test('of 20 runs that replace a finished one at once exactly one is admitted', async () => {
  await ask('old');
  fake.putRun('old', 'False');
  const runs = Array.from({ length: 20 }, (_, index) => `run-${index}`);
  for (const run of runs) fake.putRun(run, 'Unknown');
  const answers = await Promise.all(runs.map((run) => ask(run)));
  expect(answers.filter(({ admitted }) => admitted === 'true')).toHaveLength(1);
});

test('a Lease that changes between reading and writing is decided on anew', async () => {
  await ask('old');
  fake.putRun('rival', 'Unknown');
  let interfered = false;
  fake.before = (request) => {
    if (interfered || !request.startsWith('PUT')) return;
    interfered = true;
    fake.put('leases', { metadata: { name: 'driftloop-jukebox' }, spec: { holderIdentity: 'rival' } });
  };
  expect((await ask('run-1')).admitted).toBe('false');
  expect(holder()).toBe('rival');
});

test('a Lease deleted between reading and writing is made anew', async () => {
  await ask('old');
  fake.before = (request) => {
    if (request.startsWith('PUT')) fake.objects.delete(lease);
  };
  expect((await ask('run-1')).admitted).toBe('true');
  expect(holder()).toBe('run-1');
});

test('a server that answers nothing but conflicts ends the step with a sentence', async () => {
  fake.before = () => {
    fake.objects.delete(lease);
  };
  const create = api.create.bind(api);
  api.create = async (resource, object) => (await create(resource, object)) && false;
  await expect(ask('run-1')).rejects.toThrow('The Lease was changed by others 100 times in a row.');
});

describe('after a release', () => {
  beforeEach(async () => {
    await ask('run-1');
    await recordRelease(api, 'jukebox', { at: new Date('2026-11-21T10:05:00Z'), version: '7' });
  });

  test('no run starts within the cooldown, not even under the name of the one that released', async () => {
    const reason =
      'version 7 was released at 2026-11-21T10:05:00.000Z, and no run may start before 2026-11-21T11:05:00.000Z.';
    expect(await ask('run-2', '2026-11-21T11:04:59Z')).toEqual({
      admitted: 'false',
      refusal: 'cooldown',
      reason,
    });
    expect(await ask('run-1', '2026-11-21T10:30:00Z')).toEqual({
      admitted: 'false',
      refusal: 'cooldown',
      reason,
    });
  });

  test('the next run starts when the cooldown is over, and the release is not forgotten', async () => {
    expect((await ask('run-2', '2026-11-21T11:05:00Z')).admitted).toBe('true');
    expect(fake.objects.get(lease)?.metadata.annotations).toMatchObject({
      'driftloop.dev/released-at': '2026-11-21T10:05:00.000Z',
      'driftloop.dev/released-version': '7',
    });
  });

  test('what others wrote into the Lease is kept', async () => {
    const found = fake.objects.get(lease);
    fake.put('leases', {
      ...found,
      metadata: {
        ...found?.metadata,
        name: 'driftloop-jukebox',
        labels: { team: 'music' },
        finalizers: ['x'],
      },
    });
    await ask('run-2', '2026-11-22T00:00:00Z');
    expect(fake.objects.get(lease)?.metadata).toMatchObject({ labels: { team: 'music' }, finalizers: ['x'] });
  });

  test.each([
    ['yesterday', 'which is no time'],
    ['', 'which is no time'],
    ['7', 'which is no time'],
    ['2026-11-21T25:00:00Z', 'which is no time'],
    ['9999-12-31T00:00:00Z', 'which is yet to come'],
    ['2026-11-21T10:05:01Z', 'which is yet to come'],
  ])('the annotation "%s" stops the run instead of being guessed', async (text, fault) => {
    fake.put('leases', {
      metadata: { name: 'driftloop-jukebox', annotations: { 'driftloop.dev/released-at': text } },
      spec: {},
    });
    await expect(ask('run-2')).rejects.toThrow(
      `The Lease's annotation driftloop.dev/released-at is "${text}", ${fault}. Correct or remove it.`,
    );
    expect(holder()).toBeUndefined();
  });

  test('a node whose clock is some minutes behind only sees the cooldown', async () => {
    expect((await ask('run-2', '2026-11-21T10:01:00Z')).admitted).toBe('false');
  });
});

test.each([
  ['leases/driftloop-jukebox', { metadata: { name: 'driftloop-jukebox' }, spec: { holderIdentity: 7 } }],
  ['pipelineruns/old', { metadata: { name: 'old' }, status: { conditions: 'none' } }],
])('%s of another shape is told in one sentence', async (name, object) => {
  await ask('old');
  fake.put(name.split('/')[0] ?? '', object);
  await expect(ask('run-1')).rejects.toThrow(/^The (Lease|PipelineRun) \S+ has not the shape of a \1\.$/);
});

test.each([429, 500, 503])('an API server that answers %d is asked again later', async (status) => {
  fake.refusal = { status, body: '{"message": "etcdserver: leader changed"}' };
  await expect(ask('run-1')).rejects.toThrow(OutsideError);
  await expect(ask('run-1')).rejects.toThrow(
    `the API server could not read leases driftloop-jukebox (${status}): etcdserver: leader changed`,
  );
});

test('a write that succeeded without an answer is found at the second attempt', async () => {
  const create = api.create.bind(api);
  api.create = async (resource, object) => {
    await create(resource, object);
    api.create = create;
    throw new OutsideError('the API server did not answer');
  };
  await expect(ask('run-1')).rejects.toThrow(OutsideError);
  fake.putRun('run-1', 'Unknown');
  expect((await ask('run-1')).admitted).toBe('true');
});

test('missing rights are told with the words of the API server', async () => {
  fake.refusal = {
    status: 403,
    body: JSON.stringify({ message: 'leases is forbidden: User "x" cannot get' }),
  };
  await expect(ask('run-1')).rejects.toThrow(
    'The API server did not let the step read leases driftloop-jukebox (403): leases is forbidden: User "x" cannot get.',
  );
});

test('a page of a proxy instead of an answer is told as such', async () => {
  fake.refusal = { status: 200, body: '<html>sign in</html>' };
  await expect(ask('run-1')).rejects.toThrow('the answer is not a Kubernetes object');
});

test('an API server that does not answer is told with the cause', async () => {
  await fake.stop();
  await expect(ask('run-1')).rejects.toThrow(OutsideError);
  await expect(ask('run-1')).rejects.toThrow(
    /^the API server http:\/\/127\.0\.0\.1:\d+ did not answer: .*ECONNREFUSED/,
  );
  await fake.start();
});
