import { NetworkPolicy, NetworkPolicyPort, Namespaces, Pods } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Platform } from '../../config/model.js';
import { EventListener } from '../../imports/triggers.tekton.dev.js';
import { labels, listenerMetricsPort, listenerName, listenerPort, syncWave } from '../conventions.js';
import { restrictedContainer, restrictedPod } from '../security/pod-security.js';
import { rightsFirst } from '../security/rights.js';
import { annotateListener, certificateVariables } from './listener-tls.js';

export interface ListenerProps {
  readonly platform: Platform;
  readonly name: string;
  /** Does it answer by https, where the cluster gives certificates? Its callers must trust the cluster's authority. */
  readonly certified: boolean;
  /** Namespaces whose Pods may send to it. */
  readonly callers: readonly string[];
  /**
   * Labels of Pods of its own namespace that may send to it.
   * @default - none
   */
  readonly ownCallers?: Readonly<Record<string, string>>;
  /** Namespace whose Pods may read its metrics. */
  readonly monitoring: string;
}

/** An EventListener that picks up the Triggers of its own namespace with its label, and lets in its callers only. */
export function addListener(scope: Construct, props: ListenerProps): void {
  limitAccess(scope, props);
  const { platform, name, certified } = props;
  new EventListener(scope, 'listener', {
    metadata: {
      name,
      annotations: {
        [syncWave.annotation]: syncWave.triggers,
        ...(certified ? annotateListener(platform, name) : {}),
      },
    },
    spec: {
      serviceAccountName: listenerName,
      // No namespaceSelector: with one, the listener would need rights on Triggers of the whole cluster.
      labelSelector: { matchLabels: { [labels.listener]: name } },
      resources: {
        kubernetesResource: {
          // Each request is handled by one replica, and the name of a run is the same on both.
          replicas: 2,
          serviceType: 'ClusterIP',
          spec: {
            template: {
              spec: {
                securityContext: restrictedPod(platform),
                containers: [
                  {
                    ...(certified ? certificateVariables(platform, name) : {}),
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

function limitAccess(scope: Construct, { name, callers, ownCallers, monitoring }: ListenerProps): void {
  const ports = new Map<string, NetworkPolicyPort[]>();
  const permit = (namespace: string, port: number) => {
    ports.set(namespace, [...(ports.get(namespace) ?? []), NetworkPolicyPort.tcp(port)]);
  };
  for (const caller of callers) permit(caller, listenerPort);
  permit(monitoring, listenerMetricsPort);
  new NetworkPolicy(scope, 'access', {
    metadata: { name, ...rightsFirst },
    // Tekton puts this label on the listener's Pods.
    selector: Pods.select(scope, 'listener-pods', { labels: { eventlistener: name } }),
    ingress: {
      rules: [
        ...[...ports].map(([namespace, permitted]) => ({
          peer: Namespaces.select(scope, namespace, { names: [namespace] }),
          ports: permitted,
        })),
        ...(ownCallers === undefined
          ? []
          : [
              {
                peer: Pods.select(scope, 'own-callers', { labels: { ...ownCallers } }),
                ports: [NetworkPolicyPort.tcp(listenerPort)],
              },
            ]),
      ],
    },
  });
}
