import type { KubernetesObject, Manifest } from '../synth/manifest.js';

/**
 * Rendered objects, as a cluster would hold them. What is one model's is judged by itself, surrounded by what all models
 * share (judge.ts): rules report what they find about the objects that are judged, and look up others among all that
 * are visible.
 */
export interface Cluster {
  /** What is judged. */
  readonly manifests: readonly Manifest[];
  /** The same for what surrounds them, and is the same for many; undefined: there is nothing around. */
  readonly around: Cluster | undefined;
  judges(manifest: Manifest): boolean;
  /** What is judged of a kind, in the order it was rendered. */
  ofKind(kind: Kind): readonly Manifest[];
  /** What is judged in a unit's folder. */
  inFolder(directory: string): readonly Manifest[];
  /** All of a kind, also the surroundings. */
  visible(kind: Kind): readonly Manifest[];
  /** One by name, also of the surroundings; cluster-scoped objects have no namespace. */
  find(kind: Kind, namespace: string | undefined, name: string): Manifest | undefined;
}

/** `group/Kind`, without version: `apps/Deployment`, and `Secret` of the core group. */
export type Kind = string;

export const kinds = {
  prometheusRule: 'monitoring.coreos.com/PrometheusRule',
  alertmanagerConfig: 'monitoring.coreos.com/AlertmanagerConfig',
  eventListener: 'triggers.tekton.dev/EventListener',
  trigger: 'triggers.tekton.dev/Trigger',
  interceptor: 'triggers.tekton.dev/Interceptor',
  triggerBinding: 'triggers.tekton.dev/TriggerBinding',
  clusterTriggerBinding: 'triggers.tekton.dev/ClusterTriggerBinding',
  triggerTemplate: 'triggers.tekton.dev/TriggerTemplate',
  pipeline: 'tekton.dev/Pipeline',
  task: 'tekton.dev/Task',
  pipelineRun: 'tekton.dev/PipelineRun',
  taskRun: 'tekton.dev/TaskRun',
  servingRuntime: 'serving.kserve.io/ServingRuntime',
  triggerAuthentication: 'keda.sh/TriggerAuthentication',
  autoscaler: 'autoscaling/HorizontalPodAutoscaler',
  service: 'Service',
  serviceAccount: 'ServiceAccount',
  secret: 'Secret',
  role: 'rbac.authorization.k8s.io/Role',
  clusterRole: 'rbac.authorization.k8s.io/ClusterRole',
  roleBinding: 'rbac.authorization.k8s.io/RoleBinding',
  clusterRoleBinding: 'rbac.authorization.k8s.io/ClusterRoleBinding',
  deployment: 'apps/Deployment',
  grafanaDashboard: 'grafana.integreatly.org/GrafanaDashboard',
  grafanaFolder: 'grafana.integreatly.org/GrafanaFolder',
  podMonitor: 'monitoring.coreos.com/PodMonitor',
  serviceMonitor: 'monitoring.coreos.com/ServiceMonitor',
  inferenceService: 'serving.kserve.io/InferenceService',
  monitorService: 'trustyai.opendatahub.io/TrustyAIService',
  networkPolicy: 'networking.k8s.io/NetworkPolicy',
  ingress: 'networking.k8s.io/Ingress',
  route: 'route.openshift.io/Route',
  httpRoute: 'gateway.networking.k8s.io/HTTPRoute',
  application: 'argoproj.io/Application',
  applicationSet: 'argoproj.io/ApplicationSet',
  appProject: 'argoproj.io/AppProject',
} as const;

/** By what is judged, and then by its surroundings. */
const indexes = new WeakMap<readonly Manifest[], WeakMap<readonly Manifest[], Cluster>>();
const nothing: readonly Manifest[] = [];

/** Several checks ask for the index of the same lists, which nobody changes. */
export function indexCluster(manifests: readonly Manifest[], surroundings = nothing): Cluster {
  const known = indexes.get(manifests) ?? new WeakMap<readonly Manifest[], Cluster>();
  indexes.set(manifests, known);
  const around = surroundings.length === 0 ? undefined : indexCluster(surroundings);
  const index = known.get(surroundings) ?? makeIndex(manifests, around);
  known.set(surroundings, index);
  return index;
}

function makeIndex(manifests: readonly Manifest[], around: Cluster | undefined): Cluster {
  const judged = new Set(manifests);
  const byKind = groupBy(manifests, ({ object }) => kindOf(object));
  const byFolder = groupBy(manifests, ({ unit }) => unit.directory);
  const byName = new Map(
    manifests.map((manifest) => [
      nameKey(kindOf(manifest.object), manifest.object.metadata.namespace, manifest.object.metadata.name),
      manifest,
    ]),
  );
  return {
    manifests,
    around,
    judges: (manifest) => judged.has(manifest),
    ofKind: (kind) => byKind.get(kind) ?? [],
    inFolder: (directory) => byFolder.get(directory) ?? [],
    visible: (kind) => [...(around?.visible(kind) ?? []), ...(byKind.get(kind) ?? [])],
    find: (kind, namespace, name) =>
      byName.get(nameKey(kind, namespace, name)) ?? around?.find(kind, namespace, name),
  };
}

function groupBy(
  manifests: readonly Manifest[],
  keyOf: (manifest: Manifest) => string,
): ReadonlyMap<string, readonly Manifest[]> {
  const groups = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const key = keyOf(manifest);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [manifest]);
    else group.push(manifest);
  }
  return groups;
}

export function kindOf(object: Pick<KubernetesObject, 'apiVersion' | 'kind'>): Kind {
  const group = groupOf(object);
  return group === '' ? object.kind : `${group}/${object.kind}`;
}

/** '' is the core group. */
export function groupOf(object: Pick<KubernetesObject, 'apiVersion'>): string {
  const slash = object.apiVersion.indexOf('/');
  return slash < 0 ? '' : object.apiVersion.slice(0, slash);
}

function nameKey(kind: Kind, namespace: string | undefined, name: string): string {
  return `${kind} ${namespace ?? ''}/${name}`;
}
