import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgeToken, startFakeForge } from '../gitops/support/fake-forge.js';
import type { FakeForge } from '../gitops/support/fake-forge.js';
import { bareRepository, commitByHand, git, temporaryFolder } from '../gitops/support/repository.js';
import { runCli } from './run-cli.js';
import type { CliResult } from './run-cli.js';

const image = `oci://a.example.com/jukebox@sha256:${'2'.padStart(64, '0')}`;
const said: CliResult[] = [];
let folder: string;
let repository: string;
let forge: FakeForge;

/** The example, delivered over the API of a GitHub that holds a README; nobody has Git. */
beforeAll(async () => {
  folder = temporaryFolder();
  for (const name of ['driftloop.yaml', 'models'])
    cpSync(join('examples/jukebox', name), join(folder, name), { recursive: true });
  repository = bareRepository();
  commitByHand(repository, { files: { 'README.md': 'ours\n' } });
  forge = await startFakeForge({ kind: 'github', repository });
  const file = join(folder, 'driftloop.yaml');
  const text = readFileSync(file, 'utf8')
    .replace('https://git.example.com/mlops/gitops.git', `${forge.origin}/mlops/gitops.git`)
    .concat(`delivery: { forge: github, apiUrl: '${forge.apiUrl}', commits: api }\n`);
  writeFileSync(file, text);
});

afterAll(async () => {
  expect(forge.contract.violations).toEqual([]);
  await forge.close();
});

async function driftloop(...words: readonly string[]): Promise<CliResult> {
  const environment = { PATH: '/nowhere', HOME: folder, DRIFTLOOP_FORGE_TOKEN: forgeToken };
  const result = await runCli(words, { cwd: folder, environment });
  said.push(result);
  return result;
}

const titles = () => forge.pullRequests.map(({ title, state }) => `${state} ${title}`);

test('publish pushes test and proposes prod, without Git', async () => {
  const { status, output, log } = await driftloop('publish');
  expect([status, log.includes('error')]).toEqual([0, false]);
  expect(output).toMatch(/^committed: .*\n(.*\n)+pull request opened: /);
  expect(titles()).toHaveLength(1);
});

test('release, verify and promote go the way of their environment: a promotion by pull request', async () => {
  await driftloop('publish', '--push');
  const named = ['jukebox', '--env', 'test', '--version', '2'];
  const released = await driftloop('release', ...named, '--image', image, '--metric', 'accuracy=0.9');
  expect([released.status, released.output]).toEqual([0, expect.stringContaining('committed: ')]);
  expect(await driftloop('verify', ...named)).toMatchObject({ status: 0 });
  const promote = ['promote', 'jukebox', '--from', 'test', '--to', 'prod'];
  const opened = await driftloop(...promote, '--format', 'json');
  expect(JSON.parse(opened.output)).toMatchObject({
    action: 'pull-request-opened',
    branch: 'driftloop-release/prod+jukebox',
    release: { environment: 'prod', version: '2' },
  });
  expect((await driftloop(...promote)).output).toContain('the pull request says it already');
  expect(titles()).toContain('open promote(prod/jukebox): version 2 from test');
});

test('--push brings it at once, and the next time its pull request is closed', async () => {
  const promote = ['promote', 'jukebox', '--from', 'test', '--to', 'prod'];
  expect((await driftloop(...promote, '--push')).output).toContain('committed: ');
  expect((await driftloop(...promote)).output).toContain('prod runs version 2 of jukebox already');
  expect(titles()).toContain('closed promote(prod/jukebox): version 2 from test');
});

test('the token is in nothing that was said or written', () => {
  const history = git(repository, 'log', '--all', '--format=%B%an%ae');
  const requests = JSON.stringify(forge.requests.map(({ path, body }) => [path, body]));
  expect(said.length).toBeGreaterThan(6);
  for (const text of [JSON.stringify(said), history, requests, git(repository, 'grep', '-h', '', 'main')])
    expect(text).not.toContain(forgeToken);
});
