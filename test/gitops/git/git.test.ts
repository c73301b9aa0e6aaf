import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitEnvironment, redactSecrets } from '../../../gitops/git/git-environment.js';
import { GitError } from '../../../gitops/git/git-error.js';
import { Git } from '../../../gitops/git/git.js';
import { OutsideError } from '../../../gitops/outside-error.js';
import { git, temporaryFolder } from '../support/repository.js';
import { containing } from '../support/matchers.js';

const remote = {
  url: 'https://git.example.com:8443/mlops/gitops.git',
  credentials: { username: 'bot', password: 'hunter2' },
};

describe('running git', () => {
  test('a failure names the verb, the exit status and what git said', async () => {
    const failure = new Git({ directory: temporaryFolder() }).run(['rev-parse', '--verify', 'nothing']);
    await expect(failure).rejects.toBeInstanceOf(OutsideError);
    await expect(failure).rejects.toMatchObject({
      command: 'git rev-parse',
      status: 128,
      message: containing('not a git repository'),
    });
  });

  test('a machine without git is told so', async () => {
    const environment = { PATH: temporaryFolder() };
    const failure = new Git({ directory: temporaryFolder(), environment }).run(['version']);
    await expect(failure).rejects.toMatchObject({
      message: 'git version failed: git is not installed',
      hint: containing('Install git'),
    });
  });

  test('a command that does not end is ended', async () => {
    const folder = temporaryFolder();
    const bin = join(folder, 'git');
    writeFileSync(bin, '#!/bin/sh\nsleep 60 & wait\n');
    chmodSync(bin, 0o755);
    const environment = { PATH: `${folder}:${process.env.PATH ?? ''}` };
    const started = Date.now();
    const stuck = new Git({ directory: folder, environment, timeout: 200 }).run(['fetch']);
    await expect(stuck).rejects.toMatchObject({
      message: 'git fetch failed: no answer within 0 s',
      hint: containing('the network'),
    });
    const controller = new AbortController();
    const aborted = new Git({ directory: folder, environment, signal: controller.signal }).run(['fetch']);
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  test('input that git does not read to its end is no failure of its own', async () => {
    const folder = temporaryFolder();
    git(folder, 'init', '--quiet');
    const output = await new Git({ directory: folder }).run(['version'], { input: 'x'.repeat(5_000_000) });
    expect(output.stdout.toString()).toMatch(/^git version/);
  });
});

test.each([
  [
    'ssh: connect to host git.example.com port 22: Connection refused\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n',
    'git push failed: ssh: connect to host git.example.com port 22: Connection refused; Could not read from remote repository.',
    'the network',
  ],
  [
    'git@git.example.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n',
    'git push failed: git@git.example.com: Permission denied (publickey).; Could not read from remote repository.',
    'SSH key',
  ],
  [
    'Host key verification failed.\nfatal: Could not read from remote repository.\n',
    'git push failed: Host key verification failed.; Could not read from remote repository.',
    'accept the host key',
  ],
  [
    "fatal: unable to access 'https://x/': Operation too slow.",
    'git push failed: unable to access',
    'the network',
  ],
])('what ssh and curl say is told and explained (%#)', (stderr, message, hint) => {
  const error = new GitError('git push', 128, stderr);
  expect(error.message).toContain(message);
  expect(error.hint).toContain(hint);
});

describe('the environment of git', () => {
  test('the password is a header for its host, and nowhere else', () => {
    const environment = gitEnvironment({ PATH: '/bin', GIT_ASKPASS: 'ask' }, remote, undefined);
    const settings = Object.fromEntries(
      Array.from(
        { length: Number(environment.GIT_CONFIG_COUNT) },
        (_, index): [string, string | undefined] => [
          environment[`GIT_CONFIG_KEY_${index}`] ?? '',
          environment[`GIT_CONFIG_VALUE_${index}`],
        ],
      ),
    );
    expect(settings).toMatchObject({
      'remote.origin.url': 'https://git.example.com:8443/mlops/gitops.git',
      'http.https://git.example.com:8443/.extraHeader': 'Authorization: Basic Ym90Omh1bnRlcjI=',
      'credential.helper': '',
      'core.hooksPath': '/dev/null',
    });
    expect(environment.GIT_ASKPASS).toBe('');
    expect(gitEnvironment({ GIT_ASKPASS: 'ask' }, undefined, undefined).GIT_ASKPASS).toBe('ask');
    expect(environment.GIT_TERMINAL_PROMPT).toBe('0');
  });

  test('headers of the user’s configuration are dropped, so that a request has one authorization', () => {
    const environment = gitEnvironment({}, remote, undefined);
    const headers = Object.keys(environment)
      .filter((key) => environment[key]?.endsWith('.extraHeader') === true)
      .map((key) => environment[key.replace('KEY', 'VALUE')]);
    expect(headers).toEqual(['', 'Authorization: Basic Ym90Omh1bnRlcjI=']);
  });

  test('a name without a password is told to the credential helper of its host alone', () => {
    const url = 'https://git.example.com/x.git';
    const environment = gitEnvironment({}, { url, credentials: undefined, username: 'ada' }, undefined);
    expect(Object.values(environment)).toContain('credential.https://git.example.com.username');
    expect(Object.values(environment)).not.toContain('credential.helper');
  });

  test('settings the caller passes the same way stay in force', () => {
    const environment = gitEnvironment(
      {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'http.proxy',
        GIT_CONFIG_VALUE_0: 'http://proxy.example.com',
      },
      undefined,
      undefined,
    );
    expect(environment.GIT_CONFIG_KEY_0).toBe('http.proxy');
    expect(environment.GIT_CONFIG_KEY_1).toBe('core.hooksPath');
  });

  test('inside a Git hook it is not the hook’s repository that is written to', async () => {
    const [folder, other] = [temporaryFolder(), temporaryFolder()];
    git(folder, 'init', '--quiet');
    git(other, 'init', '--quiet');
    const environment = {
      ...process.env,
      GIT_DIR: join(other, '.git'),
      GIT_INDEX_FILE: join(other, 'index'),
    };
    const found = await new Git({ directory: folder, environment }).text('rev-parse', '--absolute-git-dir');
    expect(found).toContain(folder);
  });

  test('hooks of the user’s configuration do not run', async () => {
    const folder = temporaryFolder();
    const hooks = join(folder, 'hooks');
    mkdirSync(hooks);
    writeFileSync(join(hooks, 'pre-commit'), '#!/bin/sh\nexit 1\n');
    chmodSync(join(hooks, 'pre-commit'), 0o755);
    const configuration = join(folder, 'gitconfig');
    writeFileSync(
      configuration,
      `[core]\n\thooksPath = ${hooks}\n[user]\n\tname = a\n\temail = a@example.com\n`,
    );
    const work = temporaryFolder();
    git(work, 'init', '--quiet');
    const environment = { ...process.env, GIT_CONFIG_GLOBAL: configuration };
    const output = await new Git({ directory: work, environment }).run([
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      'x',
    ]);
    expect(output.status).toBe(0);
  });

  test('passwords are taken out of what git says, plain, encoded and in URLs', () => {
    const said = 'fatal: hunter2 Ym90Omh1bnRlcjI= https://bot:other@git.example.com/x';
    expect(redactSecrets(said, remote)).toBe('fatal: *** *** https://git.example.com/x');
  });

  test('a password that is a letter does not eat that letter', () => {
    const token = { ...remote, credentials: { username: 'ghp_secret', password: 'x' } };
    expect(redactSecrets('fatal: exit', token)).toBe('fatal: exit');
  });

  test('an error holds no secret', () => {
    const error = new GitError(
      'git push',
      128,
      redactSecrets('fatal: Authentication failed for hunter2', remote),
    );
    expect(`${error.message} ${error.stderr} ${error.hint ?? ''}`).not.toContain('hunter2');
    expect(error.hint).toContain('DRIFTLOOP_GIT_PASSWORD');
  });
});
