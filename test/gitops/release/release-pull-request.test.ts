import { openForge } from '../../../gitops/forges/open-forge.js';
import type { Forge } from '../../../gitops/forges/forge.js';
import { forgeToken, startFakeForge } from '../support/fake-forge.js';
import type { FakeForge } from '../support/fake-forge.js';
import { containing } from '../support/matchers.js';
import { instantClock, publishUnits, succeeded } from '../support/publishing.js';
import { done, refused, Releasing } from '../support/releasing.js';
import { commitByHand, git, readFrom } from '../support/repository.js';
import { object, unit } from '../support/units.js';

const head = 'driftloop-release/prod+jukebox';
let prepared: Releasing;
let fake: FakeForge;
let forge: Forge;

/** Versions 1 and 2 went to prod, version 3 waits in test. */
beforeAll(async () => {
  prepared = await Releasing.start();
  await prepared.bring('1', '2');
  await done(prepared.release('3'));
  await done(prepared.verify('3'));
}, 120_000);

beforeEach(async () => {
  fake = await startFakeForge({ kind: 'github' });
  const environment = { DRIFTLOOP_FORGE_TOKEN: forgeToken };
  const { value } = openForge(`${fake.origin}/mlops/gitops.git`, {
    ...{ environment, api: 'github', apiUrl: fake.apiUrl, clock: instantClock() },
  });
  if (value === undefined) throw new Error('the forge cannot be opened');
  forge = value;
});

afterEach(async () => {
  const { violations } = fake.contract;
  await fake.close();
  expect(violations).toEqual([]);
});

test('a promotion by pull request shows what runs beside what comes, and changes nothing until it is merged', async () => {
  const loop = prepared.copy();
  const main = git(loop.repository, 'rev-parse', 'main');
  const opened = await done(loop.promote({ forge }));
  expect(opened).toMatchObject({ action: 'pull-request-opened', branch: head, pullRequest: { number: 1 } });
  expect(git(loop.repository, 'rev-parse', 'main')).toBe(main);
  const [{ title, body } = { title: '', body: '' }] = fake.pullRequests;
  expect(title).toBe('promote(prod/jukebox): version 3 from test');
  for (const part of [
    '**Release of jukebox to prod**',
    '| version | 2 | 3 |',
    '| by | run-2 | run-3 |',
    '| verified | in test by smoke-test | in test by smoke-test |',
    '| jukebox (prod) | 2 → 3 | accuracy | 0.9 | none |',
    'It takes the place of version 2.',
  ])
    expect(body).toContain(part);
});

test('a promotion that is repeated leaves its pull request alone, whenever that is', async () => {
  const loop = prepared.copy();
  const opened = await done(loop.promote({ forge }));
  const again = await done(loop.promote({ forge }));
  expect(again).toMatchObject({ action: 'pull-request-unchanged', commit: opened.commit });
  expect(again.release.releasedAt).toBe(opened.release.releasedAt);
  expect(fake.pullRequests).toHaveLength(1);
  git(loop.repository, 'update-ref', 'refs/heads/main', `refs/heads/${head}`);
  expect(await done(loop.promote({ forge }))).toMatchObject({ action: 'none' });
  expect(loop.record('prod')).toMatchObject({ version: '3' });
});

test('an open promotion is brought up to date when the branch it goes to has moved', async () => {
  const loop = prepared.copy();
  await done(loop.promote({ forge }));
  commitByHand(loop.repository, { files: { CODEOWNERS: '* @ada' } });
  expect(await done(loop.promote({ forge }))).toMatchObject({ action: 'pull-request-updated' });
  expect(readFrom(loop.repository, 'CODEOWNERS', head)).toContain('@ada');
  expect(fake.pullRequests).toMatchObject([{ state: 'open' }]);
});

test('a rollback takes the place of an open promotion, and is repeated without another commit', async () => {
  const loop = prepared.copy();
  await done(loop.promote({ forge }));
  const rolledBack = await done(loop.rollback('prod', { forge, quarantine: true, reason: 'slow' }));
  expect(rolledBack).toMatchObject({ action: 'pull-request-updated', pullRequest: { number: 1 } });
  expect(fake.pullRequests).toMatchObject([
    {
      title: 'rollback(prod/jukebox): version 1 instead of 2',
      body: containing('Rolled back by grace: slow'),
    },
  ]);
  const again = await done(loop.rollback('prod', { forge, quarantine: true, reason: 'slow' }));
  expect(again).toMatchObject({ action: 'pull-request-unchanged', commit: rolledBack.commit });
});

test('a release and a publication of the same environment have pull requests of their own', async () => {
  const loop = prepared.copy();
  await done(loop.promote({ forge }));
  const changed = unit('prod/radio', { alerts: [object('radio')] });
  await succeeded(
    publishUnits(loop.repository, [changed], {
      ...{ forge, selection: { environments: ['prod'] }, allowCollapse: true },
    }),
  );
  expect(fake.pullRequests).toMatchObject([
    { head, state: 'open' },
    { head: 'driftloop/prod', state: 'open' },
  ]);
});

test('what a person committed to the branch of a promotion is not lost', async () => {
  const loop = prepared.copy();
  await done(loop.promote({ forge }));
  const edited = commitByHand(loop.repository, { branch: head, files: { NOTES: 'wait' } });
  await done(loop.release('4'));
  await done(loop.verify('4'));
  expect(await refused(loop.promote({ forge }))).toEqual(['GITOPS_BRANCH_EDITED']);
  expect(git(loop.repository, 'rev-parse', head)).toBe(edited);
});

test('the pull request of one version is not closed because another one runs already', async () => {
  const loop = prepared.copy();
  await done(loop.rollback());
  await done(loop.promote({ forge, version: '3' }));
  expect(await done(loop.rollback('prod', { forge }))).toMatchObject({ action: 'none' });
  expect(fake.pullRequests).toMatchObject([{ state: 'open' }]);
});

test('the pull request of a version that was pushed meanwhile is closed, with its branch', async () => {
  const loop = prepared.copy();
  await done(loop.promote({ forge }));
  await done(loop.promote());
  expect(loop.record('prod')).toMatchObject({ version: '3' });
  expect(await done(loop.promote({ forge }))).toMatchObject({ action: 'none' });
  expect(fake.pullRequests).toMatchObject([
    { state: 'closed', comments: [{ body: containing('Nothing is left to change') }] },
  ]);
  expect(git(loop.repository, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
});

test('one with a commit of a person stays open, whatever runs', async () => {
  const loop = prepared.copy();
  await done(loop.promote({ forge }));
  commitByHand(loop.repository, { branch: head, files: { NOTES: 'wait' } });
  await done(loop.promote());
  expect(await done(loop.promote({ forge }))).toMatchObject({ action: 'none' });
  expect(fake.pullRequests).toMatchObject([{ state: 'open' }]);
});

test('a verdict is pushed, also where everything else goes by pull request', async () => {
  const loop = prepared.copy();
  expect(await done(loop.verify('2', 'prod', { forge }))).toMatchObject({ action: 'pushed' });
  expect(fake.requests).toEqual([]);
});
