import type { Action, Detector, Labels } from '../../config/model.js';
import type { AlertSeverity } from '../../config/model-notifications.js';
import { seesRuns } from '../../config/places.js';
import { duration, formatPrometheusDuration } from '../../config/values/duration.js';
import type { Duration } from '../../config/values/duration.js';
import {
  describeFailedRun,
  describeIncomplete,
  describeMissing,
  describeNotStarted,
  describeRetraining,
  describeViolation,
} from './alert-texts.js';
import { alertLabels, alertNames, series, subjectLabels } from '../contract.js';
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

/** All alerts of a model in one environment: one that starts runs, the others for people. */
export function planAlerts(context: ModelInEnvironment): readonly AlertingRule[] {
  const { detectors } = context.deployment;
  const asking = (action: Action) => detectors.filter(({ actions }) => actions.includes(action));
  const retraining = asking('retrain');
  return [
    ...asking('notify').map((detector) => alertPeople(context, detector)),
    ...alertOnRetraining(context, retraining),
    ...detectors.flatMap((detector) => alertOnMissingMetric(context, detector)),
  ];
}

/** One per detector, so that each has its own urgency, and a missing metric silences nothing but itself. */
function alertPeople(context: ModelInEnvironment, detector: Detector): AlertingRule {
  return {
    alert: alertNames.notify,
    expression: `${selectDetector(series.state, subjectOf(context), detector.name)} == 1`,
    for: detector.for,
    keepFiringFor: context.platform.alerting.keepFiringFor,
    labels: detectorLabels(context, detector),
    annotations: describeViolation(context, detector),
  };
}

function alertOnRetraining(
  context: ModelInEnvironment,
  detectors: readonly Detector[],
): readonly AlertingRule[] {
  if (detectors.length === 0) return [];
  const retrain = alertListener(context, detectors);
  return seesRuns(context.deployment.environment)
    ? [retrain, alertOnMissingRun(context, retrain), ...alertOnFailedRun(context)]
    : [retrain];
}

/** The one alert that asks for a run. Its labels stay the same for the whole episode, whatever joins or leaves it. */
function alertListener(context: ModelInEnvironment, detectors: readonly Detector[]): AlertingRule {
  const shortest = { milliseconds: Math.min(...detectors.map((detector) => detector.for.milliseconds)) };
  return {
    alert: alertNames.retrain,
    expression: violationExpression(subjectOf(context), detectors, shortest),
    for: shortest,
    keepFiringFor: context.platform.alerting.keepFiringFor,
    labels: labelsOf(context, 'retrain', 'warning'),
    annotations: describeRetraining(context, detectors),
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

/** Without any value the detector sees nothing; without some it sees less. Neither asks for anybody's retraining. */
function alertOnMissingMetric(context: ModelInEnvironment, detector: Detector): readonly AlertingRule[] {
  const { interval } = context.platform.alerting;
  const patience = Math.max(detector.for.milliseconds, missingEvaluations * interval.milliseconds);
  const shared = {
    for: { milliseconds: patience },
    keepFiringFor: undefined,
    labels: detectorLabels(context, detector),
  };
  const incomplete = incompleteExpression(subjectOf(context), detector);
  return [
    {
      ...shared,
      alert: alertNames.metricMissing,
      expression: missingExpression(subjectOf(context), detector),
      annotations: describeMissing(context, detector),
    },
    ...(incomplete === undefined
      ? []
      : [
          {
            ...shared,
            alert: alertNames.metricIncomplete,
            expression: incomplete,
            annotations: describeIncomplete(context, detector),
          },
        ]),
  ];
}

/** So many evaluations without a value are more than a slow scrape or a rollout of the exporter. */
const missingEvaluations = 20;

/** Every comparison with NaN is false, so `>= -Inf` keeps the numbers. */
function missingExpression(subject: AlertSubject, detector: Detector): string {
  const traffic = trafficSelector(detector.source, subject.namespace);
  if (traffic !== undefined) return `absent(${traffic})`;
  return `absent(${selectDetector(series.value, subject, detector.name)} >= -Inf)`;
}

/** Some features have a value and others have none; undefined: there is one value or nothing. */
function incompleteExpression(subject: AlertSubject, detector: Detector): string | undefined {
  const value = selectDetector(series.value, subject, detector.name);
  const numbers = `count(${value} >= -Inf)`;
  if (detector.features.length > 1) return `${numbers} < ${detector.features.length}`;
  const { source } = detector;
  const several = 'featureLabel' in source && source.featureLabel !== undefined;
  return several && detector.features.length === 0 ? `count(${value} != ${value}) and ${numbers}` : undefined;
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
    keepFiringFor: platform.capabilities.keepFiringFor ? notStartedHold : undefined,
    labels: labelsOf(context, 'notify', 'warning'),
    annotations: describeNotStarted(context),
  };
}

/** Long enough to be seen, although the condition looks at an episode only once. */
const notStartedHold = duration('1h');

function admittedExpression(context: ModelInEnvironment, window: string): string {
  return hasGrown((label) => selectAdmitted(context, label), window);
}

/**
 * A failed run keeps its name, so the episode that asked for it asks for no other one: people must know. Runs belong to a
 * model and not to an environment, so the first environment that starts any tells of them.
 */
function alertOnFailedRun(context: ModelInEnvironment): readonly AlertingRule[] {
  const { platform, model, deployment } = context;
  const teller = model.deployments.find(
    ({ detectors, environment }) =>
      seesRuns(environment) && detectors.some(({ actions }) => actions.includes('retrain')),
  );
  if (teller?.environment.name !== deployment.environment.name) return [];
  return [
    {
      alert: alertNames.runFailed,
      expression: callOver(
        'max',
        hasGrown((label) => selectEnded(context, 'failed', label), failureWindow),
      ),
      for: undefined,
      keepFiringFor: platform.capabilities.keepFiringFor ? notStartedHold : undefined,
      labels: labelsOf(context, 'notify', 'warning'),
      annotations: describeFailedRun(context),
    },
  ];
}

/** So long a failure is looked at; Prometheus may skip evaluations meanwhile. */
const failureWindow = '10m';

/** Did a counter grow, or begin, within a window? */
function hasGrown(select: (namespaceLabel: string) => string, window: string): string {
  // Prometheus renames the metric's own label `namespace` where the scrape adds one (honorLabels: false).
  return ['namespace', 'exported_namespace']
    .map(select)
    .flatMap((count) => [
      `increase(${count}[${window}]) > 0`,
      `(last_over_time(${count}[${window}])\n${indent(`unless ${count} offset ${window}`)})`,
    ])
    .join('\nor\n');
}

/** How runs of a model end, as Tekton counts them with the metrics settings it is installed with. */
export type RunEnd = 'success' | 'failed' | 'cancelled';

export function selectEnded(
  { platform, model }: ModelInEnvironment,
  end: RunEnd,
  namespaceLabel: string,
): string {
  return selectSeries('tekton_pipelines_controller_pipelinerun_duration_seconds_count', {
    [namespaceLabel]: platform.namespaces.toolings,
    pipeline: pipelineName(model.name),
    status: end,
  });
}

/** Tekton's count of finished admit tasks of a model's Pipeline, with the metrics settings it is installed with. */
export function selectAdmitted({ platform, model }: ModelInEnvironment, namespaceLabel: string): string {
  return selectSeries('tekton_pipelines_controller_pipelinerun_taskrun_duration_seconds_count', {
    [namespaceLabel]: platform.namespaces.toolings,
    pipeline: pipelineName(model.name),
    task: taskName(admit),
  });
}

function detectorLabels(context: ModelInEnvironment, { name, category, severity }: Detector): Labels {
  return {
    ...labelsOf(context, 'notify', severity),
    [alertLabels.category]: category,
    [alertLabels.detector]: name,
  };
}

function labelsOf(context: ModelInEnvironment, action: Action, severity: AlertSeverity): Labels {
  return {
    ...subjectLabels(subjectOf(context)),
    [alertLabels.action]: action,
    [alertLabels.severity]: severity,
  };
}
