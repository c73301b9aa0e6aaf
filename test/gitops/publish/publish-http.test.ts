import { chmodSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { GitError } from '../../../gitops/git/git-error.js';
import { startGitServer } from '../../real/git-server.js';
import type { GitServer, GitServerOptions } from '../../real/git-server.js';
import { publishUnits, succeeded } from '../support/publishing.js';
import {
  commitByHand,
  commitCount,
  filesIn,
  gate,
  git,
  readFrom,
  temporaryFolder,
} from '../support/repository.js';
import { object, unit } from '../support/units.js';
import { containing } from '../support/matchers.js';

const credentials = { username: 'x-access-token', password: 'hunter2-secret' };
const first = unit('test/jukebox', { alerts: [object('a'), object('b')] });
const second = unit('test/jukebox', { alerts: [object('a'), object('b'), object('c')] });

const servers: GitServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(options: GitServerOptions = {}): Promise<{ url: string; bare: string }> {
  const server = await startGitServer(options);
  servers.push(server);
  return { url: server.create('gitops.git'), bare: join(server.root, 'gitops.git') };
}

describe('a repository behind HTTP and a password', () => {
  test('is published to twice with one commit, and a change makes the second', async () => {
    const { url, bare } = await serve({ credentials });
    const remote = { url, credentials };
    expect(await succeeded(publishUnits(url, [first], { remote }))).toMatchObject({ action: 'pushed' });
    expect(await succeeded(publishUnits(url, [first], { remote }))).toMatchObject({ action: 'none' });
    expect(await succeeded(publishUnits(url, [second], { remote }))).toMatchObject({ action: 'pushed' });
    expect(commitCount(bare)).toBe(2);
    expect(git(bare, 'fsck', '--strict')).toBe('');
  });

  test.each([
    ['a wrong password', { ...credentials, password: 'wrong-secret' }],
    ['no password', undefined],
  ])('%s is explained without showing it', async (_, given) => {
    const { url, bare } = await serve({ credentials });
    const error: unknown = await publishUnits(url, [first], {
      remote: { url, credentials: given },
      environment: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
    }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GitError);
    const said = error instanceof GitError ? `${error.message} ${error.stderr} ${error.hint ?? ''}` : '';
    expect(said).toContain('DRIFTLOOP_GIT_PASSWORD');
    expect(said).not.toContain('secret');
    expect(said).not.toContain(Buffer.from('x-access-token:wrong-secret').toString('base64'));
    expect(git(bare, 'for-each-ref')).toBe('');
  });

  test('the password is in no argument of git', async () => {
    const folder = temporaryFolder();
    const [wrapper, log] = [join(folder, 'git'), join(folder, 'log')];
    const real = git('/', '--exec-path');
    writeFileSync(wrapper, `#!/bin/sh\necho "$@" >> '${log}'\nexec '${real}/git' "$@"\n`);
    chmodSync(wrapper, 0o755);
    const { url } = await serve({ credentials });
    const environment = { ...process.env, PATH: `${folder}:${process.env.PATH ?? ''}` };
    const result = await succeeded(publishUnits(url, [first], { remote: { url, credentials }, environment }));
    const secret = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
    const written = readFileSync(log, 'utf8');
    expect(written).toContain('push');
    expect(written).not.toContain(credentials.password);
    expect(written).not.toContain(secret);
    expect(result.repository).toBe(url);
  });
});

describe('a large repository', () => {
  test('is not downloaded: only what differs is fetched, in one request', async () => {
    const requests: string[] = [];
    const { url, bare } = await serve({
      onRequest: ({ method, path }) => {
        requests.push(`${method} ${path.replace(/^\/gitops\.git/, '')}`);
      },
    });
    const noise = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`data/${index}.bin`, `${index}`.repeat(2000)]),
    );
    commitByHand(bare, { files: noise });
    const many = (level: string) =>
      unit(
        'test/jukebox',
        Object.fromEntries(
          Array.from({ length: 20 }, (_, index) => [`c${index}`, [object(`o${index}`, { data: { level } })]]),
        ),
      );
    await succeeded(publishUnits(url, [many('low')]));
    requests.length = 0;
    await succeeded(publishUnits(url, [many('high')]));
    // Listing HEAD; listing and fetching the branch; fetching owned.json; fetching the twenty files.
    expect(requests.filter((request) => request === 'POST /git-upload-pack').length).toBeLessThan(9);
    expect(filesIn(bare)).toContain('data/49.bin');
    expect(readFrom(bare, 'environments/test/jukebox/c19.k8s.yaml')).toContain('high');
  });
});

describe('servers that can do less', () => {
  test('one that hands out no single objects is cloned whole', async () => {
    const { url, bare } = await serve({ protocol2: false });
    await succeeded(publishUnits(url, [first]));
    expect(await succeeded(publishUnits(url, [second]))).toMatchObject({ action: 'pushed' });
    expect(commitCount(bare)).toBe(2);
  });

  test('one that cannot filter works, too', async () => {
    const { url, bare } = await serve();
    git(bare, 'config', 'uploadpack.allowFilter', 'false');
    await succeeded(publishUnits(url, [first]));
    await succeeded(publishUnits(url, [second]));
    expect(commitCount(bare)).toBe(2);
  });

  test('one that fails in between is an outside error', async () => {
    let calls = 0;
    const { url } = await serve({
      onRequest: () => {
        calls += 1;
        if (calls === 4) throw new Error('the server has had enough');
      },
    });
    await expect(publishUnits(url, [first])).rejects.toBeInstanceOf(GitError);
  });
});

describe('a server that does not answer', () => {
  test.each(['GET', 'POST'])('to a %s is given up on, with a hint', async (stuck) => {
    const never = gate();
    const { url, bare } = await serve({
      onRequest: ({ method }) => (method === stuck ? never.opened : undefined),
    });
    commitByHand(bare, { files: { CODEOWNERS: 'x' } });
    const environment = { ...process.env, GIT_HTTP_LOW_SPEED_LIMIT: '1', GIT_HTTP_LOW_SPEED_TIME: '1' };
    const failure = publishUnits(url, [first], { environment });
    await expect(failure).rejects.toMatchObject({
      message: containing('too slow'),
      hint: containing('network'),
    });
    expect(commitCount(bare)).toBe(1);
    never.open();
  });

  test('is left alone by an interruption at once', async () => {
    const [asked, never] = [gate(), gate()];
    const { url } = await serve({
      onRequest: () => {
        asked.open();
        return never.opened;
      },
    });
    const controller = new AbortController();
    const lockDirectory = temporaryFolder();
    const failure = publishUnits(url, [first], { signal: controller.signal, lockDirectory });
    await asked.opened;
    controller.abort(new Error('enough'));
    await expect(failure).rejects.toThrow('enough');
    expect(readdirSync(lockDirectory)).toEqual([]);
    never.open();
  });
});

describe('a push that is refused', () => {
  test('because somebody pushed meanwhile is repeated on their commit', async () => {
    let disturbed = false;
    const { url, bare } = await serve({
      onRequest: ({ method, path }) => {
        if (method !== 'POST' || !path.endsWith('git-receive-pack') || disturbed) return;
        disturbed = true;
        commitByHand(bare, { files: { CODEOWNERS: '* @mlops\n' } });
      },
    });
    commitByHand(bare, { files: { 'README.md': 'x' } });
    expect(await succeeded(publishUnits(url, [first]))).toMatchObject({ action: 'pushed' });
    expect(disturbed).toBe(true);
    expect(filesIn(bare)).toEqual(expect.arrayContaining(['CODEOWNERS', 'README.md']));
    expect(commitCount(bare)).toBe(3);
  });

  test('because the branch is protected is final and says what the repository said', async () => {
    const { url, bare } = await serve();
    const hook = join(bare, 'hooks', 'pre-receive');
    git('/', 'config', '--file', join(bare, 'config'), 'core.hooksPath', join(bare, 'hooks'));
    writeFileSync(hook, '#!/bin/sh\necho "main is protected" >&2\nexit 1\n');
    chmodSync(hook, 0o755);
    const failure = publishUnits(url, [first]);
    await expect(failure).rejects.toThrow('main is protected');
    await expect(failure).rejects.toMatchObject({ hint: containing('--pull-request') });
  });
});
