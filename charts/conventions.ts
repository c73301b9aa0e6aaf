import { createHash } from 'node:crypto';
import type { Environment, Platform, RemoteCluster, SecretKey } from '../config/model.js';
import { ownAnnotations } from '../config/model-exposure.js';
import type { Exposure } from '../config/model-exposure.js';

/**
 * Names, labels, annotations and sync waves. Nothing is spelled twice, and nothing here may change
 * between versions: a renamed object is deleted and created anew by Argo CD (test/charts/stability.test.ts).
 */

/** Prefix of our labels and annotations. */
const domain = 'driftloop.dev';

export const labels = {
  model: `${domain}/model`,
  environment: `${domain}/environment`,
  /** On Triggers: which EventListener picks them up. */
  listener: `${domain}/listener`,
  /** On PipelineRuns: what started the run. */
  startedBy: `${domain}/started-by`,
  /** On PipelineRuns: which event of its kind it was, such as the episode of an alert or the id of a delivery. */
  event: `${domain}/event`,
  /** On PipelineRuns that train one certain commit: its first 40 digits. */
  commit: `${domain}/commit`,
  /** On PipelineRuns that ended: how. */
  outcome: `${domain}/outcome`,
  /** On PipelineRuns that ended other than well: which demand refused it, or which task failed. */
  reason: `${domain}/reason`,
  /** On what a training is handed over to: the PipelineRun. */
  run: `${domain}/run`,
  partOf: 'app.kubernetes.io/part-of',
  managedBy: 'app.kubernetes.io/managed-by',
  component: 'app.kubernetes.io/component',
} as const;

/** On every object; `app.kubernetes.io/instance` is left out on purpose, Argo CD's label tracking would claim runs by it. */
export const commonLabels = { [labels.partOf]: 'driftloop', [labels.managedBy]: 'driftloop' } as const;

/** Annotations of the Lease that remembers a model's runs and releases; written by the steps. */
export const leaseAnnotations = {
  releasedAt: `${domain}/released-at`,
  releasedVersion: `${domain}/released-version`,
  /** JSON list of the runs that were admitted, with the time. */
  admittedRuns: `${domain}/admitted-runs`,
  /** JSON list of the runs that failed in a row; who removes it lets runs start again. */
  failedRuns: `${domain}/failed-runs`,
} as const;

/** On a PipelineRun: what became of one message; a key for each, so that nobody has to read before writing. */
export function notifiedAnnotation(event: string, receiver: string): string {
  return `notified.${domain}/${event}.${receiver}`;
}

/** Annotations of PipelineRuns that a person started. */
export const requestAnnotations = {
  by: `${domain}/requested-by`,
  reason: `${domain}/request-reason`,
} as const;

/** Annotations of a PipelineRun that has ended; written by the steps. */
export const runAnnotations = {
  /** What happened, in one sentence. */
  summary: `${domain}/summary`,
  version: `${domain}/version`,
  image: `${domain}/image`,
  /** Commit of the GitOps repository with the release. */
  release: `${domain}/release`,
  /** Table of metrics and thresholds, in Markdown. */
  metrics: `${domain}/metrics`,
} as const;

/** On serving objects: which version of the model they serve. */
export const modelVersionAnnotation = `${domain}/model-version`;

/** On an InferenceService: changes with the ServingRuntime, where KServe does not look at it again by itself. */
export const runtimeDigestAnnotation = `${domain}/runtime-digest`;

/**
 * Argo CD applies lower waves first and waits for their health, and takes no new commit while it waits. So only
 * what cannot stay unhealthy has a wave before the last one of its unit; a server that crashes is not among it.
 */
export const syncWave = {
  annotation: ownAnnotations.syncWave,
  rights: '-2',
  pipelines: '-1',
  triggers: '0',
  models: '1',
} as const;

/** The EventListener for alerts, its NetworkPolicy, and the account of both listeners. */
export const listenerName = 'driftloop';

/** The EventListener for what forges and others send, from outside too, and its NetworkPolicy. */
export const eventsListenerName = 'driftloop-events';

/** The EventListener that gets the alerts of an environment: from another cluster they come from outside. */
export function listenerOf({ cluster }: Environment): string {
  return cluster === undefined ? listenerName : eventsListenerName;
}

/** What verifies signatures that no interceptor of Tekton Triggers knows: Deployment, Service and NetworkPolicy. */
export const verifierName = 'driftloop-verifier';

/** The Interceptor for one kind of signatures. */
export function interceptorName(signature: string): string {
  return `driftloop-${signature}`;
}

/** Port of the listener's Pods, and of its Service as long as it has no certificate. */
export const listenerPort = 8080;

/** Port that Tekton gives the Service of a listener with a certificate. */
export const listenerTlsPort = 8443;

/** Port of the listener's own metrics. */
export const listenerMetricsPort = 9000;

/** Account of the runs: what driftloop's own steps may do in the cluster. */
export const runnerName = 'driftloop-runner';

/** Role in Argo CD's namespace, which several platforms may share: what the runs see of their Applications. */
export function rolloutViewName(platform: string): string {
  return `driftloop-${platform}-rollout`;
}

/** Role in an environment: what the runs see of a model's servers. */
export function servingViewName(model: string): string {
  return shorten(`${model}-rollout`, 63);
}

/** Account of the training stage, which runs foreign code: no rights and no token. */
export const trainerName = 'driftloop-trainer';

/** Account and component of the Pods that ask for runs at fixed times. */
export const schedulerName = 'driftloop-scheduler';

/** What keeps the model registry in step with the release records. */
export const registryFollowerName = 'driftloop-registry';

/** The NetworkPolicy of a namespace of models. */
export const isolationName = 'driftloop';

/** User and group of our Pods: images whose own user is root would be refused by Pod Security "restricted". */
export const nonRootUser = 65532;

/** Tekton names the listener's Service and Deployment `el-<listener>`. */
export function listenerService(listener: string): string {
  return `el-${listener}`;
}

/** Secret with the certificate of a listener, made by the cluster. */
export function listenerCertificate(listener: string): string {
  return `${listenerService(listener)}-tls`;
}

/** Where a sender of events posts, behind host and port; the same inside and outside of the cluster. */
export function eventsPath(source: string): string {
  return `/events/${source}`;
}

/** Where Alertmanager of another cluster posts retrain alerts, behind the host that is exposed. */
export const alertsPath = '/alerts';

export function alertsUrl({ host }: Exposure): string {
  return `https://${host}${alertsPath}`;
}

/** The token of a cluster's alerts. Each cluster has its own, so that one that is stolen starts no runs of the others. */
export function alertToken({ alerting }: Platform, cluster: RemoteCluster | undefined): SecretKey {
  const { name, key } = alerting.tokenSecret;
  return cluster === undefined ? { name, key } : { name: shorten(`${name}-${cluster.name}`, 253), key };
}

/** Where Alertmanager posts retrain alerts within the cluster of the toolings. */
export function listenerUrl({ namespaces, capabilities }: Platform): string {
  const host = `${listenerService(listenerName)}.${namespaces.toolings}.svc.cluster.local`;
  return capabilities.listenerTls === 'none'
    ? `http://${host}:${listenerPort}/`
    : `https://${host}:${listenerTlsPort}/`;
}

/** Cluster-scoped objects carry the platform's name, so that two platforms share a cluster. */
export function listenerClusterRole(platform: string): string {
  return `driftloop-${platform}-listener`;
}

export function pipelineName(model: string): string {
  return shorten(`retrain-${model}`, 63);
}

/** The AlertmanagerConfig for people, apart from the one that starts runs; no model has a dot in its name. */
export function notificationsName(model: string): string {
  return shorten(`${model}.notify`, 63);
}

/** The dot, which stands in no part, keeps `a-b` in `c` apart from `a` in `b-c`. */
export function triggerName(model: string, environment: string): string {
  return shorten(`${model}.${environment}`, 63);
}

/** Of what starts runs besides alerts; an environment has no dot in its name, so none of its Triggers is called alike. */
export function eventTriggerName(model: string, cause: string): string {
  return shorten(`${model}.event.${cause}`, 63);
}

/** Of a CronJob, whose Jobs add a hyphen and eight digits or more. */
export function scheduleName(model: string): string {
  return shorten(`retrain-${model}`, 52);
}

export function leaseName(model: string): string {
  return shorten(`driftloop-${model}`, 63);
}

/** What an attempt of a run's training is handed over to; it begins with a letter, as some kinds want it. */
export function trainingName(run: string, attempt: number, limit: number): string {
  return shorten(attempt === 1 ? `train-${run}` : `train-${attempt}-${run}`, limit);
}

/** PrometheusRule, retrain route and serving objects of one model in one environment's namespace. */
export function modelObjectName(model: string): string {
  return shorten(model, 63);
}

/** The ConfigMap with what a model's monitor is asked for. */
export function metricRequestsName(model: string): string {
  return shorten(`${model}-metric-requests`, 63);
}

/** ServiceAccount of a model's Pods; named apart from accounts that others make for an InferenceService. */
export function servingAccountName(model: string): string {
  return shorten(`${model}-serving`, 63);
}

/** Folder and data source of Grafana that an environment has. */
export const dashboardFolderName = 'driftloop';

/** The object with a model's dashboard; without a model the one of the environment, which no model's can be called. */
export function dashboardName(model: string | undefined): string {
  return model === undefined ? 'driftloop.overview' : shorten(`${model}-dashboard`, 63);
}

/** Address of a dashboard in Grafana, which takes 40 characters. */
export function dashboardUid(platform: string, environment: string, model?: string): string {
  const parts = [platform, environment, ...(model === undefined ? [] : [model])];
  // Grafana takes no dot, and a hyphen stands in the parts; an underscore in none of them.
  return shorten(parts.join('_'), 40);
}

/** PrometheusRule of a model's alert about missing runs, where it is evaluated apart; no model has a dot in its name. */
export function runRulesName(model: string): string {
  return shorten(`${model}.runs`, 63);
}

/** What stands before fingerprint and start time in the name of a run; with both it keeps to 63 characters. */
export function runNamePrefix(model: string, environment: string): string {
  return `${shorten(`${model}-${environment}`, 63 - runNameSuffixLength - 1)}-`;
}

/** Longest end of a run's name: 16 hexadecimal digits, a hyphen and 14 digits (charts/contract.ts). */
export const runNameSuffixLength = 16 + 1 + 14;

/** What an AppProject is for; an environment may have any name, also `root`. */
export const projectScopes = {
  /** The root Application. */
  root: 'root',
  toolings: 'toolings',
  environment: (environment: string, team: string | undefined) =>
    team === undefined ? `environment-${environment}` : `team.${team}.${environment}`,
  /** One foreign chart in one environment, or in the toolings; no name has a dot. */
  chart: (place: string, chart: string) => `chart.${place}.${chart}`,
} as const;

export function projectName(platform: string, scope: string): string {
  return shorten(`${platform}.${scope}`, 63);
}

export function applicationName(platform: string, unit: string): string {
  return shorten(`${platform}.${unit.replaceAll('/', '.')}`, 63);
}

/** Branch that Argo CD copies an environment to, where it hydrates. */
export function hydratedBranch(environment: string): string {
  return `environments/${environment}`;
}

/** The RoleBinding of all who have a role in a namespace. */
export function accessBindingName(role: string): string {
  return `driftloop-${role}`;
}

/** The set that makes the Applications of all units. */
export function applicationSetName(platform: string): string {
  return applicationName(platform, 'units');
}

/** Folder of a unit in `dist/` and in the target. */
export const directories = {
  bootstrap: 'bootstrap',
  /** What is applied once on a cluster besides that of the toolings. */
  clusterBootstrap: (cluster: string) => `bootstrap/${cluster}`,
  applications: 'applications',
  /** What the ApplicationSet makes Applications of; below the folder of the Applications, which reads no subfolders. */
  unitIndex: 'applications/units',
  toolings: 'toolings',
  environment: (environment: string) => `environments/${environment}`,
  /** What an environment has once, or once for a team: no model has a dot in its name, and none is called `platform`. */
  platform: (environment: string, team: string | undefined) =>
    `environments/${environment}/${platformUnit(team)}`,
  model: (environment: string, model: string) => `environments/${environment}/${model}`,
} as const;

/** Last part of the name of the unit that a place has once, for all its models. */
export function platformUnit(team: string | undefined): string {
  return team === undefined ? 'platform' : `platform.${team}`;
}

/** File of a chart within its unit's folder. */
export function chartFile(capability: string): string {
  return `${capability}.k8s.yaml`;
}

/** Keeps a name within its limit and still unique: the tail gives way to 8 digits of the whole name's hash. */
function shorten(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, limit - 9).replace(/[-.]+$/, '')}-${digest}`;
}
