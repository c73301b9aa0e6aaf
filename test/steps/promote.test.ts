import { promote } from '../../steps/promote.js';
import { forgeToken, startFakeForge } from '../gitops/support/fake-forge.js';
import type { FakeForge } from '../gitops/support/fake-forge.js';
import { gitPassword, imageOf, PublishedLoop } from './rollout/published-loop.js';

const saved = process.env.DRIFTLOOP_FORGE_TOKEN;
const branch = 'driftloop-release/prod+jukebox';
let loop: PublishedLoop;
let forge: FakeForge;
let said: string[];

beforeAll(async () => {
  process.env.DRIFTLOOP_FORGE_TOKEN = forgeToken;
  forge = await startFakeForge({ kind: 'gitea' });
  loop = await PublishedLoop.start(`{ forge: gitea, apiUrl: '${forge.apiUrl}' }`);
}, 60_000);

beforeEach(() => {
  loop.reset();
  forge.pullRequests.length = 0;
  forge.requests.length = 0;
  said = [];
});

afterEach(() => {
  const requests = JSON.stringify(forge.requests.map(({ path, body }) => [path, body]));
  for (const text of [...said, requests, loop.everything()]) {
    expect(text).not.toContain(forgeToken);
    expect(text).not.toContain(gitPassword);
  }
  expect(forge.contract.violations).toEqual([]);
});

afterAll(async () => {
  if (saved === undefined) delete process.env.DRIFTLOOP_FORGE_TOKEN;
  else process.env.DRIFTLOOP_FORGE_TOKEN = saved;
  await Promise.all([loop.close(), forge.close()]);
});

async function perform(version: string, changes: { from?: string; to?: string; image?: string } = {}) {
  const request = {
    model: 'jukebox',
    from: 'test',
    to: 'prod',
    version,
    image: imageOf(version),
    run: `run-${version}`,
    ...loop.repositories,
    targetBranch: 'main',
    sourceBranch: 'main',
    sourcePath: '',
    ...changes,
  };
  const context = loop.context();
  try {
    const results = await promote.perform(request, context);
    said.push(JSON.stringify(results));
    return results;
  } catch (error) {
    said.push(String(error));
    throw error;
  } finally {
    said.push(...context.lines);
  }
}

const refusal = (reason: unknown) => ({ promoted: 'false', pullRequest: 'none', reason });

test('a verified version is proposed for the next environment, rendered as it will run', async () => {
  await loop.release('2');
  await loop.verify('2');
  const before = loop.commits();
  expect(await perform('2')).toEqual({
    promoted: 'true',
    pullRequest: `${forge.origin}/mlops/gitops/pulls/1`,
    reason: 'A pull request was opened for version 2, verified in test, to come to prod.',
  });
  expect(forge.pullRequests).toMatchObject([
    { state: 'open', base: 'main', head: branch, title: 'promote(prod/jukebox): version 2 from test' },
  ]);
  expect([loop.commits(), loop.commits(branch)]).toEqual([before, before + 1]);
  expect(loop.record('prod', branch)).toMatchObject({ version: '2', image: imageOf('2'), by: 'run-2' });
  const unit = loop.read('environments/prod/jukebox/model-serving.k8s.yaml', branch);
  expect(unit).toContain(imageOf('2').replace('oci://', ''));
}, 60_000);

test('an attempt that is repeated finds its pull request, and pushes nothing', async () => {
  await loop.release('2');
  await loop.verify('2');
  await perform('2');
  const before = loop.commits(branch);
  const again = { pullRequest: `${forge.origin}/mlops/gitops/pulls/1`, promoted: 'true' };
  for (let attempt = 0; attempt < 2; attempt++) expect(await perform('2')).toMatchObject(again);
  expect(forge.pullRequests).toHaveLength(1);
  expect(loop.commits(branch)).toBe(before);
}, 60_000);

test('a newer version brings the open pull request up to date instead of opening another one', async () => {
  await loop.release('2');
  await loop.verify('2');
  await perform('2');
  await loop.release('3');
  await loop.verify('3');
  expect(await perform('3')).toMatchObject({ promoted: 'true' });
  expect(forge.pullRequests).toMatchObject([
    { state: 'open', title: 'promote(prod/jukebox): version 3 from test' },
  ]);
  expect(loop.record('prod', branch)).toMatchObject({ version: '3' });
}, 60_000);

test('what a person decided ends no run badly: pinned and quarantined versions stay where they are', async () => {
  for (const version of ['1', '2']) await loop.bring(version);
  await loop.rollBack('prod');
  await loop.release('3');
  await loop.verify('3');
  expect(await perform('3')).toEqual(refusal(expect.stringContaining('prod is pinned to version 1')));
  await loop.rollBack('test', true);
  await expect(perform('3')).resolves.toEqual(refusal(expect.stringContaining('test runs version 2')));
  expect(forge.pullRequests).toEqual([]);
}, 60_000);

test('a version that is older than what the next environment runs is not proposed', async () => {
  await loop.release('2');
  await loop.verify('2');
  await loop.release('3', 'prod');
  expect(await perform('2')).toEqual(
    refusal(expect.stringMatching(/^Version 2 is not proposed for prod, because .*older/)),
  );
  expect(forge.pullRequests).toEqual([]);
}, 60_000);

test('what nobody verified fails, and so does a way back from the last environment; nothing is opened', async () => {
  await loop.release('2');
  await expect(perform('2')).rejects.toThrow('GITOPS_RELEASE_UNVERIFIED');
  await expect(perform('2', { from: 'prod', to: 'test' })).rejects.toThrow('GITOPS_PROMOTION_ORDER');
  expect(forge.pullRequests).toEqual([]);
}, 60_000);

test('an image of the same name as the tested one, with other content, is not proposed', async () => {
  await loop.release('2');
  await loop.verify('2');
  const reason: unknown = expect.stringContaining(`is ${imageOf('2')}, not ${imageOf('9')}`);
  expect(await perform('2', { image: imageOf('9') })).toEqual(refusal(reason));
  expect(forge.pullRequests).toEqual([]);
}, 60_000);

test('where people commit over the API, the run pushes with its own Git credentials and opens the same pull request', async () => {
  await Promise.all([loop.close(), forge.close()]);
  forge = await startFakeForge({ kind: 'github' });
  loop = await PublishedLoop.start(`{ forge: github, apiUrl: '${forge.apiUrl}', commits: api }`);
  await loop.release('2');
  await loop.verify('2');
  for (let attempt = 0; attempt < 2; attempt++)
    expect(await perform('2')).toMatchObject({ promoted: 'true' });
  expect(forge.pullRequests).toHaveLength(1);
  expect(loop.record('prod', branch)).toMatchObject({ version: '2' });
}, 60_000);
