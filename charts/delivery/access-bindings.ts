import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { AccessGrant, Environment } from '../../config/model.js';
import { accessRoles } from '../../config/model-fleet.js';
import { accessBindingName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';

export interface AccessBindingsProps {
  readonly environments: readonly Environment[];
  /**
   * Namespace of the pipelines and runs.
   * @default - not on this cluster
   */
  readonly toolings?: string | undefined;
  readonly access: readonly AccessGrant[];
}

const group = 'rbac.authorization.k8s.io';

/**
 * Who may work in the namespaces of the environments, and of the toolings. One RoleBinding per role, and there also when
 * nobody has the role: applied again, it takes the rights of the last one back, which a file that is gone could not.
 */
export class AccessBindings extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: AccessBindingsProps) {
    super(scope, capability);
    const { environments, toolings, access } = props;
    if (toolings !== undefined)
      this.bind(
        toolings,
        access.filter((grant) => grant.toolings),
      );
    for (const environment of environments) {
      this.bind(
        environment.namespace,
        access.filter((grant) => holdsIn(grant, environment)),
      );
    }
  }

  private bind(namespace: string, grants: readonly AccessGrant[]): void {
    for (const role of accessRoles) {
      const subjects = listSubjects(grants.filter((grant) => grant.role === role));
      new k8s.KubeRoleBinding(this, `${namespace}-${role}`, {
        metadata: { name: accessBindingName(role), namespace },
        roleRef: { apiGroup: group, kind: 'ClusterRole', name: role },
        ...(subjects.length === 0 ? {} : { subjects }),
      });
    }
  }
}

function holdsIn(grant: AccessGrant, { name, team }: Environment): boolean {
  return grant.environments.includes(name) && (grant.team === undefined || grant.team === team);
}

/** Sorted and each once, so that the order of writing changes nothing. */
function listSubjects(grants: readonly AccessGrant[]): k8s.Subject[] {
  const subjects = grants
    .map(({ kind, name, namespace }) =>
      namespace === undefined ? { apiGroup: group, kind, name } : { kind, name, namespace },
    )
    .map((subject) => [JSON.stringify(subject), subject] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return [...new Map(subjects).values()];
}
