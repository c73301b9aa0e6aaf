import { done, imageOf, refused, Releasing } from '../support/releasing.js';
import { commitByHand, commitCount, git } from '../support/repository.js';

let empty: Releasing;
let once: Releasing;
let twice: Releasing;

beforeAll(async () => {
  empty = await Releasing.start();
  once = empty.copy();
  await done(once.release('1'));
  await done(once.verify('1'));
  twice = once.copy();
  await done(twice.promote());
  await twice.bring('2');
}, 120_000);

/** Version 1 is verified in test, and was released nowhere else. */
const tested = () => once.copy();

/** Versions 1 and 2 went all the way. */
const promoted = () => twice.copy();

test('a promotion moves exactly the tested digest, with all that is known of it, in one commit', async () => {
  const loop = tested();
  const before = commitCount(loop.repository);
  const result = await done(loop.promote());
  expect(result).toMatchObject({ action: 'pushed', previous: undefined });
  expect(commitCount(loop.repository)).toBe(before + 1);
  expect(git(loop.repository, 'log', '-1', '--format=%s', 'main')).toBe(
    'promote(prod/jukebox): version 1 from test',
  );
  expect(loop.record('prod')).toEqual({
    model: 'jukebox',
    environment: 'prod',
    version: '1',
    image: imageOf('1'),
    releasedAt: '2026-11-21T12:05:00Z',
    by: 'ada',
    origin: { environment: 'test', releasedAt: '2026-11-21T12:02:00.000Z', by: 'run-1' },
    metrics: { accuracy: 0.9 },
    verified: { environment: 'test', at: '2026-11-21T12:04:00Z', by: 'smoke-test' },
  });
  expect(loop.served('prod')).toContain(imageOf('1'));
  expect(git(loop.repository, 'diff', '--name-only', 'main~1', 'main')).not.toContain('test');
});

test('a second promotion is no second commit, and says so', async () => {
  const loop = tested();
  await done(loop.promote());
  const count = commitCount(loop.repository);
  const again = await done(loop.promote());
  expect(again).toMatchObject({ action: 'none', note: 'prod runs version 1 of jukebox already' });
  expect(commitCount(loop.repository)).toBe(count);
});

test('a rehearsed promotion writes nothing', async () => {
  const loop = tested();
  const before = git(loop.repository, 'for-each-ref');
  expect(await done(loop.promote({ dryRun: true }))).toMatchObject({
    action: 'planned',
    release: { version: '1' },
  });
  expect(git(loop.repository, 'for-each-ref')).toBe(before);
});

test('an untested version is never promoted', async () => {
  const loop = empty.copy();
  await done(loop.release('1'));
  expect(await refused(loop.promote())).toEqual(['GITOPS_RELEASE_UNVERIFIED']);
  await done(loop.verify('1'));
  await done(loop.release('2'));
  expect(await refused(loop.promote())).toEqual(['GITOPS_RELEASE_UNVERIFIED']);
  expect(() => loop.record('prod')).toThrow();
});

test('a verdict about one digest says nothing about another one of the same version', async () => {
  const loop = tested();
  const other = { ...(await done(loop.release('1'))).release, image: imageOf('other') };
  await done(loop.release('1', 'test', { release: { ...other, verified: undefined } }));
  expect(await refused(loop.promote())).toEqual(['GITOPS_RELEASE_UNVERIFIED']);
});

test('an older version is never promoted over a newer one', async () => {
  const loop = promoted();
  await done(loop.rollback('test'));
  expect(await refused(loop.promote())).toEqual(['GITOPS_RELEASE_OLDER']);
  expect(await refused(loop.promote({ version: '1' }))).toEqual(['GITOPS_RELEASE_OLDER']);
  expect(loop.record('prod')).toMatchObject({ version: '2' });
});

test('a quarantined version is never promoted, not even by name or under another name', async () => {
  const loop = promoted();
  await done(loop.rollback('prod', { quarantine: true }));
  expect(await refused(loop.promote())).toEqual(['GITOPS_RELEASE_QUARANTINED']);
  expect(await refused(loop.promote({ version: '2' }))).toEqual(['GITOPS_RELEASE_QUARANTINED']);
  const { release } = await done(loop.verify('2'));
  const renamed = { ...release, version: '3', verified: undefined };
  expect(await refused(loop.release('3', 'test', { release: renamed }))).toEqual([
    'GITOPS_RELEASE_QUARANTINED',
  ]);
  expect(await refused(loop.release('2', 'prod'))).toContain('GITOPS_RELEASE_QUARANTINED');
});

test('what the pin of a rollback holds is replaced only by a version that was named', async () => {
  const loop = promoted();
  await done(loop.rollback());
  await done(loop.release('3'));
  await done(loop.verify('3'));
  expect(await refused(loop.promote())).toEqual(['GITOPS_RELEASE_PINNED']);
  expect(await refused(loop.release('4', 'prod'))).toEqual(['GITOPS_RELEASE_PINNED']);
  await done(loop.promote({ version: '3' }));
  expect(loop.record('prod')).not.toHaveProperty('pinned');
  await done(loop.release('4'));
  await done(loop.verify('4'));
  expect(await done(loop.promote())).toMatchObject({ action: 'pushed', release: { version: '4' } });
});

test('a pin of the environment it comes from does not travel', async () => {
  const loop = tested();
  await done(loop.release('2'));
  await done(loop.rollback('test'));
  await done(loop.promote());
  expect(loop.record('test')).toHaveProperty('pinned');
  expect(loop.record('prod')).not.toHaveProperty('pinned');
});

test.each([
  ['an unknown environment', { to: 'prd' }, 'GITOPS_RELEASE_UNKNOWN'],
  ['an unknown environment it comes from', { from: '' }, 'GITOPS_RELEASE_UNKNOWN'],
  ['an unknown model', { model: 'jukbox' }, 'GITOPS_RELEASE_UNKNOWN'],
  ['an environment to itself', { to: 'test' }, 'GITOPS_PROMOTION_ORDER'],
  ['the wrong direction', { from: 'prod', to: 'test' }, 'GITOPS_PROMOTION_ORDER'],
  ['nothing that was released', { model: 'radio' }, 'GITOPS_RELEASE_MISSING'],
  ['another version than the one that runs', { version: '7' }, 'GITOPS_RELEASE_OTHER_VERSION'],
])('promoting %s is refused, and nothing is written', async (_, change, code) => {
  const loop = tested();
  const before = git(loop.repository, 'for-each-ref');
  expect(await refused(loop.promote(change))).toEqual([code]);
  expect(git(loop.repository, 'for-each-ref')).toBe(before);
});

test('a broken quarantine stops a promotion instead of being taken for none', async () => {
  const loop = tested();
  commitByHand(loop.repository, { files: { 'releases/.quarantine/jukebox.yaml': 'versions: [' } });
  expect(await refused(loop.promote())).toContain('CONFIG_YAML_SYNTAX');
});

test('a promotion that is prepared while the version is rolled back does not happen', async () => {
  const loop = tested();
  await done(loop.promote());
  await done(loop.release('2'));
  await done(loop.verify('2'));
  const { render } = loop.basics();
  let raced = false;
  const racing: typeof render = async (releases) => {
    if (!raced) {
      raced = true;
      await done(loop.rollback('test', { quarantine: true }));
    }
    return render(releases);
  };
  const outcome = await done(loop.promote({ render: racing }));
  expect(outcome).toMatchObject({ action: 'none', note: 'prod runs version 1 of jukebox already' });
  expect(loop.record('prod')).toMatchObject({ version: '1' });
});

test('ten promotions at once are one commit', async () => {
  const loop = tested();
  const count = commitCount(loop.repository);
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => done(loop.promote())));
  expect(outcomes.map(({ action }) => action).sort()).toEqual([...Array<string>(9).fill('none'), 'pushed']);
  expect(commitCount(loop.repository)).toBe(count + 1);
});
