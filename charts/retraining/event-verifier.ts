import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { EventSource } from '../../config/model-triggers.js';
import type { Platform } from '../../config/model.js';
import { Interceptor } from '../../imports/triggers.tekton.dev.js';
import {
  commonLabels,
  eventsListenerName,
  interceptorName,
  labels,
  syncWave,
  verifierName,
} from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { restrictedContainer, restrictedPod } from '../security/pod-security.js';
import { rightsFirst } from '../security/rights.js';
import { stepProgram } from '../tasks/step-task.js';
import { mlflowSignature, verifier } from '../verifier-contract.js';

export interface EventVerifierProps {
  readonly platform: Platform;
  /** Those that it verifies; each has a name of its own. */
  readonly sources: readonly EventSource[];
}

/** Of its Pods; a Deployment's selector can never be changed. */
const selector = { [labels.component]: verifierName };

const metadata = { name: verifierName, annotations: { [syncWave.annotation]: syncWave.triggers } };

/**
 * Verifies the signatures of MLflow, which no interceptor of Tekton Triggers knows. It has the keys and nothing else: no
 * account, no way out, and only the listener of events may ask it.
 */
export class EventVerifier extends DriftloopChart {
  constructor(scope: Construct, capability: string, { platform, sources }: EventVerifierProps) {
    const namespace = platform.namespaces.toolings;
    super(scope, capability, { namespace });
    limitAccess(this);
    new k8s.KubeDeployment(this, 'deployment', {
      metadata,
      spec: {
        replicas: 2,
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: { ...commonLabels, ...selector } },
          spec: describePod(platform, sources),
        },
      },
    });
    new k8s.KubeService(this, 'service', {
      metadata,
      spec: {
        type: 'ClusterIP',
        selector,
        ports: [
          {
            name: 'http',
            port: verifier.port,
            protocol: 'TCP',
            targetPort: k8s.IntOrString.fromNumber(verifier.port),
          },
        ],
      },
    });
    new Interceptor(this, 'mlflow', {
      metadata: {
        name: interceptorName(mlflowSignature),
        annotations: metadata.annotations,
        labels: { 'server/type': 'http' },
      },
      spec: {
        clientConfig: {
          service: { name: verifierName, namespace, path: `/${mlflowSignature}`, port: verifier.port },
        },
      },
    });
  }
}

function describePod(platform: Platform, sources: readonly EventSource[]): k8s.PodSpec {
  const health = { httpGet: { path: verifier.healthPath, port: k8s.IntOrString.fromNumber(verifier.port) } };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(platform),
    containers: [
      {
        name: 'verifier',
        image: platform.images.steps,
        command: [...stepProgram, verifier.mode],
        ports: [{ name: 'http', containerPort: verifier.port, protocol: 'TCP' }],
        readinessProbe: health,
        livenessProbe: health,
        resources: {
          requests: { cpu: k8s.Quantity.fromString('10m'), memory: k8s.Quantity.fromString('96Mi') },
          limits: { memory: k8s.Quantity.fromString('192Mi') },
        },
        securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
        volumeMounts: [{ name: 'senders', mountPath: verifier.keyFolder, readOnly: true }],
      },
    ],
    volumes: [
      {
        name: 'senders',
        projected: {
          // Whatever user the Pod has may read them, and nobody may write them.
          defaultMode: 0o444,
          sources: sources.map(({ name, secret }) => ({
            // One that is not there yet must not keep the others from being verified.
            secret: { name: secret.name, items: [{ key: secret.key, path: name }], optional: true },
          })),
        },
      },
    ],
  };
}

/** No rules for what goes out: it has nobody to talk to. */
function limitAccess(scope: Construct): void {
  new k8s.KubeNetworkPolicy(scope, 'access', {
    metadata: { name: verifierName, ...rightsFirst },
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          // Tekton puts this label on the listener's Pods.
          from: [{ podSelector: { matchLabels: { eventlistener: eventsListenerName } } }],
          ports: [{ port: k8s.IntOrString.fromNumber(verifier.port), protocol: 'TCP' }],
        },
      ],
    },
  });
}
