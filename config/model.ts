import type { Position } from '../problems/problem.js';
import type { Admission } from './model-admission.js';
import type { ArgoCD, SyncWindow } from './model-argocd.js';
import type { Check } from './model-checks.js';
import type { DataCollection } from './model-data.js';
import type { Dashboards } from './model-dashboards.js';
import type { Delivery } from './model-delivery.js';
import type { Detector } from './model-detectors.js';
import type { RunVolume, TrainingEngine } from './model-engines.js';
import type { AccessGrant, ForeignChart, RemoteCluster, Team } from './model-fleet.js';
import type { Gates } from './model-gates.js';
import type { Monitor } from './model-monitoring.js';
import type { Receiver } from './model-notifications.js';
import type { Capabilities, Profile, Versions } from './model-profile.js';
import type { Runs } from './model-runs.js';
import type { ImageRegistry, Packaging } from './model-packaging.js';
import type { ModelRegistry } from './model-registry.js';
import type { Serving } from './model-serving.js';
import type { Promotion, Rollout } from './model-rollout.js';
import type { Exposure } from './model-exposure.js';
import type { EventSource, RunTriggers } from './model-triggers.js';
import type { Duration } from './values/duration.js';

export type * from './model-argocd.js';
export type * from './model-checks.js';
export type * from './model-dashboards.js';
export type * from './model-data.js';
export type {
  CommitMaker,
  Delivery,
  DeliveryForge,
  DeliveryMode,
  PullRequestSettings,
} from './model-delivery.js';
export type * from './model-detectors.js';
export type * from './model-engines.js';
export type * from './model-fleet.js';
export type * from './model-gates.js';
export type * from './model-monitoring.js';
export type * from './model-notifications.js';
export type * from './model-rollout.js';
export type { Capabilities, Profile, Versions } from './model-profile.js';
export * from './model-packaging.js';
export type * from './model-serving.js';

/**
 * The Model: what every input language is turned into, and all that the later stages know.
 * Everything is resolved: defaults filled in, environments applied, names checked.
 */
export interface Workspace {
  readonly platform: Platform;
  /** In the order of promotion; the first one receives what retraining releases. */
  readonly environments: readonly Environment[];
  /** Sorted by name. */
  readonly models: readonly Model[];
  /** Sorted by name. */
  readonly teams: readonly Team[];
  /** Charts of others, sorted by name and then in the order of promotion. */
  readonly charts: readonly ForeignChart[];
  /** Rights of people in the environments; undefined: somebody else decides about them. */
  readonly access: readonly AccessGrant[] | undefined;
  /** Where each value comes from, for `explain` and for problems found later; models that are remembered have none. */
  readonly origins: Origins;
}

/** What `driftloop.yaml` says about the clusters and repositories. */
export interface Platform {
  /** DNS label, at most 20 characters; prefix of everything that several platforms of one cluster must not share. */
  readonly name: string;
  readonly profile: Profile;
  /** What is installed in the cluster. Default: by profile (config/catalogue/versions.ts). */
  readonly versions: Versions;
  /** What profile and versions decide; nobody else asks for them. */
  readonly capabilities: Capabilities;
  /** The GitOps repository as Argo CD and the release step reach it; undefined: none yet. */
  readonly repository: Repository | undefined;
  readonly delivery: Delivery;
  /** The repository of this workspace as the release step reaches it; undefined: releases cannot be made in the cluster. */
  readonly source: WorkspaceSource | undefined;
  readonly namespaces: PlatformNamespaces;
  readonly alerting: Alerting;
  /** What exports metrics about models, sorted by name. */
  readonly monitors: readonly Monitor[];
  /** How events from outside reach the cluster; undefined: they do not. */
  readonly exposure: Exposure | undefined;
  /** What sends events that start runs, sorted by name. */
  readonly events: readonly EventSource[];
  /** undefined: nobody wants any. */
  readonly dashboards: Dashboards | undefined;
  /** Where `notify` alerts go, sorted by name. */
  readonly receivers: readonly Receiver[];
  /** Which alerts for people another one makes needless. Default both. */
  readonly inhibition: { readonly missingMetric: boolean; readonly critical: boolean };
  readonly runs: Runs;
  readonly images: Images;
  /** @default - registries need no credentials, and everybody knows their authorities */
  readonly imageRegistry?: ImageRegistry | undefined;
  /** undefined: nothing but the GitOps repository knows of versions. */
  readonly registry: ModelRegistry | undefined;
  readonly argocd: ArgoCD;
  /** Secret of the toolings namespace with keys `username` and `password` for Git; undefined: repositories need none. */
  readonly gitCredentials: string | undefined;
}

export interface Repository {
  readonly url: string;
  /** Default `main`. */
  readonly branch: string;
}

export interface WorkspaceSource extends Repository {
  /** Folder of the workspace in its repository; '' is the root. */
  readonly path: string;
}

export interface PlatformNamespaces {
  /** Listener, pipelines, runs. */
  readonly toolings: string;
  /** Where Argo CD and its Applications live. Default by profile: `argocd`, `openshift-gitops`. */
  readonly argocd: string;
  /**
   * Where Alertmanager and Prometheus run; their Pods may reach the listener.
   * Default by profile: `monitoring`, `openshift-user-workload-monitoring`.
   */
  readonly monitoring: string;
  /** Where Tekton's controllers run. Default by profile: `tekton-pipelines`, `openshift-pipelines`. */
  readonly tekton: string;
}

export interface Alerting {
  /** Secret with the listener's bearer token; it must exist in the toolings and in every environment's namespace. */
  readonly tokenSecret: SecretKey;
  /** Labels by which Prometheus selects PrometheusRules. */
  readonly ruleLabels: Readonly<Record<string, string>>;
  /** Labels by which Alertmanager selects AlertmanagerConfigs. */
  readonly routeLabels: Readonly<Record<string, string>>;
  /** Labels by which Prometheus selects ServiceMonitors and PodMonitors. */
  readonly scrapeLabels: Readonly<Record<string, string>>;
  /** How often rules are evaluated. Default 30s. */
  readonly interval: Duration;
  /** Alertmanager's group_wait, group_interval and repeat_interval of the retrain route. Defaults 30s, 5m, 4h. */
  readonly groupWait: Duration;
  readonly groupInterval: Duration;
  readonly repeatInterval: Duration;
  /** How long an alert stays firing after its condition ended, so that flapping is one episode. Default 30m. */
  readonly keepFiringFor: Duration;
  /** A retrain alert that fires this long without a run raises ModelRetrainNotStarted. Default 15m. */
  readonly runDeadline: Duration;
}

export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

/** Images driftloop itself puts into the cluster. */
export interface Images {
  /** The step runner (Containerfile). */
  readonly steps: string;
}

export interface Environment {
  readonly name: string;
  readonly namespace: string;
  /** Whose namespace it is; undefined: that of all models without a team. */
  readonly team: string | undefined;
  /** undefined: the cluster of the toolings. */
  readonly cluster: RemoteCluster | undefined;
  /**
   * The only namespaces, besides its own and that of the monitoring, whose Pods may reach those of this one.
   * @default - all may
   */
  readonly callers?: readonly string[] | undefined;
  /**
   * When Argo CD may sync what belongs to it.
   * @default - at any time
   */
  readonly syncWindows?: readonly SyncWindow[] | undefined;
}

/** One model, with what it is in each environment. */
export interface Model {
  /** DNS label. */
  readonly name: string;
  readonly owner: string | undefined;
  /** Whose namespaces it lives in; undefined: the environments' own. */
  readonly team: string | undefined;
  readonly source: Repository;
  /** undefined: nothing retrains this model. */
  readonly training: Training | undefined;
  /** What starts a run besides alerts; nothing without training. */
  readonly triggers: RunTriggers;
  /** What must succeed before it is trained, sorted by name. */
  readonly checks: readonly Check[];
  /** What fetches its data before it is trained; undefined: the training does. */
  readonly data: DataCollection | undefined;
  /** What a trained model must meet before it is released. */
  readonly gates: Gates;
  /** What becomes of what a run has released; nothing without training. */
  readonly rollout: Rollout;
  /** Default: by pull request where the platform has a forge, and a token for it. */
  readonly promotion: Promotion;
  /**
   * How what training leaves becomes an image.
   * @default - training pushes the model itself
   */
  readonly packaging?: Packaging | undefined;
  /** One entry per environment of the workspace, in their order. */
  readonly deployments: readonly Deployment[];
}

/** How a new version is made: what holds for every run, and what trains. */
export type Training = RunSettings & TrainingEngine;

export interface RunSettings extends RunVolume {
  /** Deadline of the training, for each attempt. Default 1h. */
  readonly timeout: Duration;
  /** Attempts after a failed one. Default 0. */
  readonly retries: number;
  /** No new run this long after a release. Default 6h. */
  readonly cooldown: Duration;
  readonly admission: Admission;
  /** One more CEL condition on the alert, besides the contract's own; undefined: none. */
  readonly when: string | undefined;
}

/** Canonical Kubernetes quantities. */
export interface Resources {
  readonly cpu: string;
  readonly memory: string;
}

/** What a container of the user's gets. */
export interface ContainerResources extends Resources {
  /** Whole devices of the nodes by their resource, such as `nvidia.com/gpu`. */
  readonly devices: Readonly<Record<string, number>>;
}

/** A model in one environment. */
export interface Deployment {
  readonly environment: Environment;
  /** Sorted by name. */
  readonly detectors: readonly Detector[];
  /** undefined: somebody else serves the model. */
  readonly serving: Serving | undefined;
}

/**
 * Key: `<where>:<key path>`, e.g. `jukebox/test:drift.detectors[0].for`, `jukebox:training.timeout`,
 * `driftloop.yaml:alerting.interval`. A value is whatever is no map with keys and no list of maps.
 */
export type Origins = ReadonlyMap<string, Origin>;

export interface Origin {
  readonly layer:
    | 'built-in default'
    | 'platform'
    | 'platform defaults'
    | 'environment defaults'
    | 'model'
    | 'model environment';
  /** undefined for built-in defaults. */
  readonly position: Position | undefined;
  /** As it was written: `10m`, a list, a number. */
  readonly value: unknown;
}
