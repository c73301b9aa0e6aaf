import { checkFolder, checkHttpPath } from '../../../config/values/folder.js';
import { checkBranch, checkGitUrl } from '../../../config/values/git-url.js';
import { checkImage, checkModelImage } from '../../../config/values/image.js';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
  'registry.example.com/team/image:1.4.2',
  'registry.example.com:5000/team/image:1.4.2',
  'localhost/image:v1',
  'image:1',
  `image@${digest}`,
  `registry.example.com/team/image:1.4.2@${digest}`,
])('%s is a pinned image', (text) => {
  expect(checkImage(text)).toBeUndefined();
});

test.each([
  '',
  'image',
  'image:latest',
  'registry.example.com/team/image',
  'https://registry.example.com/image:1',
  'Registry/Image:1',
  'image:1 ',
  'image:$(params.tag)',
  'image:-1',
  'image@sha256:abc',
  `image@${digest.toUpperCase()}`,
  'image:1\nimage:2',
  '../image:1',
  `${'a/'.repeat(300)}image:1`,
])('%j is no pinned image', (text) => {
  expect(checkImage(text)).toBeDefined();
});

test('a model is named by digest only', () => {
  expect(checkModelImage(`oci://registry.example.com/team/model@${digest}`)).toBeUndefined();
  for (const bad of [
    `registry.example.com/team/model@${digest}`,
    'oci://registry.example.com/team/model:1',
    `oci://registry.example.com/team/model:1@${digest}`,
    `oci://@${digest}`,
    `s3://bucket/model@${digest}`,
    `oci://registry.example.com/team/model@${digest}0`,
  ]) {
    expect([bad, checkModelImage(bad)]).toEqual([bad, expect.anything()]);
  }
});

test.each([
  'https://git.example.com/team/repository.git',
  'http://git.test.svc.cluster.local:8080/platform.git',
  'ssh://git@git.example.com:2222/team/repository.git',
  'git@git.example.com:team/repository.git',
  'file:///srv/git/repository.git',
  'https://dev.example.com/org/my%20project/_git/repository',
])('%s is the URL of a repository', (text) => {
  expect(checkGitUrl(text)).toBeUndefined();
});

test.each([
  '',
  'https://',
  'https://git.example.com',
  'https://git.example.com/',
  'git.example.com/team/repository',
  '/srv/git/repository.git',
  './repository',
  'ftp://git.example.com/repository',
  'ext::sh -c touch% /tmp/x',
  '--upload-pack=touch',
  'https://git.example.com/$(context.pipelineRun.name)',
  'https://git.example.com/a b',
  'https://git.example.com/a\nb',
  'https://git.example.com/`id`',
])('%j is no URL of a repository', (text) => {
  expect(checkGitUrl(text)).toBeDefined();
});

test.each([
  'https://bot:battery@git.example.com/a',
  'https://battery@git.example.com/a',
  'ssh://git:battery@git.example.com/a',
])('%s is refused as a secret and not repeated', (text) => {
  const fault = checkGitUrl(text);
  expect(fault?.secret).toBe(true);
  expect(JSON.stringify(fault)).not.toContain('battery');
});

test('branches are those git allows', () => {
  for (const good of ['main', 'release/1.0', 'feature-x', 'a.b', 'user/issue#1'])
    expect(checkBranch(good)).toBeUndefined();
  for (const bad of [
    '',
    '-x',
    'a..b',
    'a b',
    '/a',
    'a/',
    'a.lock',
    '.a',
    'a/.b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[',
    'a\\b',
    '$(x)',
    'x'.repeat(300),
  ]) {
    expect([bad, checkBranch(bad)]).toEqual([bad, expect.anything()]);
  }
});

test('folders stay inside of the repository', () => {
  for (const good of ['', 'platform', 'a/b/c', 'my folder', '..a', '.hidden'])
    expect(checkFolder(good)).toBeUndefined();
  for (const bad of [
    '..',
    '../a',
    'a/../../b',
    '/a',
    'C:/a',
    'a//b',
    'a/',
    './a',
    'a\\..\\b',
    '$(x)',
    'a\nb',
  ]) {
    expect([bad, checkFolder(bad)]).toEqual([bad, expect.anything()]);
  }
});

test('request paths are absolute and harmless', () => {
  for (const good of ['/', '/healthz', '/v2/health/ready?x=1']) expect(checkHttpPath(good)).toBeUndefined();
  for (const bad of ['', 'healthz', '/a/../b', '/a b', '/$(x)', '/"'])
    expect([bad, checkHttpPath(bad)]).toEqual([bad, expect.anything()]);
});
