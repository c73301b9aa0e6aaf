import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { loadWorkspace } from '../../config/load-workspace.js';
import { goodModel, goodPlatform, removeWorkspaces, writeWorkspace } from './workspace-files.js';

afterEach(removeWorkspaces);

const named = (name: string) => goodModel.replace('jukebox', name);

function withGlobs(globs: string, files: Readonly<Record<string, string>> = {}): string {
  return writeWorkspace({ 'driftloop.yaml': `${goodPlatform}models: ${globs}\n`, ...files });
}

function load(directory: string) {
  const { value, problems } = loadWorkspace(directory);
  return {
    models: value?.models.map(({ name }) => name),
    problems: problems.map(({ code, position }) => `${code} ${position?.file ?? ''}`),
  };
}

test('models of subfolders are read when a pattern says so, and a hidden folder never is', () => {
  const directory = withGlobs('[models/**/*.yaml]', {
    'models/music/radio.yaml': named('radio'),
    'models/music/old/album.yaml': named('album'),
    'models/.git/hidden.yaml': named('hidden'),
  });
  expect(load(directory)).toEqual({ models: ['album', 'jukebox', 'radio'], problems: [] });
});

test('every team may have a folder of its own', () => {
  const directory = withGlobs('[teams/*/models/*.yaml, "teams/m?sic/extra/one.yaml"]', {
    'teams/music/models/radio.yaml': named('radio'),
    'teams/music/extra/one.yaml': named('one'),
    'teams/podcasts/models/album.yaml': named('album'),
    'teams/podcasts/notes/readme.yaml': 'no model',
  });
  expect(load(directory)).toEqual({ models: ['album', 'one', 'radio'], problems: [] });
});

test('two files that describe one model are refused, in whatever folders they stand', () => {
  const directory = withGlobs('[models/**/*.yaml]', { 'models/music/jukebox.yaml': goodModel });
  expect(load(directory).problems).toEqual(['CONFIG_NAME_DUPLICATE models/music/jukebox.yaml']);
});

test('a link is followed within the workspace, and never out of it', () => {
  const directory = withGlobs('[models/*.yaml, outside/*.yaml]', { 'shared/radio.yaml': named('radio') });
  const elsewhere = writeWorkspace();
  symlinkSync('../shared/radio.yaml', join(directory, 'models/radio.yaml'));
  symlinkSync(join(elsewhere, 'driftloop.yaml'), join(directory, 'models/stolen.yaml'));
  symlinkSync(join(elsewhere, 'models'), join(directory, 'outside'));
  expect(load(directory).problems).toEqual([
    'CONFIG_PATH models/stolen.yaml',
    'CONFIG_PATH outside',
    'CONFIG_GLOB_EMPTY driftloop.yaml',
  ]);
});

test('a link to a folder above it is reported, and never followed in a circle', () => {
  const directory = withGlobs('[models/**/*.yaml]');
  symlinkSync('..', join(directory, 'models/up'));
  expect(load(directory)).toEqual({ models: ['jukebox'], problems: ['CONFIG_FILE_IGNORED models/up'] });
});

test('an empty folder, and one that is not there, are no models', () => {
  const directory = withGlobs('[none/*.yaml, empty/*.yaml]');
  mkdirSync(join(directory, 'empty'));
  expect(load(directory)).toEqual({
    models: [],
    problems: ['CONFIG_GLOB_EMPTY driftloop.yaml', 'CONFIG_GLOB_EMPTY driftloop.yaml'],
  });
});

test('looking for 5000 files takes no time', () => {
  const files = Array.from(
    { length: 5000 },
    (_, index) => [`models/${index % 50}/m${index}.yaml`, ''] as const,
  );
  const directory = withGlobs('[models/**/*.yaml]', Object.fromEntries(files));
  const started = performance.now();
  const { problems } = loadWorkspace(directory);
  // Empty files are refused at once, so this is the time of finding and opening them.
  expect(problems).toHaveLength(5000);
  expect(performance.now() - started).toBeLessThan(4000);
});
