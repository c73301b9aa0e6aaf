import type { Bounds, Detector, ViolationWindow } from '../../config/model.js';
import { formatPrometheusDuration } from '../../config/values/duration.js';
import type { Duration } from '../../config/values/duration.js';
import { alertLabels, series, subjectLabels } from '../contract.js';
import type { AlertSubject } from '../contract.js';
import { formatNumber, selectSeries } from './promql-text.js';
import type { MatcherValue } from './promql-text.js';
import type { RecordingRule } from './rules.js';
import { valueExpression } from './source-expression.js';

/**
 * Turns a detector into recorded series of one shape, whatever its metric: value, thresholds, violated, state.
 * Prometheus evaluates the rules of a group in order, so each one reads what the one before it recorded.
 */
export function recordDetector(
  subject: AlertSubject,
  detector: Detector,
  interval: Duration,
): readonly RecordingRule[] {
  const labels = { ...subjectLabels(subject), [alertLabels.detector]: detector.name };
  const select = (name: string) => selectDetector(name, subject, detector.name);
  const record = (name: string, expression: string, more = {}): RecordingRule => ({
    record: name,
    expression,
    labels: { ...labels, ...more },
  });
  const thresholds = boundsOf(detector.bounds).map(([bound, limit]) =>
    record(series.threshold, `vector(${formatNumber(limit)})`, { [alertLabels.bound]: bound }),
  );
  return [
    record(series.value, valueExpression(detector, subject.namespace)),
    ...thresholds,
    ...recordViolations(detector, interval, select, record),
    record(series.state, `sum(${select(series.violated)}) >= bool ${detector.atLeast}`),
  ];
}

/** Selects a recorded series of one detector, or of several. */
export function selectDetector(name: string, subject: AlertSubject, detectors: MatcherValue): string {
  return selectSeries(name, { ...subjectLabels(subject), [alertLabels.detector]: detectors });
}

/** The bounds a detector has, by the name that its threshold series carries. */
export function boundsOf({ lower, upper }: Bounds): readonly (readonly ['lower' | 'upper', number])[] {
  return [
    ...(lower === undefined ? [] : [['lower', lower] as const]),
    ...(upper === undefined ? [] : [['upper', upper] as const]),
  ];
}

/**
 * A range that holds exactly the last n evaluations. Prometheus 2 counts a sample on the range's far end and
 * Prometheus 3 does not; half an interval more than n-1 of them means the same to both.
 */
export function windowRange(window: ViolationWindow, interval: Duration): string {
  return formatPrometheusDuration({ milliseconds: Math.round((window.of - 0.5) * interval.milliseconds) });
}

function recordViolations(
  { bounds, window }: Detector,
  interval: Duration,
  select: (name: string) => string,
  record: (name: string, expression: string) => RecordingRule,
): readonly RecordingRule[] {
  const violated = violationExpression(bounds, select(series.value));
  if (window === undefined) return [record(series.violated, violated)];
  const recent = `${select(series.outOfBounds)}[${windowRange(window, interval)}]`;
  return [
    record(series.outOfBounds, violated),
    record(series.violated, `sum_over_time(${recent}) >= bool ${window.violated}`),
  ];
}

/** Both comparisons cannot hold at once, so their sum is 0 or 1; NaN violates nothing and raises ModelMetricMissing. */
function violationExpression(bounds: Bounds, value: string): string {
  const comparisons = boundsOf(bounds).map(
    ([bound, limit]) => `${value} ${bound === 'lower' ? '<' : '>'} bool ${formatNumber(limit)}`,
  );
  if (comparisons.length === 0) throw new Error('a detector needs a bound');
  return comparisons.length === 1
    ? comparisons.join('')
    : comparisons.map((comparison) => `(${comparison})`).join('\n+\n');
}
