import { builtInDetector } from '../catalogue/defaults.js';
import type { Metric } from '../catalogue/metric.js';
import type { MetricSource } from '../model.js';
import type { ComparedGroups, MetricRequest } from '../model-monitoring.js';
import type { DetectorInput } from '../schema/detector-schema.js';
import type { SourceContext } from './resolve-source.js';

/** Label that a TrustyAI service puts the name of a request into. */
const requestLabel = 'requestName';

/** What the monitor's service must be asked for; undefined when nothing, or when it cannot be said. */
export function resolveRequest(
  input: DetectorInput,
  metric: Metric,
  context: SourceContext,
): MetricRequest | undefined {
  const { monitor, placeOf, problems } = context;
  const endpoint = monitor?.service === undefined ? undefined : metric.endpoint;
  if (endpoint?.compares !== 'reference') refuse('reference', input, metric, context);
  if (endpoint?.compares !== 'groups') refuse('groups', input, metric, context);
  if (endpoint === undefined) return undefined;
  const { path, compares } = endpoint;
  if (compares === 'reference') return { path, compares, tag: input.reference ?? builtInDetector.reference };
  if (input.groups !== undefined) return { path, compares, groups: canonical(input.groups) };
  const message = `\`${metric.name}\` compares two groups, and nothing says which: it needs \`groups\`.`;
  const hint =
    'For example `groups: { attribute: gender, privileged: male, unprivileged: female, outcome: approved, favorable: 1 }`.';
  problems.error('CONFIG_DETECTOR_OPTION', placeOf([]), { message, hint });
  return undefined;
}

/** Several fairness metrics of a model differ in the name of their request alone. */
export function selectRequest(source: MetricSource, detector: string): MetricSource {
  if (source.kind !== 'gauge' || requestLabel in source.labels) return source;
  return { ...source, labels: { ...source.labels, [requestLabel]: detector } };
}

function refuse(
  option: 'reference' | 'groups',
  input: DetectorInput,
  metric: Metric,
  { monitor, placeOf, problems }: SourceContext,
): void {
  if (input[option] === undefined) return;
  const asked = metric.endpoint !== undefined && monitor !== undefined;
  const message =
    asked && monitor.service === undefined
      ? `\`${option}\` is for a service that driftloop renders, and \`${monitor.name}\` has none.`
      : `\`${option}\` means nothing to the metric \`${metric.name}\`.`;
  const hint =
    asked && monitor.service === undefined
      ? `Write \`service: {}\` into the monitor, or ask its service for the metric yourself.`
      : 'Remove it.';
  problems.error('CONFIG_DETECTOR_OPTION', { ...placeOf([option]), key: true }, { message, hint });
}

function canonical(groups: ComparedGroups): ComparedGroups {
  const { attribute, privileged, unprivileged, outcome, favorable } = groups;
  return { attribute, privileged, unprivileged, outcome, favorable };
}
