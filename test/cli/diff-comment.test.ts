import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePullRequestAddress } from '../../gitops/forges/pull-request-address.js';
import { forgeToken, startFakeForge } from '../gitops/support/fake-forge.js';
import type { FakeForge } from '../gitops/support/fake-forge.js';
import { runCli } from './run-cli.js';

describe('the address of a pull request tells whose API is spoken:', () => {
  test.each([
    ['https://github.com/mlops/platform/pull/7', 'github', 'https://github.com/mlops/platform'],
    ['https://git.example.com/mlops/platform/pulls/7', 'gitea', 'https://git.example.com/mlops/platform'],
    ['https://example.com/git/mlops/platform/pulls/7', 'gitea', 'https://example.com/git/mlops/platform'],
    ['https://git.example.com/a/b/c/-/merge_requests/7', 'gitlab', 'https://git.example.com/a/b/c'],
  ])('%s', (address, api, repository) => {
    expect(parsePullRequestAddress(address)).toEqual({ api, repository, number: 7 });
  });

  test.each([
    'https://github.com/mlops/platform',
    'https://github.com/mlops/platform/pull/',
    'https://github.com/mlops/platform/pull/0',
    'https://github.com/mlops/platform/issues/7',
    'javascript:alert(1)//pull/7',
    '7',
    '',
  ])('%s is none', (address) => {
    expect(parsePullRequestAddress(address)).toBeUndefined();
  });
});

describe('diff --comment', () => {
  let folder: string;
  let forge: FakeForge;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'driftloop-comment-'));
    // Without what an `npm start` has left.
    for (const name of ['driftloop.yaml', 'models'])
      cpSync(join('examples/jukebox', name), join(folder, name), { recursive: true });
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await forge.close();
  });

  const forms = { github: 'pull', gitea: 'pulls', gitlab: '-/merge_requests' } as const;
  const diff = (token: string | undefined, ...more: string[]) => {
    const environment = { ...process.env, DRIFTLOOP_FORGE_TOKEN: token };
    return runCli(['diff', '--to', 'embedded', ...more], { cwd: folder, environment });
  };

  test.each(['github', 'gitea', 'gitlab'] as const)(
    'tells a pull request of %s, and replaces what it has told before',
    async (kind) => {
      forge = await startFakeForge({ kind });
      forge.pullRequests.push({ number: 1, state: 'open', title: 't', body: '', head: 'h', base: 'main' });
      const address = `${forge.origin}/mlops/gitops/${forms[kind]}/1`;
      expect(await diff(forgeToken, '--comment', address)).toMatchObject({ status: 0 });
      const again = await diff(forgeToken, '--comment', address, '--env', 'test', '--format', 'json');
      expect(again.status).toBe(0);
      expect(JSON.parse(again.output)).toMatchObject({ version: 1 });
      const comments = forge.pullRequests[0]?.comments?.map(({ body }) => body) ?? [];
      expect(comments).toHaveLength(1);
      expect(comments[0]).toMatch(
        /### What merging this changes in the cluster\n\n\d+ created in \d+ units?\./,
      );
      expect(comments[0]).toContain('<b>test/jukebox</b>');
      expect(comments[0]).not.toContain('<b>prod/jukebox</b>');
    },
  );

  test('without a token, or with one that is refused, nothing is said, and nobody learns the token', async () => {
    forge = await startFakeForge({ kind: 'gitea' });
    const address = `${forge.origin}/mlops/gitops/pulls/1`;
    const without = await diff(undefined, '--comment', address);
    expect([without.status, without.output]).toEqual([1, '']);
    expect(without.log).toContain('GITOPS_NO_TOKEN');
    const wrong = await diff('a-wrong-token', '--comment', address);
    expect(wrong.status).toBe(3);
    expect(wrong.log + wrong.output).not.toContain('a-wrong-token');
  });

  test('an option that nobody would look at is refused', async () => {
    forge = await startFakeForge({ kind: 'gitea' });
    const refused = await diff(forgeToken, '--full-report', 'https://ci.example.com/1');
    expect([refused.status, refused.output]).toEqual([1, '']);
    expect(refused.log).toContain('--full-report');
    expect((await diff(forgeToken, '--comment', 'https://git.example.com/')).status).toBe(1);
  });
});
