import type { Release } from '../../config/release.js';
import { measure } from './measurement.js';
import type { Measured, Measurement } from './measurement.js';
import type { MetricsFile } from './metrics-file.js';

/** What a new model is compared with. */
export type Rival = Champion | { readonly kind: 'none'; readonly why: string };

/** The model that runs now. */
export interface Champion {
  readonly kind: 'champion';
  readonly version: string;
  /** Who says what its metrics are, in words. */
  readonly source: string;
  readonly measure: (metric: string) => Measured<Measurement>;
  /** Was it measured on the data of the new model? */
  readonly sameData: boolean;
  /** Why not, in words. */
  readonly otherData: string;
}

/**
 * The champion, with the best that is known about it: what the training measured of it on the new data, else what its
 * release record says.
 * @param snapshot what the new model was measured on
 */
export function chooseChampion(
  record: Release | undefined,
  file: MetricsFile,
  snapshot: string | undefined,
  environment: string,
): Rival {
  if (record === undefined) return { kind: 'none', why: `no release of it is recorded in ${environment}` };
  const { version } = record;
  if (file.champion?.version === version) {
    const { metrics } = file.champion;
    return {
      kind: 'champion',
      version,
      source: 'the training, on the same data',
      measure: (metric) => measure(metrics, metric),
      sameData: true,
      otherData: '',
    };
  }
  return {
    kind: 'champion',
    version,
    source: `its release record in ${environment}`,
    measure: (metric) => recall(record, metric),
    sameData: snapshot !== undefined && snapshot === record.dataSnapshot,
    otherData: `the new model was measured on ${nameData(snapshot)}, the champion on ${nameData(record.dataSnapshot)}`,
  };
}

function recall({ metrics, spread }: Release, metric: string): Measured<Measurement> {
  const value = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
  if (value === undefined) return { fault: 'is not in its release record' };
  const known = spread !== undefined && Object.hasOwn(spread, metric) ? spread[metric] : undefined;
  return { value: { value, spread: known } };
}

function nameData(snapshot: string | undefined): string {
  return snapshot === undefined ? 'data without a name' : `the data ${snapshot}`;
}
