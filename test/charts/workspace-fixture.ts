import { planUnits } from '../../charts/units.js';
import type {
  Autoscaling,
  Dashboards,
  Deployment,
  DeploymentServing,
  Environment,
  InferenceServiceServing,
  Model,
  Serving,
  Workspace,
} from '../../config/model.js';
import type { MetricRequest, Monitor, TrustyAiSettings } from '../../config/model-monitoring.js';
import { duration } from '../../config/values/duration.js';
import type { Releases } from '../../config/release.js';
import { renderUnits } from '../../synth/render.js';
import type { KubernetesObject, RenderedUnit } from '../../synth/manifest.js';
import { everyKind, jukebox, meanshift } from './alert-fixture.js';
import { model } from './retraining-fixture.js';

const atHome = { team: undefined, cluster: undefined };

export const testEnvironment: Environment = { name: 'test', namespace: 'mlops-test', ...atHome };
export const prodEnvironment: Environment = { name: 'prod', namespace: 'mlops-prod', ...atHome };

/** What is the same for both kinds of serving, and not asked for. */
export const plainPods = {
  autoscaling: undefined,
  args: [],
  env: {},
  imagePullSecrets: [],
  nodeSelector: {},
  tolerations: [],
  serviceAccount: undefined,
};

/** A server of the user's own, as in examples/jukebox. */
export const server: DeploymentServing = {
  ...plainPods,
  kind: 'deployment',
  image: 'registry.example.com/jukebox/server:1.4.2',
  command: ['node', 'server.mjs'],
  env: { LOG_LEVEL: 'info' },
  port: 8080,
  readinessPath: '/healthz',
  replicas: 1,
  resources: { cpu: '100m', memory: '256Mi', devices: {} },
  initial: { version: '1', image: modelImage('1') },
};

export const inferenceService: InferenceServiceServing = {
  ...plainPods,
  kind: 'inferenceservice',
  mode: 'Standard',
  format: 'onnx',
  runtime: { kind: 'existing', name: 'ovms' },
  transformer: undefined,
  canary: undefined,
  exposed: false,
  authentication: undefined,
  connection: undefined,
  replicas: 2,
  resources: { cpu: '500m', memory: '512Mi', devices: {} },
  initial: { version: '1', image: modelImage('2') },
};

export const scaledByMemory: Autoscaling = { min: 2, max: 4, target: { metric: 'memory', value: 80 } };

/** With a runtime, an account and an autoscaler of its own, and a transformer beside the model. */
export const ownRuntime: InferenceServiceServing = {
  ...inferenceService,
  runtime: {
    kind: 'own',
    image: 'registry.example.com/serving/ovms:2025.4',
    command: [],
    args: ['--model_name={{.Name}}', '--model_path=/mnt/models', '--rest_port=8090'],
    env: {},
    port: 8090,
    protocol: 'v2',
    readinessPath: '/v2/health/ready',
  },
  transformer: {
    placement: 'sidecar',
    image: 'registry.example.com/jukebox/transformer:0.4',
    command: [],
    args: ['--predictor_host=localhost:8090'],
    env: { FEAST_URL: 'http://feast.mlops-toolings.svc.cluster.local' },
    resources: { cpu: '100m', memory: '256Mi', devices: {} },
    port: 8080,
  },
  autoscaling: {
    min: 1,
    max: 5,
    target: {
      metric: 'prometheus',
      value: 1,
      server: 'https://thanos-querier.openshift-monitoring.svc.cluster.local:9092',
      query: 'sum(ovms_current_requests{name="jukebox"})',
      tokenSecret: { name: 'prometheus-reader', key: 'token' },
      caSecret: { name: 'prometheus-reader', key: 'ca.crt' },
    },
  },
  serviceAccount: { secrets: ['models-store'], annotations: {}, token: false },
  imagePullSecrets: ['registry'],
  nodeSelector: { 'node.example.com/gpu': 'a10' },
  tolerations: [{ key: 'nvidia.com/gpu', value: undefined, effect: 'NoSchedule' }],
  resources: { cpu: '2', memory: '4Gi', devices: { 'nvidia.com/gpu': 1 } },
};

export function modelImage(digit: string): string {
  return `oci://registry.example.com/jukebox/model@sha256:${digit.repeat(64)}`;
}

export function deploy(environment: Environment, serving: Serving | undefined): Deployment {
  return { environment, detectors: [meanshift], serving };
}

/** What examples/jukebox describes, in short. */
export const jukeboxWorkspace: Workspace = {
  platform: { ...jukebox.platform, receivers: everyKind.platform.receivers },
  environments: [testEnvironment, prodEnvironment],
  models: [
    {
      ...model,
      deployments: [deploy(testEnvironment, server), deploy(prodEnvironment, { ...server, replicas: 2 })],
    },
  ],
  teams: [],
  charts: [],
  access: undefined,
  origins: new Map(),
};

/** A service of the monitor that the detectors use. */
export const monitorService: TrustyAiSettings = {
  name: 'trustyai-service',
  storage: { kind: 'volume', size: '2Gi' },
  schedule: duration('90s'),
  batchSize: 5000,
};

/** Every kind of object that can be rendered, in both environments. */
export const everyKindWorkspace: Workspace = watchEverything(
  withService(
    withModels([
      serve('plain', { ...server, replicas: 2 }),
      serve('served-by-kserve', inferenceService),
      serve('scaled', { ...server, autoscaling: scaledByMemory }),
      serve('scaled-by-kserve', ownRuntime),
    ]),
  ),
);

/** Monitors that Prometheus reads, and dashboards. */
function watchEverything(workspace: Workspace): Workspace {
  const basics = { dialect: 'exporter' as const, service: undefined };
  const scrape = { path: '/metrics', interval: duration('30s') };
  const monitors: readonly Monitor[] = [
    {
      ...basics,
      name: 'batch',
      scrape: { ...scrape, kind: 'service', labels: { app: 'batch' }, port: 'http' },
    },
    {
      ...basics,
      name: 'servers',
      scrape: { ...scrape, kind: 'servers', port: undefined, modelLabel: 'model' },
    },
    ...workspace.platform.monitors,
  ];
  const dashboards: Dashboards = {
    delivery: 'operator',
    folder: 'mlops',
    instances: { dashboards: 'grafana' },
    prometheus: { url: 'https://prometheus.example.com', tokenSecret: undefined },
  };
  return { ...workspace, platform: { ...workspace.platform, monitors, dashboards } };
}

export function serve(name: string, serving: Serving | undefined): Model {
  return {
    ...model,
    name,
    deployments: jukeboxWorkspace.environments.map((environment) => deploy(environment, serving)),
  };
}

export function withModels(models: readonly Model[]): Workspace {
  return { ...jukeboxWorkspace, models };
}

/** The workspace whose monitor is rendered, too. */
export function withService(workspace: Workspace, service = monitorService): Workspace {
  const monitors = [{ name: 'trustyai', dialect: 'trustyai-java' as const, service, scrape: undefined }];
  const request: MetricRequest = { path: '/metrics/drift/meanshift', compares: 'reference', tag: 'TRAINING' };
  const models = workspace.models.map((each) => ({
    ...each,
    deployments: each.deployments.map((deployment) => ({
      ...deployment,
      detectors: deployment.detectors.map((detector) => ({ ...detector, request })),
    })),
  }));
  return { ...workspace, models, platform: { ...workspace.platform, monitors } };
}

export function render(workspace: Workspace, releases: Releases = new Map()): readonly RenderedUnit[] {
  return [...renderUnits(planUnits(workspace, releases))];
}

export function objectsOf(units: readonly RenderedUnit[]): readonly KubernetesObject[] {
  return units.flatMap((unit) => unit.manifests.map(({ object }) => object));
}

/** The only object of a kind and name; fails when there is none. */
export function pick(units: readonly RenderedUnit[], kind: string, name: string): KubernetesObject {
  const found = objectsOf(units).filter((object) => object.kind === kind && object.metadata.name === name);
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} objects ${kind} ${name}`);
  return found[0];
}
