import { builtInDetector } from '../catalogue/defaults.js';
import { dialects } from '../catalogue/dialects.js';
import type { Metric, MetricShape } from '../catalogue/metric.js';
import type { KeyPath } from '../load/key-path.js';
import type { Labels, MetricSource } from '../model.js';
import type { Place, ProblemCollector } from '../problem-collector.js';
import type { DetectorInput } from '../schema/detector-schema.js';
import { duration } from '../values/duration.js';
import { checkPromql, typeOfPromql } from '../values/promql.js';
import type { Monitor } from './find-metric.js';

export interface SourceContext {
  readonly model: string;
  readonly monitor: Monitor | undefined;
  readonly placeOf: (path: KeyPath) => Place;
  readonly problems: ProblemCollector;
}

/** Options of a detector that only some metrics know. */
const optionsOf = {
  gauge: ['series', 'labels', 'absolute'],
  quantile: ['series', 'labels', 'quantile', 'over'],
  ratio: ['errors', 'requests', 'over'],
  promql: ['expr', 'featureLabel'],
} as const satisfies Record<MetricShape['kind'], readonly (keyof DetectorInput)[]>;

/** How to ask for the metric; undefined when the detector does not say enough. */
export function resolveSource(
  input: DetectorInput,
  metric: Metric,
  context: SourceContext,
): MetricSource | undefined {
  refuseForeignOptions(input, metric, context);
  const { shape } = metric;
  switch (shape.kind) {
    case 'gauge':
      return resolveGauge(input, metric, shape, context);
    case 'quantile':
      return resolveQuantile(input, metric, shape, context);
    case 'ratio':
      return resolveRatio(input, context);
    case 'promql':
      return resolvePromql(input, context);
  }
}

function refuseForeignOptions(
  input: DetectorInput,
  metric: Metric,
  { placeOf, problems }: SourceContext,
): void {
  const known: readonly string[] = optionsOf[metric.shape.kind];
  const foreign = new Set(
    Object.values(optionsOf)
      .flat()
      .filter((option) => !known.includes(option) && input[option] !== undefined),
  );
  for (const option of foreign) {
    const message = `\`${option}\` means nothing to the metric \`${metric.name}\`.`;
    const hint = `It knows ${known.map((each) => `\`${each}\``).join(', ')}.`;
    problems.error('CONFIG_DETECTOR_OPTION', { ...placeOf([option]), key: true }, { message, hint });
  }
}

function resolveGauge(
  input: DetectorInput,
  metric: Metric,
  shape: MetricShape & { kind: 'gauge' },
  context: SourceContext,
): MetricSource | undefined {
  const series = input.series ?? context.monitor?.series?.[metric.name] ?? shape.series;
  if (series === undefined) {
    reportNoSeries(metric, context);
    return undefined;
  }
  const absolute = input.absolute ?? shape.absolute ?? false;
  return {
    kind: 'gauge',
    series,
    labels: selectorsOf(input.labels, context),
    featureLabel: input.features?.length ? featureLabelOf(context) : undefined,
    absolute,
  };
}

function resolveQuantile(
  input: DetectorInput,
  metric: Metric,
  shape: MetricShape & { kind: 'quantile' },
  context: SourceContext,
): MetricSource | undefined {
  const histogram = input.series ?? context.monitor?.series?.[metric.name] ?? shape.histogram;
  if (histogram === undefined) {
    reportNoSeries(metric, context);
    return undefined;
  }
  const suffix = /_(bucket|sum|count)$/.exec(histogram)?.[0];
  if (suffix !== undefined) {
    const place = context.placeOf(input.series === undefined ? [] : ['series']);
    const hint = `Did you mean \`${histogram.slice(0, -suffix.length)}\`?`;
    context.problems.error('CONFIG_DETECTOR_OPTION', place, {
      message: `A histogram is named without \`${suffix}\`.`,
      hint,
    });
  }
  return {
    kind: 'quantile',
    histogram,
    labels: selectorsOf(input.labels, context),
    quantile: input.quantile ?? builtInDetector.quantile,
    window: duration(input.over ?? builtInDetector.over),
  };
}

function resolveRatio(
  { errors, requests, over }: DetectorInput,
  context: SourceContext,
): MetricSource | undefined {
  if (errors === undefined || requests === undefined) {
    const missing = errors === undefined ? '`errors`' : '`requests`';
    const message = `\`error_ratio\` needs ${missing}: the counters of what failed and of everything.`;
    const hint =
      "For example `errors: { series: http_requests_total, labels: { code: '500' } }`, `requests: { series: http_requests_total }`.";
    context.problems.error('CONFIG_DETECTOR_OPTION', context.placeOf([]), { message, hint });
    return undefined;
  }
  return {
    kind: 'ratio',
    numerator: { series: errors.series, labels: selectorsOf(errors.labels, context) },
    denominator: { series: requests.series, labels: selectorsOf(requests.labels, context) },
    window: duration(over ?? builtInDetector.over),
  };
}

function resolvePromql(
  { expr, features, featureLabel }: DetectorInput,
  context: SourceContext,
): MetricSource | undefined {
  if (expr === undefined) {
    const message = '`metric: promql` needs the expression in `expr`.';
    const hint = 'For example `expr: avg_over_time(my_drift_score[5m])`.';
    context.problems.error('CONFIG_DETECTOR_OPTION', context.placeOf([]), { message, hint });
    return undefined;
  }
  checkExpression(expr, context);
  return {
    kind: 'promql',
    expression: expr,
    featureLabel: featureLabel ?? (features?.length ? builtInDetector.featureLabel : undefined),
  };
}

function checkExpression(expr: string, { placeOf, problems }: SourceContext): void {
  const faults = checkPromql(expr);
  for (const { message, from } of faults) {
    const place = { ...placeOf(['expr']), index: from };
    problems.error('CONFIG_PROMQL', place, {
      message: `The PromQL is wrong: ${message.replace(/\.$/, '')}.`,
      hint: 'Prometheus itself must accept the expression; its user interface is the place to try it.',
    });
  }
  const type = faults.length > 0 ? 'vector' : typeOfPromql(expr);
  if (type === 'vector') return;
  const hint =
    type === 'matrix'
      ? 'Put a function such as `avg_over_time` around the range.'
      : 'A value needs the labels of the series it is about.';
  problems.error('CONFIG_PROMQL', placeOf(['expr']), {
    message: `The PromQL gives a ${type}, a detector needs an instant vector.`,
    hint,
  });
}

/** The model's label, then the monitor's selectors, then the detector's. */
function selectorsOf(own: Labels | undefined, { model, monitor }: SourceContext): Labels {
  const label = monitor === undefined ? false : (monitor.modelLabel ?? dialects[monitor.dialect].modelLabel);
  return { ...(label === false ? {} : { [label]: model }), ...monitor?.labels, ...own };
}

function featureLabelOf({ monitor }: SourceContext): string {
  return (
    monitor?.featureLabel ??
    (monitor === undefined ? builtInDetector.featureLabel : dialects[monitor.dialect].featureLabel)
  );
}

function reportNoSeries(metric: Metric, { placeOf, problems }: SourceContext): void {
  const message = `Nothing says which series holds \`${metric.name}\`.`;
  const hint = `Name it with \`series\` here, or for all models with \`series: { ${metric.name}: … }\` in the monitor.`;
  problems.error('CONFIG_DETECTOR_OPTION', placeOf([]), { message, hint });
}
