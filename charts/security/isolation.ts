import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Environment, Platform } from '../../config/model.js';
import { isolationName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { rightsFirst } from './rights.js';

export interface IsolationProps {
  readonly platform: Platform;
  readonly environment: Environment;
  /** Namespaces that are let in, besides its own and that of the monitoring. */
  readonly callers: readonly string[];
}

/** Keeps the Pods of a namespace from being reached by those of others, such as those of other teams. */
export class Isolation extends DriftloopChart {
  constructor(scope: Construct, capability: string, { platform, environment, callers }: IsolationProps) {
    super(scope, capability, { namespace: environment.namespace });
    const names = [...new Set([...callers, platform.namespaces.monitoring])].sort();
    new k8s.KubeNetworkPolicy(this, 'callers', {
      metadata: { name: isolationName, ...rightsFirst },
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [
              { podSelector: {} },
              ...names.map((name) => ({
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
              })),
            ],
          },
        ],
      },
    });
  }
}
