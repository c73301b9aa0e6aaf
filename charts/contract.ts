import type { Action, Deployment, Model } from '../config/model.js';
import { labels as objectLabels } from './conventions.js';

/**
 * What rule, route, trigger and pipeline must agree on, declared once. The chain is:
 * detector → recording rules → alert (labels below) → route (matches them) → listener → Trigger
 * (CEL filter) → PipelineRun (name and parameters below) → Pipeline (declares the parameters).
 */

/** Labels of recorded series and alerts. `namespace` is the environment's: Alertmanager's forced matcher needs it. */
export const alertLabels = {
  namespace: 'namespace',
  model: 'driftloop_model',
  environment: 'driftloop_environment',
  action: 'driftloop_action',
  detector: 'driftloop_detector',
  /** `lower` or `upper`, on recorded thresholds. */
  bound: 'driftloop_bound',
  feature: 'feature',
  /** What kind of detector an alert is about; alerts about the loop itself have none. */
  category: 'driftloop_category',
  severity: 'severity',
} as const;

/** Recorded series: the one vocabulary of alerts, dashboards and tests, whatever the metric's dialect. */
export const series = {
  /** The detector's value, per feature. */
  value: 'driftloop:detector:value',
  /** Its bounds, one series per bound. */
  threshold: 'driftloop:detector:threshold',
  /** 1 when the value of this one evaluation violates a bound, else 0; recorded for k-of-n windows only. */
  outOfBounds: 'driftloop:detector:out_of_bounds',
  /** 1 when the value (or k of n values) violates a bound, else 0; per feature. */
  violated: 'driftloop:detector:violated',
  /** 1 when enough features violate, else 0; one series per detector. */
  state: 'driftloop:detector:state',
} as const;

export const alertNames = {
  notify: 'ModelViolation',
  retrain: 'ModelRetrain',
  metricMissing: 'ModelMetricMissing',
  metricIncomplete: 'ModelMetricIncomplete',
  retrainNotStarted: 'ModelRetrainNotStarted',
  runFailed: 'ModelRunFailed',
} as const;

/** The alert that asks for an action. */
export function alertNameOf(action: Action): string {
  return action === 'retrain' ? alertNames.retrain : alertNames.notify;
}

/** Does an alert of this deployment start runs? Then it needs the alert, the route and the Trigger. */
export function startsRuns(deployment: Deployment): boolean {
  return deployment.detectors.some((detector) => detector.actions.includes('retrain'));
}

/** The models whose new versions are made in the cluster: without any there is no listener, and nothing of Tekton. */
export function listRetrained(models: readonly Model[]): readonly Model[] {
  return models.filter((model) => model.training !== undefined);
}

/** Alertmanager groups retrain alerts by these, so that a group is one alert and its labels are complete. */
export const groupBy = [
  'alertname',
  alertLabels.namespace,
  alertLabels.model,
  alertLabels.environment,
] as const;

/** What people read in one message: detectors of one kind and urgency. */
export const notifyGroupBy = [...groupBy, alertLabels.category, alertLabels.severity] as const;

/** Names of receivers inside an AlertmanagerConfig. */
export const receivers = {
  /** The root route's: drops what no child route wants. */
  none: 'none',
  retrain: 'retrain',
  notify: (receiver: string) => `notify-${receiver}`,
} as const;

/**
 * When the Trigger starts a run, as CEL for Triggers' core interceptor. The order puts the cheap conditions
 * first and the secret last: an expression that stops early asks for no Secret. One condition stands on a line.
 */
export function alertFilter(
  subject: AlertSubject,
  tokenSecret: { name: string; key: string },
  when?: string,
): string {
  const conditions = [
    `has(body.version) && body.version == '4'`,
    `body.status == 'firing'`,
    `size(body.alerts) == 1`,
    `body.alerts[0].status == 'firing'`,
    `body.alerts[0].fingerprint.matches('^[0-9a-f]{16}$')`,
    ...Object.entries(subjectLabels(subject)).map(
      ([label, value]) => `'${label}' in body.groupLabels && body.groupLabels['${label}'] == '${value}'`,
    ),
    `'${alertLabels.action}' in body.commonLabels && body.commonLabels['${alertLabels.action}'] == 'retrain'`,
    ...(when === undefined ? [] : [`(${when})`]),
    `header.canonical('Authorization').startsWith('Bearer ')`,
    `header.canonical('Authorization').replace('Bearer ', '').compareSecret('${tokenSecret.key}', '${tokenSecret.name}')`,
  ];
  return conditions.join(' &&\n');
}

export interface AlertSubject {
  readonly model: string;
  readonly environment: string;
  /** The environment's. */
  readonly namespace: string;
}

/** The stable labels that say which model an alert is about. */
export function subjectLabels(subject: AlertSubject): Readonly<Record<string, string>> {
  return {
    [alertLabels.namespace]: subject.namespace,
    [alertLabels.model]: subject.model,
    [alertLabels.environment]: subject.environment,
  };
}

/**
 * What leaves the payload: two strings reduced to harmless characters. Free text must not, because
 * Tekton expands `$(context...)` in parameters and refuses other `$(...)`.
 */
export const payloadValues = {
  fingerprint: {
    extension: 'fingerprint',
    expression: `body.alerts[0].fingerprint.translate('[^0-9a-f]', '').truncate(16)`,
  },
  startedAt: {
    extension: 'startedAt',
    /** Digits of the start time down to the second: `20261121021026`. */
    expression: `body.alerts[0].startsAt.translate('[^0-9]', '').truncate(14)`,
  },
} as const;

/** Parameters of every retraining Pipeline: PipelineRun gives them, Pipeline declares them. */
export const runParams = {
  /** Environment the run is for: that of the alert, else the one that receives releases. */
  environment: 'environment',
  /** Branch that is trained from; default: the model's. */
  branch: 'branch',
  /** The one commit of it that is trained from; default: `newest`. */
  commit: 'commit',
} as const;

/** Fields of the request that asks the listener for a run, besides an alert. */
export const requestFields = {
  /** A RunCause. */
  startedBy: 'startedBy',
  model: 'model',
  /** End of the run's name (requestId), so that the same request starts one run. */
  id: 'id',
} as const;

/** What may be the id of a request; with any model's prefix it is part of a valid name. */
export const requestId = '^[0-9a-z]([-0-9a-z]{0,29}[0-9a-z])?$';

/** Instead of a commit: the newest of its branch when the run fetches it. */
export const newestCommit = 'newest';

/** The volume all tasks of a run share. */
export const runWorkspace = 'run';

/** Folders of the run's volume. */
export const runFolders = {
  /** The model's source at the resolved commit. */
  source: 'source',
  /** What training leaves: `metrics.json`, and `model.json` or `model/`. */
  output: 'output',
  /** What collect-data left, with `snapshot.json`: `{"id": …}` names the data. */
  data: 'data',
  /** What the steps found out, for people and for later steps. */
  report: 'report',
  /** What the step that hands a training over remembers of its attempts. */
  engine: 'engine',
} as const;

/** Environment variables a training image finds. */
export const trainingVariables = {
  output: 'DRIFTLOOP_OUTPUT',
  /** Folder of the source; the working directory where the engine lets one choose it. */
  source: 'DRIFTLOOP_SOURCE',
  /** Folder of the data, where the model has any. */
  data: 'DRIFTLOOP_DATA',
  /** What the data is called, where the model has any. */
  snapshot: 'DRIFTLOOP_SNAPSHOT',
  model: 'DRIFTLOOP_MODEL',
  environment: 'DRIFTLOOP_ENVIRONMENT',
  commit: 'DRIFTLOOP_COMMIT',
} as const;

/** Files training must leave in its output folder. */
export const trainingOutputs = {
  /** `{"accuracy": 0.93}`: numbers by metric name. */
  metrics: 'metrics.json',
  /** `{"image": "oci://repository@sha256:…"}`: where the model is. */
  model: 'model.json',
  /** Folder with the files of the model, which `package` makes an image of; without it training has pushed the model itself. */
  files: 'model',
} as const;

/** Files of the folder `data`. */
export const dataFiles = {
  /** `{"id": "…"}`: names the data the model was trained on. */
  snapshot: 'snapshot.json',
} as const;

/** Files of the folder `report` about what ships. */
export const reportFiles = {
  /** SPDX 2.3. */
  sbom: 'sbom.spdx.json',
  /** The predicate of a SLSA provenance (v1). */
  provenance: 'provenance.json',
} as const;

export { servingVariables } from '../config/catalogue/serving-variables.js';

/** What may start a run. */
export const runCauses = ['alert', 'push', 'schedule', 'data', 'objects', 'registry', 'manual'] as const;

export type RunCause = (typeof runCauses)[number];

/** Labels of a PipelineRun that say whose it is and what started it. */
export function runLabels(
  model: string,
  environment: string,
  startedBy: RunCause,
): Readonly<Record<string, string>> {
  return {
    [objectLabels.model]: model,
    [objectLabels.environment]: environment,
    [objectLabels.startedBy]: startedBy,
  };
}
