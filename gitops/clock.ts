import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance, so that retries can be tested without waiting. */
export interface Clock {
  now(): Date;
  /** Rejects when the signal aborts. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 to just below 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  wait: (milliseconds, signal) => delay(milliseconds, undefined, signal === undefined ? {} : { signal }),
  random: () => Math.random(),
};
