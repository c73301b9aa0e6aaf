import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { AccessGrant, AccessRole, Environment } from '../../config/model.js';
import { accessRoles } from '../../config/model-fleet.js';
import { accessBindingName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';

export interface AccessBindingsProps {
  readonly environments: readonly Environment[];
  readonly access: readonly AccessGrant[];
}

const group = 'rbac.authorization.k8s.io';

/**
 * Who may work in the namespaces of the environments. One RoleBinding per role, and there also when nobody has the
 * role: applied again, it takes the rights of the last one back, which a file that is gone could not.
 */
export class AccessBindings extends DriftloopChart {
  constructor(scope: Construct, capability: string, { environments, access }: AccessBindingsProps) {
    super(scope, capability);
    for (const environment of environments) {
      const { namespace } = environment;
      for (const role of accessRoles) {
        const subjects = listSubjects(access, role, environment);
        new k8s.KubeRoleBinding(this, `${namespace}-${role}`, {
          metadata: { name: accessBindingName(role), namespace },
          roleRef: { apiGroup: group, kind: 'ClusterRole', name: role },
          ...(subjects.length === 0 ? {} : { subjects }),
        });
      }
    }
  }
}

/** Sorted and each once, so that the order of writing changes nothing. */
function listSubjects(
  access: readonly AccessGrant[],
  role: AccessRole,
  { name, team }: Environment,
): k8s.Subject[] {
  const subjects = access
    .filter(
      (grant) =>
        grant.role === role &&
        grant.environments.includes(name) &&
        (grant.team === undefined || grant.team === team),
    )
    .map(({ kind, name: subject, namespace }) =>
      namespace === undefined ? { apiGroup: group, kind, name: subject } : { kind, name: subject, namespace },
    )
    .map((subject) => [JSON.stringify(subject), subject] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return [...new Map(subjects).values()];
}
