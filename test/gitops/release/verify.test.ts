import { done, imageOf, refused, Releasing } from '../support/releasing.js';
import { commitCount, git } from '../support/repository.js';

let prepared: Releasing;

beforeAll(async () => {
  prepared = await Releasing.start();
  await done(prepared.release('1'));
}, 120_000);

test('a verdict changes the record and nothing that is delivered', async () => {
  const loop = prepared.copy();
  const render = () => {
    throw new Error('nothing needs to be rendered');
  };
  await done(loop.verify('1', 'test', { render }));
  expect(git(loop.repository, 'diff', '--name-only', 'main~1', 'main')).toBe('releases/test/jukebox.yaml');
  expect(loop.record('test')).toMatchObject({ verified: { environment: 'test', by: 'smoke-test' } });
});

test('a second verdict is no second commit, and keeps the first', async () => {
  const loop = prepared.copy();
  await done(loop.verify('1'));
  const count = commitCount(loop.repository);
  expect(await done(loop.verify('1', 'test', { by: 'somebody else' }))).toMatchObject({ action: 'none' });
  expect(commitCount(loop.repository)).toBe(count);
  expect(loop.record('test')).toMatchObject({ verified: { by: 'smoke-test' } });
});

test('a verdict that comes late is not taken for one about what runs now', async () => {
  const loop = prepared.copy();
  await done(loop.release('2'));
  expect(await refused(loop.verify('1'))).toEqual(['GITOPS_RELEASE_OTHER_VERSION']);
  expect(await refused(loop.verify('2', 'test', { image: imageOf('1') }))).toEqual([
    'GITOPS_RELEASE_OTHER_VERSION',
  ]);
  expect(loop.record('test')).not.toHaveProperty('verified');
});

test('what was tested in test and then in prod is verified in both', async () => {
  const loop = prepared.copy();
  await done(loop.verify('1'));
  await done(loop.promote());
  expect(loop.record('prod')).toMatchObject({ verified: { environment: 'test' } });
  await done(loop.verify('1', 'prod'));
  expect(loop.record('prod')).toMatchObject({ verified: { environment: 'prod' } });
});

test('nothing can be verified where nothing was released', async () => {
  expect(await refused(prepared.copy().verify('1', 'prod'))).toEqual(['GITOPS_RELEASE_MISSING']);
});
