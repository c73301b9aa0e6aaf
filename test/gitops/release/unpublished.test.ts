import { done, refused, Releasing } from '../support/releasing.js';
import { object, unit } from '../support/units.js';

/** The workspace has moved on since it was published: there is an alert more, in test. */
const later = { sha: 'f'.repeat(40) };

let prepared: Releasing;

beforeAll(async () => {
  prepared = await Releasing.start();
  await prepared.bring('1', '2');
}, 120_000);

function changed(loop: Releasing, environment: string) {
  const { render, source } = loop.basics();
  const more: typeof render = async (releases) => {
    const { value, problems } = await render(releases);
    const serving = [...(value ?? [])];
    const kept = serving.filter(({ unit }) => unit.environment !== environment);
    const image = releases.get(`${environment}/jukebox`)?.image ?? 'initial';
    const grown = unit(`${environment}/jukebox`, {
      'drift-alerts': [object('alerts')],
      'model-serving': [object('jukebox', { data: { image } })],
    });
    return { value: [...kept, grown], problems };
  };
  return { render: more, source: { ...source, ...later } };
}

test('a rollback never brings along what nobody has published', async () => {
  const loop = prepared.copy();
  const { problems } = await loop.rollback('prod', changed(loop, 'prod'));
  expect(problems).toMatchObject([
    {
      code: 'GITOPS_RELEASE_BRINGS_MORE',
      message:
        'prod/jukebox has changes that nobody has published, and a release would bring them along: ConfigMap mlops-test/alerts',
    },
  ]);
  expect(loop.record('prod')).toMatchObject({ version: '2' });
});

test('neither does a promotion or a release', async () => {
  const loop = prepared.copy();
  await done(loop.release('3'));
  await done(loop.verify('3'));
  expect(await refused(loop.promote(changed(loop, 'prod')))).toEqual(['GITOPS_RELEASE_BRINGS_MORE']);
  expect(await refused(loop.release('4', 'test', changed(loop, 'test')))).toEqual([
    'GITOPS_RELEASE_BRINGS_MORE',
  ]);
});

test('it comes along when that is asked for', async () => {
  const loop = prepared.copy();
  const result = await done(loop.rollback('prod', { ...changed(loop, 'prod'), withChanges: true }));
  expect(result.plan.units.flatMap(({ objects }) => objects.map(({ action }) => action))).toEqual([
    'created',
    'changed',
  ]);
});

test('changes of other units do not matter, and neither does a commit that changes nothing', async () => {
  const loop = prepared.copy();
  const result = await done(loop.rollback('prod', changed(loop, 'test')));
  expect(result.plan.units.map(({ name }) => name)).toEqual(['prod/jukebox']);
});

test('a verdict is recorded whatever the workspace looks like', async () => {
  const loop = prepared.copy();
  await done(loop.release('3'));
  expect(await done(loop.verify('3', 'test', changed(loop, 'test')))).toMatchObject({ action: 'pushed' });
});
