import { filesOfPlan, isEmptyPlan, planDelivery } from '../../../gitops/plan/plan.js';
import { containing } from '../support/matchers.js';
import { object, tree, unit } from '../support/units.js';
import { actions, alerts, delivered, jukebox, planned, routing } from './planning.js';
import type { Files } from './planning.js';

describe('files of other people', () => {
  test('are neither changed nor deleted', async () => {
    const files = { CODEOWNERS: '* @mlops\n', 'environments/test/jukebox/notes.md': 'ours, too\n' };
    const plan = await planned([jukebox], files);
    expect([...filesOfPlan(plan).keys()]).toEqual([alerts, routing]);
  });

  test('a file that stands where one must be written is a problem, unless it may be taken over', async () => {
    const files = { [alerts]: 'kind: Own\n' };
    const { value, problems } = await planDelivery([jukebox], tree(files));
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_PATH_TAKEN', message: containing(alerts) }]);
    expect(actions(await planned([jukebox], files, { overwrite: true }))).toContain(`changed ${alerts}`);
  });

  test('an equal file is adopted', async () => {
    const files = { [alerts]: jukebox.files[0]?.text ?? '' };
    const plan = await planned([jukebox], files);
    expect([...filesOfPlan(plan).keys()]).toEqual([routing]);
    expect(plan.ownership.get('test/jukebox')?.files.has(alerts)).toBe(true);
  });

  test.each([
    ['a symbolic link', { [alerts]: null }],
    ['a folder', { [`${alerts}/inner`]: 'x' }],
    ['a file where a folder must be', { 'environments/test': 'x' }],
  ])('%s in the way is a problem even with overwrite', async (_, files: Files) => {
    const { value, problems } = await planDelivery([jukebox], tree(files), { overwrite: true });
    expect(value).toBeUndefined();
    expect(problems[0]?.code).toBe('GITOPS_PATH_TAKEN');
  });

  test('all obstacles are reported at once', async () => {
    const { problems } = await planDelivery([jukebox], tree({ [alerts]: null, [routing]: 'x' }));
    expect(problems).toHaveLength(2);
  });
});

describe('files edited by hand', () => {
  const edited = async () => ({ ...(await delivered([jukebox])), [alerts]: 'kind: Edited\n' });

  test('are left alone with a warning while there is nothing new for them', async () => {
    const { value, problems } = await planDelivery([jukebox], tree(await edited()));
    expect(value === undefined ? undefined : isEmptyPlan(value)).toBe(true);
    expect(problems).toMatchObject([{ code: 'GITOPS_FILE_DRIFTED', severity: 'warning' }]);
  });

  test('stop the delivery of something new, unless they may be overwritten', async () => {
    const next = unit('test/jukebox', {
      alerts: [object('a'), object('b'), object('d')],
      routing: [object('c')],
    });
    const { value, problems } = await planDelivery([next], tree(await edited()));
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_FILE_DRIFTED', severity: 'error' }]);
    expect(actions(await planned([next], await edited(), { overwrite: true }))).toContain(
      `changed ${alerts}`,
    );
  });

  test('are not deleted', async () => {
    const smaller = unit('test/jukebox', { routing: [object('c')] });
    const { value, problems } = await planDelivery([smaller], tree(await edited()), { allowCollapse: true });
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_FILE_DRIFTED', message: containing('deleted') }]);
  });

  test('a file deleted by hand is not written again, unless it may be overwritten', async () => {
    const files = await delivered([jukebox]);
    Reflect.deleteProperty(files, alerts);
    const { value, problems } = await planDelivery([jukebox], tree(files));
    expect(value === undefined ? undefined : isEmptyPlan(value)).toBe(true);
    expect(problems).toMatchObject([{ code: 'GITOPS_FILE_DRIFTED', severity: 'warning' }]);
    expect(actions(await planned([jukebox], files, { overwrite: true }))).toContain(`created ${alerts}`);
  });

  test.each([
    ['bytes that are not UTF-8', Uint8Array.of(0xff, 0xfe, 0x00)],
    ['an alias bomb', `a: &a [x,x]\n${'b: [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n'.repeat(40)}`],
    ['twenty thousand brackets', '['.repeat(20_000)],
  ])('%s are an edit like any other', async (_, content) => {
    const next = unit('test/jukebox', {
      alerts: [object('a'), object('b'), object('d')],
      routing: [object('c')],
    });
    const files = { ...(await delivered([jukebox])), [alerts]: content };
    const { problems } = await planDelivery([next], tree(files));
    expect(problems.map(({ code }) => code)).toEqual(['GITOPS_FILE_DRIFTED']);
    expect(actions(await planned([next], files, { overwrite: true }))).toContain(`changed ${alerts}`);
  });
});
