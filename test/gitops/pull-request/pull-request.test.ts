import { afterEach } from '@jest/globals';
import { openForge } from '../../../gitops/forges/open-forge.js';
import type { Forge } from '../../../gitops/forges/forge.js';
import { OutsideError } from '../../../gitops/outside-error.js';
import type { PullRequestSettings } from '../../../config/model.js';
import { proposalBranch } from '../../../gitops/pull-request/proposal-branch.js';
import type { RenderedUnit } from '../../../synth/manifest.js';
import { forgeToken, startFakeForge } from '../support/fake-forge.js';
import type { FakeForge, FakeForgeOptions } from '../support/fake-forge.js';
import { instantClock, publishUnits, succeeded } from '../support/publishing.js';
import { bareRepository, commitByHand, commitCount, filesIn, git, readFrom } from '../support/repository.js';
import type { Selection } from '../../../gitops/plan/selection.js';
import { object, unit, workspace } from '../support/units.js';
import { containing } from '../support/matchers.js';

const first = unit('test/jukebox', { alerts: [object('a'), object('b')] });
const second = unit('test/jukebox', { alerts: [object('a'), object('b'), object('c')] });
const third = unit('test/jukebox', { alerts: [object('a'), object('b'), object('d')] });

const forges: FakeForge[] = [];

afterEach(async () => {
  const violations = forges.flatMap(({ contract }) => contract.violations);
  await Promise.all(forges.splice(0).map((forge) => forge.close()));
  expect(violations).toEqual([]);
});

async function start(options: Partial<FakeForgeOptions> = {}): Promise<FakeForge> {
  const forge = await startFakeForge({ kind: 'github', ...options });
  forges.push(forge);
  return forge;
}

function clientOf(forge: FakeForge): Forge {
  const environment = { DRIFTLOOP_FORGE_TOKEN: forgeToken };
  const { value, problems } = openForge(`${forge.origin}/mlops/gitops.git`, {
    ...{ environment, api: forge.kind, apiUrl: forge.apiUrl, clock: instantClock() },
  });
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}

function propose(
  repository: string,
  forge: Forge,
  units: readonly RenderedUnit[],
  settings: Partial<PullRequestSettings> = {},
  selection: Selection = { environments: ['test'] },
) {
  const { platform } = workspace;
  const pullRequest = { ...platform.delivery.pullRequest, ...settings };
  const delivery = { ...platform.delivery, pullRequest };
  const configured = { ...workspace, platform: { ...platform, delivery } };
  return publishUnits(repository, units, { forge, selection, workspace: configured });
}

async function publishedRepository(): Promise<string> {
  const repository = bareRepository();
  await succeeded(publishUnits(repository, [first]));
  return repository;
}

describe.each(['github', 'gitea', 'gitlab'] as const)('a pull request on %s', (kind) => {
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
  test('for no reason we know is an outside error', async () => {
    const forge = await start({
      interfere: ({ method }) =>
        method === 'POST' ? { status: 422, body: { message: 'No commits' } } : undefined,
    });
    const repository = await publishedRepository();
    await expect(propose(repository, clientOf(forge), [second])).rejects.toThrow('No commits');
  });

  test('labels or statuses leaves the pull request, with a warning each', async () => {
    const forge = await start({
      interfere: ({ route }) =>
        /labels|statuses/.test(route) ? { status: 403, body: { message: 'not you' } } : undefined,
    });
    const repository = await publishedRepository();
    const { value, problems } = await propose(repository, clientOf(forge), [second], { labels: ['mlops'] });
    expect(value?.action).toBe('pull-request-opened');
    expect(problems).toMatchObject([
      { code: 'GITOPS_PULL_REQUEST_PARTIAL', severity: 'warning', message: containing('label') },
      { code: 'GITOPS_PULL_REQUEST_PARTIAL', severity: 'warning', message: containing('status') },
    ]);
  });

  test('being away is an outside error', async () => {
    const forge = await start();
    const client = clientOf(forge);
    await forge.close();
    await expect(client.findOpen('h', 'main')).rejects.toBeInstanceOf(OutsideError);
  });
});
