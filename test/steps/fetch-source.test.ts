import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchSource } from '../../steps/fetch-source.js';
import { createContext } from './context.js';

let directory: string;
let repository: string;
let workspace: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'driftloop-fetch-'));
  repository = join(directory, 'jukebox');
  workspace = join(directory, 'workspace');
  mkdirSync(workspace);
  mkdirSync(repository);
  git('init', '--quiet', '--initial-branch=main');
  commit('train.mjs', 'first');
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', ['-C', repository, ...identity, ...args], { encoding: 'utf8' }).trim();
}

function commit(file: string, text: string): string {
  writeFileSync(join(repository, file), text);
  git('add', '--all');
  git('commit', '--quiet', '--message', text);
  return git('rev-parse', 'HEAD');
}

const fetch = (branch = 'main', context = createContext({ workspace }), commit = 'newest') =>
  fetchSource.perform({ repository: `file://${repository}`, branch, commit }, context);

const source = (...names: string[]) => join(workspace, 'source', ...names);

test('the newest commit of the branch is fetched, without its history', async () => {
  const newest = commit('train.mjs', 'second');
  expect(await fetch()).toEqual({ commit: newest });
  expect(readFileSync(source('train.mjs'), 'utf8')).toBe('second');
  const log = execFileSync('git', ['-C', source(), 'rev-list', '--count', 'HEAD'], { encoding: 'utf8' });
  expect(log.trim()).toBe('1');
});

test('D22: the commit that was pushed is trained, not what was pushed after it', async () => {
  const pushed = commit('train.mjs', 'pushed');
  commit('train.mjs', 'pushed later');
  expect(await fetch('main', undefined, pushed)).toEqual({ commit: pushed });
  expect(readFileSync(source('train.mjs'), 'utf8')).toBe('pushed');
});

test.each(['of another branch', 'that was pushed over'])(
  'a commit %s is not trained, though the server hands it out',
  async (what) => {
    git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    if (what === 'of another branch') git('checkout', '--quiet', '-b', 'fork');
    const strange = commit('train.mjs', 'strange');
    if (what === 'that was pushed over') git('reset', '--quiet', '--hard', 'HEAD~1');
    await expect(fetch('main', undefined, strange)).rejects.toThrow(
      `Commit ${strange} is not on branch main of file://${repository} (any more)`,
    );
    expect(existsSync(source('train.mjs'))).toBe(false);
  },
);

test('a second attempt finds nothing of the first', async () => {
  await fetch();
  writeFileSync(source('left-over'), '');
  await fetch();
  expect(existsSync(source('left-over'))).toBe(false);
});

test('a folder that is a link is replaced, not emptied', async () => {
  const precious = join(directory, 'precious');
  mkdirSync(precious);
  writeFileSync(join(precious, 'file'), 'keep');
  symlinkSync(precious, source());
  await fetch();
  expect(readFileSync(join(precious, 'file'), 'utf8')).toBe('keep');
});

test('submodules and hooks of a foreign repository do nothing', async () => {
  const hook = join(directory, 'hook-ran');
  mkdirSync(join(repository, '.githooks'));
  writeFileSync(join(repository, '.githooks/post-checkout'), `#!/bin/sh\ntouch ${hook}\n`, { mode: 0o755 });
  writeFileSync(
    join(repository, '.gitmodules'),
    '[submodule "x"]\n  path = x\n  url = ext::sh -c "exit 1"\n  update = !false\n',
  );
  git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD')},x`);
  commit('train.mjs', 'hostile');
  const context = createContext({ workspace });
  await fetch('main', context);
  expect(context.lines.slice(1)).toEqual(['Not fetched: submodules.']);
  expect(existsSync(hook)).toBe(false);
  expect(readFileSync(source('train.mjs'), 'utf8')).toBe('hostile');
});

test('files of Git LFS stay pointers, and the log says so', async () => {
  mkdirSync(join(repository, 'data'));
  writeFileSync(join(repository, 'data/.gitattributes'), '*.bin filter=lfs diff=lfs merge=lfs -text\n');
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;
  commit('data/songs.bin', pointer);
  const context = createContext({ workspace });
  await fetch('main', context);
  expect(readFileSync(source('data/songs.bin'), 'utf8')).toBe(pointer);
  expect(context.lines.slice(1)).toEqual([
    'Not fetched: files of Git LFS, of which only the pointers are there.',
  ]);
});

test('a repository without either is fetched without a remark', async () => {
  const context = createContext({ workspace });
  await fetch('main', context);
  expect(context.lines).toHaveLength(1);
});

test('a branch that is not there is told by name', async () => {
  await expect(fetch('nosuch')).rejects.toThrow(`file://${repository} has no branch nosuch.`);
});

test.each(['--upload-pack=touch x', 'a..b', ''])('"%s" is not taken for a branch', async (branch) => {
  await expect(fetch(branch)).rejects.toThrow(`"${branch}" is not the name of a branch.`);
});

test.each(['ext::sh -c id', '--upload-pack=x', 'ftp://example.com/x'])(
  '"%s" is not fetched',
  async (address) => {
    const attempt = fetchSource.perform(
      { repository: address, branch: 'main', commit: 'newest' },
      createContext({ workspace }),
    );
    await expect(attempt).rejects.toThrow(/is not the address|does not speak/);
  },
);
