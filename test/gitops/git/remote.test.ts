import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBranchName, parseRemote, readCredentials, redactUrl } from '../../../gitops/git/remote.js';
import { temporaryFolder } from '../support/repository.js';

const directory = '/srv/space';

describe('the address of a repository', () => {
  test.each([
    ['https://git.example.com/mlops/gitops.git', 'https://git.example.com/mlops/gitops.git'],
    ['http://[::1]:3000/mlops/gitops.git', 'http://[::1]:3000/mlops/gitops.git'],
    ['ssh://git@git.example.com/mlops/gitops.git', 'ssh://git@git.example.com/mlops/gitops.git'],
    ['git@git.example.com:mlops/gitops.git', 'git@git.example.com:mlops/gitops.git'],
    ['file:///srv/gitops.git', 'file:///srv/gitops.git'],
    ['/srv/gitops.git', '/srv/gitops.git'],
    ['../gitops.git', '/srv/gitops.git'],
    ['gitops.git', '/srv/space/gitops.git'],
  ])('%s is understood', (text, url) => {
    expect(parseRemote(text, directory)).toEqual({ value: { url, credentials: undefined }, problems: [] });
  });

  test.each([
    '',
    '--upload-pack=touch /tmp/x',
    'ext::sh -c id',
    'fd::17',
    'ftp://git.example.com/x',
    'https://',
    'a\nb',
  ])('%j is refused', (text) => {
    const { value, problems } = parseRemote(text, directory);
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_REPOSITORY_ADDRESS', severity: 'error' }]);
  });

  test('a password in the URL becomes credentials and leaves the URL', () => {
    expect(parseRemote('https://bot:s%40fe@git.example.com/x.git', directory).value).toEqual({
      url: 'https://git.example.com/x.git',
      credentials: { username: 'bot', password: 's@fe' },
    });
  });

  test.each([
    ['https://ada@git.example.com/x.git', { url: 'https://git.example.com/x.git', username: 'ada' }],
    ['https://ada:@git.example.com/x.git', { url: 'https://git.example.com/x.git', username: 'ada' }],
    [
      'https://t%zken:x@git.example.com/x.git',
      { url: 'https://git.example.com/x.git', credentials: { username: 't%zken', password: 'x' } },
    ],
    ['ssh://git:hunter2@git.example.com/x.git', { url: 'ssh://git@git.example.com/x.git' }],
  ])(
    'what stands before the host of %s leaves the address over HTTP, and never stays a password',
    (text, remote) => {
      expect(parseRemote(text, directory).value).toEqual({ credentials: undefined, ...remote });
    },
  );

  test('given credentials win over those in the URL', () => {
    const given = { username: 'a', password: 'b' };
    expect(parseRemote('https://bot:safe@git.example.com/x.git', directory, given).value).toEqual({
      url: 'https://git.example.com/x.git',
      credentials: given,
    });
  });

  test('a refused address is reported without its password', () => {
    const { problems } = parseRemote('ftp://bot:hunter2@git.example.com/x.git', directory);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
    expect(redactUrl('https://bot:hunter2@git.example.com/x.git')).toBe('https://git.example.com/x.git');
  });
});

test('credentials come from two variables, and a token needs no user name', () => {
  const read = (environment: NodeJS.ProcessEnv) => readCredentials(environment).value?.credentials;
  expect(read({})).toBeUndefined();
  expect(read({ DRIFTLOOP_GIT_USERNAME: 'bot' })).toBeUndefined();
  expect(read({ DRIFTLOOP_GIT_PASSWORD: 'p', DRIFTLOOP_GIT_USERNAME: 'bot' })).toEqual({
    username: 'bot',
    password: 'p',
  });
  expect(read({ DRIFTLOOP_GIT_PASSWORD: 'token' })).toEqual({ username: 'git', password: 'token' });
});

test('a password may stand in a file, as Kubernetes mounts it', () => {
  const file = join(temporaryFolder(), 'password');
  writeFileSync(file, 'from-a-file\n');
  const environment = { DRIFTLOOP_GIT_PASSWORD_FILE: file };
  expect(readCredentials(environment).value?.credentials?.password).toBe('from-a-file');
  expect(readCredentials({ ...environment, DRIFTLOOP_GIT_PASSWORD: 'p' }).problems).toMatchObject([
    { code: 'GITOPS_SECRET_FILE' },
  ]);
});

test('a branch cannot be an option or leave refs/heads', () => {
  expect(['main', 'env/test', 'release-1.2'].every(isBranchName)).toBe(true);
  expect(['', '-f', 'a b', '../../main', 'a..b', 'a:b', 'x.lock', '/a', 'a/'].some(isBranchName)).toBe(false);
});
