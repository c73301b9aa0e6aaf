import type { DeploymentServing, Model, Platform, Training } from '../../config/model.js';
import { duration } from '../../config/values/duration.js';
import { builtInVersions } from '../../config/catalogue/versions.js';
import { resolveCapabilities } from '../../config/resolve/resolve-capabilities.js';
import { metricGates } from '../gates.js';

export const platform: Platform = {
  name: 'mlops',
  profile: 'kubernetes',
  versions: builtInVersions.kubernetes,
  capabilities: resolveCapabilities('kubernetes', builtInVersions.kubernetes),
  repository: { url: 'https://git.example.com/mlops/gitops.git', branch: 'main' },
  source: { url: 'https://git.example.com/mlops/platform.git', branch: 'main', path: '' },
  namespaces: {
    toolings: 'mlops-toolings',
    argocd: 'argocd',
    monitoring: 'monitoring',
    tekton: 'tekton-pipelines',
  },
  alerting: {
    tokenSecret: { name: 'driftloop-token', key: 'token' },
    ruleLabels: {},
    routeLabels: {},
    scrapeLabels: {},
    interval: duration('30s'),
    groupWait: duration('30s'),
    groupInterval: duration('5m'),
    repeatInterval: duration('4h'),
    keepFiringFor: duration('30m'),
    runDeadline: duration('15m'),
  },
  monitors: [{ name: 'trustyai', dialect: 'trustyai-java', service: undefined, scrape: undefined }],
  exposure: undefined,
  events: [],
  dashboards: undefined,
  receivers: [],
  inhibition: { missingMetric: true, critical: true },
  images: { steps: 'registry.example.com/driftloop/steps:0.1.0' },
  delivery: {
    forge: undefined,
    modes: new Map([
      ['test', 'push'],
      ['prod', 'pull-request'],
    ]),
    shared: 'push',
    commits: 'git',
    signed: false,
    pullRequest: {
      per: 'environment',
      labels: [],
      reviewers: [],
      assignees: [],
      draft: false,
      autoMerge: false,
      statuses: true,
    },
    tokenSecret: { name: 'forge', key: 'token' },
  },
  runs: { log: 'text', prometheus: undefined, alertmanager: undefined },
  argocd: {
    server: 'https://kubernetes.default.svc',
    style: 'applications',
    hydrate: 'off',
    selfHeal: true,
    prune: true,
  },
  gitCredentials: 'git-credentials',
};

export const training: Training = {
  image: 'registry.example.com/jukebox/train:1.4.2',
  command: ['node', 'train.mjs'],
  args: ['--epochs', '20'],
  env: { REGISTRY: 'https://registry.example.com' },
  resources: { cpu: '1', memory: '1Gi', devices: {} },
  timeout: duration('90m'),
  retries: 1,
  storage: '1Gi',
  cooldown: duration('6h'),
  admission: {
    freeze: [],
    maxRunsPerDay: 0,
    maxFailures: 3,
    stillFiring: false,
    samples: undefined,
    whenUnknown: 'admit',
  },
  when: undefined,
};

const server: DeploymentServing = {
  kind: 'deployment',
  replicas: 1,
  autoscaling: undefined,
  image: 'registry.example.com/jukebox/server:1.4.2',
  command: [],
  args: [],
  env: {},
  port: 8080,
  readinessPath: '/healthz',
  resources: { cpu: '500m', memory: '512Mi', devices: {} },
  imagePullSecrets: [],
  nodeSelector: {},
  tolerations: [],
  serviceAccount: undefined,
  initial: undefined,
};

export const model: Model = {
  name: 'jukebox',
  owner: 'music-team',
  team: undefined,
  source: { url: 'https://git.example.com/mlops/jukebox.git', branch: 'main' },
  training,
  checks: [],
  triggers: {
    push: undefined,
    data: undefined,
    objects: undefined,
    registry: undefined,
    schedule: undefined,
    manual: false,
  },
  gates: metricGates(
    { metric: 'accuracy', min: 0.75, max: undefined },
    { metric: 'loss', min: undefined, max: 0.6 },
  ),
  rollout: {
    wait: true,
    timeout: duration('15m'),
    smokeTest: [
      {
        path: '/predict',
        body: { energy: 0.5 },
        bodyFile: undefined,
        status: 200,
        schema: undefined,
        values: [{ pointer: '/probability', min: 0, max: 1 }],
        latency: duration('500ms'),
      },
    ],
  },
  promotion: 'pull-request',
  deployments: ['test', 'prod'].map((name) => ({
    environment: { name, namespace: `mlops-${name}`, team: undefined, cluster: undefined },
    detectors: [],
    serving: server,
  })),
};
