import type { Log } from '../log.js';

/** Where something trains that the step does not run itself. */
export interface Trainer {
  /** Of an attempt. */
  nameOf(attempt: number): string;
  /** For people: `the Job train-…`. */
  describe(name: string): string;
  /** undefined: there is none of this name. */
  observe(name: string): Promise<Observation | undefined>;
  /** Whoever was faster has created the same. */
  create(name: string): Promise<void>;
  /** Ends it, wherever it stands, and what belongs to it. */
  stop(name: string): Promise<void>;
  /** Hands on what it says, until it ends or the signal aborts. */
  followLog(name: string, log: Log, signal: AbortSignal): Promise<void>;
}

/** What is known of a training at one time. */
export interface Observation {
  readonly state: 'going on' | 'succeeded' | 'failed';
  /** In words of the engine; '' when it gives none. */
  readonly reason: string;
  readonly createdAt: Date;
}
