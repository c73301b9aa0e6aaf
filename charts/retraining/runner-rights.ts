import {
  LabelExpression,
  NetworkPolicy,
  NetworkPolicyTrafficDefault,
  Pods,
  ServiceAccount,
} from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Model, Platform } from '../../config/model.js';
import { engineKindOf, engineKinds } from '../engine-contract.js';
import { labels, leaseName, runnerName, trainerName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { grantRights, rightsFirst } from '../security/rights.js';
import type { Rule } from '../security/rights.js';

export interface RunnerRightsProps {
  readonly platform: Platform;
  /** Those that are retrained. */
  readonly models: readonly Model[];
}

/**
 * Accounts of the runs. Our steps may read which run holds a model and write down the next one; the training runs
 * the user's code and may do nothing. Nobody may connect to a run's Pods.
 */
export class RunnerRights extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: RunnerRightsProps) {
    const namespace = props.platform.namespaces.toolings;
    super(scope, capability, { namespace });
    new ServiceAccount(this, 'runner', {
      metadata: { name: runnerName, ...rightsFirst },
      automountToken: true,
    });
    new ServiceAccount(this, 'trainer', {
      metadata: { name: trainerName, ...rightsFirst },
      automountToken: false,
    });
    grantRights(this, { account: runnerName, namespace, ...rightsFirst, rules: runnerRules(props.models) });
    new NetworkPolicy(this, 'access', {
      metadata: { name: runnerName, ...rightsFirst },
      // Tekton hands the labels of a PipelineRun on to its Pods.
      selector: Pods.select(this, 'run-pods', { expressions: [LabelExpression.exists(labels.model)] }),
      ingress: { default: NetworkPolicyTrafficDefault.DENY },
    });
  }
}

/** What steps/kubernetes-api.ts asks of the API server. */
function runnerRules(models: readonly Model[]): readonly Rule[] {
  const leases = { apiGroups: ['coordination.k8s.io'], resources: ['leases'] };
  return [
    // Runs are named after events, so their names are not known before.
    { apiGroups: ['tekton.dev'], resources: ['pipelineruns'], verbs: ['get', 'patch'] },
    { apiGroups: ['tekton.dev'], resources: ['taskruns'], verbs: ['get'] },
    // RBAC cannot limit `create` to names, because an object to be created has none yet.
    { ...leases, verbs: ['create'] },
    { ...leases, resourceNames: models.map((model) => leaseName(model.name)), verbs: ['get', 'update'] },
    ...engineRules(models),
  ];
}

/** To hand a training over, by exactly the kinds that the models train with. */
function engineRules(models: readonly Model[]): readonly Rule[] {
  const kinds = new Set(models.flatMap(({ training }) => (training && engineKindOf(training.engine)) ?? []));
  if (kinds.size === 0) return [];
  return [
    ...[...kinds].sort().map((kind) => ({
      apiGroups: [engineKinds[kind].apiVersion.split('/')[0] ?? ''],
      resources: [engineKinds[kind].resource],
      verbs: ['create', 'get', 'delete'],
    })),
    { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  ];
}
