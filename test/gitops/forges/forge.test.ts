import { afterEach } from '@jest/globals';
import { openForge } from '../../../gitops/forges/open-forge.js';
import type { Forge } from '../../../gitops/forges/forge.js';
import { OutsideError } from '../../../gitops/outside-error.js';
import { forgeToken, startFakeForge } from '../support/fake-forge.js';
import type { FakeForge, FakeForgeOptions } from '../support/fake-forge.js';
import { containing } from '../support/matchers.js';
import { instantClock } from '../support/publishing.js';

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

function clientOf(forge: FakeForge, token = forgeToken, clock = instantClock()): Forge {
  const settings = { environment: { DRIFTLOOP_FORGE_TOKEN: token }, apiUrl: forge.apiUrl, clock };
  const { value, problems } = openForge(`${forge.origin}/mlops/gitops.git`, { ...settings, api: forge.kind });
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}

const content = { head: 'driftloop/prod', base: 'main', title: 't', body: 'b' };

describe.each(['github', 'gitea', 'gitlab'] as const)('%s', (kind) => {
  test('opens, finds, updates, comments on and closes a pull request', async () => {
    const forge = await start({ kind });
    const client = clientOf(forge);
    expect(await client.findOpen('driftloop/prod', 'main')).toBeUndefined();
    const opened = await client.open(content);
    expect(opened).toMatchObject({ number: 1, title: 't', body: 'b', state: 'open', draft: false });
    expect(await client.open(content)).toBeUndefined();
    expect(await client.findOpen('driftloop/prod', 'main')).toEqual(opened);
    expect(await client.findOpen('driftloop/prod', 'other')).toBeUndefined();
    expect(await client.update(1, { title: 't2', body: 'b2', draft: false })).toMatchObject({
      title: 't2',
      body: 'b2',
    });
    await client.comment(1, 'closed', 'first');
    await client.comment(1, 'closed', 'second');
    await client.comment(1, 'other', 'third');
    expect(forge.pullRequests[0]?.comments?.map(({ body }) => body)).toEqual([
      '<!-- driftloop:closed -->\nsecond',
      '<!-- driftloop:other -->\nthird',
    ]);
    await client.close(1);
    expect(await client.findOpen('driftloop/prod', 'main')).toBeUndefined();
  });

  test('gives labels, reviewers, assignees, statuses and auto-merge, also twice', async () => {
    const forge = await start({ kind });
    const client = clientOf(forge);
    const commit = 'c'.repeat(40);
    await client.open(content);
    for (let round = 0; round < 2; round += 1) {
      await client.addLabels(1, ['mlops', 'prod']);
      await client.requestReviews(1, ['ada']);
      await client.assign(1, ['grace']);
      await client.setStatus(commit, {
        context: 'driftloop/plan',
        state: 'success',
        description: 'x'.repeat(300),
      });
      await client.mergeWhenReady(1, commit);
    }
    expect(forge.pullRequests).toMatchObject([
      { labels: ['mlops', 'prod'], reviewers: ['ada'], assignees: ['grace'], autoMerge: commit },
    ]);
    expect(forge.statuses.get(commit)?.get('driftloop/plan')).toBe('success');
  });

  test('keeps a draft one until a person says that it is ready', async () => {
    const forge = await start({ kind });
    const client = clientOf(forge);
    await client.open({ ...content, draft: true });
    const draft = await client.findOpen('driftloop/prod', 'main');
    expect(draft).toMatchObject({ title: 't', ...(kind === 'github' ? {} : { draft: true }) });
    await client.update(1, { title: 't2', body: 'b', draft: draft?.draft });
    if (kind !== 'github') expect(forge.pullRequests[0]?.title).toMatch(/^(WIP|Draft): t2$/);
    const [pullRequest] = forge.pullRequests;
    if (pullRequest !== undefined) pullRequest.title = 't2';
    await client.update(1, {
      title: 't3',
      body: 'b',
      draft: (await client.findOpen('driftloop/prod', 'main'))?.draft,
    });
    expect(pullRequest?.title).toBe('t3');
  });

  test('an expired token is said at once, and never shown', async () => {
    const clock = instantClock();
    const failure = clientOf(await start({ kind }), 'old-secret', clock).findOpen('h', 'main');
    await expect(failure).rejects.toBeInstanceOf(OutsideError);
    await expect(failure).rejects.toMatchObject({ hint: containing('expired') });
    const error: unknown = await failure.catch((reason: unknown) => reason);
    expect(JSON.stringify([error, String(error)])).not.toContain('secret');
    expect(clock.waits).toEqual([]);
  });

  test.each([500, 502, 503])('an answer of %d is asked again, a little later each time', async (status) => {
    let calls = 0;
    const forge = await start({ kind, interfere: () => ((calls += 1) <= 2 ? { status } : undefined) });
    const clock = instantClock();
    expect(await clientOf(forge, forgeToken, clock).open(content)).toMatchObject({ number: 1 });
    expect(clock.waits).toEqual([1000, 2000]);
  });

  test('one that stays away is given up on', async () => {
    const forge = await start({ kind, interfere: () => ({ status: 502, body: '<html>Bad gateway</html>' }) });
    const clock = instantClock();
    await expect(clientOf(forge, forgeToken, clock).open(content)).rejects.toMatchObject({
      message: containing('502'),
      hint: containing('later'),
    });
    expect(clock.waits).toHaveLength(3);
  });

  test('a connection that breaks after the forge has done it makes no second pull request', async () => {
    const forge = await start({
      kind,
      interfere: ({ method }, { pullRequests }) => {
        if (method !== 'POST' || pullRequests.length > 0) return undefined;
        pullRequests.push({ ...content, number: 1, state: 'open' });
        return 'cut';
      },
    });
    expect(await clientOf(forge).open(content)).toBeUndefined();
    expect(forge.pullRequests).toHaveLength(1);
  });

  test('an answer of something else than the forge is explained', async () => {
    const forge = await start({ kind, interfere: () => ({ status: 200, body: [{ hello: 'proxy' }] }) });
    await expect(clientOf(forge).findOpen('h', 'main')).rejects.toMatchObject({
      hint: containing('delivery.apiUrl'),
    });
  });
});

describe('a limit of the rate', () => {
  const limited = (
    answers: readonly { status: number; headers?: Record<string, string>; body?: unknown }[],
  ) => {
    let call = 0;
    return start({ interfere: () => answers[call++] });
  };

  test.each([
    ['a secondary one that says for how long', { status: 403, headers: { 'retry-after': '7' } }, 7000],
    [
      'a secondary one in words only',
      { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } },
      60_000,
    ],
    [
      'the primary one, which says when it ends',
      {
        status: 403,
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Date.parse('2026-11-21T12:00:30Z') / 1000),
        },
      },
      30_000,
    ],
    [
      "GitLab's",
      {
        status: 429,
        headers: {
          'ratelimit-remaining': '0',
          'ratelimit-reset': String(Date.parse('2026-11-21T12:00:10Z') / 1000),
        },
      },
      10_000,
    ],
  ])('%s is waited for', async (_, answer, pause) => {
    const clock = instantClock();
    expect(await clientOf(await limited([answer]), forgeToken, clock).open(content)).toMatchObject({
      number: 1,
    });
    expect(clock.waits).toEqual([pause]);
  });

  test('that lasts an hour is given up on at once, and a missing right is no limit', async () => {
    const clock = instantClock();
    const hour = await limited([{ status: 429, headers: { 'retry-after': '3600' } }]);
    await expect(clientOf(hour, forgeToken, clock).open(content)).rejects.toMatchObject({
      hint: containing('later'),
    });
    const refused = await limited([
      { status: 403, body: { message: 'Resource not accessible by integration' } },
    ]);
    await expect(clientOf(refused, forgeToken, clock).open(content)).rejects.toMatchObject({
      message: containing('Resource not accessible'),
      hint: containing('may not'),
    });
    expect(clock.waits).toEqual([]);
  });
});

describe('the forge of a repository', () => {
  const open = (url: string, environment: NodeJS.ProcessEnv = { DRIFTLOOP_FORGE_TOKEN: 't' }) =>
    openForge(url, { environment });

  test.each(['/srv/gitops.git', 'file:///srv/mlops/gitops.git', 'https://git.example.com/gitops.git'])(
    '%s has none',
    (url) => {
      expect(open(url).problems).toMatchObject([{ code: 'GITOPS_NO_FORGE' }]);
    },
  );

  test.each([
    ['https://github.com/mlops/gitops', 'github'],
    ['git@git.example.com:mlops/gitops.git', 'gitea'],
    ['ssh://git@gitlab.example.com:2222/group/mlops/gitops.git', 'gitlab'],
  ])('%s has one', (url, api) => {
    const { value, problems } = open(url);
    expect(problems).toEqual([]);
    expect(value?.api).toBe(api);
  });

  test('without a token nothing is asked', () => {
    expect(open('https://github.com/mlops/gitops', {}).problems).toMatchObject([{ code: 'GITOPS_NO_TOKEN' }]);
  });

  test.each([
    { DRIFTLOOP_FORGE_TOKEN_FILE: '/does/not/exist' },
    { DRIFTLOOP_FORGE_TOKEN_FILE: '/dev/null', DRIFTLOOP_FORGE_TOKEN: 't' },
    { DRIFTLOOP_FORGE_TOKEN: 't', DRIFTLOOP_CA_FILE: '/dev/null' },
  ])('files that cannot be used are a problem: %j', (environment) => {
    expect(open('https://github.com/mlops/gitops', environment).problems).toMatchObject([
      { code: 'GITOPS_SECRET_FILE' },
    ]);
  });
});
