import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCredentials } from '../../../steps/oci/docker-config.js';
import { parseImage, parseRepository } from '../../../steps/oci/reference.js';
import { makeScratch } from '../../real/servers.js';

const scratch = makeScratch();
const encode = (text: string) => Buffer.from(text).toString('base64');

afterAll(() => {
  scratch.remove();
});

function find(config: unknown, repository = 'registry.example.com/team/model') {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  writeFileSync(join(scratch.path, 'config.json'), text);
  return findCredentials(scratch.path, parseRepository(repository));
}

test('the longest entry that fits a repository counts, as in Kubernetes', () => {
  const auths = {
    'registry.example.com': { auth: encode('all:1') },
    'https://registry.example.com/team/': { username: 'team', password: '2' },
    'registry.example.com/te': { auth: encode('no:3') },
    'registry.example.com.evil.example': { auth: encode('no:4') },
  };
  expect(find({ auths })).toEqual({ username: 'team', password: '2' });
  expect(find({ auths }, 'registry.example.com/other/model')).toEqual({ username: 'all', password: '1' });
  expect(find({ auths }, 'other.example.com/team/model')).toBeUndefined();
  expect(find({})).toBeUndefined();
});

test('passwords may have colons, Docker Hub has names of its own, and tokens of identity are taken', () => {
  expect(find({ auths: { 'registry.example.com': { auth: encode('robot:a:b') } } })).toEqual({
    username: 'robot',
    password: 'a:b',
  });
  const hub = { auths: { 'https://index.docker.io/v1/': { auth: encode('me:pw') } } };
  expect(find(hub, 'docker.io/library/busybox')).toEqual({ username: 'me', password: 'pw' });
  expect(find({ auths: { 'registry.example.com': { identitytoken: 'abc' } } })).toEqual({
    identityToken: 'abc',
  });
});

test.each([
  ['{"auths": {"registry.example.com": {"auth": "secretsecret', 'cannot be read as a Docker configuration'],
  [{ auths: { 'registry.example.com': { auth: encode('nocolon') } } }, 'without user name and password'],
  [{ credsStore: 'desktop' }, 'asks a program for the credentials of registry.example.com'],
])('what cannot be used is said without a part of it: %#', (config, message) => {
  expect(() => find(config)).toThrow(message);
  expect(() => find(config)).not.toThrow('secretsecret');
});

test.each([
  'jukebox/model',
  'registry.example.com',
  'registry.example.com/Model',
  'https://registry.example.com/m',
  'a.b/c:1',
  `x.y/${'z'.repeat(500)}`,
  'x.y/$(id)',
])('%s is no repository', (text) => {
  expect(() => parseRepository(text)).toThrow('is not a repository');
});

test('an image is named by digest, whatever its tag', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  expect(parseImage(`http://localhost:5000/bases/busybox:1.36@${digest}`)).toEqual({
    repository: { secure: false, host: 'localhost:5000', name: 'bases/busybox' },
    digest,
  });
  expect(() => parseImage('registry.example.com/busybox:1.36')).toThrow('is not an image by digest');
});
