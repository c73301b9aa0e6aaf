import { afterEach } from '@jest/globals';
import { openForge } from '../../../gitops/forges/open-forge.js';
import type { PullRequestSettings } from '../../../config/model.js';
import type { RenderedUnit } from '../../../synth/manifest.js';
import { startGitServer } from '../../real/git-server.js';
import type { GitServer } from '../../real/git-server.js';
import { join } from 'node:path';
import { forgeToken, startFakeForge } from '../support/fake-forge.js';
import type { FakeForge, FakeForgeOptions } from '../support/fake-forge.js';
import { containing } from '../support/matchers.js';
import { instantClock, publishUnits, succeeded } from '../support/publishing.js';
import { bareRepository, commitCount, filesIn, git } from '../support/repository.js';
import { object, unit, workspace } from '../support/units.js';

const first = unit('test/jukebox', { alerts: [object('a'), object('b')] });
const second = unit('test/jukebox', { alerts: [object('a'), object('b'), object('c')] });
const third = unit('test/jukebox', { alerts: [object('a'), object('b'), object('d')] });
const gitPassword = 'git-password-secret';

const running: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()));
});

/** @param overHttp without it there is no server for Git, which is faster */
async function arrange(options: Partial<FakeForgeOptions> = {}, overHttp = true) {
  const forge: FakeForge = await startFakeForge({ kind: 'github', ...options });
  const credentials = { username: 'bot', password: gitPassword };
  running.push(forge);
  const { url, bare } = overHttp ? await serveGit(credentials) : localGit();
  const remote = { url, credentials: overHttp ? credentials : undefined };
  const open = (token = forgeToken) =>
    openForge(`${forge.origin}/mlops/gitops.git`, {
      ...{ environment: { DRIFTLOOP_FORGE_TOKEN: token }, api: forge.kind, apiUrl: forge.apiUrl },
      clock: instantClock(),
    }).value;
  const settings: Partial<PullRequestSettings> = { labels: ['mlops'], reviewers: ['ada'] };
  const { platform } = workspace;
  const pullRequest = { ...platform.delivery.pullRequest, ...settings };
  const configured = {
    ...workspace,
    platform: { ...platform, delivery: { ...platform.delivery, pullRequest } },
  };
  const propose = (units: readonly RenderedUnit[], signal?: AbortSignal, token?: string) =>
    publishUnits(url, units, {
      ...{ remote, signal, workspace: configured, forge: open(token), selection: { environments: ['test'] } },
    });
  await succeeded(publishUnits(url, [first], { remote }));
  return { forge, bare, propose };
}

async function serveGit(credentials: { username: string; password: string }) {
  const server: GitServer = await startGitServer({ credentials });
  running.push(server);
  return { url: server.create('gitops.git'), bare: join(server.root, 'gitops.git') };
}

function localGit() {
  const bare = bareRepository();
  return { url: bare, bare };
}

const complete = {
  state: 'open',
  labels: ['mlops'],
  reviewers: ['ada'],
  body: expect.stringMatching(/<!-- driftloop:body [0-9a-f]{16} [0-9a-f]{16} -->/) as unknown,
};

test('closed meanwhile, it is opened anew', async () => {
  const { forge, propose } = await arrange();
  await succeeded(propose([second]));
  for (const found of forge.pullRequests) found.state = 'closed';
  expect(await succeeded(propose([second]))).toMatchObject({ action: 'pull-request-opened' });
  expect(forge.pullRequests).toMatchObject([{ state: 'closed' }, complete]);
});

test('closed between looking and writing, it is opened anew, too', async () => {
  const { forge, propose } = await arrange({
    interfere: ({ method, route }, { pullRequests }) => {
      const [only] = pullRequests;
      if (
        method === 'PATCH' &&
        route.endsWith('/pulls/1') &&
        only?.title.includes('1 created') === true &&
        armed
      )
        only.state = 'closed';
      return undefined;
    },
  });
  let armed = false;
  await succeeded(propose([second]));
  armed = true;
  expect(await succeeded(propose([third]))).toMatchObject({ action: 'pull-request-opened' });
  expect(forge.pullRequests).toMatchObject([{ state: 'closed' }, complete]);
});

test('merged meanwhile, there is nothing more to say', async () => {
  const { forge, bare, propose } = await arrange();
  await succeeded(propose([second]));
  git(bare, 'update-ref', 'refs/heads/main', git(bare, 'rev-parse', 'driftloop/test'));
  for (const found of forge.pullRequests) found.state = 'merged';
  expect(await succeeded(propose([second]))).toMatchObject({ action: 'none' });
  expect(forge.pullRequests).toHaveLength(1);
});

test('its branch deleted, both come back', async () => {
  const { forge, bare, propose } = await arrange();
  await succeeded(propose([second]));
  git(bare, 'update-ref', '-d', 'refs/heads/driftloop/test');
  for (const found of forge.pullRequests) found.state = 'closed';
  expect(await succeeded(propose([second]))).toMatchObject({ action: 'pull-request-opened' });
  expect(filesIn(bare, 'driftloop/test')).toContain('environments/test/jukebox/alerts.k8s.yaml');
});

test('eight publishers at once make one pull request', async () => {
  const { forge, bare, propose } = await arrange({ kind: 'gitea' });
  const results = await Promise.all(Array.from({ length: 8 }, () => succeeded(propose([second]))));
  expect(new Set(results.map(({ pullRequest }) => pullRequest?.number))).toEqual(new Set([1]));
  expect(forge.pullRequests).toHaveLength(1);
  expect(commitCount(bare, 'driftloop/test')).toBe(2);
});

test('killed before any of its requests to the forge, the next run completes it', async () => {
  const probe = await arrange({}, false);
  await succeeded(probe.propose([second]));
  const steps = probe.forge.requests.length;
  expect(steps).toBeGreaterThan(5);
  for (let step = 1; step <= steps; step += 1) {
    const controller = new AbortController();
    const { forge, propose } = await arrange(
      {
        interfere: (_, { requests }) => {
          if (requests.length !== step || controller.signal.aborted) return undefined;
          controller.abort(new Error('killed'));
          return 'cut';
        },
      },
      false,
    );
    await expect(propose([second], controller.signal)).rejects.toThrow('killed');
    await succeeded(propose([second]));
    expect([step, forge.pullRequests]).toMatchObject([step, [complete]]);
    const [statuses] = [...forge.statuses.values()];
    expect([step, [...(statuses?.keys() ?? [])]]).toEqual([step, ['driftloop/check', 'driftloop/plan']]);
  }
}, 240_000);

test('an expired token is one request and a clear message; the token is in no output, log, commit or error', async () => {
  const { forge, bare, propose } = await arrange();
  const before = forge.requests.length;
  const failure = propose([second], undefined, 'expired-token-secret');
  await expect(failure).rejects.toMatchObject({ hint: containing('expired') });
  expect(forge.requests.length - before).toBe(1);
  const error: unknown = await failure.catch((reason: unknown) => reason);
  const told = [String(error), JSON.stringify(error), error instanceof Error ? (error.stack ?? '') : ''];
  const result = await succeeded(propose([second]));
  const everything = [
    ...told,
    JSON.stringify({ ...result, plan: undefined }),
    git(bare, 'log', '--all', '-p', '--format=fuller'),
    git(bare, 'config', '--list'),
    JSON.stringify([forge.pullRequests, forge.requests]),
  ].join('\n');
  for (const secret of ['expired-token-secret', forgeToken, gitPassword, btoa(`bot:${gitPassword}`)])
    expect(everything).not.toContain(secret);
});

test('a branch that is protected is explained, and a pull request is still possible', async () => {
  const { bare, propose } = await arrange();
  git(bare, 'config', 'receive.denyNonFastForwards', 'true');
  expect(await succeeded(propose([second]))).toMatchObject({ action: 'pull-request-opened' });
});
