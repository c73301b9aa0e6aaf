import { metricSchema } from '../../charts/tasks/metrics-file.js';
import type { WrittenMetric } from '../../charts/tasks/metrics-file.js';
import type { WrittenMetrics } from './metrics-file.js';

/** How far single values are from their mean. */
export interface Spread {
  /** Standard deviation of the samples (divided by n - 1). */
  readonly deviation: number;
  readonly count: number;
}

/** A metric that is one number, or the mean of several. */
export interface Measurement {
  readonly value: number;
  /** undefined: nobody knows how certain the value is. */
  readonly spread: Spread | undefined;
}

/** A value, or why there is none: `is missing`. */
export type Measured<T> = { readonly value: T } | { readonly fault: string };

/** The one number of a metric. */
export function measure(metrics: WrittenMetrics, name: string): Measured<Measurement> {
  const read = readMetric(metrics, name);
  if ('fault' in read) return read;
  const metric = read.value;
  if (typeof metric === 'number') return { value: { value: metric, spread: undefined } };
  if ('samples' in metric) return describeSamples(metric.samples);
  if ('mean' in metric) {
    const { mean, std, count } = metric;
    return { value: { value: mean, spread: { deviation: std, count } } };
  }
  return { fault: 'groups' in metric ? 'has groups, and is no number' : 'has percentiles, and is no number' };
}

/** A metric in the form it was written in. */
export function readMetric(metrics: WrittenMetrics, name: string): Measured<WrittenMetric> {
  if (!metrics.has(name)) return { fault: 'is missing' };
  const parsed = metricSchema.safeParse(metrics.get(name));
  return parsed.success ? { value: parsed.data } : { fault: 'is no number' };
}

function describeSamples(samples: readonly number[]): Measured<Measurement> {
  const count = samples.length;
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / count;
  const squares = samples.reduce((sum, sample) => sum + (sample - mean) ** 2, 0);
  const deviation = count === 1 ? 0 : Math.sqrt(squares / (count - 1));
  // The sum of large values may be infinite, and so no number that could be compared.
  if (!Number.isFinite(mean) || !Number.isFinite(deviation)) return { fault: 'is too large to compute with' };
  return { value: { value: mean, spread: { deviation, count } } };
}
