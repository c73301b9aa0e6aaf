import { builtInDetector } from '../catalogue/defaults.js';
import type { Metric } from '../catalogue/metric.js';
import type { Action, AlertSeverity, Detector, DetectorCategory } from '../model.js';
import { positionOf } from '../problem-collector.js';
import type { DetectorInput } from '../schema/detector-schema.js';
import { duration } from '../values/duration.js';
import { findDetectorMetric } from './find-metric.js';
import { resolveBounds } from './resolve-bounds.js';
import { resolveRequest, selectRequest } from './resolve-request.js';
import { resolveSource } from './resolve-source.js';
import type { SourceContext } from './resolve-source.js';

export interface DetectorContext extends SourceContext {
  readonly category: DetectorCategory;
  readonly actions: readonly Action[];
  /** Of the section. */
  readonly for: string;
  readonly severity: AlertSeverity;
}

/** One detector with everything the catalogue and the monitor know; undefined when it cannot be understood. */
export function resolveDetector(input: DetectorInput, context: DetectorContext): Detector | undefined {
  const { placeOf, problems, monitor } = context;
  const metric = findDetectorMetric(input.metric, monitor, placeOf(['metric']), problems);
  if (metric === undefined) return undefined;
  checkFeatures(input, metric, context);
  checkWindow(input, context);
  const bounds = resolveBounds(input, metric, { dialect: monitor?.dialect, placeOf, problems });
  const source = resolveSource(input, metric, context);
  const request = resolveRequest(input, metric, context);
  if (bounds === undefined || source === undefined) return undefined;
  return {
    name: detectorName(input),
    category: context.category,
    monitor: monitor?.name,
    request,
    severity: input.severity ?? context.severity,
    metric: metric.name,
    meaning: input.meaning ?? metric.meaning,
    source: request?.compares === 'groups' ? selectRequest(source, detectorName(input)) : source,
    bounds,
    features: input.features ?? [],
    atLeast: input.atLeast ?? builtInDetector.atLeast,
    for: duration(input.for ?? context.for),
    window: input.window,
    actions: context.actions,
    position: positionOf(placeOf([])),
  };
}

/** Given, or that of the metric in the spelling of Kubernetes. */
export function detectorName(input: DetectorInput): string {
  return input.name ?? input.metric.replaceAll('_', '-');
}

function checkFeatures(
  { features = [], atLeast = 1 }: DetectorInput,
  metric: Metric,
  { placeOf, problems }: DetectorContext,
): void {
  if (metric.features === 'required' && features.length === 0) {
    const hint = 'List the columns to watch: `features: [age, income]`.';
    problems.error('CONFIG_DETECTOR_OPTION', placeOf([]), {
      message: `\`${metric.name}\` has a value per feature and needs \`features\`.`,
      hint,
    });
  }
  if (metric.features === 'none' && features.length > 0) {
    const message = `\`${metric.name}\` has one value per model, so \`features\` mean nothing.`;
    const hint = `Remove them, or watch a metric that has a value per feature.`;
    problems.error('CONFIG_DETECTOR_OPTION', { ...placeOf(['features']), key: true }, { message, hint });
  }
  if (atLeast <= Math.max(1, features.length)) return;
  const message = `\`atLeast\` is ${atLeast}, but only ${Math.max(1, features.length)} can be violated.`;
  const hint = 'List more `features`, or lower it.';
  problems.error('CONFIG_DETECTOR_OPTION', placeOf(['atLeast']), { message, hint });
}

function checkWindow({ window }: DetectorInput, { placeOf, problems }: DetectorContext): void {
  if (window === undefined || window.violated <= window.of) return;
  const message = `${window.violated} of the last ${window.of} evaluations can never be violated.`;
  const hint = 'Lower `violated`, or raise `of`.';
  problems.error('CONFIG_DETECTOR_OPTION', placeOf(['window', 'violated']), { message, hint });
}
