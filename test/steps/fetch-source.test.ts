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

const fetch = (branch = 'main') =>
  fetchSource.perform({ repository: `file://${repository}`, branch }, createContext({ workspace }));

const source = (...names: string[]) => join(workspace, 'source', ...names);

test('the newest commit of the branch is fetched, without its history', async () => {
  const newest = commit('train.mjs', 'second');
  expect(await fetch()).toEqual({ commit: newest });
  expect(readFileSync(source('train.mjs'), 'utf8')).toBe('second');
  const log = execFileSync('git', ['-C', source(), 'rev-list', '--count', 'HEAD'], { encoding: 'utf8' });
  expect(log.trim()).toBe('1');
  expect(existsSync(join(workspace, 'output'))).toBe(true);
});

test('a second attempt finds nothing of the first', async () => {
  await fetch();
  writeFileSync(source('left-over'), '');
  mkdirSync(join(workspace, 'output'), { recursive: true });
  writeFileSync(join(workspace, 'output/metrics.json'), '{}');
  await fetch();
  expect(existsSync(source('left-over'))).toBe(false);
  expect(existsSync(join(workspace, 'output/metrics.json'))).toBe(false);
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
  await fetch();
  expect(existsSync(hook)).toBe(false);
  expect(readFileSync(source('train.mjs'), 'utf8')).toBe('hostile');
});

test('a branch that is not there is told by name', async () => {
  await expect(fetch('nosuch')).rejects.toThrow(/git fetch failed: .*refs\/heads\/nosuch/);
});

test.each(['--upload-pack=touch x', 'a..b', ''])('"%s" is not taken for a branch', async (branch) => {
  await expect(fetch(branch)).rejects.toThrow(`"${branch}" is not the name of a branch.`);
});

test.each(['ext::sh -c id', '--upload-pack=x', 'ftp://example.com/x'])(
  '"%s" is not fetched',
  async (address) => {
    const attempt = fetchSource.perform(
      { repository: address, branch: 'main' },
      createContext({ workspace }),
    );
    await expect(attempt).rejects.toThrow(/is not the address|does not speak/);
  },
);
