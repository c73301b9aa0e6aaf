import { afterEach } from '@jest/globals';
import { diffPlan } from '../../../gitops/plan/diff.js';
import { openForge } from '../../../gitops/forges/forge.js';
import type { Forge } from '../../../gitops/forges/forge.js';
import { compareObjects } from '../../../gitops/plan/object-changes.js';
import { OutsideError } from '../../../gitops/outside-error.js';
import { proposalBranch } from '../../../gitops/pull-request/propose.js';
import { bodyLimit, describePullRequest } from '../../../gitops/pull-request/pull-request-body.js';
import type { RenderedUnit } from '../../../synth/manifest.js';
import { forgeToken, startFakeForge } from '../support/fake-forge.js';
import type { FakeForge, FakeForgeOptions } from '../support/fake-forge.js';
import { instantClock, publishUnits, succeeded } from '../support/publishing.js';
import { bareRepository, commitByHand, commitCount, filesIn, git, readFrom } from '../support/repository.js';
import { object, unit } from '../support/units.js';
import { containing } from '../support/matchers.js';

const first = unit('test/jukebox', { alerts: [object('a'), object('b')] });
const second = unit('test/jukebox', { alerts: [object('a'), object('b'), object('c')] });
const third = unit('test/jukebox', { alerts: [object('a'), object('b'), object('d')] });

const forges: FakeForge[] = [];

afterEach(async () => {
  await Promise.all(forges.splice(0).map((forge) => forge.close()));
});

async function start(options: Partial<FakeForgeOptions> = {}): Promise<FakeForge> {
  const forge = await startFakeForge({ kind: 'github', ...options });
  forges.push(forge);
  return forge;
}

function clientOf(forge: FakeForge, token = forgeToken, clock = instantClock()): Forge {
  const remote = { url: `${forge.origin}/mlops/gitops.git`, credentials: undefined };
  const { value } = openForge(remote, { token, apiUrl: forge.apiUrl, clock });
  if (value === undefined) throw new Error('the forge was not recognized');
  return value;
}

function propose(repository: string, forge: Forge, units: readonly RenderedUnit[]) {
  return publishUnits(repository, units, { forge, selection: { environments: ['test'] } });
}

async function publishedRepository(): Promise<string> {
  const repository = bareRepository();
  await succeeded(publishUnits(repository, [first]));
  return repository;
}

describe.each(['github', 'gitea'] as const)('a pull request on %s', (kind) => {
  test('is opened once, left alone when it says it all, and updated when there is more (D78)', async () => {
    const forge = await start({ kind });
    const [repository, client] = [await publishedRepository(), clientOf(forge)];
    const main = git(repository, 'rev-parse', 'main');
    const opened = await succeeded(propose(repository, client, [second]));
    expect(opened).toMatchObject({
      action: 'pull-request-opened',
      branch: 'driftloop/test',
      pullRequest: { number: 1 },
    });
    expect(await succeeded(propose(repository, client, [second]))).toMatchObject({
      action: 'pull-request-unchanged',
      commit: opened.commit,
    });
    expect(await succeeded(propose(repository, client, [third]))).toMatchObject({
      action: 'pull-request-updated',
    });
    expect(forge.pullRequests).toMatchObject([{ head: 'driftloop/test', base: 'main', state: 'open' }]);
    expect(git(repository, 'rev-parse', 'main')).toBe(main);
    expect(commitCount(repository, 'driftloop/test')).toBe(2);
    expect(readFrom(repository, 'environments/test/jukebox/alerts.k8s.yaml', 'driftloop/test')).toContain(
      'name: d',
    );
  });

  test('is found among many, and those of other branches and closed ones are not taken for it', async () => {
    const forge = await start({ kind });
    const other = { title: 't', body: 'b', base: 'main', state: 'open' } as const;
    forge.pullRequests.push(
      { ...other, number: 1, head: 'driftloop/prod' },
      { ...other, number: 2, head: 'driftloop/test', state: 'closed' },
      { ...other, number: 3, head: 'driftloop/test', base: 'release' },
      { ...other, number: 4, head: 'feature' },
      { ...other, number: 5, head: 'driftloop/test' },
    );
    const repository = await publishedRepository();
    const result = await succeeded(propose(repository, clientOf(forge), [second]));
    expect(result).toMatchObject({ action: 'pull-request-updated', pullRequest: { number: 5 } });
    expect(forge.pullRequests).toHaveLength(5);
  });

  test('that somebody opens at the same moment is adopted', async () => {
    const forge = await start({
      kind,
      interfere: ({ method }, { pullRequests }) => {
        if (method !== 'POST' || pullRequests.length > 0) return undefined;
        pullRequests.push({
          number: 1,
          state: 'open',
          title: 't',
          body: 'b',
          head: 'driftloop/test',
          base: 'main',
        });
        return undefined;
      },
    });
    const result = await succeeded(propose(await publishedRepository(), clientOf(forge), [second]));
    expect(result).toMatchObject({ action: 'pull-request-updated', pullRequest: { number: 1 } });
    expect(forge.pullRequests).toHaveLength(1);
  });
});

describe('publishing by pull request', () => {
  test('asks the forge for nothing when nothing changes', async () => {
    const forge = await start();
    const repository = await publishedRepository();
    expect(await succeeded(propose(repository, clientOf(forge), [first]))).toMatchObject({ action: 'none' });
    expect(forge.requests).toEqual([]);
    expect(git(repository, 'branch', '--format=%(refname:short)')).toBe('main');
  });

  test('starts from the newest commit of its base, however old the branch is (D80)', async () => {
    const forge = await start();
    const [repository, client] = [await publishedRepository(), clientOf(forge)];
    await succeeded(propose(repository, client, [second]));
    commitByHand(repository, { files: { CODEOWNERS: 'x' } });
    await succeeded(propose(repository, client, [second]));
    expect(filesIn(repository, 'driftloop/test')).toContain('CODEOWNERS');
    expect(git(repository, 'merge-base', 'main', 'driftloop/test')).toBe(
      git(repository, 'rev-parse', 'main'),
    );
  });

  test('does not throw away what a reviewer pushed', async () => {
    const forge = await start();
    const [repository, client] = [await publishedRepository(), clientOf(forge)];
    await succeeded(propose(repository, client, [second]));
    const theirs = commitByHand(repository, { files: { 'note.md': 'x' }, branch: 'driftloop/test' });
    const { value, problems } = await propose(repository, client, [third]);
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_BRANCH_EDITED', message: containing('Ada') }]);
    expect(git(repository, 'rev-parse', 'driftloop/test')).toBe(theirs);
  });

  test('needs the branch it goes to', async () => {
    const { problems } = await propose(bareRepository(), clientOf(await start()), [first]);
    expect(problems).toMatchObject([{ code: 'GITOPS_BASE_BRANCH_MISSING' }]);
  });

  test('one selection has one branch, another has another', () => {
    expect(proposalBranch()).toBe('driftloop/all');
    expect(proposalBranch({ environments: ['test'], models: [] })).toBe('driftloop/test');
    expect(proposalBranch({ environments: ['test', 'prod'] })).toBe(
      proposalBranch({ environments: ['prod', 'test'] }),
    );
    expect(proposalBranch({ environments: ['test'], models: ['jukebox'] })).toBe('driftloop/test+jukebox');
    expect(proposalBranch({ models: ['jukebox'] })).toBe('driftloop/all+jukebox');
  });
});

describe('a forge that refuses', () => {
  const content = { head: 'h', base: 'main', title: 't', body: 'b' };

  test('a bad token is explained without showing it (D78)', async () => {
    const failure = clientOf(await start(), 'wrong-secret').findOpen('h', 'main');
    await expect(failure).rejects.toBeInstanceOf(OutsideError);
    await expect(failure).rejects.toMatchObject({ hint: containing('DRIFTLOOP_FORGE_TOKEN') });
    await expect(failure).rejects.not.toThrow('secret');
  });

  test('limiting the rate is waited for, as long as it says', async () => {
    let calls = 0;
    const forge = await start({
      interfere: () => {
        calls += 1;
        return calls <= 2 ? { status: 403, headers: { 'retry-after': '7' } } : undefined;
      },
    });
    const clock = instantClock();
    expect(await clientOf(forge, forgeToken, clock).create(content)).toMatchObject({ number: 1 });
    expect(clock.waits).toEqual([7000, 7000]);
  });

  test('limiting the rate for an hour is given up on at once', async () => {
    const forge = await start({ interfere: () => ({ status: 429, headers: { 'retry-after': '3600' } }) });
    const clock = instantClock();
    await expect(clientOf(forge, forgeToken, clock).create(content)).rejects.toBeInstanceOf(OutsideError);
    expect(clock.waits).toEqual([]);
  });

  test('for no reason we know is an outside error', async () => {
    const forge = await start({
      interfere: ({ method }) => (method === 'POST' ? { status: 422 } : undefined),
    });
    const repository = await publishedRepository();
    await expect(propose(repository, clientOf(forge), [second])).rejects.toThrow('refuses a pull request');
  });

  test('being away is an outside error', async () => {
    const forge = await start();
    const client = clientOf(forge);
    await forge.close();
    await expect(client.findOpen('h', 'main')).rejects.toBeInstanceOf(OutsideError);
  });
});

describe('the forge of a repository', () => {
  const open = (url: string, token: string | undefined = 't') =>
    openForge({ url, credentials: undefined }, { token });

  test.each(['/srv/gitops.git', 'file:///srv/mlops/gitops.git', 'https://git.example.com/gitops.git'])(
    '%s has none',
    (url) => {
      expect(open(url).problems).toMatchObject([{ code: 'GITOPS_NO_FORGE' }]);
    },
  );

  test.each([
    'https://github.com/mlops/gitops',
    'git@git.example.com:mlops/gitops.git',
    'ssh://git@git.example.com:2222/mlops/gitops.git',
  ])('%s has one', (url) => {
    expect(open(url).problems).toEqual([]);
  });

  test('without a token nothing is asked', () => {
    expect(open('https://github.com/mlops/gitops', '').problems).toMatchObject([{ code: 'GITOPS_NO_TOKEN' }]);
  });
});

describe('the body of a pull request', () => {
  const message = { subject: 's', body: '', trailers: ['Argocd-reference-commit-sha: abc'] };

  function bodyOf(count: number, value: string): string {
    const objects = (text: string) =>
      Array.from({ length: count }, (_, index) => object(`o${index}`, { data: { text } }));
    const changes = compareObjects([...objects('before'), object('gone', { kind: 'Job' })], objects(value));
    const plan = { name: 'test/jukebox', environment: 'test', model: 'jukebox', files: [], objects: changes };
    return describePullRequest(
      diffPlan({ units: [plan], ownership: new Map(), ownershipChanged: true }),
      message,
    );
  }

  test('shows the fields, and first what is removed from the cluster', () => {
    const body = bodyOf(1, 'after');
    expect(body).toContain('data.text: before → after');
    expect(body.indexOf('`Job mlops-test/gone`: Argo CD prunes it')).toBeLessThan(body.indexOf('data.text'));
    expect(body).toContain('Argocd-reference-commit-sha: abc');
  });

  test.each([
    [200, 'x'.repeat(1000), 'ConfigMap mlops-test/o199'],
    [5000, 'after', '| `test/jukebox` | 5001 |'],
  ])('with %d objects stays below the limit and says less', (count, value, shown) => {
    const body = bodyOf(count, value);
    expect(body.length).toBeLessThanOrEqual(bodyLimit);
    expect(body).toContain(shown);
    expect(body).not.toContain('after');
    expect(body).not.toContain('xxx');
  });

  test('cannot be left by a value with back-ticks', () => {
    expect(bodyOf(1, '```` @everyone')).toMatch(/^`{5}diff$/m);
  });
});
