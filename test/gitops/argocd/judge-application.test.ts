import { readApplication } from '../../../gitops/argocd/application.js';
import { judgeApplication } from '../../../gitops/argocd/judge-application.js';
import type { Verdict } from '../../../gitops/argocd/judge-application.js';
import { application, holds, newer, older, ours } from './applications.js';
import type { State } from './applications.js';

function judge(state: State): Promise<Verdict> {
  const status = readApplication(application(state));
  if (status === undefined) throw new Error('no Application');
  return judgeApplication(status, holds);
}

const running = {
  phase: 'Running',
  startedAt: '2026-11-21T14:39:00Z',
  operation: { sync: { revision: ours } },
};
const failedSync = (revision: string) => ({
  phase: 'Failed',
  message: 'one or more objects failed to apply',
  startedAt: '2026-11-21T14:39:00Z',
  finishedAt: '2026-11-21T14:39:20Z',
  operation: { sync: { revision } },
});

describe('an Application', () => {
  test.each<[string, State]>([
    ['is synced to our commit and healthy', {}],
    ['is synced to a commit on top of ours', { revision: newer }],
    ['failed once at an older commit', { operation: failedSync(older) }],
    ['was repaired after its sync failed', { operation: failedSync(ours) }],
  ])('has arrived when it %s', async (_, state) => {
    expect(await judge(state)).toEqual({ state: 'arrived', reason: '' });
  });

  test.each<[string, State, string]>([
    ['stands at an older commit', { revision: older }, `still at ${older.slice(0, 7)}`],
    ['was never compared', { revision: '' }, 'not compared yet'],
    ['could not read the repository yet', { revision: 'main' }, 'not compared yet'],
    ['is not synced yet', { sync: 'OutOfSync' }, 'OutOfSync'],
    ['is being synced, whatever the comparison before said', { operation: running }, 'syncing'],
    ['is on its way', { health: 'Progressing', healthMessage: 'Waiting' }, 'Progressing: Waiting'],
    ['misses an object', { health: 'Missing' }, 'Missing'],
    ['is suspended', { health: 'Suspended' }, 'Suspended'],
    [
      'is degraded at an older commit, which ours repairs',
      { revision: older, health: 'Degraded' },
      'still at',
    ],
    [
      'cannot be compared, in the words of Argo CD',
      { revision: older, conditions: [{ type: 'ComparisonError', message: 'no such path' }] },
      'ComparisonError: no such path',
    ],
  ])('is waited for when it %s', async (_, state, reason) => {
    const verdict = await judge(state);
    expect(verdict.state).toBe('waiting');
    expect(verdict.reason).toContain(reason);
  });

  test.each<[string, State, string]>([
    ['is degraded', { health: 'Degraded', healthMessage: 'exceeded its deadline' }, 'Degraded: exceeded'],
    [
      'could not be synced to our commit',
      { sync: 'OutOfSync', operation: failedSync(ours) },
      'failed to apply',
    ],
    [
      'stopped with an error',
      { revision: older, operation: { ...failedSync(ours), phase: 'Error' } },
      'the sync failed',
    ],
  ])('has failed at once when it %s', async (_, state, reason) => {
    const verdict = await judge(state);
    expect(verdict.state).toBe('failed');
    expect(verdict.reason).toContain(reason);
  });
});

describe('an Application that was degraded before the sync', () => {
  const since = { health: 'Degraded', healthSince: '2026-11-21T14:00:00Z' };

  test('may recover, because its controllers have not looked yet', async () => {
    expect(await judge({ ...since, comparedAt: '2026-11-21T14:23:20Z' })).toMatchObject({ state: 'waiting' });
  });

  test('has failed when it still is some time after', async () => {
    expect(await judge({ ...since, comparedAt: '2026-11-21T14:24:20Z' })).toMatchObject({ state: 'failed' });
  });
});

describe('an Application that hydrates', () => {
  const hydrated = 'd'.repeat(40);
  const spec = { sourceHydrator: {} };
  const done = (dry: string) => ({ lastSuccessfulOperation: { drySHA: dry, hydratedSHA: hydrated } });

  test('has arrived when it is synced to what became of our commit', async () => {
    const state = { spec, revision: hydrated, sourceHydrator: done(ours) };
    expect(await judge(state)).toEqual({ state: 'arrived', reason: '' });
  });

  test.each([
    ['our commit is not hydrated yet', { revision: hydrated, sourceHydrator: done(older) }],
    ['it stands at what was hydrated before', { revision: 'e'.repeat(40), sourceHydrator: done(ours) }],
    ['it has hydrated nothing', { revision: hydrated, sourceHydrator: {} }],
  ])('is waited for when %s', async (_, state) => {
    expect(await judge({ spec, ...state })).toEqual({ state: 'waiting', reason: 'not hydrated yet' });
  });

  test('has failed when our commit cannot be hydrated, and not for an older one', async () => {
    const failing = (drySHA: string) => ({
      currentOperation: { drySHA, phase: 'Failed', message: 'no such path' },
    });
    const state = { spec, revision: hydrated };
    expect(await judge({ ...state, sourceHydrator: failing(ours) })).toEqual({
      state: 'failed',
      reason: 'hydrating failed: no such path',
    });
    expect(await judge({ ...state, sourceHydrator: failing(older) })).toMatchObject({ state: 'waiting' });
  });
});

test.each([undefined, 'text', { status: { sync: 3 } }, { status: { conditions: {} } }])(
  'what is no Application is not taken for one: %j',
  (object) => {
    expect(readApplication(object)).toBeUndefined();
  },
);
