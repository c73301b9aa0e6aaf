import { relationToSource } from '../../../gitops/git/source-commit.js';
import { publishUnits, source, succeeded } from '../support/publishing.js';
import { bareRepository, commitCount, git, temporaryFolder } from '../support/repository.js';
import { object, unit } from '../support/units.js';
import { containing } from '../support/matchers.js';

const first = unit('test/jukebox', { alerts: [object('a'), object('b')] });
const second = unit('test/jukebox', { alerts: [object('a'), object('b'), object('c')] });

function workspaceWithHistory(): { folder: string; commits: readonly string[] } {
  const folder = temporaryFolder();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  const commits = ['one', 'two'].map((message) => {
    git(folder, 'commit', '--quiet', '--allow-empty', '-m', message);
    return git(folder, 'rev-parse', 'HEAD');
  });
  return { folder, commits };
}

async function arrange() {
  const { folder, commits } = workspaceWithHistory();
  const [older = '', newer = ''] = commits;
  const repository = bareRepository();
  const from = (sha: string, units = [second], more = {}) =>
    publishUnits(repository, units, {
      source: { ...source, sha },
      relationTo: (commit) => relationToSource(folder, commit),
      ...more,
    });
  await succeeded(from(newer, [first]));
  return { folder, older, newer, repository, from };
}

describe('an older checkout', () => {
  test('does not publish over a newer publication, unless told to', async () => {
    const { folder, older, repository, from } = await arrange();
    git(folder, 'checkout', '--quiet', older);
    const { value, problems } = await from(older);
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_SOURCE_OLDER', message: containing('test/jukebox') }]);
    expect(commitCount(repository)).toBe(1);
    expect(await succeeded(from(older, [second], { allowOlder: true }))).toMatchObject({ action: 'pushed' });
  });

  test('that would change nothing is nobody’s problem', async () => {
    const { folder, older, from } = await arrange();
    git(folder, 'checkout', '--quiet', older);
    expect(await succeeded(from(older, [first]))).toMatchObject({ action: 'none' });
  });

  test('is told from a newer one, and from a shallow clone that knows neither', async () => {
    const { folder, newer, from } = await arrange();
    git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'three');
    expect(await succeeded(from(git(folder, 'rev-parse', 'HEAD')))).toMatchObject({ action: 'pushed' });
    const shallow = temporaryFolder();
    git('/', 'clone', '--quiet', '--depth=1', `file://${folder}`, shallow);
    expect(await relationToSource(shallow, newer)).toBe('unknown');
    const { value, problems } = await from('f'.repeat(40), [first], {
      relationTo: (commit: string) => relationToSource(shallow, commit === newer ? commit : newer),
    });
    expect(value?.action).toBe('pushed');
    expect(problems).toMatchObject([{ code: 'GITOPS_SOURCE_UNRELATED', severity: 'warning' }]);
  });
});
