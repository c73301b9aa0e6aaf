import type { Model, Workspace } from '../../../config/model.js';
import { duration } from '../../../config/values/duration.js';
import { builtInVersions } from '../../../config/catalogue/versions.js';
import { resolveCapabilities } from '../../../config/resolve/resolve-capabilities.js';
import { objectIdOf } from '../../../gitops/target/target-tree.js';
import type { TargetTree, TreeEntry } from '../../../gitops/target/target-tree.js';
import type { KubernetesObject, RenderedUnit } from '../../../synth/manifest.js';
import { stringify } from 'yaml';
import { metricGates } from '../../gates.js';

/** A ConfigMap, or whatever is asked for. */
export function object(name: string, fields: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'mlops-test' },
    ...fields,
  };
}

/** A rendered unit `<environment>/<model>`, or one without environment; one file per capability. */
export function unit(
  name: string,
  capabilities: Readonly<Record<string, readonly KubernetesObject[]>>,
): RenderedUnit {
  const [environment, model] = name.includes('/') ? name.split('/') : [undefined, undefined];
  const directory = environment === undefined ? name : `environments/${name}`;
  const described = { name, directory, environment, model };
  const files = Object.entries(capabilities).map(([capability, objects]) => ({
    path: `${directory}/${capability}.k8s.yaml`,
    text: objects.map((value) => stringify(value)).join('---\n'),
  }));
  return {
    unit: described,
    files,
    manifests: Object.entries(capabilities).flatMap(([capability, objects]) =>
      objects.map((value) => ({
        unit: described,
        file: `${directory}/${capability}.k8s.yaml`,
        object: value,
      })),
    ),
  };
}

/** A target that holds these texts; null stands for a symbolic link. */
export function tree(files: Readonly<Record<string, string | Uint8Array | null>>): TargetTree {
  const entries = new Map<string, TreeEntry>(
    Object.entries(files).map(([path, content]) => [
      path,
      { kind: content === null ? 'symlink' : 'file', objectId: objectIdOf(content ?? '', '0'.repeat(40)) },
    ]),
  );
  return {
    commit: 'a'.repeat(40),
    entries,
    read: (paths) =>
      Promise.resolve(
        new Map(
          [...paths].flatMap((path): [string, Buffer][] => {
            const content = files[path];
            return content === undefined || content === null ? [] : [[path, Buffer.from(content)]];
          }),
        ),
      ),
  };
}

function model(name: string, environments: Workspace['environments']): Model {
  return {
    name,
    owner: undefined,
    team: undefined,
    source: { url: `https://git.example.com/mlops/${name}.git`, branch: 'main' },
    training: undefined,
    checks: [],
    data: undefined,
    triggers: {
      push: undefined,
      data: undefined,
      objects: undefined,
      registry: undefined,
      schedule: undefined,
      manual: false,
    },
    gates: metricGates(),
    rollout: { wait: true, timeout: { milliseconds: 900_000 }, smokeTest: [] },
    promotion: 'none',
    deployments: environments.map((environment) => ({ environment, detectors: [], serving: undefined })),
  };
}

const environments = [
  { name: 'test', namespace: 'mlops-test', team: undefined, cluster: undefined },
  { name: 'prod', namespace: 'mlops-prod', team: undefined, cluster: undefined },
];

/** Two environments, two models, nothing else of interest. */
export const workspace: Workspace = {
  platform: {
    name: 'mlops',
    profile: 'kubernetes',
    versions: builtInVersions.kubernetes,
    capabilities: resolveCapabilities('kubernetes', builtInVersions.kubernetes),
    repository: undefined,
    source: undefined,
    runs: { log: 'text', prometheus: undefined, alertmanager: undefined, notify: undefined },
    namespaces: {
      toolings: 'mlops-toolings',
      argocd: 'argocd',
      monitoring: 'monitoring',
      tekton: 'tekton-pipelines',
    },
    alerting: {
      tokenSecret: { name: 'driftloop-listener', key: 'token' },
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
    monitors: [],
    exposure: undefined,
    events: [],
    dashboards: undefined,
    receivers: [],
    inhibition: { missingMetric: true, critical: true },
    images: { steps: 'registry.example.com/driftloop/steps:0.1.0' },
    delivery: {
      forge: undefined,
      modes: new Map(),
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
      tokenSecret: undefined,
    },
    argocd: {
      server: 'https://kubernetes.default.svc',
      style: 'applications',
      hydrate: 'off',
      selfHeal: true,
      prune: true,
    },
    registry: undefined,
    gitCredentials: undefined,
  },
  environments,
  models: [model('jukebox', environments), model('radio', environments)],
  teams: [],
  charts: [],
  access: undefined,
  origins: new Map(),
};
