import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSourceCommit } from '../../../gitops/git/source-commit.js';
import { git, temporaryFolder } from '../support/repository.js';

function repositoryWith(workspace = ''): string {
  const folder = temporaryFolder();
  git(folder, 'init', '--quiet');
  mkdirSync(join(folder, workspace), { recursive: true });
  writeFileSync(join(folder, workspace, 'driftloop.yaml'), 'platform: mlops\n');
  git(folder, 'add', '.');
  git(
    folder,
    'commit',
    '--quiet',
    '-m',
    'feat: begin\n\nWith a body.\n\nSigned-off-by: Ada <ada@example.com>',
  );
  return folder;
}

test('the commit a workspace stands at is described whole', async () => {
  const folder = repositoryWith('platform');
  git(folder, 'remote', 'add', 'origin', 'https://bot:hunter2@git.example.com/mlops/platform.git');
  expect(await describeSourceCommit(join(folder, 'platform'))).toEqual({
    sha: git(folder, 'rev-parse', 'HEAD'),
    author: 'Ada <ada@example.com>',
    date: git(folder, 'log', '-1', '--format=%aI'),
    subject: 'feat: begin',
    body: 'With a body.\n\nSigned-off-by: Ada <ada@example.com>',
    repositoryUrl: 'https://git.example.com/mlops/platform.git',
    dirty: false,
  });
});

test('changes of the workspace make it dirty, changes beside it do not', async () => {
  const folder = repositoryWith('platform');
  writeFileSync(join(folder, 'other.txt'), 'x');
  expect(await describeSourceCommit(join(folder, 'platform'))).toMatchObject({
    dirty: false,
    repositoryUrl: undefined,
  });
  writeFileSync(join(folder, 'platform/driftloop.yaml'), 'platform: other\n');
  expect(await describeSourceCommit(join(folder, 'platform'))).toMatchObject({ dirty: true });
});

test('a detached, shallow checkout in a worktree is described like any other', async () => {
  const folder = repositoryWith('platform');
  writeFileSync(join(folder, 'platform/driftloop.yaml'), 'platform: other\n');
  git(folder, 'commit', '--quiet', '--all', '-m', 'second');
  const clone = join(temporaryFolder(), 'clone');
  git('/', 'clone', '--quiet', '--depth=1', `file://${folder}`, clone);
  const worktree = join(temporaryFolder(), 'worktree');
  git(clone, 'worktree', 'add', '--quiet', '--detach', worktree, 'HEAD');
  expect(await describeSourceCommit(join(worktree, 'platform'))).toMatchObject({
    sha: git(folder, 'rev-parse', 'HEAD'),
    subject: 'second',
    repositoryUrl: `file://${folder}`,
    dirty: false,
  });
});

test('looking at a workspace writes nothing, not even its index', async () => {
  const folder = repositoryWith();
  const index = () => readFileSync(join(folder, '.git/index'));
  const before = index();
  utimesSync(join(folder, 'driftloop.yaml'), 0, 0);
  expect(await describeSourceCommit(folder)).toMatchObject({ dirty: false });
  expect(index().equals(before)).toBe(true);
});

test('a token in the address of the origin is not described', async () => {
  const folder = repositoryWith();
  git(folder, 'remote', 'add', 'origin', 'https://ghp_secret@git.example.com/mlops/platform.git');
  expect(JSON.stringify(await describeSourceCommit(folder))).not.toContain('secret');
});

test('a subject in another encoding, or a signature that git would check, does not end up in it', async () => {
  const folder = repositoryWith();
  git(folder, 'config', 'i18n.logOutputEncoding', 'ISO-8859-1');
  git(folder, 'config', 'log.showSignature', 'true');
  git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'feat: Tööne');
  expect(await describeSourceCommit(folder)).toMatchObject({ subject: 'feat: Tööne' });
});

test('a workspace that is in no commit has none', async () => {
  expect(await describeSourceCommit(temporaryFolder())).toBeUndefined();
  const empty = temporaryFolder();
  git(empty, 'init', '--quiet');
  expect(await describeSourceCommit(empty)).toBeUndefined();
  const within = join(repositoryWith(), 'new');
  mkdirSync(within);
  expect(await describeSourceCommit(within)).toBeUndefined();
});
