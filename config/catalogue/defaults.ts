import type { Profile } from '../model-profile.js';
import { builtInVersions } from './versions.js';

/** What differs between the profiles. */
export const builtInByProfile = {
  kubernetes: {
    versions: builtInVersions.kubernetes,
    namespaces: { argocd: 'argocd', monitoring: 'monitoring', tekton: 'tekton-pipelines' },
  },
  openshift: {
    versions: builtInVersions.openshift,
    namespaces: {
      argocd: 'openshift-gitops',
      monitoring: 'openshift-user-workload-monitoring',
      tekton: 'openshift-pipelines',
    },
  },
} as const satisfies Record<Profile, object>;

/**
 * What holds when nobody says otherwise, in the words of the input: the lowest layer of the configuration,
 * and the defaults in the generated reference.
 */
export const builtInPlatform = {
  models: ['models/*.yaml'],
  repository: { branch: 'main' },
  source: { branch: 'main', path: '' },
  alerting: {
    tokenSecret: { name: 'driftloop-webhook-token', key: 'token' },
    ruleLabels: {},
    routeLabels: {},
    scrapeLabels: {},
    interval: '30s',
    groupWait: '30s',
    groupInterval: '5m',
    repeatInterval: '4h',
    keepFiringFor: '30m',
    runDeadline: '15m',
  },
  inhibition: { missingMetric: true, critical: true },
  runs: { log: 'text' },
  argocd: {
    server: 'https://kubernetes.default.svc',
    style: 'applications',
    hydrate: 'off',
    selfHeal: true,
    prune: true,
  },
} as const;

/** Of `environments.<env>.syncWindows[]`. */
export const builtInSyncWindow = { timeZone: 'Etc/UTC', manualSync: false } as const;

/** Of `clusters.<name>`, and of its `ca` where there is one. */
export const builtInCluster = { tektonMetrics: false } as const;
export const builtInAuthority = { kind: 'ConfigMap', key: 'ca.crt' } as const;
/** Of how the GitOps repository is written to. */
export const builtInDelivery = {
  shared: 'push' as const,
  commits: 'git' as const,
  signed: false,
  pullRequest: {
    per: 'environment' as const,
    labels: [],
    reviewers: [],
    assignees: [],
    draft: false,
    autoMerge: false,
    statuses: true,
  },
};

/** Of a monitor that has a service; its name is the monitor's. */
export const builtInMonitorService = { schedule: '30s', batchSize: 5000 } as const;

/** Of a receiver, whatever kind it is of. */
export const builtInReceiver = { sendResolved: true, default: false } as const;

/** Of `runs.notify`. */
export const builtInRunNotifications = {
  on: ['refused', 'failed', 'released', 'proposed'],
  title: '{{ model }}: run {{ event }}',
  text: '{{ summary }}\n{{ pullRequest }}\nRun {{ run }} for {{ environment }}, started by {{ startedBy }}.',
} as const;

/** Of the kinds of receivers that have defaults of their own. */
export const builtInEmail = { requireTls: true } as const;
export const builtInPagerDuty = {
  client: 'driftloop',
  severity: { warning: 'warning', critical: 'critical' },
} as const;
export const builtInBasicAuth = { usernameKey: 'username', passwordKey: 'password' } as const;

/** Of dashboards, by their delivery; the folder is called like the platform. */
export const builtInDashboards = {
  delivery: 'operator',
  operator: { instances: { dashboards: 'grafana' } },
  sidecar: { labels: { grafana_dashboard: '1' } },
} as const;

/** Of a monitor that Prometheus is to read. */
export const builtInScrape = { path: '/metrics', interval: '30s' } as const;

/** Of a monitor's service without a database. */
export const builtInMonitorVolume = { size: '1Gi' } as const;

/** Of a training, whatever its engine is. */
export const builtInTraining = {
  engine: 'container' as const,
  timeout: '1h',
  retries: 0,
  storage: '1Gi',
  accessMode: 'ReadWriteOnce' as const,
  cooldown: '6h',
  admission: { freeze: [], maxRunsPerDay: 0, maxFailures: 3, stillFiring: false, whenUnknown: 'admit' },
};

const builtInProgram = {
  command: [],
  args: [],
  env: {},
  resources: { cpu: '500m', memory: '512Mi' },
  nodeSelector: {},
  tolerations: [],
};
const builtInWorkers = { count: 1, resources: { cpu: '500m', memory: '512Mi' } };

/** By engine, because a default of one means nothing to another. */
export const builtInEngines = {
  container: builtInProgram,
  job: builtInProgram,
  trainjob: { ...builtInProgram, nodes: 1 },
  // The program of a RayJob has no default: Ray's images start nothing by themselves.
  rayjob: { ...builtInProgram, command: undefined, workers: builtInWorkers },
  spark: { ...builtInProgram, command: undefined, workers: builtInWorkers },
};

/** Of gates, where they are used. */
export const builtInChampion = { first: 'fail', data: 'same' } as const;
export const builtInSignificance = { significance: 0.05, minSamples: 30, minEffect: 0.2 } as const;
export const builtInFairness = { spd: { min: -0.1, max: 0.1 }, dir: { min: 0.8, max: 1.2 } } as const;

/** Of `rollout`; `smokeTest` depends on how the model is served. */
export const builtInRollout = { wait: true, timeout: '15m' };

const builtInPods = {
  replicas: 1,
  resources: { cpu: '500m', memory: '512Mi' },
  args: [],
  env: {},
  imagePullSecrets: [],
  nodeSelector: {},
  tolerations: [],
};

/** Of a check before the training. */
export const builtInCheck = {
  args: [],
  env: {},
  resources: { cpu: '500m', memory: '512Mi' },
  timeout: '15m',
} as const;

/** Of packaging and of what is asked of an image, as far as somebody asks. */
export const builtInPackage = { sbom: true } as const;
export const builtInModelScan = {
  args: [],
  env: {},
  secretEnv: {},
  resources: { cpu: '500m', memory: '1Gi' },
  timeout: '30m',
} as const;
export const builtInImageScan = {
  scanner: 'trivy',
  env: {},
  resources: { cpu: '500m', memory: '1Gi' },
  timeout: '15m',
} as const;
/** Only Trivy's to know; roxctl has policies. */
export const builtInWeakness = { severity: 'critical' } as const;
export const builtInSigning = {
  command: ['/ko-app/cosign'],
  env: {},
  resources: { cpu: '100m', memory: '256Mi' },
  timeout: '10m',
} as const;

/** Of what fetches the data of a training. */
export const builtInData = {
  args: [],
  env: {},
  resources: { cpu: '500m', memory: '512Mi' },
  timeout: '30m',
  retries: 1,
} as const;

/** By kind, because a default of one kind means nothing to the other. */
export const builtInServing = {
  deployment: { ...builtInPods, command: [], port: 8080, readinessPath: '/healthz' },
  inferenceservice: { ...builtInPods, mode: 'Standard' as const, exposed: false },
};

/** Of parts of `serving`, where they are used. */
export const builtInAutoscaling = { min: 1, metric: 'cpu', target: 80 };
export const builtInServingAccount = { secrets: [], annotations: {}, token: false };
export const builtInServer = { command: [], args: [], env: {}, port: 8080, protocol: 'v2' };
export const builtInTransformer = {
  placement: 'sidecar',
  command: [],
  args: [],
  env: {},
  resources: { cpu: '500m', memory: '512Mi' },
  port: 8080,
};

/** Of a section with detectors, and of detectors. */
export const builtInDetector = {
  for: '10m',
  severity: 'warning',
  atLeast: 1,
  over: '5m',
  quantile: 0.95,
  featureLabel: 'feature',
  reference: 'TRAINING',
} as const;

/** Of `listener.expose`, by its kind; which kind is the default, the profile decides. */
export const builtInExposure = {
  ingress: { class: 'nginx', bodyLimit: '5Mi', annotations: {} },
  route: { namespace: 'openshift-ingress', annotations: {} },
  httproute: { gateway: { listener: 'https' }, annotations: {} },
} as const;

/** Of `triggers.data`: what DVC commits in the place of data. */
export const builtInDataPaths: readonly string[] = ['**/*.dvc', 'dvc.lock'];

/** Of `triggers.schedule`. */
export const builtInSchedule = { timeZone: 'Etc/UTC', startingDeadline: '1h' } as const;

/** Branch of a model's repository. */
export const builtInSource = { branch: 'main' } as const;
