import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { publish } from '../../gitops/publish/publish.js';
import { parseRemote } from '../../gitops/git/remote.js';
import { fetchSource } from '../../steps/fetch-source.js';
import { startGitServer } from '../real/git-server.js';
import type { GitServer } from '../real/git-server.js';
import { source } from '../gitops/support/publishing-source.js';
import { commitByHand, git, temporaryFolder } from '../gitops/support/repository.js';
import { object, unit, workspace } from '../gitops/support/units.js';
import { createContext } from './context.js';

const credentials = { username: 'robot-user', password: 'p@ss/w:rd%secret' };
const forms = [
  credentials.password,
  encodeURIComponent(credentials.password),
  Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64'),
  Buffer.from(credentials.password).toString('base64'),
];

let folder: string;
let server: GitServer;
const saved = { PATH: process.env.PATH, GIT_TRACE: process.env.GIT_TRACE };
const at = (...names: string[]) => join(folder, ...names);

/**
 * Each git that is started writes its arguments, the configuration it finds and the locks into a log; git itself adds
 * the arguments of its helpers.
 */
beforeEach(async () => {
  folder = temporaryFolder();
  server = await startGitServer({ credentials });
  mkdirSync(at('bin'));
  mkdirSync(at('locks'));
  writeFileSync(
    at('bin/git'),
    `#!/bin/sh\n{ echo "arguments: $@"; cat "$GIT_DIR/config" .git/config '${at('locks')}'/*; } >>'${at('log')}' 2>/dev/null\nexec '${git('/', '--exec-path')}/git' "$@"\n`,
  );
  chmodSync(at('bin/git'), 0o755);
});

afterEach(async () => {
  for (const [name, value] of Object.entries(saved)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  await server.close();
});

function watch(): void {
  process.env.PATH = `${at('bin')}:${saved.PATH ?? ''}`;
  process.env.GIT_TRACE = at('trace');
}

function publishTo(url: string, password: string, more: Partial<Parameters<typeof publish>[0]> = {}) {
  const progress: string[] = [];
  const outcome = publish({
    workspace,
    remote: { url, credentials: { ...credentials, password } },
    branch: 'main',
    source,
    render: () => ({ value: [unit('test/jukebox', { alerts: [object('a')] })], problems: [] }),
    lockDirectory: at('locks'),
    onProgress: (line) => progress.push(line),
    ...more,
  });
  return outcome.then(
    ({ value, problems }) => JSON.stringify({ value, problems, progress }),
    (error: unknown) => describeError(error),
  );
}

/** All that a reporter could show of an error, and of what caused it. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error);
  return [
    error.stack,
    JSON.stringify(error),
    error.cause === undefined ? '' : describeError(error.cause),
  ].join('\n');
}

function expectNoSecret(text: string): void {
  for (const form of forms) expect(text).not.toContain(form);
}

/** Every byte below a folder. */
function contentOf(directory: string): string {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
    .join('\n');
}

test('the password of a publication stands in no argument, file, lock, result or message', async () => {
  const url = server.create('gitops.git');
  watch();
  const outputs = [
    await publishTo(url, credentials.password),
    await publishTo(url, credentials.password),
    await publishTo(`${url}-missing`, credentials.password),
  ];
  expect(outputs[0]).toContain('"action":"pushed"');
  expect(outputs[2]).toContain('failed');
  const log = readFileSync(at('log'), 'utf8');
  expect(log).toContain('arguments: push');
  expect(log).toContain('[core]');
  expect(log).toContain('"token":');
  expect(readFileSync(at('trace'), 'utf8')).toContain('git-remote-http');
  expectNoSecret([...outputs, contentOf(folder), contentOf(server.root)].join('\n'));
});

test('a refused password stands in no message either', async () => {
  const output = await publishTo(server.create('gitops.git'), `${credentials.password}-wrong`);
  expect(output).toContain('refused the credentials');
  expectNoSecret(output);
});

test('a hook of the repository that repeats what it was told reaches nobody with the password', async () => {
  const url = server.create('gitops.git');
  const hook = join(server.root, 'gitops.git/hooks/pre-receive');
  git('/', 'config', '--file', join(server.root, 'gitops.git/config'), 'core.hooksPath', join(hook, '..'));
  writeFileSync(hook, `#!/bin/sh\necho "got ${forms[2] ?? ''} ${credentials.password}" >&2\nexit 1\n`);
  chmodSync(hook, 0o755);
  const output = await publishTo(url, credentials.password);
  expect(output).toContain('refused branch main');
  expect(output).toContain('got *** ***');
  expectNoSecret(output);
});

test('the password of a step stands neither on the volume nor in the log', async () => {
  const url = server.create('source.git');
  commitByHand(join(server.root, 'source.git'), { files: { 'train.mjs': 'x' } });
  mkdirSync(at('volume'));
  watch();
  const context = { ...createContext({ workspace: at('volume') }), credentials };
  const { commit } = await fetchSource.perform(
    { repository: url, branch: 'main', commit: 'newest' },
    context,
  );
  const written = url.replace('//', `//${credentials.username}:${encodeURIComponent(credentials.password)}@`);
  await fetchSource.perform(
    { repository: written, branch: 'main', commit: 'newest' },
    { ...context, credentials: undefined },
  );
  const failure = await fetchSource
    .perform({ repository: written, branch: 'nosuch', commit: 'newest' }, context)
    .then(JSON.stringify, describeError);
  expect(failure).toContain('has no branch nosuch');
  expect(commit).toHaveLength(40);
  expect(readFileSync(at('volume/source/.git/config'), 'utf8')).toContain(`url = ${url}`);
  expectNoSecret([contentOf(folder), ...context.lines, failure].join('\n'));
});

test('a token that stands in the address as a name is shown nowhere', async () => {
  const url = server.create('gitops.git').replace('//', '//p%40ss%2Fw%3Ard%25secret@');
  const remote = parseRemote(url, '/').value;
  if (remote === undefined) throw new Error('the address was refused');
  watch();
  const output = await publishTo('', '', {
    remote,
    environment: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
  });
  expect(output).toContain('could not read Password');
  expectNoSecret([output, contentOf(folder)].join('\n'));
});
