import { ServiceAccount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Platform } from '../../config/model.js';
import { schedulerName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { grantRights, rightsFirst } from '../security/rights.js';

/** Account of what asks for runs at fixed times: it may see whether a run is there, and cannot create one itself. */
export class Scheduler extends DriftloopChart {
  constructor(scope: Construct, capability: string, { platform }: { readonly platform: Platform }) {
    const namespace = platform.namespaces.toolings;
    super(scope, capability, { namespace });
    new ServiceAccount(this, 'account', {
      metadata: { name: schedulerName, ...rightsFirst },
      automountToken: true,
    });
    const rules = [{ apiGroups: ['tekton.dev'], resources: ['pipelineruns'], verbs: ['get'] }];
    grantRights(this, { account: schedulerName, namespace, ...rightsFirst, rules });
  }
}
