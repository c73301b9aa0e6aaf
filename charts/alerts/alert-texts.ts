import type { Action, Detector, Labels } from '../../config/model.js';
import { formatPrometheusDuration } from '../../config/values/duration.js';
import { alertLabels, alertNames, runLabels, series } from '../contract.js';
import {
  listenerName,
  listenerService,
  pipelineName,
  runNamePrefix,
  tektonNamespace,
} from '../conventions.js';
import { boundsOf, selectDetector } from './detector-rules.js';
import { subjectOf } from '../model-in-environment.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { formatNumber } from './promql-text.js';

/** What people read: annotations of the alerts. Values stand here and never in labels, which say who an alert is. */

export function describeViolation(
  context: ModelInEnvironment,
  action: Action,
  detectors: readonly Detector[],
): Labels {
  const violated = `Violated now: ${listViolations(
    context,
    detectors.map(({ name }) => name),
  )}`;
  const watched = `Watched: ${detectors.map(describeDetector).join('; ')}.`;
  return {
    summary:
      action === 'retrain'
        ? `Model ${nameOf(context)} violates its limits and is retrained.`
        : `Model ${nameOf(context)} violates its limits.`,
    description: `${violated}\n${watched}`,
    next_steps: [...describeRuns(context, detectors), describeRollback(context)].join('\n'),
    ...nameOwner(context),
  };
}

export function describeMissing(context: ModelInEnvironment, detector: Detector): Labels {
  const expected =
    detector.features.length === 0 ? 'a value' : `values of ${plainText(detector.features.join(', '))}`;
  const value = selectDetector(series.value, subjectOf(context), detector.name);
  return {
    summary: `Model ${nameOf(context)} is not watched: a metric is missing.`,
    description: [
      `Detector ${detector.name} (${plainText(detector.meaning)}) expects ${expected}.`,
      `It sees: ${listSeries(`${value} >= -Inf`)}`,
    ].join('\n'),
    next_steps: 'Look whether the exporter runs, is scraped, and still knows this model. No run is started.',
    ...nameOwner(context),
  };
}

export function describeNotStarted(context: ModelInEnvironment): Labels {
  const { toolings } = context.platform.namespaces;
  const deadline = formatPrometheusDuration(context.platform.alerting.runDeadline);
  return {
    summary: `Model ${nameOf(context)} asks for retraining, but no run has started.`,
    description: [
      `${alertNames.retrain} has fired for ${deadline} and Tekton has finished no admit task of Pipeline ${toolings}/${pipelineName(context.model.name)} since.`,
      '{{ with query `count(tekton_pipelines_controller_running_pipelineruns)` }}Prometheus sees the metrics of Tekton.{{ else }}Prometheus sees no metrics of Tekton at all: scrape its controller before you believe this.{{ end }}',
    ].join('\n'),
    next_steps: [
      `Was a run there? ${getRuns(context)}`,
      `Does the listener say why? kubectl -n ${toolings} logs deployment/${listenerService(listenerName)}`,
      `Is the token wrong, or its Secret missing? Only this says so: kubectl -n ${tektonNamespace} logs deployment/${interceptors}`,
      `Does Alertmanager reach the listener? See alertmanager_notifications_failed_total and its log.`,
    ].join('\n'),
    ...nameOwner(context),
  };
}

/** Tekton Triggers' Deployment that evaluates the filters; a filter that says no leaves its only trace there. */
const interceptors = 'tekton-triggers-core-interceptors';

/** `p-value of the mean-shift test below 0.05 for 10m` */
function describeDetector(detector: Detector): string {
  const limits = boundsOf(detector.bounds).map(
    ([bound, limit]) => `${bound === 'lower' ? 'below' : 'above'} ${formatNumber(limit)}`,
  );
  const { window, atLeast } = detector;
  return [
    `${detector.name}: ${plainText(detector.meaning)} ${limits.join(' or ')}`,
    window === undefined ? '' : ` in ${window.violated} of ${window.of} evaluations`,
    atLeast === 1 ? '' : ` for at least ${atLeast} features`,
    detector.for.milliseconds === 0 ? '' : ` for ${formatPrometheusDuration(detector.for)}`,
  ].join('');
}

function listViolations(context: ModelInEnvironment, detectors: readonly string[]): string {
  const select = (name: string) => selectDetector(name, subjectOf(context), detectors);
  return listSeries(`${select(series.value)} and ${select(series.violated)} == 1`);
}

/** A Go template that lists series as `detector feature = value`, in a stable order. */
function listSeries(expression: string): string {
  const { detector, feature } = alertLabels;
  return [
    `{{ range query \`${expression}\` | sortByLabel "${feature}" | sortByLabel "${detector}" }}`,
    `{{ .Labels.${detector} }}{{ with .Labels.${feature} }} {{ . }}{{ end }} = {{ printf "%.4g" .Value }}; `,
    `{{ else }}nothing.{{ end }}`,
  ].join('');
}

/** Which of the detectors start a run, and where it is seen; nothing when none does. */
function describeRuns(context: ModelInEnvironment, detectors: readonly Detector[]): readonly string[] {
  const { model, deployment, platform } = context;
  const retraining = detectors.filter(({ actions }) => actions.includes('retrain')).map(({ name }) => name);
  if (retraining.length === 0) return [];
  const prefix = runNamePrefix(model.name, deployment.environment.name);
  return [
    `A violation of ${retraining.join(' or ')} starts a run of Pipeline ${platform.namespaces.toolings}/${pipelineName(model.name)}, named ${prefix}….`,
    `Look: ${getRuns(context)}`,
    'A run that ends as "Completed" was not admitted; its result "reason" says why.',
  ];
}

function getRuns({ model, deployment, platform }: ModelInEnvironment): string {
  const selector = Object.entries(runLabels(model.name, deployment.environment.name, 'alert'))
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  return `kubectl -n ${platform.namespaces.toolings} get pipelineruns -l ${selector}`;
}

function describeRollback({ model, deployment, platform }: ModelInEnvironment): string {
  const file = `releases/${deployment.environment.name}/${model.name}.yaml`;
  const where =
    platform.repository === undefined ? 'the GitOps repository' : plainText(platform.repository.url);
  return `To go back to the version before: revert the newest commit of ${file} in ${where}.`;
}

/** In an annotation, because a label would make another alert of it when the owner changes. */
function nameOwner({ model }: ModelInEnvironment): Labels {
  return model.owner === undefined ? {} : { owner: model.owner };
}

function nameOf({ model, deployment }: ModelInEnvironment): string {
  return `${model.name} in ${deployment.environment.name}`;
}

/** The user's own words must not become template actions. */
function plainText(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}
