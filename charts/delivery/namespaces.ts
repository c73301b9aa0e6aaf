import { Namespace } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Environment, ForeignChart, Model, Platform } from '../../config/model.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { findService } from '../monitoring/trustyai.js';

export interface NamespacesProps {
  readonly platform: Platform;
  readonly environments: readonly Environment[];
  readonly models: readonly Model[];
  readonly charts: readonly ForeignChart[];
  /** Further namespaces, in which nothing of others runs: that of the toolings, where there are any. */
  readonly others: readonly string[];
  /** Is this the cluster of Argo CD? Elsewhere it has the rights of the credentials that it knows the cluster by. */
  readonly hasArgoCD: boolean;
}

/** Pod Security Standards, from the loosest of these to the strictest. */
type PodSecurity = 'baseline' | 'restricted';

/** The namespaces of environments, of the toolings where there are any, and of charts; each as strict as what runs in it allows. */
export class Namespaces extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: NamespacesProps) {
    super(scope, capability);
    const { platform, environments, models, charts, others, hasArgoCD } = props;
    // The TrustyAI operator gives the Pods of its services no security context.
    const monitored = findService(platform) !== undefined;
    const levels = new Map<string, PodSecurity>();
    for (const name of others) levels.set(name, 'restricted');
    for (const { namespace } of environments) {
      const relaxed =
        levels.get(namespace) === 'baseline' || monitored || usesModelContainers(models, namespace);
      levels.set(namespace, relaxed ? 'baseline' : 'restricted');
    }
    for (const { namespace, podSecurity } of charts) {
      levels.set(namespace, levels.get(namespace) === 'baseline' ? 'baseline' : podSecurity);
    }
    for (const [name, level] of levels) {
      new Namespace(this, name, {
        metadata: {
          name,
          labels: { ...podSecurityLabels(level), ...(hasArgoCD ? argocdLabels(platform) : {}) },
        },
      });
    }
  }
}

/** KServe puts a container with the model's files beside the server, and gives it no security context. */
function usesModelContainers(models: readonly Model[], namespace: string): boolean {
  return models.some((model) =>
    model.deployments.some(
      (deployment) =>
        deployment.environment.namespace === namespace && deployment.serving?.kind === 'inferenceservice',
    ),
  );
}

/** OpenShift GitOps gives its Argo CD rights in the namespaces that name it. */
function argocdLabels({ capabilities, namespaces, repository }: Platform): Record<string, string> {
  return repository === undefined || capabilities.argocdNamespaces === 'all'
    ? {}
    : { 'argocd.argoproj.io/managed-by': namespaces.argocd };
}

function podSecurityLabels(level: PodSecurity): Record<string, string> {
  return {
    'pod-security.kubernetes.io/enforce': level,
    ...(level === 'restricted' ? {} : { 'pod-security.kubernetes.io/warn': 'restricted' }),
  };
}
