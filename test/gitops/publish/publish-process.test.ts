import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from '@jest/globals';
import { build } from 'esbuild';
import { systemClock } from '../../../gitops/clock.js';
import { startGitServer } from '../../real/git-server.js';
import { publishUnits, succeeded } from '../support/publishing.js';
import { bareRepository, commitCount, filesIn, gate, git, temporaryFolder } from '../support/repository.js';
import { containing } from '../support/matchers.js';
import { object, unit } from '../support/units.js';

const project = fileURLToPath(new URL('../../..', import.meta.url));
let bundle = '';

/** Inside the project, so that the packages are found. */
beforeAll(async () => {
  const cache = join(project, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  bundle = join(mkdtempSync(join(cache, 'publish-child-')), 'publish-child.mjs');
  const entry = join(project, 'test/gitops/support/publish-child.ts');
  await build({
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
});

afterAll(() => {
  rmSync(join(bundle, '..'), { recursive: true, force: true });
});

type Publisher = ChildProcessByStdio<null, Readable, Readable>;

function startPublisher(
  repository: string,
  locks: string,
  model: string,
  behaviour = 'publishing',
  temporary = temporaryFolder(),
): Publisher {
  return spawn(process.execPath, [bundle, repository, locks, model, behaviour], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // What a killed process leaves behind is removed with the test's own folders.
    env: { ...process.env, TMPDIR: temporary },
  });
}

async function outputOf(publisher: Publisher): Promise<string> {
  const chunks: Buffer[] = [];
  publisher.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  publisher.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(publisher, 'close');
  return Buffer.concat(chunks).toString('utf8');
}

async function kill(publisher: Publisher): Promise<void> {
  publisher.kill('SIGKILL');
  await once(publisher, 'close');
}

const jukebox = unit('test/jukebox', { alerts: [object('a'), object('b')] });

test('nothing is left in the temporary directory, and a clone has stood there', async () => {
  const temporary = temporaryFolder();
  const publisher = startPublisher(bareRepository(), temporaryFolder(), 'jukebox', 'rendering', temporary);
  await once(publisher.stdout, 'data');
  expect(readdirSync(temporary)).toEqual([containing('driftloop-target-')]);
  await kill(publisher);
  const other = temporaryFolder();
  const publishing = startPublisher(bareRepository(), temporaryFolder(), 'jukebox', 'publishing', other);
  expect(await outputOf(publishing)).toContain('pushed');
  expect(readdirSync(other)).toEqual([]);
});

test.each(['missing', 'file'])('a temporary directory that is %s is explained', async (name) => {
  const [repository, folder] = [bareRepository(), temporaryFolder()];
  writeFileSync(join(folder, 'file'), '');
  const publisher = startPublisher(
    repository,
    temporaryFolder(),
    'jukebox',
    'publishing',
    join(folder, name),
  );
  const output = await outputOf(publisher);
  expect(output).toContain(
    `the temporary folder ${join(folder, name)}/driftloop-target-* cannot be created: EN`,
  );
  expect(output).toContain('Set TMPDIR to a directory');
  expect(git(repository, 'for-each-ref')).toBe('');
});

test('a publisher killed while it renders leaves the repository as it was, and a lock the next one takes over', async () => {
  const [repository, locks] = [bareRepository(), temporaryFolder()];
  const publisher = startPublisher(repository, locks, 'jukebox', 'rendering');
  await once(publisher.stdout, 'data');
  await kill(publisher);
  expect(git(repository, 'for-each-ref')).toBe('');
  expect(readdirSync(locks)).toHaveLength(1);
  const again = await succeeded(
    publishUnits(repository, [jukebox], { lockDirectory: locks, clock: systemClock }),
  );
  expect(again.action).toBe('pushed');
  expect(readdirSync(locks)).toEqual([]);
});

test('a publisher killed while it pushes leaves a whole commit or none', async () => {
  const pushing = gate();
  const release = gate();
  const server = await startGitServer({
    onRequest: async ({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('git-receive-pack')) return;
      pushing.open();
      await release.opened;
    },
  });
  try {
    const url = server.create('gitops.git');
    const bare = join(server.root, 'gitops.git');
    const locks = temporaryFolder();
    const publisher = startPublisher(url, locks, 'jukebox');
    await pushing.opened;
    await kill(publisher);
    release.open();
    const again = await succeeded(publishUnits(url, [jukebox], { lockDirectory: locks, clock: systemClock }));
    expect(['pushed', 'none']).toContain(again.action);
    expect(commitCount(bare)).toBe(1);
    expect(git(bare, 'fsck', '--strict', '--no-dangling')).toBe('');
  } finally {
    await server.close();
  }
});

test.each([
  ['sharing the lock', true],
  ['on different machines', false],
])('publishers in several processes, %s, lose nothing of each other', async (_, shared) => {
  const repository = bareRepository();
  const locks = temporaryFolder();
  const models = ['m0', 'm1', 'm2', 'm3'];
  const outputs = await Promise.all(
    models.map((model) => outputOf(startPublisher(repository, shared ? locks : join(locks, model), model))),
  );
  expect(outputs.map((output) => output.trim().split('\n').at(-1))).toEqual(models.map(() => 'pushed'));
  expect(commitCount(repository)).toBe(4);
  expect(filesIn(repository)).toEqual(
    expect.arrayContaining(models.map((model) => `environments/test/${model}/alerts.k8s.yaml`)),
  );
  expect(git(repository, 'fsck', '--strict', '--no-dangling')).toBe('');
});
