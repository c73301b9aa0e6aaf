import type { GroupVersionKind } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Application, AppProject } from '../../imports/argoproj.io.js';
import { GrafanaDashboard, GrafanaDatasource, GrafanaFolder } from '../../imports/grafana.integreatly.org.js';
import {
  AlertmanagerConfig,
  PodMonitor,
  PrometheusRule,
  ServiceMonitor,
} from '../../imports/monitoring.coreos.com.js';
import { InferenceService } from '../../imports/serving.kserve.io.js';
import { Pipeline, Task } from '../../imports/tekton.dev.js';
import { EventListener, Trigger } from '../../imports/triggers.tekton.dev.js';
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
  root: listKinds(Application, AppProject),
  toolings: listKinds(
    EventListener,
    Trigger,
    Pipeline,
    Task,
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
    k8s.KubeDeployment,
    k8s.KubeService,
    k8s.KubePodDisruptionBudget,
  ),
} as const;

function listKinds(...classes: readonly { readonly GVK: GroupVersionKind }[]): readonly GroupKind[] {
  return classes
    .map(({ GVK }) => ({ group: groupOf(GVK.apiVersion), kind: GVK.kind }))
    .sort((a, b) => compare(a.group, b.group) || compare(a.kind, b.kind));
}

/** `apps/v1` is of the group `apps`, `v1` of the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
