import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { publishUnits, succeeded } from '../support/publishing.js';
import {
  bareRepository,
  commitByHand,
  commitCount,
  filesIn,
  git,
  readFrom,
  temporaryFolder,
} from '../support/repository.js';
import { object, unit } from '../support/units.js';

const jukebox = unit('test/jukebox', { alerts: [object('a'), object('b')] });
const alerts = 'environments/test/jukebox/alerts.k8s.yaml';

/** A commit with entries that no file system would take, written object by object. */
function commitEntries(
  repository: string,
  entries: readonly (readonly [mode: string, path: Buffer])[],
): void {
  const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: repository, input: 'x' })
    .toString()
    .trim();
  const commit = git(repository, 'commit-tree', git(repository, 'mktree', '--missing'), '-m', 'x');
  const index = { ...process.env, GIT_INDEX_FILE: join(temporaryFolder(), 'index') };
  const lines = entries.map(([mode, path]) =>
    Buffer.concat([Buffer.from(`${mode} ${mode === '160000' ? commit : blob}\t`), path, Buffer.of(0)]),
  );
  execFileSync('git', ['update-index', '-z', '--index-info'], {
    cwd: repository,
    env: index,
    input: Buffer.concat(lines),
  });
  const tree = execFileSync('git', ['write-tree'], { cwd: repository, env: index }).toString().trim();
  git(repository, 'update-ref', 'refs/heads/main', git(repository, 'commit-tree', tree, '-m', 'hostile'));
}

describe('symbolic links', () => {
  test.each([
    ['.driftloop/owned.json', 'GITOPS_OWNERSHIP_BROKEN'],
    [alerts, 'GITOPS_PATH_TAKEN'],
    ['environments/test/hydrator.metadata', 'GITOPS_PATH_TAKEN'],
    ['environments/test', 'GITOPS_PATH_TAKEN'],
    ['releases/test/jukebox.yaml', 'GITOPS_RELEASE_UNREADABLE'],
  ])('at %s are not followed', async (path, code) => {
    const outside = temporaryFolder();
    const repository = bareRepository();
    commitByHand(repository, { links: { [path]: outside } });
    const { value, problems } = await publishUnits(repository, [jukebox], { overwrite: true });
    expect(value).toBeUndefined();
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(readdirSync(outside)).toEqual([]);
  });
});

describe('submodules', () => {
  test.each([
    ['environments/test/jukebox', 'GITOPS_PATH_TAKEN'],
    [alerts, 'GITOPS_PATH_TAKEN'],
    ['releases/test/jukebox.yaml', 'GITOPS_RELEASE_UNREADABLE'],
  ])('at %s are neither fetched nor replaced', async (path, code) => {
    const repository = bareRepository();
    commitEntries(repository, [['160000', Buffer.from(path)]]);
    const { value, problems } = await publishUnits(repository, [jukebox], { overwrite: true });
    expect(value).toBeUndefined();
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(commitCount(repository)).toBe(1);
  });

  test('elsewhere stay as they are', async () => {
    const repository = bareRepository();
    commitByHand(repository, {
      files: { '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c id\n' },
    });
    commitEntries(repository, [['160000', Buffer.from('vendored')]]);
    await succeeded(publishUnits(repository, [jukebox]));
    expect(git(repository, 'ls-tree', 'main', 'vendored')).toMatch(/^160000 commit /);
  });
});

describe('folders in the place of our own files', () => {
  test.each(['.driftloop/owned.json/x', 'environments/test/hydrator.metadata/x', `${alerts}/x`])(
    '%s is not deleted',
    async (path) => {
      const repository = bareRepository();
      commitByHand(repository, { files: { [path]: 'mine' } });
      const { value, problems } = await publishUnits(repository, [jukebox], { overwrite: true });
      expect(value).toBeUndefined();
      expect(problems.map(({ code }) => code)).toContain('GITOPS_PATH_TAKEN');
      expect(filesIn(repository)).toEqual([path]);
    },
  );
});

test('names that are not UTF-8, or that no file system takes, are kept to the byte', async () => {
  const repository = bareRepository();
  const names = [
    Buffer.from([0x6e, 0xff, 0xfe]),
    Buffer.from([0x6e, 0xfd, 0xfe]),
    Buffer.from('a\tb\n"c'),
    Buffer.from('x'.repeat(3000)),
  ];
  commitEntries(
    repository,
    names.map((name) => ['100644', name] as const),
  );
  const before = git(repository, 'ls-tree', '-r', 'main').split('\n');
  await succeeded(publishUnits(repository, [jukebox]));
  const after = git(repository, 'ls-tree', '-r', 'main').split('\n');
  expect(before).toHaveLength(4);
  expect(before.filter((line) => !after.includes(line))).toEqual([]);
});

test('a release record whose name is not UTF-8 stops nothing', async () => {
  const repository = bareRepository();
  const name = Buffer.concat([Buffer.from('releases/test/'), Buffer.from([0xff]), Buffer.from('.yaml')]);
  commitEntries(repository, [['100644', name]]);
  const { value, problems } = await publishUnits(repository, [jukebox]);
  expect(problems.map(({ code }) => code)).toEqual(['CONFIG_RELEASE_UNUSED']);
  expect(value?.action).toBe('pushed');
});

test.each([
  ['.driftloop/owned.json', 'GITOPS_OWNERSHIP_BROKEN'],
  ['releases/test/jukebox.yaml', 'GITOPS_RELEASE_UNREADABLE'],
  [alerts, 'GITOPS_PATH_TAKEN'],
])('20 MB at %s are not read', async (path, code) => {
  const repository = bareRepository();
  commitByHand(repository, { files: { [path]: `{"version":1,${' '.repeat(20_000_000)}"units":{}}` } });
  const { problems } = await publishUnits(repository, [jukebox]);
  expect(problems).toMatchObject([{ code }]);
});

test('hooks and attributes of the repository do nothing', async () => {
  const repository = bareRepository();
  const witness = join(temporaryFolder(), 'witness');
  commitByHand(repository, {
    files: {
      '.gitattributes': '* filter=evil text eol=crlf\n',
      '.githooks/pre-push': `#!/bin/sh\ntouch ${witness}\n`,
    },
  });
  await succeeded(publishUnits(repository, [jukebox]));
  expect(existsSync(witness)).toBe(false);
  expect(readFrom(repository, alerts)).toBe(`${jukebox.files[0]?.text.trimEnd() ?? ''}\n`);
});
