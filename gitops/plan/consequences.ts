import { describeObject } from '../../synth/manifest.js';
import type { KubernetesObject } from '../../synth/manifest.js';
import type { FieldChange } from './field-diff.js';

/** What is lost with an object of a kind, whether or not another takes its place. */
const losses: Readonly<Record<string, string>> = {
  Application: 'with its finalizer Argo CD deletes everything it has applied, too',
  AppProject: 'Applications of this project are not synced any more',
  CustomResourceDefinition: 'all objects of this kind are deleted with it',
  Deployment: 'what it serves does not answer until other Pods are ready',
  EventListener: 'requests are refused until another listener is ready',
  InferenceService: 'the model does not answer until another one is ready',
  KafkaTopic: 'its messages are lost',
  Namespace: 'everything in it is deleted',
  PersistentVolumeClaim: 'its data is lost, unless the volume is retained',
  PrometheusRule: 'its alerts are resolved, and pending ones begin anew',
  Service: 'callers under this name get no answer',
  StatefulSet: 'what it serves does not answer until other Pods are ready',
  TrustyAIService: 'what it knows of the models, baselines too, is lost with its storage',
};

/** Fields that the API server lets nobody change: kinds, and the beginnings of the fields' paths. */
const unchangeable: Readonly<Record<string, readonly string[]>> = {
  ClusterRoleBinding: ['roleRef'],
  Deployment: ['spec.selector'],
  DaemonSet: ['spec.selector'],
  Job: ['spec.selector', 'spec.template', 'spec.completionMode'],
  PersistentVolumeClaim: ['spec.storageClassName', 'spec.accessModes', 'spec.selector', 'spec.volumeName'],
  RoleBinding: ['roleRef'],
  StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.volumeClaimTemplates', 'spec.podManagementPolicy'],
  StorageClass: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
};

/** The deletion of an object whose loss costs nothing that we know of. */
export const plainDeletion = 'Argo CD prunes it';

/** What becomes of an object that is not rendered any more. */
export function explainDeletion(object: KubernetesObject): string {
  if (isKept(object))
    return "stays in the cluster and is no longer anybody's: it asks Argo CD not to prune it";
  return withLoss(plainDeletion, object);
}

/** What becomes of an object that is rendered under another name. */
export function explainRecreation(before: KubernetesObject, after: KubernetesObject): string {
  const [previous, object] = [describeObject(before), describeObject(after)];
  if (isKept(before))
    return `Argo CD creates ${object}, and ${previous} stays: it asks Argo CD not to prune it`;
  return withLoss(`Argo CD prunes ${previous} and creates ${object}: a recreation, not a rename`, before);
}

/** What stands in the way of a change; undefined: nothing we know of. */
export function explainChange(
  { kind }: KubernetesObject,
  fields: readonly FieldChange[],
): string | undefined {
  const fixed = unchangeable[kind] ?? [];
  const found = fields.find(({ path }) =>
    fixed.some((field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`)),
  );
  if (found === undefined) return undefined;
  return `the API server refuses to change ${found.path}: the sync fails until the object is deleted, or replaced with Replace=true,Force=true`;
}

function withLoss(what: string, { kind }: KubernetesObject): string {
  const loss = losses[kind];
  return loss === undefined ? what : `${what}; ${loss}`;
}

/** Does the object ask Argo CD to leave it alone when it is not rendered any more? */
function isKept({ metadata }: KubernetesObject): boolean {
  const options = metadata.annotations?.['argocd.argoproj.io/sync-options'];
  return typeof options === 'string' && options.split(',').some((option) => option.trim() === 'Prune=false');
}
