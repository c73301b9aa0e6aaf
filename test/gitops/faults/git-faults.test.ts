import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach } from '@jest/globals';
import { systemClock } from '../../../gitops/clock.js';
import { GitError } from '../../../gitops/git/git-error.js';
import { startGitServer } from '../../real/git-server.js';
import type { GitServer, GitServerOptions } from '../../real/git-server.js';
import { containing } from '../support/matchers.js';
import { instantClock, publishUnits, succeeded } from '../support/publishing.js';
import { commitByHand, commitCount, filesIn, git, readFrom, temporaryFolder } from '../support/repository.js';
import { object, unit } from '../support/units.js';

const first = unit('test/jukebox', { alerts: [object('a'), object('b')] });
const second = unit('test/jukebox', { alerts: [object('a'), object('b'), object('c')] });

const servers: GitServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(options: GitServerOptions = {}): Promise<{ url: string; bare: string }> {
  const server = await startGitServer(options);
  servers.push(server);
  return { url: server.create('gitops.git'), bare: join(server.root, 'gitops.git') };
}

const isPush = ({ method, path }: { method: string; path: string }) =>
  method === 'POST' && path.endsWith('git-receive-pack');

test('twenty publishers at once to one branch all land: nothing is lost, and no commit is made twice', async () => {
  const { url, bare } = await serve();
  commitByHand(bare, { files: { CODEOWNERS: '* @mlops\n' } });
  const names = Array.from({ length: 20 }, (_, index) => `m${index}`);
  // As on twenty machines: none knows of the others' locks, and chance spreads their attempts.
  const results = await Promise.all(
    names.map((name) =>
      succeeded(
        publishUnits(url, [unit(`test/${name}`, { alerts: [object(name), object(`${name}-2`)] })], {
          selection: { models: [name] },
          clock: systemClock,
          lockDirectory: temporaryFolder(),
        }),
      ),
    ),
  );
  expect(results.map(({ action }) => action)).toEqual(names.map(() => 'pushed'));
  expect(commitCount(bare)).toBe(21);
  expect(filesIn(bare)).toEqual(
    expect.arrayContaining([
      'CODEOWNERS',
      ...names.map((name) => `environments/test/${name}/alerts.k8s.yaml`),
    ]),
  );
  const owned = JSON.parse(readFrom(bare, '.driftloop/owned.json')) as { units: object };
  expect(Object.keys(owned.units).sort()).toEqual(names.map((name) => `test/${name}`).sort());
  expect(git(bare, 'fsck', '--strict', '--no-dangling')).toBe('');
  // Some 500 processes of git.
}, 240_000);

test('a server that cannot lock the branch is tried again', async () => {
  let pushes = 0;
  const server: { bare?: string } = {};
  const lock = () => join(server.bare ?? '', 'refs/heads/main.lock');
  const { url, bare } = await serve({
    onRequest: (request) => {
      if (!isPush(request)) return;
      pushes += 1;
      mkdirSync(dirname(lock()), { recursive: true });
      if (pushes <= 2) writeFileSync(lock(), '');
      else rmSync(lock(), { force: true });
    },
  });
  server.bare = bare;
  const clock = instantClock();
  expect(await succeeded(publishUnits(url, [first], { clock }))).toMatchObject({ action: 'pushed' });
  expect(pushes).toBe(3);
  expect(clock.waits).toHaveLength(2);
});

test.each([
  ['while it pushes', isPush],
  ['while it reads', ({ method }: { method: string }) => method === 'POST'],
  ['before it asks', () => true],
])('a network that breaks %s leaves a whole repository, and the next attempt completes', async (_, hit) => {
  let broken = true;
  const { url, bare } = await serve({
    onRequest: (request) => {
      if (broken && hit(request)) throw new Error('cut');
    },
  });
  commitByHand(bare, { files: { CODEOWNERS: 'x' } });
  await expect(publishUnits(url, [first])).rejects.toBeInstanceOf(GitError);
  expect(commitCount(bare)).toBe(1);
  broken = false;
  expect(await succeeded(publishUnits(url, [first]))).toMatchObject({ action: 'pushed' });
  expect(commitCount(bare)).toBe(2);
});

test('a push whose answer is lost is found again, and not made twice', async () => {
  let lost = true;
  const { url, bare } = await serve({
    onRequest: (request) => {
      if (!isPush(request) || !lost) return;
      lost = false;
      // The commit arrives on another way, as if the server had taken it before the line broke.
      commitByHand(bare, {
        files: { 'environments/test/jukebox/alerts.k8s.yaml': first.files[0]?.text ?? '' },
      });
      throw new Error('cut');
    },
  });
  commitByHand(bare, { files: { CODEOWNERS: 'x' } });
  await expect(publishUnits(url, [first])).rejects.toBeInstanceOf(GitError);
  const { value, problems } = await publishUnits(url, [first]);
  expect(problems).toEqual([]);
  // Only the note that the file is ours is missing.
  expect(value?.plan.units).toEqual([]);
});

test('a repository with Windows line ends is written as it is rendered, and keeps its own', async () => {
  const { url, bare } = await serve();
  const windows = 'a\r\nb\r\n';
  commitByHand(bare, { files: { 'README.md': windows, '.gitattributes': '*.yaml text eol=crlf\n' } });
  await succeeded(publishUnits(url, [first]));
  expect(await succeeded(publishUnits(url, [first]))).toMatchObject({ action: 'none' });
  expect(git(bare, 'cat-file', 'blob', 'main:README.md')).toBe(windows.trimEnd());
  expect(readFrom(bare, 'environments/test/jukebox/alerts.k8s.yaml')).not.toContain('\r');
});

test('a file of ours that somebody gave Windows line ends was edited by hand', async () => {
  const { url, bare } = await serve();
  await succeeded(publishUnits(url, [first]));
  const path = 'environments/test/jukebox/alerts.k8s.yaml';
  commitByHand(bare, { files: { [path]: readFrom(bare, path).replaceAll('\n', '\r\n') } });
  const { problems } = await publishUnits(url, [second]);
  expect(problems).toMatchObject([{ code: 'GITOPS_FILE_DRIFTED', message: containing('edited by hand') }]);
  expect(await succeeded(publishUnits(url, [second], { overwrite: true }))).toMatchObject({
    action: 'pushed',
  });
});

test('an empty repository gets its first branch', async () => {
  const { url, bare } = await serve();
  expect(await succeeded(publishUnits(url, [first], { branch: 'gitops' }))).toMatchObject({
    action: 'pushed',
  });
  expect(git(bare, 'branch', '--format=%(refname:short)')).toBe('gitops');
});
