import { awaitApplications } from '../../../gitops/argocd/await-applications.js';
import type { ApplicationRollout, Reading } from '../../../gitops/argocd/await-applications.js';
import type { Clock } from '../../../gitops/clock.js';
import { application, holds, older } from './applications.js';

/** Time passes only by waiting. */
function steppingClock(): Clock {
  let now = 0;
  return {
    now: () => new Date(now),
    wait: (milliseconds, signal) => {
      now += milliseconds;
      signal?.throwIfAborted();
      return Promise.resolve();
    },
    random: () => 0.5,
  };
}

/** Answers per Application, one after the other; the last one stays. */
function follow(
  answers: Readonly<Record<string, readonly Reading[]>>,
  more: { readonly stays?: boolean; readonly signal?: AbortSignal } = {},
) {
  const asked = new Map<string, number>();
  const told: ApplicationRollout[] = [];
  const rollout = awaitApplications({
    applications: Object.keys(answers).map((name) => ({ name, unit: name, stays: more.stays ?? true })),
    read: (name) => {
      const turn = asked.get(name) ?? 0;
      asked.set(name, turn + 1);
      const list = answers[name] ?? [];
      return Promise.resolve(list[Math.min(turn, list.length - 1)] ?? { object: undefined });
    },
    holds,
    timeout: 20_000,
    onChange: (state) => told.push(state),
    clock: steppingClock(),
    signal: more.signal,
  });
  return { rollout, asked, told };
}

const arrived: Reading = { object: application() };
const old: Reading = { object: application({ revision: older }) };
const degraded: Reading = { object: application({ health: 'Degraded', healthMessage: 'crashes' }) };

describe('waiting for Applications', () => {
  test('ends when all have arrived, and asks no more for those that have', async () => {
    const { rollout, asked, told } = follow({ one: [arrived], two: [old, old, arrived] });
    expect(await rollout).toMatchObject({ outcome: 'arrived' });
    expect(asked).toEqual(
      new Map([
        ['one', 1],
        ['two', 3],
      ]),
    );
    expect(told.map(({ unit, state }) => `${unit} ${state}`)).toEqual([
      'one arrived',
      'two waiting',
      'two arrived',
    ]);
  });

  test('ends at once when one has failed, and says what the others are', async () => {
    const { rollout, asked } = follow({ one: [old], two: [degraded] });
    expect(await rollout).toMatchObject({
      outcome: 'failed',
      applications: [{ state: 'waiting' }, { state: 'failed', reason: 'Degraded: crashes' }],
    });
    expect(asked.get('one')).toBe(1);
  });

  test('ends at the deadline, and says what is missing', async () => {
    const { rollout, asked } = follow({ one: [old] });
    expect(await rollout).toMatchObject({ outcome: 'timeout', applications: [{ state: 'waiting' }] });
    expect(asked.get('one')).toBe(11);
  });

  test('goes on while the API server is away', async () => {
    const { rollout } = follow({ one: [{ unreachable: 'connection refused' }, arrived] });
    expect(await rollout).toMatchObject({ outcome: 'arrived' });
  });

  test('goes on while an Application does not exist yet', async () => {
    const { rollout } = follow({ one: [{ object: undefined }, arrived] });
    expect(await rollout).toMatchObject({ outcome: 'arrived' });
  });

  test('of a unit that was removed, ends when the Application is gone', async () => {
    const { rollout, asked } = follow({ one: [arrived, arrived, { object: undefined }] }, { stays: false });
    expect(await rollout).toMatchObject({ outcome: 'arrived' });
    expect(asked.get('one')).toBe(3);
  });

  test('fails at an answer that is no Application', async () => {
    const { rollout } = follow({ one: [{ object: { status: 'Success', metadata: {} } }] });
    expect(await rollout).toMatchObject({ outcome: 'failed' });
  });

  test('is interrupted by Ctrl-C', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(follow({ one: [old] }, { signal: controller.signal }).rollout).rejects.toThrow(/abort/i);
  });

  test('for nothing ends at once', async () => {
    expect(await follow({}).rollout).toEqual({ outcome: 'arrived', applications: [] });
  });

  test('for many looks at a few at a time', async () => {
    const answers = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`m${index}`, [arrived]]));
    const { rollout, asked } = follow(answers);
    expect((await rollout).applications).toHaveLength(30);
    expect(asked.size).toBe(30);
  });
});
