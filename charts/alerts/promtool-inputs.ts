import type { Bounds, Detector } from '../../config/model.js';
import { series } from '../contract.js';
import type { AlertSubject } from '../contract.js';
import { selectDetector } from './detector-rules.js';
import { selectSeries } from './promql-text.js';
import { trafficSelector } from './source-expression.js';

/** What a metric does for some evaluations. */
export interface Phase {
  readonly health: Health;
  readonly evaluations: number;
}

/** `missing` is no sample at all, `nan` an exporter that has nothing to say, `incomplete` one feature without a sample. */
type Health = 'good' | 'bad' | 'missing' | 'nan' | 'incomplete';

export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/**
 * Samples that make a detector see these phases. A gauge is fed at its source; for other sources, whose values depend
 * on rates over windows, the recorded value is fed in their place, and the source stays without traffic.
 */
export function feedDetector(
  subject: AlertSubject,
  detector: Detector,
  phases: readonly Phase[],
): readonly InputSeries[] {
  const { source } = detector;
  if (source.kind !== 'gauge') {
    const traffic = trafficSelector(source, subject.namespace);
    const value = selectDetector(series.value, subject, detector.name);
    return [
      { series: value, values: writeValues(detector.bounds, phases) },
      ...(traffic === undefined ? [] : [{ series: traffic, values: writeTraffic(phases) }]),
    ];
  }
  const matchers = { namespace: subject.namespace, ...source.labels };
  const { featureLabel } = source;
  if (featureLabel === undefined) {
    return [{ series: selectSeries(source.series, matchers), values: writeValues(detector.bounds, phases) }];
  }
  return exampleFeatures(detector).map((feature, index) => ({
    series: selectSeries(source.series, { ...matchers, [featureLabel]: feature }),
    values: writeValues(
      detector.bounds,
      phases.map((phase) => phaseOf(index, phase, detector)),
    ),
  }));
}

/** Only as many features as count are bad, one is missing of an incomplete metric, and all of one that is missing. */
function phaseOf(feature: number, phase: Phase, { atLeast }: Detector): Phase {
  const affected = { good: 0, bad: atLeast, incomplete: 1, missing: Infinity, nan: Infinity };
  return feature < affected[phase.health] ? phase : { ...phase, health: 'good' };
}

/** The features a detector expects; invented ones when it takes any. */
function exampleFeatures({ features, atLeast }: Detector): readonly string[] {
  if (features.length > 0) return features;
  return Array.from({ length: atLeast + 1 }, (_, index) => `feature-${index + 1}`);
}

function writeValues(bounds: Bounds, phases: readonly Phase[]): string {
  const { good, bad } = exampleValues(bounds);
  const spelled = { good: spell(good), bad: spell(bad), missing: '_', nan: 'NaN', incomplete: '_' };
  return writePhases(phases, (health) => spelled[health]);
}

/** Without the digits that binary fractions add. */
function spell(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** Counters that stand still: they are there, but nothing happens. */
function writeTraffic(phases: readonly Phase[]): string {
  return writePhases(phases, (health) => (health === 'missing' ? '_' : '1'));
}

function writePhases(phases: readonly Phase[], value: (health: Health) => string): string {
  const runs: { sample: string; times: number }[] = [];
  for (const { health, evaluations } of phases) {
    const last = runs.at(-1);
    if (last?.sample === value(health)) last.times += evaluations;
    else runs.push({ sample: value(health), times: evaluations });
  }
  return runs
    .filter(({ times }) => times > 0)
    .map(({ sample, times }) => repeatSample(sample, times))
    .join(' ');
}

/** promtool's notation: `ax3` are four samples, `_x3` are three gaps, and NaN cannot be repeated. */
export function repeatSample(sample: string, times: number): string {
  if (sample === 'NaN') return Array.from({ length: times }, () => sample).join(' ');
  if (sample === '_') return `_x${times}`;
  return times === 1 ? sample : `${sample}x${times - 1}`;
}

function exampleValues({ lower, upper }: Bounds): { good: number; bad: number } {
  if (lower !== undefined && upper !== undefined) {
    return { good: (lower + upper) / 2, bad: upper + stepOf(upper - lower) };
  }
  if (lower !== undefined) return { good: lower + stepOf(lower), bad: lower - stepOf(lower) };
  if (upper !== undefined) return { good: upper - stepOf(upper), bad: upper + stepOf(upper) };
  throw new Error('a detector needs a bound');
}

/** Far enough from a bound to lie beyond it, whatever its size. */
function stepOf(bound: number): number {
  return bound === 0 ? 1 : Math.abs(bound) / 2;
}
