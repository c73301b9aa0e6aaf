import { join } from 'node:path';
import { listReleases } from '../../../gitops/release/list-releases.js';
import { startGitServer } from '../../real/git-server.js';
import type { GitServer } from '../../real/git-server.js';
import { done, Releasing } from '../support/releasing.js';
import { commitByHand, git, temporaryFolder } from '../support/repository.js';
import { workspace } from '../support/units.js';

const servers: GitServer[] = [];

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

function list(repository: string, environments?: readonly string[]) {
  const remote = { url: repository, credentials: undefined };
  return listReleases({ workspace, remote, branch: 'main', model: 'jukebox', environments });
}

async function summarize(repository: string, environments?: readonly string[]): Promise<readonly string[]> {
  const { value } = await list(repository, environments);
  return (value ?? []).map(({ release, current, quarantined }) =>
    [
      release.environment,
      release.version,
      ...(current ? ['runs'] : []),
      ...(release.verified === undefined ? [] : [`verified:${release.verified.environment}`]),
      ...(release.pinned === undefined ? [] : ['pinned']),
      ...(quarantined === undefined ? [] : ['quarantined']),
    ].join(' '),
  );
}

test('the history tells each release once, newest first, with all that became of it', async () => {
  const loop = await Releasing.start();
  await loop.bring('1', '2');
  await done(loop.rollback('prod', { quarantine: true }));
  const told = [
    'prod 1 runs verified:test pinned',
    'prod 2 verified:test quarantined',
    'test 2 runs verified:test quarantined',
    'prod 1 verified:test',
    'test 1 verified:test',
  ];
  expect(await summarize(loop.repository)).toEqual(told);
  expect(await summarize(loop.repository)).toEqual(told);
  expect(await summarize(loop.repository, ['test'])).toEqual(told.filter((line) => line.startsWith('test')));
});

test('of a merge, the history names who merged, and when the branch got it', async () => {
  const loop = await Releasing.start();
  await done(loop.release('1'));
  const clone = join(temporaryFolder(), 'clone');
  git('/', 'clone', '--quiet', loop.repository, clone);
  await done(loop.release('2', 'test', { branch: 'proposal' }));
  git(clone, 'fetch', '--quiet');
  git(
    clone,
    'merge',
    '--quiet',
    '--no-ff',
    '--allow-unrelated-histories',
    '-X',
    'theirs',
    '-m',
    'Merge 2',
    'origin/proposal',
  );
  git(clone, 'push', '--quiet', 'origin', 'HEAD:main');
  const { value } = await list(loop.repository);
  expect(value?.map(({ delivered }) => `${delivered.author}: ${delivered.subject}`)).toEqual([
    'Ada: Merge 2',
    'driftloop: release(test/jukebox): version 1',
  ]);
});

test('a record that somebody broke once is left out with a warning, and a removed one runs no more', async () => {
  const loop = await Releasing.start();
  await done(loop.release('1'));
  const path = 'releases/test/jukebox.yaml';
  commitByHand(loop.repository, { files: { [path]: 'version: [' } });
  commitByHand(loop.repository, { files: { [path]: undefined } });
  expect(await summarize(loop.repository)).toEqual(['test 1']);
  expect((await list(loop.repository)).problems).toMatchObject([
    { code: 'GITOPS_RELEASE_UNREADABLE', severity: 'warning' },
  ]);
});

test('nothing was released where there is no repository yet, no branch and no record', async () => {
  const loop = new Releasing();
  expect(await summarize(loop.repository)).toEqual([]);
});

test.each([[true], [false]])(
  'a server is asked for the records alone, whatever else stands beside them (protocol 2: %s)',
  async (protocol2) => {
    const requests: string[] = [];
    const server = await startGitServer({ protocol2, onRequest: ({ path }) => void requests.push(path) });
    servers.push(server);
    const url = server.create('gitops.git');
    const bare = join(server.root, 'gitops.git');
    const loop = await Releasing.start(bare);
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`noise/${index}`, `${index}`]),
    );
    commitByHand(bare, { files });
    await loop.bring('1', '2');
    expect(await summarize(url)).toHaveLength(4);
    expect(requests.filter((path) => path.endsWith('upload-pack')).length).toBeLessThan(12);
  },
);
