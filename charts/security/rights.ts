import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { syncWave } from '../conventions.js';

interface Rights {
  readonly account: string;
  /**
   * Of Role and RoleBinding.
   * @default - the account's
   */
  readonly name?: string;
  /** The account's. */
  readonly namespace: string;
  /**
   * On Role and binding.
   * @default - none
   */
  readonly annotations?: Record<string, string>;
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Empty: every name. */
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** On accounts, their rights and their protection: there before anything runs with them. */
export const rightsFirst = { annotations: { [syncWave.annotation]: syncWave.rights } };

const group = 'rbac.authorization.k8s.io';

/**
 * A Role and its RoleBinding in the chart's namespace, which need not be the account's. The classes of cdk8s-plus are not used here: its Role splits
 * each rule by resource, and its bindings carry an empty apiGroup, which the API server drops.
 */
export function grantRights(
  scope: Construct,
  { account, name = account, namespace, annotations, rules }: Rights,
): void {
  const metadata = { name, ...(annotations === undefined ? {} : { annotations }) };
  new k8s.KubeRole(scope, `${account}-role`, { metadata, rules: rules.map(writeRule) });
  new k8s.KubeRoleBinding(scope, `${account}-binding`, {
    metadata,
    roleRef: { apiGroup: group, kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
  });
}

/** The same for the whole cluster, under a name that no other platform uses. */
export function grantClusterRights(
  scope: Construct,
  name: string,
  { account, namespace, rules }: Rights,
): void {
  const metadata = { name };
  new k8s.KubeClusterRole(scope, `${account}-cluster-role`, { metadata, rules: rules.map(writeRule) });
  new k8s.KubeClusterRoleBinding(scope, `${account}-cluster-binding`, {
    metadata,
    roleRef: { apiGroup: group, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
  });
}

function writeRule(rule: Rule): k8s.PolicyRule {
  return {
    apiGroups: [...rule.apiGroups],
    resources: [...rule.resources],
    ...(rule.resourceNames === undefined ? {} : { resourceNames: [...rule.resourceNames] }),
    verbs: [...rule.verbs],
  };
}
