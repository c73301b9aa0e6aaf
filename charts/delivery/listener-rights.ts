import type { Construct } from 'constructs';
import type { Platform } from '../../config/model.js';
import { listenerClusterRole, listenerName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { grantClusterRights } from '../security/rights.js';

export interface ListenerRightsProps {
  readonly platform: Platform;
}

/**
 * What the listener must read in the whole cluster before it takes requests. It is installed by hand, so that
 * no Application of ours may touch cluster-wide rights.
 */
export class ListenerRights extends DriftloopChart {
  constructor(scope: Construct, capability: string, { platform }: ListenerRightsProps) {
    super(scope, capability);
    grantClusterRights(this, listenerClusterRole(platform.name), {
      account: listenerName,
      namespace: platform.namespaces.toolings,
      rules: [
        {
          apiGroups: ['triggers.tekton.dev'],
          resources: ['clusterinterceptors', 'clustertriggerbindings'],
          verbs: ['list', 'watch'],
        },
      ],
    });
  }
}
