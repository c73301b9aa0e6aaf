import { z } from 'zod';
import { leaseAnnotations } from '../../charts/conventions.js';
import type { Lease } from '../lease.js';
import { StepFailure } from '../step-failure.js';

/** A run that was admitted. */
export interface AdmittedRun {
  readonly run: string;
  readonly at: Date;
}

const admitted = z.array(z.object({ run: z.string(), at: z.iso.datetime() }));
const failed = z.array(z.string());

/** So many admitted runs are remembered: more than any limit of a day, and far less than an annotation holds. */
const memory = 200;

/** The oldest first; each run once, with its first admission. */
export function readAdmitted(lease: Lease | undefined): readonly AdmittedRun[] {
  const entries = readList(lease, leaseAnnotations.admittedRuns, admitted) ?? [];
  return entries.map(({ run, at }) => ({ run, at: new Date(at) }));
}

/** Annotations that remember one more admission; a run that is admitted again after a crash counts once. */
export function rememberAdmitted(
  lease: Lease | undefined,
  run: string,
  now: Date,
): Readonly<Record<string, string>> {
  const known = readAdmitted(lease);
  const runs = known.some((each) => each.run === run) ? known : [...known, { run, at: now }];
  return { [leaseAnnotations.admittedRuns]: JSON.stringify(runs.slice(-memory)) };
}

/** Runs that failed since the last good one, in a row; undefined: none is known, or somebody has removed the list. */
export function readFailed(lease: Lease | undefined): readonly string[] | undefined {
  return readList(lease, leaseAnnotations.failedRuns, failed);
}

export function rememberFailed(runs: readonly string[]): Readonly<Record<string, string>> {
  return { [leaseAnnotations.failedRuns]: JSON.stringify(runs.slice(-memory)) };
}

/** Throws when the annotation holds what no step can have left: guessing could start a storm. */
function readList<T>(lease: Lease | undefined, annotation: string, schema: z.ZodType<T>): T | undefined {
  const text = lease?.metadata.annotations?.[annotation];
  if (text === undefined) return undefined;
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new StepFailure(
    `The Lease's annotation ${annotation} is not the list that driftloop writes. Correct or remove it.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
