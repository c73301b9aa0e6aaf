import type { Deployment, Detector, DetectorCategory, Labels } from '../../config/model.js';
import { formatPrometheusDuration } from '../../config/values/duration.js';
import { alertLabels, alertNames, runLabels, series } from '../contract.js';
import {
  labels,
  leaseAnnotations,
  leaseName,
  listenerOf,
  listenerService,
  pipelineName,
  runNamePrefix,
} from '../conventions.js';
import { boundsOf, selectDetector } from './detector-rules.js';
import { subjectOf } from '../model-in-environment.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { formatNumber } from './promql-text.js';

/** What people read: annotations of the alerts. Values stand here and never in labels, which say who an alert is. */

/** About one detector. Summary and next steps are those of its whole category, because one message holds them all. */
export function describeViolation(context: ModelInEnvironment, detector: Detector): Labels {
  return {
    summary: summaries[detector.category](nameOf(context)),
    description: `${describeDetector(detector)}. Now: ${listFeatures(context, detector, 'violated')}.`,
    next_steps: [...describeRuns(context, detector), describeRollback(context)].join('\n'),
    ...nameOwner(context),
  };
}

const summaries: Readonly<Record<DetectorCategory, (model: string) => string>> = {
  drift: (model) => `The data of model ${model} has drifted.`,
  bias: (model) => `Model ${model} treats groups differently.`,
  quality: (model) => `The predictions of model ${model} are no longer good enough.`,
  service: (model) => `Model ${model} does not answer as it should.`,
};

/** About all detectors that ask for a run, for who looks the alert up. */
export function describeRetraining(context: ModelInEnvironment, detectors: readonly Detector[]): Labels {
  return {
    summary: `Model ${nameOf(context)} is retrained.`,
    description: [
      `Violated now: ${listViolations(context, detectors)}.`,
      `Watched: ${detectors.map(describeDetector).join('; ')}.`,
    ].join('\n'),
    next_steps: [...describeRun(context), describeRollback(context)].join('\n'),
    ...nameOwner(context),
  };
}

export function describeMissing(context: ModelInEnvironment, detector: Detector): Labels {
  return {
    summary: `Model ${nameOf(context)} is not watched: a metric is missing.`,
    description: `Detector ${detector.name} (${plainText(detector.meaning)}) expects ${expectedValues(detector)} and sees nothing.`,
    next_steps: lookAtExporter,
    ...nameOwner(context),
  };
}

export function describeIncomplete(context: ModelInEnvironment, detector: Detector): Labels {
  return {
    summary: `Model ${nameOf(context)} is watched in part: values of a metric are missing.`,
    description: `Detector ${detector.name} (${plainText(detector.meaning)}) expects ${expectedValues(detector)}. It sees: ${listFeatures(context, detector, 'present')}.`,
    next_steps: lookAtExporter,
    ...nameOwner(context),
  };
}

const lookAtExporter =
  'Look whether the exporter runs, is scraped, and still knows this model. No run is started.';

function expectedValues({ features }: Detector): string {
  return features.length === 0 ? 'a value' : `values of ${plainText(features.join(', '))}`;
}

export function describeNotStarted(context: ModelInEnvironment): Labels {
  const { toolings, tekton } = context.platform.namespaces;
  const there = kubectl(context.deployment);
  const listener = listenerService(listenerOf(context.deployment.environment));
  const deadline = formatPrometheusDuration(context.platform.alerting.runDeadline);
  return {
    summary: `Model ${nameOf(context)} asks for retraining, but no run has started.`,
    description: [
      `${alertNames.retrain} has fired for ${deadline} and Tekton has finished no admit task of Pipeline ${toolings}/${pipelineName(context.model.name)} since.`,
      '{{ with query `count(tekton_pipelines_controller_running_pipelineruns)` }}Prometheus sees the metrics of Tekton.{{ else }}Prometheus sees no metrics of Tekton at all: scrape its controller before you believe this.{{ end }}',
    ].join('\n'),
    next_steps: [
      `Was a run there? ${getRuns(context)}`,
      `Does the listener say why? ${there} -n ${toolings} logs deployment/${listener}`,
      `Is the token wrong, or its Secret missing? Only this says so: ${there} -n ${tekton} logs deployment/${interceptors}`,
      `Does Alertmanager reach the listener? See alertmanager_notifications_failed_total and its log.`,
      ...describeView(context),
    ].join('\n'),
    ...nameOwner(context),
  };
}

export function describeFailedRun(context: ModelInEnvironment): Labels {
  const { model, platform, deployment } = context;
  const { toolings } = platform.namespaces;
  const there = `${kubectl(deployment)} -n ${toolings}`;
  return {
    summary: `A run of model ${model.name} failed.`,
    description: [
      `Pipeline ${toolings}/${pipelineName(model.name)} ended with a failure, and nothing of it was promoted.`,
      'The run keeps its name, so the event that asked for it asks for no other run: the next one comes with the next event.',
    ].join('\n'),
    next_steps: [
      `Which task, and why? ${there} get pipelineruns -l ${labels.model}=${model.name},${labels.outcome}=failed -o yaml`,
      `When the cause is mended: ${there} annotate lease ${leaseName(model.name)} ${leaseAnnotations.failedRuns}- lets runs start again after failures in a row.`,
      ...describeView(context),
    ].join('\n'),
    ...nameOwner(context),
  };
}

/** Where rules see the metrics of their own namespace only, this one needs an exception. */
function describeView({ platform, deployment }: ModelInEnvironment): readonly string[] {
  if (platform.capabilities.ruleView === 'cluster') return [];
  const { namespace } = deployment.environment;
  return [
    `Is ${namespace} among namespacesWithoutLabelEnforcement of user-workload-monitoring-config? This alert sees no run otherwise.`,
  ];
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

/** `danceability = 0.0125, tempo = 0.03`: the values of a detector that violate its bounds, or all there are. */
function listFeatures(
  context: ModelInEnvironment,
  { name }: Detector,
  which: 'violated' | 'present',
): string {
  const select = (recorded: string) => selectDetector(recorded, subjectOf(context), name);
  const value = select(series.value);
  const shown = which === 'present' ? `${value} >= -Inf` : `${value} and ${select(series.violated)} == 1`;
  return listSeries(`\`${shown}\` | sortByLabel "${alertLabels.feature}"`, featureOrValue);
}

function listViolations(context: ModelInEnvironment, detectors: readonly Detector[]): string {
  const names = detectors.map(({ name }) => name);
  const select = (recorded: string) => selectDetector(recorded, subjectOf(context), names);
  const shown = `${select(series.value)} and ${select(series.violated)} == 1`;
  return listSeries(
    `\`${shown}\` | sortByLabel "${alertLabels.feature}" | sortByLabel "${alertLabels.detector}"`,
    `{{ .Labels.${alertLabels.detector} }} ${featureOrValue}`,
  );
}

const featureOrValue = `{{ or .Labels.${alertLabels.feature} "value" }}`;

/** A Go template that lists what a query finds as `name = value`, in a stable order. */
function listSeries(query: string, name: string): string {
  return `{{ range $index, $sample := query ${query} }}{{ if $index }}, {{ end }}${name} = {{ printf "%.4g" .Value }}{{ else }}nothing{{ end }}`;
}

/** Whether a violation of this detector starts a run, which all of its category do or none. */
function describeRuns(context: ModelInEnvironment, { actions }: Detector): readonly string[] {
  return actions.includes('retrain') ? describeRun(context) : [];
}

/** Which run starts, and where it is seen. */
function describeRun(context: ModelInEnvironment): readonly string[] {
  const { model, deployment, platform } = context;
  const prefix = runNamePrefix(model.name, deployment.environment.name);
  return [
    `This starts a run of Pipeline ${platform.namespaces.toolings}/${pipelineName(model.name)}, named ${prefix}….`,
    `Look: ${getRuns(context)}`,
    'A run that ends as "Completed" was not admitted; its result "reason" says why.',
  ];
}

function getRuns({ model, deployment, platform }: ModelInEnvironment): string {
  const selector = Object.entries(runLabels(model.name, deployment.environment.name, 'alert'))
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  return `${kubectl(deployment)} -n ${platform.namespaces.toolings} get pipelineruns -l ${selector}`;
}

/** Alerts of other clusters are read by people whose kubectl means those. */
function kubectl({ environment }: Deployment): string {
  return environment.cluster === undefined ? 'kubectl' : "kubectl --context <that of the toolings' cluster>";
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
