import type { Measurement } from './measurement.js';

/** What came of one gate. */
export interface Verdict {
  /** `accuracy`, `approval.spd.female`, `latency.p95`. */
  readonly name: string;
  /** undefined: it could not be measured, and `found` says what there was instead. */
  readonly measured: Measurement | undefined;
  /** As people shall read it. */
  readonly found: string;
  /** Value of the model that runs now, where it is known. */
  readonly champion: number | undefined;
  /** What was asked of it, in words. */
  readonly wanted: string;
  /** Why it is not met, each as the end of a sentence; none: it is met. */
  readonly failures: readonly string[];
  /** It should have been compared with the champion, but there is none, and the policy lets that pass. */
  readonly uncompared: boolean;
}

export type Outcome = 'passed' | 'failed' | 'not compared';

export function outcomeOf({ failures, uncompared }: Verdict): Outcome {
  if (failures.length > 0) return 'failed';
  return uncompared ? 'not compared' : 'passed';
}

/** A gate on something that has no value. */
export function missingVerdict(name: string, fault: string, wanted: string): Verdict {
  return {
    name,
    measured: undefined,
    found: fault.replace(/^is /, ''),
    champion: undefined,
    wanted,
    failures: [`${name} ${fault}`],
    uncompared: false,
  };
}

/** A gate with bounds, both inclusive; whatever is no number within them fails. */
export function boundVerdict(
  name: string,
  measured: Measurement,
  bounds: { readonly min?: number | undefined; readonly max?: number | undefined; readonly unit?: string },
): Verdict {
  const { min = -Infinity, max = Infinity } = bounds;
  const { value } = measured;
  const wanted = describeBounds(bounds);
  const found = `${formatNumber(value)}${bounds.unit ?? ''}`;
  const within = Number.isFinite(value) && value >= min && value <= max;
  const failures = within ? [] : [`${name} is ${found}, wanted ${wanted}`];
  return { name, measured, found, champion: undefined, wanted, failures, uncompared: false };
}

function describeBounds({
  min,
  max,
  unit = '',
}: {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly unit?: string;
}): string {
  if (max === undefined) return min === undefined ? 'any number' : `at least ${min}${unit}`;
  return min === undefined ? `at most ${max}${unit}` : `${min}${unit} to ${max}${unit}`;
}

/** Without the digits that binary fractions leave behind. */
export function formatNumber(value: number): string {
  return String(clean(value));
}

/** 0.3 - 0.2 as 0.1: a bound of 0.1 shall not fail because of the computer's fractions. */
export function clean(value: number): number {
  return Number(value.toPrecision(12));
}
