import type { Action, Detector } from '../../config/model.js';
import { duration, formatPrometheusDuration } from '../../config/values/duration.js';
import type { Duration } from '../../config/values/duration.js';
import { describeMissing, describeNotStarted, describeViolation } from './alert-texts.js';
import { alertLabels, alertNameOf, alertNames, series, subjectLabels } from '../contract.js';
import type { AlertSubject } from '../contract.js';
import { pipelineName } from '../conventions.js';
import { selectDetector } from './detector-rules.js';
import { subjectOf } from '../model-in-environment.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { callOver, indent, selectSeries } from './promql-text.js';
import type { AlertingRule } from './rules.js';
import { trafficSelector } from './source-expression.js';
import { admit } from '../tasks/admit.js';
import { taskName } from '../tasks/step-contract.js';

/** All alerts of a model in one environment: one per action, one per detector for its missing metric, one for missing runs. */
export function planAlerts(context: ModelInEnvironment): readonly AlertingRule[] {
  const { detectors } = context.deployment;
  const actions: readonly Action[] = ['notify', 'retrain'];
  return [
    ...actions.flatMap((action) => {
      const asking = detectors.filter((detector) => detector.actions.includes(action));
      if (asking.length === 0) return [];
      const alert = alertOnViolation(context, action, asking);
      return action === 'retrain' ? [alert, alertOnMissingRun(context, alert)] : [alert];
    }),
    ...detectors.map((detector) => alertOnMissingMetric(context, detector)),
  ];
}

/** The one alert of an action. Its labels stay the same for the whole episode, whatever joins or leaves it. */
function alertOnViolation(
  context: ModelInEnvironment,
  action: Action,
  detectors: readonly Detector[],
): AlertingRule {
  const shortest = { milliseconds: Math.min(...detectors.map((detector) => detector.for.milliseconds)) };
  return {
    alert: alertNameOf(action),
    expression: violationExpression(subjectOf(context), detectors, shortest),
    for: shortest,
    keepFiringFor: context.platform.alerting.keepFiringFor,
    labels: labelsOf(context, action),
    annotations: describeViolation(context, action, detectors),
  };
}

/** Counts violated detectors; one that must hold longer than the alert's `for` counts only after the difference. */
function violationExpression(
  subject: AlertSubject,
  detectors: readonly Detector[],
  shortest: Duration,
): string {
  const waits = new Map<number, string[]>();
  for (const detector of detectors) {
    const wait = detector.for.milliseconds - shortest.milliseconds;
    waits.set(wait, [...(waits.get(wait) ?? []), detector.name]);
  }
  const parts = [...waits]
    .sort(([a], [b]) => a - b)
    .map(([wait, names]) => heldExpression(selectDetector(series.state, subject, names), wait));
  return callOver('count', parts.join('\nor\n'));
}

/** The state was violated throughout the wait, and already when the wait began: a series that is new has held nothing. */
function heldExpression(state: string, wait: number): string {
  if (wait === 0) return `${state} == 1`;
  const range = formatPrometheusDuration({ milliseconds: wait });
  return `(min_over_time(${state}[${range}]) == 1 and ${state} offset ${range} == 1)`;
}

/** A NaN, a feature without a value, or no value at all. It asks for nobody's retraining. */
function alertOnMissingMetric(context: ModelInEnvironment, detector: Detector): AlertingRule {
  const { interval } = context.platform.alerting;
  const patience = Math.max(detector.for.milliseconds, missingEvaluations * interval.milliseconds);
  return {
    alert: alertNames.metricMissing,
    expression: missingExpression(subjectOf(context), detector),
    for: { milliseconds: patience },
    keepFiringFor: undefined,
    labels: { ...labelsOf(context, 'notify'), [alertLabels.detector]: detector.name },
    annotations: describeMissing(context, detector),
  };
}

/** So many evaluations without a value are more than a slow scrape or a rollout of the exporter. */
const missingEvaluations = 20;

/** Every comparison with NaN is false, so `>= -Inf` keeps the numbers. */
function missingExpression(subject: AlertSubject, detector: Detector): string {
  const value = selectDetector(series.value, subject, detector.name);
  const traffic = trafficSelector(detector.source, subject.namespace);
  if (traffic !== undefined) return `absent(${traffic})`;
  const expected = detector.features.length;
  if (expected > 0) return `${expected} - (count(${value} >= -Inf) or vector(0)) > 0`;
  return `count(${value} != ${value})\nor\nabsent(${value})`;
}

/**
 * The listener answers 202 to everything, so only Tekton's own metrics show a run. An episode is looked at once,
 * when it has fired for the deadline; then a run that began since shows as a higher count of finished admit tasks,
 * or as a count that did not exist before.
 */
function alertOnMissingRun(context: ModelInEnvironment, retrain: AlertingRule): AlertingRule {
  const { platform } = context;
  const { interval, runDeadline } = platform.alerting;
  const firing = (retrain.for?.milliseconds ?? 0) + runDeadline.milliseconds;
  // So long an episode is looked at; shorter would miss it when Prometheus skips evaluations.
  const slack = Math.max(runDeadline.milliseconds / 3, 4 * interval.milliseconds);
  const window = formatPrometheusDuration({ milliseconds: Math.round(runDeadline.milliseconds + slack) });
  const episode = selectSeries('ALERTS_FOR_STATE', {
    alertname: alertNames.retrain,
    ...subjectLabels(subjectOf(context)),
  });
  return {
    alert: alertNames.retrainNotStarted,
    expression: [
      `max(time() - ${episode} >= ${firing / 1000} < ${(firing + slack) / 1000})`,
      callOver('unless on ()', admittedExpression(context, window)),
    ].join('\n'),
    for: undefined,
    keepFiringFor: notStartedHold,
    labels: labelsOf(context, 'notify'),
    annotations: describeNotStarted(context),
  };
}

/** Long enough to be seen, although the condition looks at an episode only once. */
const notStartedHold = duration('1h');

function admittedExpression(context: ModelInEnvironment, window: string): string {
  // Prometheus renames the metric's own label `namespace` where the scrape adds one (honorLabels: false).
  return ['namespace', 'exported_namespace']
    .map((label) => selectAdmitted(context, label))
    .flatMap((count) => [
      `increase(${count}[${window}]) > 0`,
      `(last_over_time(${count}[${window}])\n${indent(`unless ${count} offset ${window}`)})`,
    ])
    .join('\nor\n');
}

/** Tekton's count of finished admit tasks of a model's Pipeline, with the metrics settings it is installed with. */
export function selectAdmitted({ platform, model }: ModelInEnvironment, namespaceLabel: string): string {
  return selectSeries('tekton_pipelines_controller_pipelinerun_taskrun_duration_seconds_count', {
    [namespaceLabel]: platform.namespaces.toolings,
    pipeline: pipelineName(model.name),
    task: taskName(admit),
  });
}

function labelsOf(context: ModelInEnvironment, action: Action) {
  return {
    ...subjectLabels(subjectOf(context)),
    [alertLabels.action]: action,
    [alertLabels.severity]: 'warning',
  };
}
