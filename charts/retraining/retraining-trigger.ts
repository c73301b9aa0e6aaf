import { ServiceAccount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Platform } from '../../config/model.js';
import { listenerName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { grantRights, rightsFirst } from '../security/rights.js';
import { addListener } from './listener.js';
import { schedulerPodLabels } from './model-schedule.js';

export interface RetrainingTriggerProps {
  readonly platform: Platform;
  /** Do runs start at fixed times, too? */
  readonly scheduled: boolean;
}

/**
 * Where Alertmanager delivers retrain alerts: an EventListener that picks up the Triggers of its own namespace,
 * an account with the few rights it needs, and a NetworkPolicy that lets in nobody but the monitoring namespace.
 */
export class RetrainingTrigger extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: RetrainingTriggerProps) {
    const namespace = props.platform.namespaces.toolings;
    super(scope, capability, { namespace });
    new ServiceAccount(this, 'account', {
      metadata: { name: listenerName, ...rightsFirst },
      automountToken: true,
    });
    grantRights(this, { account: listenerName, namespace, ...rightsFirst, rules: listenerRules });
    addListener(this, {
      platform: props.platform,
      name: listenerName,
      certified: true,
      callers: [props.platform.namespaces.monitoring],
      ...(props.scheduled ? { ownCallers: schedulerPodLabels } : {}),
      monitoring: props.platform.namespaces.monitoring,
    });
  }
}

/** The sink waits until it has listed every kind it knows, used or not; on events it only creates runs. */
const listenerRules = [
  {
    apiGroups: ['triggers.tekton.dev'],
    resources: ['eventlisteners', 'interceptors', 'triggerbindings', 'triggers', 'triggertemplates'],
    verbs: ['list', 'watch'],
  },
  { apiGroups: ['tekton.dev'], resources: ['pipelineruns'], verbs: ['create'] },
];
