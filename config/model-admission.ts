import type { TimePeriod } from './model-notifications.js';

/** When a run of a model may start, besides the cooldown and one run at a time. */
export interface Admission {
  /** No run starts within any of them. Default none. */
  readonly freeze: readonly ClockInterval[];
  /** So many runs are admitted within 24 hours; 0: as many as ask. Default 0. */
  readonly maxRunsPerDay: number;
  /** After so many failed runs in a row none is admitted until somebody looks; 0: never. Default 3. */
  readonly maxFailures: number;
  /** Is Alertmanager asked whether the alert that started the run still fires? Default false. */
  readonly stillFiring: boolean;
  /** What must have come since the last run; undefined: nothing. */
  readonly samples: SampleDemand | undefined;
  /** What becomes of a run when Alertmanager or Prometheus cannot be asked. Default `admit`. */
  readonly whenUnknown: UnknownPolicy;
}

export const unknownPolicies = ['admit', 'refuse'] as const;

export type UnknownPolicy = (typeof unknownPolicies)[number];

/** Enough that a training can learn something new. */
export interface SampleDemand {
  /** PromQL with one value as its result; `$since` is the time since the last admitted run. */
  readonly query: string;
  readonly minimum: number;
}

/** Times by the clocks of a place, exact also where they are changed. */
export interface ClockInterval extends TimePeriod {
  readonly name: string;
  /** Name in the IANA database; `UTC` when none was given. */
  readonly location: string;
}
