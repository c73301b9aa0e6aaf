import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OutsideError } from '../../../gitops/outside-error.js';
import { describeWith } from '../../real/binaries.js';
import { publishUnits, succeeded } from '../support/publishing.js';
import { bareRepository, commitCount, git, readFrom, temporaryFolder } from '../support/repository.js';
import { object, unit } from '../support/units.js';

const first = unit('test/jukebox', { alerts: [object('a')] });
const second = unit('test/jukebox', { alerts: [object('a'), object('b')] });

/** The environment of somebody whose Git is configured like this. */
function configured(
  settings: Readonly<Record<string, string>>,
  more: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv {
  const file = join(temporaryFolder(), 'gitconfig');
  writeFileSync(file, '');
  for (const [key, value] of Object.entries(settings)) git('/', 'config', '--file', file, key, value);
  return { ...process.env, GIT_CONFIG_GLOBAL: file, ...more };
}

/** What `git verify-commit` says of the newest commit; fails where there is no good signature. */
function verify(repository: string, environment: NodeJS.ProcessEnv): string {
  const options = { env: { ...environment, LC_ALL: 'C' }, stdio: 'pipe' } as const;
  return execFileSync(
    'git',
    ['-C', repository, 'log', '-1', '--format=%G? %an %at %B', 'main'],
    options,
  ).toString();
}

async function publishTwice(environment: NodeJS.ProcessEnv): Promise<string> {
  const repository = bareRepository();
  await succeeded(publishUnits(repository, [first], { environment }));
  await succeeded(publishUnits(repository, [second], { environment }));
  expect(commitCount(repository)).toBe(2);
  expect(git(repository, 'fsck', '--strict')).toBe('');
  expect(readFrom(repository, 'environments/test/jukebox/alerts.k8s.yaml')).toContain('name: b');
  return repository;
}

describeWith(['ssh-keygen'], 'commits that are signed with an SSH key', () => {
  function createKey(): { readonly key: string; readonly signers: string } {
    const folder = temporaryFolder();
    const key = join(folder, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const signers = join(folder, 'signers');
    writeFileSync(signers, `noreply@driftloop.dev ${readFileSync(`${key}.pub`, 'utf8')}`);
    return { key, signers };
  }

  test('are verified by Git, and say what unsigned ones say', async () => {
    const { key, signers } = createKey();
    const environment = configured({
      'commit.gpgSign': 'true',
      'gpg.format': 'ssh',
      'user.signingKey': key,
      'gpg.ssh.allowedSignersFile': signers,
    });
    const signed = await publishTwice(environment);
    expect(verify(signed, environment)).toMatch(/^G driftloop 1795262400 deploy\(test\/jukebox\): /);
    const plain = await publishTwice(configured({}));
    expect(git(plain, 'log', '--format=%B%an%ae%cn%ce%at%ct', 'main')).toBe(
      git(signed, 'log', '--format=%B%an%ae%cn%ce%at%ct', 'main'),
    );
    expect(git(plain, 'rev-parse', 'main^{tree}')).toBe(git(signed, 'rev-parse', 'main^{tree}'));
  });

  test('are signed where the delivery demands it, whatever Git says', async () => {
    const { key, signers } = createKey();
    const settings = { 'gpg.format': 'ssh', 'user.signingKey': key, 'gpg.ssh.allowedSignersFile': signers };
    const environment = configured(settings);
    const repository = bareRepository();
    await succeeded(publishUnits(repository, [first], { environment, signed: true }));
    expect(verify(repository, environment)).toMatch(/^G /);
  });

  test.each([
    ['there is no key', { 'gpg.format': 'ssh' }],
    ['the key is gone', { 'gpg.format': 'ssh', 'user.signingKey': '/no/such/key' }],
    ['the program is missing', { 'gpg.program': '/no/such/gpg' }],
  ])('are refused, and nothing is pushed, when %s', async (_, settings) => {
    const repository = bareRepository();
    const environment = configured({ 'commit.gpgSign': 'true', ...settings });
    const failure: unknown = await publishUnits(repository, [first], { environment }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(OutsideError);
    expect(failure).toMatchObject({ hint: expect.stringContaining('user.signingKey') as unknown });
    expect(git(repository, 'for-each-ref')).toBe('');
  });
});

describeWith(['gpg'], 'commits that are signed with a key of GnuPG', () => {
  test('are verified by Git', async () => {
    const home = join(temporaryFolder(), 'gnupg');
    mkdirSync(home, { mode: 0o700 });
    const variables = { GNUPGHOME: home };
    const options = { env: { ...process.env, ...variables }, stdio: 'pipe' } as const;
    const identity = 'Ada <ada@example.com>';
    execFileSync(
      'gpg',
      ['--batch', '--passphrase', '', '--quick-gen-key', identity, 'ed25519', 'sign', '1d'],
      options,
    );
    try {
      const settings = { 'commit.gpgSign': 'true', 'user.signingKey': 'ada@example.com' };
      const environment = configured(settings, variables);
      expect(verify(await publishTwice(environment), environment)).toMatch(/^[GU] driftloop /);
    } finally {
      execFileSync('gpgconf', ['--kill', 'all'], options);
    }
  });
});
