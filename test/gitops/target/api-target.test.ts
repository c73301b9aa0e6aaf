import { afterEach } from '@jest/globals';
import { locateOnForge } from '../../../config/values/forge-location.js';
import { ForgeClient } from '../../../gitops/forges/forge-client.js';
import { GitData } from '../../../gitops/forges/git-data.js';
import { GithubForge } from '../../../gitops/forges/github-forge.js';
import { OutsideError } from '../../../gitops/outside-error.js';
import type { PublishRequest } from '../../../gitops/publish/publish-request.js';
import { ApiTarget } from '../../../gitops/target/api-target.js';
import type { RenderedUnit } from '../../../synth/manifest.js';
import { forgeToken, startFakeForge } from '../support/fake-forge.js';
import type { FakeForge, FakeForgeOptions } from '../support/fake-forge.js';
import { instantClock, publishUnits, succeeded } from '../support/publishing.js';
import { bareRepository, commitByHand, commitCount, filesIn, git, readFrom } from '../support/repository.js';
import { object, unit } from '../support/units.js';

const first = unit('test/jukebox', { alerts: [object('a'), object('b')] });
const second = unit('test/jukebox', { alerts: [object('a'), object('b'), object('c')] });
const forges: FakeForge[] = [];

afterEach(async () => {
  for (const forge of forges) expect(forge.contract.violations).toEqual([]);
  await Promise.all(forges.splice(0).map((forge) => forge.close()));
});

interface Hub {
  readonly forge: FakeForge;
  readonly repository: string;
  readonly more: Partial<PublishRequest>;
  readonly publish: (
    units: readonly RenderedUnit[],
    more?: Partial<PublishRequest>,
  ) => ReturnType<typeof publishUnits>;
}

/** GitHub with a repository that has a README, reached over its API only. */
async function start(options: Partial<FakeForgeOptions> & { signed?: boolean } = {}): Promise<Hub> {
  const repository = bareRepository();
  commitByHand(repository, { files: { 'README.md': 'ours\n', CODEOWNERS: '* @mlops\n' } });
  return connect(repository, options);
}

async function connect(
  repository: string,
  { signed = false, ...options }: Partial<FakeForgeOptions> & { signed?: boolean },
): Promise<Hub> {
  const forge = await startFakeForge({ kind: 'github', repository, ...options });
  forges.push(forge);
  const url = `${forge.origin}/mlops/gitops.git`;
  const location = locateOnForge(url);
  if (location === undefined) throw new Error(url);
  const clock = instantClock();
  const client = new ForgeClient({
    apiUrl: forge.apiUrl,
    token: forgeToken,
    clock,
    signal: undefined,
    fetch,
  });
  const github = new GithubForge(client, location, `${forge.origin}/mlops/gitops`);
  const more = {
    forge: github,
    openTarget: () => Promise.resolve(new ApiTarget(new GitData(client, location), signed)),
    // Whoever looked for Git would find none.
    environment: { PATH: '/nowhere' },
  };
  const publish: Hub['publish'] = (units, extra) =>
    publishUnits(url, units, { ...more, forge: undefined, ...extra });
  return { forge, repository, more, publish };
}

describe('publishing over the API of GitHub, without Git', () => {
  test('makes one commit of what changed, keeps what is not ours, and no commit of nothing', async () => {
    const { publish, repository, forge } = await start();
    expect(await succeeded(publish([first]))).toMatchObject({ action: 'pushed' });
    expect(await succeeded(publish([first]))).toMatchObject({ action: 'none' });
    expect(await succeeded(publish([second]))).toMatchObject({ action: 'pushed' });
    expect(commitCount(repository)).toBe(3);
    expect(git(repository, 'fsck', '--strict')).toBe('');
    expect(filesIn(repository)).toEqual(expect.arrayContaining(['README.md', 'CODEOWNERS']));
    const trees = forge.requests.filter(({ method, route }) => method === 'POST' && route.endsWith('/trees'));
    const written = trees.at(-1)?.body.tree as readonly { readonly path: string }[];
    expect(written.map(({ path }) => path)).not.toContain('README.md');
  });

  test('writes the very files that Git writes', async () => {
    const { publish, repository } = await start();
    await succeeded(publish([first]));
    const other = bareRepository();
    commitByHand(other, { files: { 'README.md': 'ours\n', CODEOWNERS: '* @mlops\n' } });
    await succeeded(publishUnits(other, [first]));
    expect(git(repository, 'rev-parse', 'main^{tree}')).toBe(git(other, 'rev-parse', 'main^{tree}'));
    const message = (path: string) => git(path, 'log', '-1', '--format=%B', 'main');
    expect(message(repository).replace(/\nDriftloop-Tree: [0-9a-f]{40}/, '')).toBe(message(other));
  });

  test('says of the commit what the token makes of it, and names no author', async () => {
    const { publish, repository, forge } = await start();
    await succeeded(publish([first]));
    const made = forge.requests.find(({ method, route }) => method === 'POST' && route.endsWith('/commits'));
    expect(Object.keys(made?.body ?? {}).sort()).toEqual(['message', 'parents', 'tree']);
    expect(
      git(repository, 'log', '-1', '--format=%(trailers:key=Driftloop-Tree,valueonly)', 'main').trim(),
    ).toBe(git(repository, 'rev-parse', 'main^{tree}'));
  });

  test('removes what is not rendered any more', async () => {
    const { publish, repository } = await start();
    await succeeded(publish([first, unit('test/radio', { alerts: [object('r')] })]));
    await succeeded(publish([first], { allowCollapse: true }));
    expect(filesIn(repository).filter((path) => path.includes('radio'))).toEqual([]);
  });

  test('reads a repository folder by folder that is too large for one answer', async () => {
    const { publish, repository } = await start({ treeLimit: 3 });
    await succeeded(publish([first]));
    expect(await succeeded(publish([first]))).toMatchObject({ action: 'none' });
    expect(readFrom(repository, 'README.md')).toBe('ours\n');
  });

  test('begins anew when somebody pushes in between', async () => {
    let raced = false;
    const hub = await start({
      interfere: ({ method, route }, { repository = '' }) => {
        if (method !== 'PATCH' || !route.includes('/git/refs/') || raced) return undefined;
        raced = true;
        commitByHand(repository, { files: { NOTES: 'by hand' } });
        return undefined;
      },
    });
    expect(await succeeded(hub.publish([first]))).toMatchObject({ action: 'pushed' });
    expect(filesIn(hub.repository)).toEqual(expect.arrayContaining(['NOTES', '.driftloop/owned.json']));
    expect(commitCount(hub.repository)).toBe(3);
  });

  test('of five publishers at once loses nothing', async () => {
    const { publish, repository } = await start();
    const units = Array.from({ length: 5 }, (_, index) =>
      unit(`test/m${index}`, { alerts: [object(`o${index}`)] }),
    );
    await Promise.all(
      units.map((each, index) => succeeded(publish([each], { selection: { models: [`m${index}`] } }))),
    );
    expect(filesIn(repository).filter((path) => path.endsWith('.k8s.yaml'))).toHaveLength(5);
    expect(commitCount(repository)).toBe(6);
  });
});

describe('what must be signed', () => {
  test('is pushed when GitHub has signed it', async () => {
    const { publish } = await start({ signed: true });
    expect(await succeeded(publish([first]))).toMatchObject({ action: 'pushed' });
  });

  test('is refused, not silently unsigned, when GitHub has not', async () => {
    const { publish, repository } = await start({ signed: true, verified: false });
    const failure: unknown = await publish([first]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OutsideError);
    expect(failure).toMatchObject({ message: 'GitHub has not signed the commit (unsigned)' });
    expect(commitCount(repository)).toBe(1);
  });
});

describe('a pull request over the API', () => {
  test('is opened, updated in place, and closed with its branch when nothing is left', async () => {
    const { publish, more, repository, forge } = await start();
    const propose = { forge: more.forge };
    expect(await succeeded(publish([first], propose))).toMatchObject({ action: 'pull-request-opened' });
    expect(await succeeded(publish([first], propose))).toMatchObject({ action: 'pull-request-unchanged' });
    expect(await succeeded(publish([second], propose))).toMatchObject({ action: 'pull-request-updated' });
    expect(commitCount(repository, 'driftloop/all')).toBe(2);
    await succeeded(publish([second]));
    expect(await succeeded(publish([second], propose))).toMatchObject({ action: 'none' });
    expect(forge.pullRequests).toMatchObject([{ state: 'closed' }]);
    expect(git(repository, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  test("keeps a person's commit on its branch", async () => {
    const { publish, more, repository } = await start();
    await succeeded(publish([first], { forge: more.forge }));
    commitByHand(repository, { branch: 'driftloop/all', files: { NOTES: 'by hand' } });
    const { problems } = await publish([second], { forge: more.forge });
    expect(problems).toMatchObject([{ code: 'GITOPS_BRANCH_EDITED' }]);
    expect(filesIn(repository, 'driftloop/all')).toContain('NOTES');
  });

  test("keeps a person's commit that arrives just before the branch is rewritten", async () => {
    let raced = false;
    const { publish, more, repository } = await start({
      interfere: ({ route, body }, { repository: path = '' }) => {
        if (route !== '/graphql' || !String(body.query).includes('updateRefs') || raced) return undefined;
        if (git(path, 'for-each-ref', 'refs/heads/driftloop') === '') return undefined;
        raced = true;
        commitByHand(path, { branch: 'driftloop/all', files: { NOTES: 'by hand' } });
        return undefined;
      },
    });
    await succeeded(publish([first], { forge: more.forge }));
    const { problems } = await publish([second], { forge: more.forge });
    expect(problems).toMatchObject([{ code: 'GITOPS_BRANCH_EDITED' }]);
    expect(filesIn(repository, 'driftloop/all')).toContain('NOTES');
  });
});

describe('what the API refuses', () => {
  test('a repository without any commit is said, with what helps', async () => {
    const { publish } = await connect(bareRepository(), {});
    await expect(publish([first])).rejects.toMatchObject({
      hint: expect.stringContaining('README') as unknown,
    });
  });

  test('a protected branch is said, with what helps', async () => {
    const { publish, repository } = await start({
      interfere: ({ method }) =>
        method === 'PATCH'
          ? { status: 422, body: { message: 'Changes must be made through a pull request.' } }
          : undefined,
    });
    await expect(publish([first])).rejects.toMatchObject({
      hint: expect.stringContaining('--pull-request') as unknown,
    });
    expect(commitCount(repository)).toBe(1);
  });

  test('and what it says never holds the token', async () => {
    const { publish } = await start({
      interfere: ({ method }) =>
        method === 'POST' ? { status: 403, body: { message: `no, Bearer ${forgeToken}` } } : undefined,
    });
    const failure: unknown = await publish([first]).catch((error: unknown) => error);
    expect(String(failure)).toContain('the forge could not write the files');
    expect(String(failure)).not.toContain(forgeToken);
  });
});
