import type { Bounds, Detector, MetricSource } from '../../config/model.js';
import { formatPrometheusDuration } from '../../config/values/duration.js';
import { alertLabels } from '../contract.js';
import { callOver, formatNumber, quoteText, selectSeries } from './promql-text.js';
import type { MatcherValue } from './promql-text.js';

/**
 * The value of a detector as PromQL: at most one series per feature, with no label but `feature`.
 * Aggregation makes double scraping and replicas harmless.
 */
export function valueExpression(detector: Detector, namespace: string): string {
  const { source } = detector;
  switch (source.kind) {
    case 'gauge':
      return gaugeExpression(source, detector, namespace);
    case 'quantile':
      return quantileExpression(source, namespace);
    case 'ratio':
      return ratioExpression(source, namespace);
    case 'promql':
      return ownExpression(source, detector);
  }
}

/** The series that must exist for the detector to see anything; undefined: the value itself must. */
export function trafficSelector(source: MetricSource, namespace: string): string | undefined {
  if (source.kind === 'quantile')
    return selectSeries(`${source.histogram}_count`, matchersOf(source, namespace));
  if (source.kind === 'ratio') {
    return selectSeries(source.denominator.series, matchersOf(source.denominator, namespace));
  }
  return undefined;
}

type Source<Kind extends MetricSource['kind']> = Extract<MetricSource, { kind: Kind }>;

function gaugeExpression(source: Source<'gauge'>, { features, bounds }: Detector, namespace: string): string {
  const expected: Record<string, MatcherValue> =
    source.featureLabel === undefined || features.length === 0 ? {} : { [source.featureLabel]: features };
  const selected = selectSeries(source.series, { ...matchersOf(source, namespace), ...expected });
  const signed = source.absolute ? `abs(${selected})` : selected;
  return pickWorst(bounds, signed, source.featureLabel);
}

/** No requests in the window are no value, not a NaN. */
function quantileExpression(source: Source<'quantile'>, namespace: string): string {
  const range = formatPrometheusDuration(source.window);
  const matchers = matchersOf(source, namespace);
  const buckets = selectSeries(`${source.histogram}_bucket`, matchers);
  const count = selectSeries(`${source.histogram}_count`, matchers);
  return [
    callOver(
      'histogram_quantile',
      `${formatNumber(source.quantile)},\nsum by (le) (rate(${buckets}[${range}]))`,
    ),
    'and',
    `sum(rate(${count}[${range}])) > 0`,
  ].join('\n');
}

/** A numerator without series counts as zero: no error has been counted yet. */
function ratioExpression(source: Source<'ratio'>, namespace: string): string {
  const range = formatPrometheusDuration(source.window);
  const rate = ({ series, labels }: { series: string; labels: Source<'gauge'>['labels'] }) =>
    `sum(rate(${selectSeries(series, matchersOf({ labels }, namespace))}[${range}]))`;
  return `(${rate(source.numerator)} or vector(0))\n/\n(${rate(source.denominator)} > 0)`;
}

function ownExpression(source: Source<'promql'>, { bounds }: Detector): string {
  return pickWorst(bounds, source.expression.trim(), source.featureLabel);
}

/**
 * Of several series of one feature the worst counts: the lowest where low values violate, the highest where high ones
 * do, and of a band the one that is farthest from its middle. An average would hide two that violate on both sides.
 */
function pickWorst({ lower, upper }: Bounds, operand: string, featureLabel: string | undefined): string {
  const lowest = aggregateByFeature('min', operand, featureLabel);
  if (upper === undefined) return lowest;
  const highest = aggregateByFeature('max', operand, featureLabel);
  if (lower === undefined) return highest;
  const middles = formatNumber(roundSum(lower, upper));
  return `${highest}\n>= ${middles} - ${lowest}\nor\n${lowest}`;
}

/** Without the digits that binary fractions add. */
function roundSum(a: number, b: number): number {
  return Number((a + b).toPrecision(12));
}

function aggregateByFeature(pick: 'min' | 'max', operand: string, featureLabel: string | undefined): string {
  if (featureLabel === undefined) return callOver(pick, operand);
  const renamed =
    featureLabel === alertLabels.feature
      ? operand
      : callOver(
          'label_replace',
          `${endLine(operand)},\n"${alertLabels.feature}", "$1", ${quoteText(featureLabel)}, "(.*)"`,
        );
  return callOver(`${pick} by (${alertLabels.feature})`, renamed);
}

/** A comment of the user's must not swallow what follows. */
function endLine(operand: string): string {
  return operand.includes('#') ? `${operand}\n` : operand;
}

function matchersOf(
  source: { readonly labels: Source<'gauge'>['labels'] },
  namespace: string,
): Record<string, string> {
  return { [alertLabels.namespace]: namespace, ...source.labels };
}
