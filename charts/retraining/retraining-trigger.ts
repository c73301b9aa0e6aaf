import { NetworkPolicy, NetworkPolicyPort, Namespaces, Pods, ServiceAccount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Platform } from '../../config/model.js';
import { EventListener } from '../../imports/triggers.tekton.dev.js';
import { labels, listenerMetricsPort, listenerName, listenerPort, syncWave } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { restrictedContainer, restrictedPod } from '../security/pod-security.js';
import { grantRights, rightsFirst } from '../security/rights.js';

export interface RetrainingTriggerProps {
  readonly platform: Platform;
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
    this.limitAccess(props.platform.namespaces.monitoring);
    this.addListener();
  }

  private limitAccess(monitoring: string): void {
    new NetworkPolicy(this, 'access', {
      metadata: { name: listenerName, ...rightsFirst },
      // Tekton puts this label on the listener's Pods.
      selector: Pods.select(this, 'listener-pods', { labels: { eventlistener: listenerName } }),
      ingress: {
        rules: [
          {
            peer: Namespaces.select(this, 'monitoring', { names: [monitoring] }),
            ports: [NetworkPolicyPort.tcp(listenerPort), NetworkPolicyPort.tcp(listenerMetricsPort)],
          },
        ],
      },
    });
  }

  private addListener(): void {
    new EventListener(this, 'listener', {
      metadata: { name: listenerName, annotations: { [syncWave.annotation]: syncWave.triggers } },
      spec: {
        serviceAccountName: listenerName,
        // No namespaceSelector: with one, the listener would need rights on Triggers of the whole cluster.
        labelSelector: { matchLabels: { [labels.listener]: listenerName } },
        resources: {
          kubernetesResource: {
            // Each request is handled by one replica, and the name of a run is the same on both.
            replicas: 2,
            serviceType: 'ClusterIP',
            spec: {
              template: {
                spec: {
                  securityContext: restrictedPod,
                  containers: [
                    {
                      resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
                      securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
                    },
                  ],
                },
              },
            },
          },
        },
      },
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
