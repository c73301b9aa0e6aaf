import { filesOfPlan, isEmptyPlan, planDelivery } from '../../../gitops/plan/plan.js';
import type { RenderedUnit } from '../../../synth/manifest.js';
import { containing } from '../support/matchers.js';
import { object, tree, unit } from '../support/units.js';
import { actions, alerts, delivered, jukebox, planned, routing } from './planning.js';

describe('comparing what is rendered with the target', () => {
  test('a new unit that is delivered alone brings its entry in the list of units, and no other', async () => {
    const entry = (name: string) =>
      object(name, { kind: 'Application', spec: { source: { path: `environments/${name}` } } });
    const listing = (...names: string[]) =>
      unit('applications', Object.fromEntries(names.map((name) => [name.replace('/', '.'), [entry(name)]])));
    const radio = unit('test/radio', { alerts: [object('r')] });
    const before = await delivered([listing('test/jukebox'), jukebox]);
    const rendered = [listing('prod/radio', 'test/radio'), radio, jukebox];
    const selection = { environments: ['test'], models: ['radio'] };
    const plan = await planned(rendered, before, { selection });
    expect(actions(plan)).toEqual([
      'created applications/test.radio.k8s.yaml',
      'created Application mlops-test/test/radio',
      'created environments/test/radio/alerts.k8s.yaml',
      'created ConfigMap mlops-test/r',
    ]);
    expect([...(plan.ownership.get('applications')?.files.keys() ?? [])]).toEqual([
      'applications/test.jukebox.k8s.yaml',
      'applications/test.radio.k8s.yaml',
    ]);
    const changed = unit('test/jukebox', {
      alerts: [object('a'), object('b'), object('d')],
      routing: [object('c')],
    });
    const known = await planned([listing('prod/radio', 'test/jukebox'), changed], before, {
      selection: { models: ['jukebox'] },
    });
    expect(known.units.map(({ name }) => name)).toEqual(['test/jukebox']);
  });

  test('everything is created in an empty repository', async () => {
    expect(actions(await planned([jukebox], {}))).toEqual([
      `created ${alerts}`,
      `created ${routing}`,
      'created ConfigMap mlops-test/a',
      'created ConfigMap mlops-test/b',
      'created ConfigMap mlops-test/c',
    ]);
  });

  test('nothing changes the second time', async () => {
    const plan = await planned([jukebox], await delivered([jukebox]));
    expect(actions(plan)).toEqual([]);
    expect(isEmptyPlan(plan)).toBe(true);
  });

  test('a changed object changes its file and no other', async () => {
    const changed = unit('test/jukebox', {
      alerts: [object('a', { data: { level: 'high' } }), object('b')],
      routing: [object('c')],
    });
    expect(actions(await planned([changed], await delivered([jukebox])))).toEqual([
      `changed ${alerts}`,
      'changed ConfigMap mlops-test/a',
    ]);
  });

  test('an object that moves to another file of its unit does not change', async () => {
    const moved = unit('test/jukebox', { alerts: [object('a')], routing: [object('c'), object('b')] });
    expect(actions(await planned([moved], await delivered([jukebox])))).toEqual([
      `changed ${alerts}`,
      `changed ${routing}`,
    ]);
  });

  test('a file that is not rendered any more is deleted with its objects', async () => {
    const smaller = unit('test/jukebox', { alerts: [object('a'), object('b')] });
    expect(actions(await planned([smaller], await delivered([jukebox])))).toEqual([
      `deleted ${routing}`,
      'deleted ConfigMap mlops-test/c',
    ]);
  });

  test('a new version of an API changes the object, it does not recreate it', async () => {
    const before = unit('test/jukebox', { alerts: [object('a', { apiVersion: 'tekton.dev/v1beta1' })] });
    const after = unit('test/jukebox', { alerts: [object('a', { apiVersion: 'tekton.dev/v1' })] });
    expect(actions(await planned([after], await delivered([before])))).toContain(
      'changed ConfigMap mlops-test/a',
    );
  });

  test('a renamed object is reported as pruned and created', async () => {
    const spec = { data: { one: '1', two: '2', three: '3' } };
    const before = unit('test/jukebox', {
      alerts: [object('old', spec), object('x')],
      routing: [object('c')],
    });
    const after = unit('test/jukebox', {
      alerts: [object('new', spec), object('x')],
      routing: [object('c')],
    });
    const plan = await planned([after], await delivered([before]));
    expect(plan.units[0]?.objects).toMatchObject([
      {
        action: 'renamed',
        object: 'ConfigMap mlops-test/new',
        previous: 'ConfigMap mlops-test/old',
        consequence: containing('Argo CD prunes ConfigMap mlops-test/old'),
      },
    ]);
  });

  test('an object of another namespace is no renamed one', async () => {
    const spec = { data: { one: '1', two: '2', three: '3' } };
    const after = object('new', { ...spec, metadata: { name: 'new', namespace: 'mlops-prod' } });
    const before = unit('test/jukebox', {
      alerts: [object('old', spec), object('x')],
      routing: [object('c')],
    });
    const plan = await planned(
      [unit('test/jukebox', { alerts: [after, object('x')], routing: [object('c')] })],
      await delivered([before]),
    );
    expect(plan.units[0]?.objects.map(({ action }) => action)).toEqual(['created', 'deleted']);
  });

  test('a file that moves to another unit stays, and changes hands', async () => {
    const before = unit('toolings', { shared: [object('a')] });
    const after: RenderedUnit = { ...before, unit: { ...before.unit, name: 'platform' } };
    const plan = await planned([after], await delivered([before]), { allowCollapse: true });
    expect(filesOfPlan(plan).size).toBe(0);
    expect([...plan.ownership.keys()]).toEqual(['platform']);
  });
});

describe('the guard against collapse', () => {
  const two = [jukebox, unit('prod/jukebox', { alerts: [object('a')] })];

  test('an empty rendering deletes nothing', async () => {
    for (const files of [{}, await delivered(two)]) {
      const { value, problems } = await planDelivery([], tree(files));
      expect(value).toBeUndefined();
      expect(problems[0]?.code).toBe('GITOPS_RENDERING_EMPTY');
    }
  });

  test('a unit may lose half of its objects, but not more', async () => {
    const four = unit('test/jukebox', { alerts: ['a', 'b', 'c', 'd'].map((name) => object(name)) });
    const files = await delivered([four]);
    const half = unit('test/jukebox', { alerts: [object('a'), object('b')] });
    const quarter = unit('test/jukebox', { alerts: [object('a')] });
    expect(actions(await planned([half], files))).toHaveLength(3);
    const { value, problems } = await planDelivery([quarter], tree(files));
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([
      { code: 'GITOPS_UNIT_COLLAPSES', message: 'unit test/jukebox would lose 3 of its 4 objects' },
    ]);
    expect(actions(await planned([quarter], files, { allowCollapse: true }))).toHaveLength(4);
  });

  test('objects in files that do not change count, too', async () => {
    const smaller = unit('test/jukebox', { alerts: [object('a'), object('b')] });
    const { value } = await planDelivery([smaller], tree(await delivered([jukebox])));
    expect(value?.units).toHaveLength(1);
  });

  test('a unit that vanishes is named and kept', async () => {
    const { value, problems } = await planDelivery([jukebox], tree(await delivered(two)));
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_UNIT_GONE', message: containing('prod/jukebox') }]);
  });

  test('a unit that vanishes on purpose takes its files along', async () => {
    const plan = await planned([jukebox], await delivered(two), { allowCollapse: true });
    expect(filesOfPlan(plan)).toEqual(new Map([['environments/prod/jukebox/alerts.k8s.yaml', undefined]]));
    expect([...plan.ownership.keys()]).toEqual(['test/jukebox']);
  });

  test('units outside of the selection are no vanished ones', async () => {
    const plan = await planned([jukebox], await delivered(two), { selection: { environments: ['test'] } });
    expect(isEmptyPlan(plan)).toBe(true);
    expect(plan.ownership.has('prod/jukebox')).toBe(true);
  });

  test('a vanished unit inside the selection is one', async () => {
    const radio = unit('test/radio', { alerts: [object('r')] });
    const files = await delivered([...two, radio]);
    const { problems } = await planDelivery([jukebox], tree(files), {
      selection: { environments: ['test'] },
    });
    expect(problems).toMatchObject([{ code: 'GITOPS_UNIT_GONE', message: containing('test/radio') }]);
  });
});

describe('a rendering that must never reach a repository is a fault of driftloop', () => {
  const rendered = (path: string): RenderedUnit => ({ ...jukebox, files: [{ path, text: '' }] });

  test.each([
    '../../outside.yaml',
    '/etc/passwd',
    'a/../../b',
    'a//b',
    '.git/config',
    'a/.Git/hooks/x',
    'a\\b',
    'a\nM 100644 inline b',
    '"a',
    '',
    'a/.',
    '.driftloop/owned.json',
    'releases/test/jukebox.yaml',
    'environments/test/hydrator.metadata',
  ])('the path %j', async (path) => {
    await expect(planDelivery([rendered(path)], tree({}))).rejects.toThrow('must not be written');
  });

  test('one path twice, one unit twice', async () => {
    await expect(planDelivery([jukebox, jukebox], tree({}))).rejects.toThrow('rendered twice');
    const other = { ...jukebox, unit: { ...jukebox.unit, name: 'other' } };
    await expect(planDelivery([jukebox, other], tree({}))).rejects.toThrow('rendered twice');
  });
});

test('only contents that differ are read', async () => {
  const target = tree(await delivered([jukebox]));
  const read: string[] = [];
  await planDelivery([jukebox], { ...target, read: (paths) => (read.push(...paths), target.read(read)) });
  expect(read).toEqual(['.driftloop/owned.json']);
});
