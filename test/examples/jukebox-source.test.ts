import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { readMetricsFile } from '../../steps/evaluation/metrics-file.js';
import { readModelImage } from '../../steps/training-output.js';
import { FakeRegistry } from './registry.js';

const source = new URL('../../examples/jukebox/source/', import.meta.url).pathname;
const registry = new FakeRegistry();
let address: string;
let workspace: string;
const servers: ChildProcess[] = [];

beforeAll(async () => {
  address = await registry.start();
});

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'driftloop-jukebox-'));
});

afterEach(() => {
  for (const server of servers.splice(0)) server.kill();
  rmSync(workspace, { recursive: true });
});

afterAll(() => registry.stop());

async function train(variables: Record<string, string> = {}): Promise<string> {
  await promisify(execFile)(process.execPath, ['train.mjs'], {
    cwd: source,
    env: { DRIFTLOOP_OUTPUT: join(workspace, 'output'), ...variables },
  });
  return readModelImage(workspace);
}

/** Starts the server on a free port and gives its address. */
async function serve(image: string): Promise<string> {
  const env = { MODEL_IMAGE: image, MODEL_VERSION: '7', REGISTRY: address, PORT: '0' };
  const server = spawn(process.execPath, ['server.mjs'], {
    cwd: source,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  servers.push(server);
  for await (const line of createInterface({ input: server.stdout })) {
    const port = /on port (\d+)$/.exec(line)?.[1];
    if (port !== undefined) return `http://127.0.0.1:${port}`;
  }
  throw new Error('the server ended before it listened');
}

test('training leaves what the steps read, and the model is good enough for the gate of the example', async () => {
  const image = await train();
  expect(image).toMatch(/^oci:\/\/localhost\/jukebox\/model@sha256:/);
  const { metrics } = await readMetricsFile(workspace);
  expect(metrics.get('accuracy')).toBeGreaterThan(0.75);
  const digest = image.slice(image.indexOf('sha256:'));
  expect(readFileSync(join(workspace, 'output/oci/index.json'), 'utf8')).toContain(digest);
});

test('equal songs give an equal model, and another commit another digest', async () => {
  const first = await train();
  expect(await train()).toBe(first);
  expect(await train({ DRIFTLOOP_COMMIT: 'a'.repeat(40) })).not.toBe(first);
});

test('what training pushes, the server pulls by its digest and serves', async () => {
  const image = await train({ REGISTRY: address, DRIFTLOOP_COMMIT: 'b'.repeat(40) });
  const server = await serve(image);
  expect(await (await fetch(`${server}/healthz`)).json()).toEqual({ status: 'ok', version: '7', image });
  const predict = (body: string) => fetch(`${server}/predict`, { method: 'POST', body });
  const hit = await predict('{"danceability": 0.9, "energy": 0.9, "tempo": 160}');
  expect(await hit.json()).toMatchObject({ probability: expect.any(Number) as number, version: '7' });
  for (const body of ['', '[]', '{"danceability": 1}', 'x'.repeat(100_000)]) {
    expect((await predict(body)).status).toBe(400);
  }
  expect((await fetch(`${server}/nothing`)).status).toBe(404);
});

test('the drift metric is what was set, one feature or all of them', async () => {
  const server = await serve(await train({ REGISTRY: address }));
  const metrics = async () =>
    (await (await fetch(`${server}/metrics`)).text()).match(/^trustyai_meanshift.*$/gm);
  const set = (query: string) => fetch(`${server}/drift?${query}`, { method: 'POST' });
  await set('value=0.25&feature=tempo');
  expect(await metrics()).toEqual([
    'trustyai_meanshift{model="jukebox",subcategory="danceability"} 1',
    'trustyai_meanshift{model="jukebox",subcategory="energy"} 1',
    'trustyai_meanshift{model="jukebox",subcategory="tempo"} 0.25',
  ]);
  for (const query of ['', 'value=x', 'value=2', 'value=0.1&feature=loudness'])
    expect((await set(query)).status).toBe(400);
  await set('value=0.01');
  expect((await metrics())?.every((line) => line.endsWith(' 0.01'))).toBe(true);
});

test('a model that is not what its digest promises is not served', async () => {
  const image = await train({ REGISTRY: address, DRIFTLOOP_COMMIT: 'c'.repeat(40) });
  const digest = image.slice(image.indexOf('sha256:'));
  registry.contents.set(`jukebox/model/manifests/${digest}`, Buffer.from('{}'));
  await expect(serve(image)).rejects.toThrow('the server ended before it listened');
  const [server] = servers;
  if (server?.exitCode === null) await once(server, 'exit');
  expect(server?.exitCode).toBe(1);
});
