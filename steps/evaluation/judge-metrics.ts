import type { FairnessGate, Gates, LatencyGate, MetricGate } from '../../config/model.js';
import type { Rival } from './champion.js';
import { describeImprovement, judgeImprovement } from './judge-improvement.js';
import { measure, readMetric } from './measurement.js';
import type { Measured } from './measurement.js';
import type { WrittenMetrics } from './metrics-file.js';
import type { Verdict } from './verdict.js';
import { boundVerdict, clean, missingVerdict } from './verdict.js';

/** What comes of every gate, in the order of the gates; only what is a number and within all bounds passes. */
export function judgeMetrics(gates: Gates, metrics: WrittenMetrics, rival: Rival): readonly Verdict[] {
  return [
    ...gates.metrics.map((gate) => judgeMetric(gate, gates, metrics, rival)),
    ...gates.fairness.flatMap((gate) => judgeFairness(gate, metrics)),
    ...gates.latency.map((gate) => judgeLatency(gate, metrics)),
  ];
}

function judgeMetric(
  { metric, min, max, improvement }: MetricGate,
  { champion: policy }: Gates,
  metrics: WrittenMetrics,
  rival: Rival,
): Verdict {
  const measured = measure(metrics, metric);
  if ('fault' in measured) return missingVerdict(metric, measured.fault, 'a number');
  const bound = boundVerdict(metric, measured.value, { min, max });
  if (improvement === undefined) return { ...bound, champion: valueOf(rival, metric) };
  const compared = judgeImprovement(metric, improvement, measured.value, rival, policy);
  const bounds = min === undefined && max === undefined ? [] : [bound.wanted];
  return {
    ...bound,
    champion: compared.champion,
    wanted: [...bounds, describeImprovement(improvement)].join(', '),
    failures: [...bound.failures, ...(compared.failure === undefined ? [] : [compared.failure])],
    uncompared: compared.uncompared,
  };
}

/** For people who compare, also where the gate does not. */
function valueOf(rival: Rival, metric: string): number | undefined {
  const found = rival.kind === 'none' ? undefined : rival.measure(metric);
  return found !== undefined && 'value' in found ? found.value.value : undefined;
}

function judgeFairness(
  { metric, reference, spd, dir }: FairnessGate,
  metrics: WrittenMetrics,
): readonly Verdict[] {
  const groups = readGroups(metrics, metric, reference);
  if ('fault' in groups) return [missingVerdict(metric, groups.fault, 'a share for each group')];
  const { base, others } = groups.value;
  return others.flatMap(([group, share]) => {
    const plain = (value: number) => ({ value: clean(value), spread: undefined });
    return [
      boundVerdict(`${metric}.spd.${group}`, plain(share - base), spd),
      boundVerdict(`${metric}.dir.${group}`, plain(share / base), dir),
    ];
  });
}

interface Groups {
  readonly base: number;
  /** Sorted by name. */
  readonly others: readonly (readonly [string, number])[];
}

function readGroups(metrics: WrittenMetrics, metric: string, reference: string): Measured<Groups> {
  const read = readMetric(metrics, metric);
  if ('fault' in read) return read.fault === 'is no number' ? { fault: 'has no groups' } : read;
  if (typeof read.value === 'number' || !('groups' in read.value)) return { fault: 'has no groups' };
  const shares = new Map(Object.entries(read.value.groups));
  const base = shares.get(reference);
  if (base === undefined) return { fault: `has no group ${reference}` };
  const others = [...shares].filter(([group]) => group !== reference);
  if (others.length === 0) return { fault: `has no group besides ${reference}` };
  return { value: { base, others: others.sort(([left], [right]) => (left < right ? -1 : 1)) } };
}

/** The metric that latency budgets are about. */
const latencyMetric = 'latency';

function judgeLatency({ percentile, max }: LatencyGate, metrics: WrittenMetrics): Verdict {
  const name = `${latencyMetric}.${percentile}`;
  const value = readPercentile(metrics, percentile);
  if (value === undefined) return missingVerdict(name, 'is missing', `at most ${max} ms`);
  return boundVerdict(name, { value, spread: undefined }, { max, unit: ' ms' });
}

function readPercentile(metrics: WrittenMetrics, percentile: string): number | undefined {
  const read = readMetric(metrics, latencyMetric);
  if ('fault' in read || typeof read.value === 'number') return undefined;
  if ('percentiles' in read.value) return new Map(Object.entries(read.value.percentiles)).get(percentile);
  if (!('samples' in read.value)) return undefined;
  // The nearest rank: a value that was measured, and none in between.
  const samples = read.value.samples.toSorted((left, right) => left - right);
  return samples[Math.ceil((Number(percentile.slice(1)) / 100) * samples.length) - 1];
}
