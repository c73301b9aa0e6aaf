import type { GroupVersionKind } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Application, ApplicationSet, AppProject } from '../../imports/argoproj.io.js';
import { HttpRoute } from '../../imports/gateway.networking.k8s.io.js';
import { GrafanaDashboard, GrafanaDatasource, GrafanaFolder } from '../../imports/grafana.integreatly.org.js';
import {
  AlertmanagerConfig,
  PodMonitor,
  PrometheusRule,
  ServiceMonitor,
} from '../../imports/monitoring.coreos.com.js';
import { TriggerAuthentication } from '../../imports/keda.sh.js';
import { Route } from '../../imports/route.openshift.io.js';
import { InferenceService, ServingRuntime } from '../../imports/serving.kserve.io.js';
import { Pipeline, Task } from '../../imports/tekton.dev.js';
import { EventListener, Interceptor, Trigger } from '../../imports/triggers.tekton.dev.js';
import { TrustyAiService } from '../../imports/trustyai.opendatahub.io.js';

export interface GroupKind {
  /** '' is the core group. */
  readonly group: string;
  readonly kind: string;
}

/**
 * What the units of a scope are made of, and so what Argo CD may apply there. It does not depend on the models of the
 * moment: an object whose kind is no longer permitted would not be pruned. Runs (PipelineRun, TaskRun) must never
 * appear, because Argo CD would delete running trainings.
 */
export const scopeKinds = {
  root: listKinds(Application, ApplicationSet, AppProject, k8s.KubeRole, k8s.KubeRoleBinding),
  toolings: listKinds(
    EventListener,
    Interceptor,
    Trigger,
    Pipeline,
    Task,
    k8s.KubeCronJob,
    k8s.KubeDeployment,
    k8s.KubeService,
    k8s.KubeIngress,
    Route,
    HttpRoute,
    k8s.KubeServiceAccount,
    k8s.KubeRole,
    k8s.KubeRoleBinding,
    k8s.KubeNetworkPolicy,
  ),
  environment: listKinds(
    PrometheusRule,
    AlertmanagerConfig,
    ServiceMonitor,
    PodMonitor,
    TrustyAiService,
    GrafanaDashboard,
    GrafanaFolder,
    GrafanaDatasource,
    InferenceService,
    k8s.KubeConfigMap,
    ServingRuntime,
    TriggerAuthentication,
    k8s.KubeDeployment,
    k8s.KubeHorizontalPodAutoscalerV2,
    k8s.KubeServiceAccount,
    k8s.KubeService,
    k8s.KubePodDisruptionBudget,
    k8s.KubeNetworkPolicy,
    k8s.KubeRole,
    k8s.KubeRoleBinding,
  ),
  /** What charts of others usually install; anything else, they have to name. */
  chart: listKinds(
    k8s.KubeConfigMap,
    k8s.KubeCronJob,
    k8s.KubeDaemonSet,
    k8s.KubeDeployment,
    k8s.KubeHorizontalPodAutoscalerV2,
    k8s.KubeIngress,
    k8s.KubeJob,
    k8s.KubeNetworkPolicy,
    k8s.KubePersistentVolumeClaim,
    k8s.KubePodDisruptionBudget,
    k8s.KubeRole,
    k8s.KubeRoleBinding,
    k8s.KubeSecret,
    k8s.KubeService,
    k8s.KubeServiceAccount,
    k8s.KubeStatefulSet,
  ),
} as const;

/** `apps/Deployment`, `/Secret`: kinds in the words of the input. */
export function readKinds(names: readonly string[]): readonly GroupKind[] {
  return names.map((name) => {
    const [group = '', kind = ''] = name.split('/');
    return { group, kind };
  });
}

/** Both lists without what stands in both, in a stable order. */
export function joinKinds(left: readonly GroupKind[], right: readonly GroupKind[]): readonly GroupKind[] {
  const byName = new Map([...left, ...right].map((kind) => [`${kind.group}/${kind.kind}`, kind]));
  return [...byName.values()].sort(compareKinds);
}

function listKinds(...classes: readonly { readonly GVK: GroupVersionKind }[]): readonly GroupKind[] {
  return classes.map(({ GVK }) => ({ group: groupOf(GVK.apiVersion), kind: GVK.kind })).sort(compareKinds);
}

function compareKinds(a: GroupKind, b: GroupKind): number {
  return compare(a.group, b.group) || compare(a.kind, b.kind);
}

/** `apps/v1` is of the group `apps`, `v1` of the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
