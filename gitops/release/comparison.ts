import type { MetricGate } from '../../config/model.js';
import { digestOf, originOf } from '../../config/release.js';
import type { Release } from '../../config/release.js';

/** One line of what two releases have in common or not; undefined: that one says nothing about it. */
export interface ComparedFact {
  readonly what: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface ComparedMetric {
  readonly metric: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** `at least 0.75`; undefined: nothing is asked of it. */
  readonly gate: string | undefined;
  /** Does what comes meet its gate? A metric that was not measured does not. */
  readonly passed: boolean;
}

/** What an environment runs beside what it is to run. */
export interface Comparison {
  readonly facts: readonly ComparedFact[];
  /** Gates first, in their order; then what else was measured, by name. */
  readonly metrics: readonly ComparedMetric[];
}

/** @param before undefined: nothing was released yet */
export function compareReleases(
  before: Release | undefined,
  after: Release,
  gates: readonly MetricGate[],
): Comparison {
  return { facts: compareFacts(before, after), metrics: compareMetrics(before, after, gates) };
}

function compareFacts(before: Release | undefined, after: Release): readonly ComparedFact[] {
  const fact = (what: string, read: (release: Release) => string | undefined): ComparedFact => ({
    what,
    before: before && read(before),
    after: read(after),
  });
  return [
    fact('version', ({ version }) => version),
    fact('digest', digestOf),
    fact('first released', (release) => describeOrigin(release, before)),
    fact('by', (release) => originOf(release).by),
    fact('source commit', ({ commit }) => commit),
    fact('pinned', ({ pinned }) => pinned && `instead of ${pinned.insteadOf} by ${pinned.by}`),
    fact('verified', ({ verified }) => verified && `in ${verified.environment} by ${verified.by}`),
  ].filter((found) => found.before !== undefined || found.after !== undefined);
}

/** When and where, and how long before or after the other one. */
function describeOrigin(release: Release, other: Release | undefined): string {
  const { releasedAt, environment } = originOf(release);
  const when = `${releasedAt.slice(0, 10)} in ${environment}`;
  if (other === undefined || other === release) return when;
  const days = (Date.parse(releasedAt) - Date.parse(originOf(other).releasedAt)) / (24 * 60 * 60 * 1000);
  const count = Math.floor(Math.abs(days));
  if (count === 0) return when;
  return `${when}, ${count} ${count === 1 ? 'day' : 'days'} ${days > 0 ? 'later' : 'earlier'}`;
}

/**
 * Gates first, in their order; then what else was measured, by name. A release remembers what it was asked for when it
 * was trained; the bounds of the workspace hold for those that remember nothing.
 */
export function compareMetrics(
  before: Release | undefined,
  after: Release | undefined,
  gates: readonly MetricGate[],
): readonly ComparedMetric[] {
  const asked = new Map(gates.map((gate) => [gate.metric, gate]));
  const others = Object.keys({ ...before?.metrics, ...after?.metrics }).filter(
    (metric) => !asked.has(metric),
  );
  return [...asked.keys(), ...others.sort()].map((metric) => {
    const { min, max } = asked.get(metric) ?? {};
    const value = readOwn(after?.metrics, metric);
    const bounds = [
      ...(min === undefined ? [] : [`at least ${min}`]),
      ...(max === undefined ? [] : [`at most ${max}`]),
    ];
    const stated =
      readOwn(after?.gates, metric)?.wanted ?? (bounds.length === 0 ? undefined : bounds.join(', '));
    return {
      metric,
      before: readOwn(before?.metrics, metric),
      after: value,
      gate: stated,
      passed:
        stated === undefined ||
        (value !== undefined && value >= (min ?? -Infinity) && value <= (max ?? Infinity)),
    };
  });
}

function readOwn<T>(entries: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return entries !== undefined && Object.hasOwn(entries, key) ? entries[key] : undefined;
}
