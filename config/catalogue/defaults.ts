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
  argocd: { server: 'https://kubernetes.default.svc', selfHeal: true, prune: true },
} as const;

/** Of a monitor that has a service; its name is the monitor's. */
export const builtInMonitorService = { schedule: '30s', batchSize: 5000 } as const;

/** Of a monitor that Prometheus is to read. */
export const builtInScrape = { path: '/metrics', interval: '30s' } as const;

/** Of a monitor's service without a database. */
export const builtInMonitorVolume = { size: '1Gi' } as const;

export const builtInTraining = {
  command: [],
  args: [],
  env: {},
  resources: { cpu: '500m', memory: '512Mi' },
  timeout: '1h',
  retries: 0,
  storage: '1Gi',
  cooldown: '6h',
};

/** By kind, because a default of one kind means nothing to the other. */
export const builtInServing = {
  deployment: {
    replicas: 1,
    resources: { cpu: '500m', memory: '512Mi' },
    command: [],
    args: [],
    env: {},
    port: 8080,
    readinessPath: '/healthz',
  },
  inferenceservice: { replicas: 1, resources: { cpu: '500m', memory: '512Mi' }, mode: 'Standard' as const },
};

/** Of a section with detectors, and of detectors. */
export const builtInDetector = {
  for: '10m',
  atLeast: 1,
  over: '5m',
  quantile: 0.95,
  featureLabel: 'feature',
  reference: 'TRAINING',
} as const;

/** Branch of a model's repository. */
export const builtInSource = { branch: 'main' } as const;
