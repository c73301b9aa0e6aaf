import { Target } from '../../../gitops/target/target.js';
import { done, imageOf, refused, Releasing } from '../support/releasing.js';
import { publishUnits } from '../support/publishing.js';
import { commitCount, git, readFrom } from '../support/repository.js';

let one: Releasing;
let two: Releasing;
let three: Releasing;

beforeAll(async () => {
  one = await Releasing.start();
  await one.bring('1');
  two = one.copy();
  await two.bring('2');
  three = two.copy();
  await three.bring('3');
}, 120_000);

/** So many versions went from test to prod, each verified in test. */
const after = (count: 1 | 2 | 3) => ({ 1: one, 2: two, 3: three })[count].copy();

test('a rollback is one commit back to the last verified version, which is pinned', async () => {
  const loop = after(2);
  const count = commitCount(loop.repository);
  const { action, release, previous } = await done(loop.rollback('prod', { reason: 'slow' }));
  expect([action, release.version, previous?.version]).toEqual(['pushed', '1', '2']);
  expect(commitCount(loop.repository)).toBe(count + 1);
  expect(loop.record('prod')).toMatchObject({
    version: '1',
    image: imageOf('1'),
    by: 'grace',
    origin: { environment: 'test', by: 'run-1' },
    pinned: { by: 'grace', insteadOf: '2', reason: 'slow' },
  });
  expect(loop.served('prod')).toContain(imageOf('1'));
  expect(git(loop.repository, 'log', '-1', '--format=%B', 'main')).toContain('Rolled back by grace: slow');
});

test('a rollback that is repeated does not go back twice', async () => {
  const loop = after(3);
  await done(loop.rollback());
  const count = commitCount(loop.repository);
  expect(await done(loop.rollback())).toMatchObject({ action: 'none', release: { version: '2' } });
  expect(await done(loop.rollback('prod', { to: '2' }))).toMatchObject({ action: 'none' });
  expect(commitCount(loop.repository)).toBe(count);
  expect(await done(loop.rollback('prod', { to: '1' }))).toMatchObject({ release: { version: '1' } });
});

test('a version that was rolled back is not what a later rollback brings back', async () => {
  const loop = after(2);
  await done(loop.rollback());
  await loop.bring('3');
  expect(await done(loop.rollback())).toMatchObject({ release: { version: '1' } });
});

test('a version that nobody tested is gone back to only by name, with a warning', async () => {
  const loop = await Releasing.start();
  for (const version of ['1', '2']) await done(loop.release(version));
  expect(await refused(loop.rollback('test'))).toEqual(['GITOPS_ROLLBACK_NOWHERE']);
  const { value, problems } = await loop.rollback('test', { to: '1' });
  expect(value?.release.version).toBe('1');
  expect(problems).toMatchObject([{ code: 'GITOPS_RELEASE_UNVERIFIED', severity: 'warning' }]);
});

test.each([
  ['a version that never ran there', { to: '9' }, 'GITOPS_ROLLBACK_UNKNOWN'],
  ['what runs, and quarantining it', { to: '2', quarantine: true }, 'GITOPS_ROLLBACK_NOWHERE'],
  ['an unknown model', { record: { model: 'jukbox', environment: 'prod' } }, 'GITOPS_RELEASE_UNKNOWN'],
  ['an unknown environment', { record: { model: 'jukebox', environment: 'prd' } }, 'GITOPS_RELEASE_UNKNOWN'],
  ['a model without releases', { record: { model: 'radio', environment: 'prod' } }, 'GITOPS_RELEASE_MISSING'],
])('rolling back to %s is refused, and nothing is written', async (_, change, code) => {
  const loop = after(2);
  const before = git(loop.repository, 'for-each-ref');
  expect(await refused(loop.rollback('prod', change))).toEqual([code]);
  expect(git(loop.repository, 'for-each-ref')).toBe(before);
});

test('an environment with one release has nothing to go back to', async () => {
  const loop = after(1);
  expect(await refused(loop.rollback())).toEqual(['GITOPS_ROLLBACK_NOWHERE']);
});

test('a quarantined version is bad everywhere, and who serves it is named', async () => {
  const loop = after(2);
  const { problems } = await loop.rollback('prod', { quarantine: true, reason: 'leaks' });
  expect(problems).toMatchObject([{ code: 'CONFIG_RELEASE_QUARANTINED', severity: 'warning' }]);
  expect(readFrom(loop.repository, 'releases/.quarantine/jukebox.yaml')).toContain('reason: leaks');
  expect(await refused(loop.rollback('prod', { to: '2' }))).toEqual(['GITOPS_RELEASE_QUARANTINED']);
  // Test serves it still, and every publication says so.
  const published = await publishUnits(loop.repository, [], loop.basics());
  expect(published.problems).toMatchObject([{ code: 'CONFIG_RELEASE_QUARANTINED', severity: 'warning' }]);
  expect(loop.served('test')).toContain(imageOf('2'));
});

test('a rollback never brings back what is quarantined', async () => {
  const loop = after(3);
  await done(loop.rollback('test', { quarantine: true }));
  await done(loop.rollback('test', { to: '1', quarantine: true }));
  expect(await done(loop.rollback('prod'))).toMatchObject({ release: { version: '1' } });
});

test('quarantining with a rollback that is repeated marks one version, not the good one, too', async () => {
  const loop = after(3);
  await done(loop.rollback('prod', { quarantine: true }));
  const count = commitCount(loop.repository);
  expect(await done(loop.rollback('prod', { quarantine: true }))).toMatchObject({ action: 'none' });
  expect(commitCount(loop.repository)).toBe(count);
  expect(readFrom(loop.repository, 'releases/.quarantine/jukebox.yaml').match(/- version/g)).toHaveLength(1);
});

test('what a rollback left can be quarantined later, without another change', async () => {
  const loop = after(2);
  await done(loop.rollback());
  await done(loop.rollback('prod', { quarantine: true }));
  expect(git(loop.repository, 'diff', '--name-only', 'main~1', 'main')).toBe(
    'releases/.quarantine/jukebox.yaml',
  );
  expect(readFrom(loop.repository, 'releases/.quarantine/jukebox.yaml')).toContain(imageOf('2'));
});

test('a rollback and a release at the same time lose nothing of each other', async () => {
  const loop = after(2);
  const { render } = loop.basics();
  let raced = false;
  const racing: typeof render = async (releases) => {
    if (!raced) {
      raced = true;
      await done(loop.release('3'));
    }
    return render(releases);
  };
  await done(loop.rollback('prod', { render: racing }));
  expect(loop.record('prod')).toMatchObject({ version: '1' });
  expect(loop.record('test')).toMatchObject({ version: '3' });
});

test('a killed rollback has done nothing or all, and the next one completes it', async () => {
  const loop = after(2);
  const abort = new AbortController();
  const { render } = loop.basics();
  const interrupted = loop.rollback('prod', {
    signal: abort.signal,
    render: (releases) => {
      abort.abort();
      return render(releases);
    },
  });
  await expect(interrupted).rejects.toThrow();
  expect(loop.record('prod')).toMatchObject({ version: '2' });
  expect(await done(loop.rollback())).toMatchObject({ action: 'pushed', release: { version: '1' } });
});

test('the history of a branch that does not exist is empty', async () => {
  const loop = await Releasing.start();
  const target = await Target.open({ url: loop.repository, credentials: undefined });
  expect(await target.history('nowhere', ['releases/test/jukebox.yaml'])).toEqual([]);
  await target.close();
});
