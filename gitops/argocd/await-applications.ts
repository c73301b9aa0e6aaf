import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import { readApplication } from './application.js';
import { judgeApplication } from './judge-application.js';
import type { Holds, Verdict } from './judge-application.js';

/** What the API server answered: an object (undefined: there is none), or that it could not answer right now. */
export type Reading = { readonly object: unknown } | { readonly unreachable: string };

/** An Application, and what is to become of it. */
export interface ExpectedApplication {
  readonly name: string;
  /** What it delivers, for people. */
  readonly unit: string;
  /** false: what was published takes it away. */
  readonly stays: boolean;
}

export interface RolloutRequest {
  readonly applications: readonly ExpectedApplication[];
  /** Reads an Application from the Kubernetes API. What will not pass by itself, it throws. */
  readonly read: (name: string, signal: AbortSignal | undefined) => Promise<Reading>;
  readonly holds: Holds;
  /** Milliseconds. */
  readonly timeout: number;
  /** Told when the state of an Application has changed. */
  readonly onChange?: ((application: ApplicationRollout) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
}

export interface ApplicationRollout extends Verdict {
  readonly application: string;
  readonly unit: string;
}

export interface Rollout {
  /** `arrived`: all of them; `failed`: at least one, and nothing was waited for any longer. */
  readonly outcome: 'arrived' | 'failed' | 'timeout';
  /** In the order they were asked for. */
  readonly applications: readonly ApplicationRollout[];
}

/** Between two looks at an Application; Argo CD itself looks at a repository every few minutes. */
const pause = 2000;

/** So many are read at a time. */
const width = 8;

/** Waits until Argo CD has brought all Applications to what was published; the first that fails is the end. */
export async function awaitApplications(request: RolloutRequest): Promise<Rollout> {
  const { applications, timeout, clock = systemClock, signal, onChange } = request;
  const deadline = clock.now().getTime() + timeout;
  const states = new Map<string, ApplicationRollout>();
  const conclude = (outcome: Rollout['outcome']): Rollout => ({
    outcome,
    applications: applications.map(({ name, unit }) => states.get(name) ?? unknownYet(name, unit)),
  });
  for (;;) {
    const pending = applications.filter(({ name }) => states.get(name)?.state !== 'arrived');
    for (const part of inParts(pending)) {
      const looked = await Promise.all(part.map((expected) => look(expected, request)));
      for (const state of looked) {
        if (changes(states.get(state.application), state)) onChange?.(state);
        states.set(state.application, state);
      }
      if (looked.some(({ state }) => state === 'failed')) return conclude('failed');
    }
    if (applications.every(({ name }) => states.get(name)?.state === 'arrived')) return conclude('arrived');
    if (clock.now().getTime() >= deadline) return conclude('timeout');
    await clock.wait(Math.min(pause, deadline - clock.now().getTime()), signal);
  }
}

async function look(
  { name, unit, stays }: ExpectedApplication,
  { read, holds, signal }: RolloutRequest,
): Promise<ApplicationRollout> {
  const reading = await read(name, signal);
  const verdict = await judge(reading, stays, holds);
  return { application: name, unit, ...verdict };
}

async function judge(reading: Reading, stays: boolean, holds: Holds): Promise<Verdict> {
  if ('unreachable' in reading) return { state: 'waiting', reason: reading.unreachable };
  if (reading.object === undefined) {
    return stays
      ? { state: 'waiting', reason: 'Argo CD has no such Application yet' }
      : { state: 'arrived', reason: '' };
  }
  if (!stays) return { state: 'waiting', reason: 'Argo CD has not removed it yet' };
  const status = readApplication(reading.object);
  return status === undefined
    ? { state: 'failed', reason: 'the API server answered with something that is no Application' }
    : judgeApplication(status, holds);
}

function changes(before: ApplicationRollout | undefined, now: ApplicationRollout): boolean {
  return before?.state !== now.state || before.reason !== now.reason;
}

function unknownYet(application: string, unit: string): ApplicationRollout {
  return { application, unit, state: 'waiting', reason: 'nobody has looked' };
}

function* inParts<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += width) yield list.slice(start, start + width);
}
