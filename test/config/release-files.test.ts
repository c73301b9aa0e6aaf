import fc from 'fast-check';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { loadWorkspace } from '../../config/load-workspace.js';
import type { Workspace } from '../../config/model.js';
import { checkRelease, formatRelease, loadReleases, releasePath } from '../../config/release-files.js';
import type { Release } from '../../config/release.js';
import { removeWorkspaces, writeWorkspace } from './workspace-files.js';

const release: Release = {
  model: 'jukebox',
  environment: 'test',
  version: '2',
  image: `oci://registry.example.com/jukebox/model@sha256:${'0'.repeat(64)}`,
  releasedAt: '2026-11-21T10:00:00Z',
  by: 'jukebox-test-0123456789abcdef-20261121100000',
  commit: 'a'.repeat(40),
  metrics: { rmse: 1.5, accuracy: 0.93 },
};

let workspace: Workspace;

beforeAll(() => {
  const { value } = loadWorkspace('examples/jukebox');
  if (value === undefined) throw new Error('the example does not load');
  workspace = value;
});

afterEach(removeWorkspaces);

function load(files: Readonly<Record<string, string>>) {
  return loadReleases(writeWorkspace(files), workspace);
}

test('a record reads like this', () => {
  expect(formatRelease(release)).toBe(`# Written by driftloop; change it with \`driftloop release\`.
model: jukebox
environment: test
version: "2"
image: oci://registry.example.com/jukebox/model@sha256:${'0'.repeat(64)}
releasedAt: 2026-11-21T10:00:00Z
by: jukebox-test-0123456789abcdef-20261121100000
commit: ${'a'.repeat(40)}
metrics:
  accuracy: 0.93
  rmse: 1.5
`);
});

test('what was written is read again, whatever it is', () => {
  const version = fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,20}[A-Za-z0-9])?$/);
  const number = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => (Object.is(value, -0) ? 0 : value));
  const metrics = fc.dictionary(
    fc.constantFrom('accuracy', 'rmse', 'null', 'true', '1', 'a b', 'x: y', '# c', '~'),
    number,
  );
  const commit = fc.constantFrom(undefined, '1'.repeat(40), '0123456789abcdef'.repeat(4));
  fc.assert(
    fc.property(version, metrics, commit, (version, metrics, commit) => {
      const written = { ...release, version, commit, metrics: { ...metrics } };
      const { value, problems } = load({ [releasePath('test', 'jukebox')]: formatRelease(written) });
      expect(problems).toEqual([]);
      expect(value?.get('test/jukebox')).toEqual(written);
    }),
    { numRuns: 60 },
  );
});

test('the order of metrics does not change the bytes', () => {
  const turned = { ...release, metrics: { accuracy: 0.93, rmse: 1.5 } };
  expect(formatRelease(turned)).toBe(formatRelease(release));
});

test('no folder, an empty one and foreign files mean no releases', () => {
  expect(load({})).toEqual({ value: new Map(), problems: [] });
  const files = {
    'releases/README.md': 'x',
    'releases/test/notes.txt': 'x',
    'releases/test/.jukebox.yaml.tmp': '[',
  };
  expect(load(files)).toEqual({ value: new Map(), problems: [] });
});

test('a broken record is an error with its place, not a missing release', () => {
  const { value, problems } = load({
    'releases/test/jukebox.yaml': formatRelease(release).replace('sha256:', 'sha512:'),
    'releases/prod/jukebox.yaml': 'model: [',
  });
  expect(value).toBeUndefined();
  expect(problems).toMatchObject([
    { code: 'CONFIG_YAML_SYNTAX', position: { file: 'releases/prod/jukebox.yaml' } },
    { code: 'CONFIG_IMAGE', position: { file: 'releases/test/jukebox.yaml', line: 5, column: 8 } },
  ]);
});

test('records of removed models and environments are left out with a warning', () => {
  const { value, problems } = load({
    'releases/test/jukebox.yaml': formatRelease(release),
    'releases/test/radio.yaml': formatRelease({ ...release, model: 'radio' }),
    'releases/stage/jukebox.yaml': formatRelease({ ...release, environment: 'stage' }),
  });
  expect([...(value?.keys() ?? [])]).toEqual(['test/jukebox']);
  expect(problems.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    'CONFIG_RELEASE_UNUSED warning',
    'CONFIG_RELEASE_UNUSED warning',
  ]);
});

test('a record that would be left out silently is an error', () => {
  const { value, problems } = load({ 'releases/test/jukebox.yml': formatRelease(release) });
  expect(value).toBeUndefined();
  expect(problems).toMatchObject([
    { code: 'CONFIG_FILE_IGNORED', position: { file: 'releases/test/jukebox.yml' } },
  ]);
});

test('a file where the folder of an environment must be is an error, not an environment without releases', () => {
  const { value, problems } = load({ 'releases/test': 'model: jukebox\n' });
  expect(value).toBeUndefined();
  expect(problems).toMatchObject([{ code: 'CONFIG_FILE_UNREADABLE', position: { file: 'releases/test' } }]);
});

test('the records of an environment may be a link to another folder', () => {
  const directory = writeWorkspace({
    'elsewhere/jukebox.yaml': formatRelease(release),
    'releases/README.md': 'x',
  });
  symlinkSync('../elsewhere', join(directory, 'releases/test'));
  const { value: workspace } = loadWorkspace(directory);
  expect(workspace && [...(loadReleases(directory, workspace).value?.keys() ?? [])]).toEqual([
    'test/jukebox',
  ]);
});

test('a release is checked before it is written, because a broken record would stop every later publication', () => {
  expect(checkRelease(release)).toEqual([]);
  const broken = { ...release, version: '', by: 'a\nb', commit: 'abc' };
  const problems = checkRelease(broken);
  expect(problems.map(({ path }) => path).sort()).toEqual(['by', 'commit', 'version']);
  for (const { position, hint } of problems) {
    expect(position).toBeUndefined();
    expect(hint).toBeDefined();
  }
});
