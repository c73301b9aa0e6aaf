import type { Duration } from './values/duration.js';

/** What becomes of a version that a run has released: it is waited for, asked, and proposed for the next environment. */
export interface Rollout {
  /** Does a run wait until what it released is served? Default true. */
  readonly wait: boolean;
  /** So long a release may take until it is served. Default 15m. */
  readonly timeout: Duration;
  /**
   * What the served model must answer. Default: its readiness path where driftloop knows it, else nothing: that it is
   * healthy is enough.
   */
  readonly smokeTest: readonly SmokeRequest[];
}

/** One request to the served model, and what makes its answer a good one. */
export interface SmokeRequest {
  /** Begins with a slash. */
  readonly path: string;
  /** What is posted as JSON; undefined: the content of `bodyFile`, else the request is a GET. */
  readonly body: unknown;
  /** File of the model's source that is posted as JSON. */
  readonly bodyFile: string | undefined;
  /** Default 200. */
  readonly status: number;
  /** JSON schema of the answer; undefined: it may be anything. */
  readonly schema: Readonly<Record<string, unknown>> | undefined;
  /** Bounds of numbers in the answer. */
  readonly values: readonly SmokeValue[];
  /** The whole answer must be there by then; undefined: within 30 s. */
  readonly latency: Duration | undefined;
}

export interface SmokeValue {
  /** JSON pointer (RFC 6901), such as `/outputs/0/data/0`. */
  readonly pointer: string;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** How what was tested in the first environment comes to the next one. */
export const promotions = ['pull-request', 'none'] as const;

export type Promotion = (typeof promotions)[number];
