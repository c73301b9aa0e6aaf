import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { SmokeTestRequest } from '../../charts/tasks/smoke-test.js';
import { StepFailure } from '../../steps/step-failure.js';
import { smokeTest } from '../../steps/smoke-test.js';
import { temporaryFolder } from '../gitops/support/repository.js';
import { gitPassword, imageOf, PublishedLoop } from './rollout/published-loop.js';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

let loop: PublishedLoop;
let model: Server;
let url: string;
let calls: Call[];
let answer: (call: Call, response: ServerResponse) => void;
let volume: string;
let said: string[];

beforeAll(async () => {
  loop = await PublishedLoop.start('{ forge: none }');
}, 60_000);

afterAll(() => loop.close());

beforeEach(async () => {
  loop.reset();
  await loop.release('2');
  volume = temporaryFolder();
  [calls, said] = [[], []];
  answer = (_, response) => response.end('{"outputs": [0.5]}');
  model = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const call = { method: request.method ?? '', path: request.url ?? '', body };
      calls.push(call);
      answer(call, response);
    });
  });
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(model.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const text of [...said, loop.everything()]) expect(text).not.toContain(gitPassword);
  model.closeAllConnections();
  await new Promise((resolve) => model.close(resolve));
});

const ask = (path: string, more: Partial<SmokeTestRequest> = {}): SmokeTestRequest => ({
  path,
  status: 200,
  values: [],
  ...more,
});

async function perform(
  requests: readonly SmokeTestRequest[],
  changes: { version?: string; url?: string } = {},
) {
  const version = changes.version ?? '2';
  const context = loop.context({ workspace: volume });
  try {
    const results = await smokeTest.perform(
      {
        model: 'jukebox',
        environment: 'test',
        version,
        image: imageOf(version),
        run: 'jukebox-test-1',
        url,
        requests: [...requests],
        ...loop.repositories,
        targetBranch: 'main',
        sourceBranch: 'main',
        sourcePath: '',
        ...changes,
      },
      context,
    );
    said.push(JSON.stringify(results));
    return results;
  } catch (error) {
    said.push(String(error), JSON.stringify(error instanceof StepFailure ? error : {}));
    throw error;
  } finally {
    said.push(...context.lines);
  }
}

const leave = (path: string, text: string) => {
  mkdirSync(dirname(join(volume, 'source', path)), { recursive: true });
  writeFileSync(join(volume, 'source', path), text);
};

test('a model that answers well is recorded as verified, by the run that asked it', async () => {
  leave('test/request.json', '{"inputs": [2]}');
  const { summary } = await perform([
    ask('/v1/predict', { body: { inputs: [1] }, values: [{ pointer: '/outputs/0', min: 0, max: 1 }] }),
    ask('/v1/predict', { bodyFile: 'test/request.json' }),
    ask('/healthz'),
  ]);
  expect(calls).toEqual([
    { method: 'POST', path: '/v1/predict', body: '{"inputs":[1]}' },
    { method: 'POST', path: '/v1/predict', body: '{"inputs": [2]}' },
    { method: 'GET', path: '/healthz', body: '' },
  ]);
  expect(summary.split('\n')).toHaveLength(5);
  expect(loop.record('test')).toMatchObject({ verified: { environment: 'test', by: 'jukebox-test-1' } });
}, 60_000);

test('an attempt that is repeated adds no commit and changes no record', async () => {
  await perform([ask('/healthz')]);
  const [record, commits] = [loop.record('test'), loop.commits()];
  await perform([ask('/healthz')]);
  expect([loop.record('test'), loop.commits()]).toEqual([record, commits]);
}, 60_000);

test('a model that answers wrongly is not verified, and nothing more is asked of it', async () => {
  answer = (_, response) => response.end('{"outputs": [7]}');
  const wrong = ask('/v1/predict', { values: [{ pointer: '/outputs/0', min: 0, max: 1 }] });
  await expect(perform([wrong, ask('/healthz')])).rejects.toThrow(
    'Version 2 of jukebox in test does not pass its smoke test: GET /v1/predict: /outputs/0 of its answer is 7, wanted 0 to 1.',
  );
  expect(calls).toHaveLength(1);
  expect(loop.record('test')).not.toHaveProperty('verified');
}, 60_000);

test('a server that is still starting is asked again', async () => {
  answer = (_, response) => response.writeHead(calls.length < 3 ? 503 : 200).end('{}');
  await perform([ask('/healthz')]);
  expect(calls).toHaveLength(3);
  expect(loop.record('test')).toHaveProperty('verified');
}, 60_000);

test('what a server says makes no rows of its own in the table of the run', async () => {
  const hostile = '| | |\n| --- | --- |\n$(params.model) "\'`'.repeat(50_000);
  answer = (_, response) => response.writeHead(404).end(hostile);
  const failure: unknown = await perform([ask('/v1/predict')]).catch((error: unknown) => error);
  if (!(failure instanceof StepFailure)) throw new Error('it did not fail');
  const { summary = '' } = failure.results;
  expect(summary.split('\n')).toHaveLength(3);
  expect(Buffer.byteLength(summary)).toBeLessThan(3600);
  expect(failure.message.length).toBeLessThanOrEqual(1000);
}, 60_000);

test('a version that was replaced or rolled back meanwhile is not what gets verified', async () => {
  await loop.release('3');
  await expect(perform([ask('/healthz')])).rejects.toThrow('GITOPS_RELEASE_OTHER_VERSION');
  expect(loop.record('test')).not.toHaveProperty('verified');
}, 60_000);

test('a body that is a link out of the source is not sent', async () => {
  leave('real.json', '{}');
  symlinkSync('/etc/passwd', join(volume, 'source/link.json'));
  await expect(perform([ask('/v1/predict', { bodyFile: 'link.json' })])).rejects.toThrow(StepFailure);
  await expect(perform([ask('/v1/predict', { bodyFile: 'missing.json' })])).rejects.toThrow(StepFailure);
  expect(calls).toEqual([]);
}, 60_000);

test('without requests the healthy servers are what is verified; with some, the address must be known', async () => {
  await expect(perform([ask('/healthz')], { url: 'none' })).rejects.toThrow('Nobody knows where');
  expect(loop.record('test')).not.toHaveProperty('verified');
  expect(await perform([], { url: 'none' })).toEqual({
    summary: 'Nothing was asked; the servers are healthy.',
  });
  expect(loop.record('test')).toHaveProperty('verified');
}, 60_000);
