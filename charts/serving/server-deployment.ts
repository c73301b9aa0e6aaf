import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { DeploymentServing, Platform, ReleasedModel } from '../../config/model.js';
import { describeResources } from '../container-resources.js';
import { servingVariables } from '../contract.js';
import { labels } from '../conventions.js';
import { restrictedContainer, restrictedPod } from '../security/pod-security.js';
import { addHorizontalAutoscaler } from './horizontal-autoscaler.js';
import { describePodFields, describeProgram } from './pod-fields.js';
import { withVersion } from './serving-metadata.js';
import type { ServingMetadata } from './serving-metadata.js';

export interface ServerDeploymentProps {
  readonly platform: Platform;
  readonly metadata: ServingMetadata;
  readonly serving: DeploymentServing;
  readonly released: ReleasedModel;
}

const portName = 'http';

/** What callers use, whatever port the server listens on. */
const servicePort = 80;

/**
 * The user's server as a Deployment behind a Service; several replicas are not taken down together. The Deployment
 * class of cdk8s-plus is not used: it labels Pods by construct path, knows no seccomp profile, and its Service
 * carries an empty list, which the API server drops.
 */
export function addServerDeployment(scope: Construct, props: ServerDeploymentProps): void {
  const { metadata, serving, released } = props;
  // Selectors of a Deployment can never be changed, so they hold no more than they must.
  const selector = selectLabels(metadata.labels, [labels.model, labels.component]);
  new k8s.KubeDeployment(scope, 'deployment', {
    metadata: withVersion(metadata, released),
    spec: {
      // The autoscaler's number is not ours to write: Argo CD would change it back.
      ...(serving.autoscaling === undefined ? { replicas: serving.replicas } : {}),
      selector: { matchLabels: selector },
      template: { metadata: { labels: metadata.labels }, spec: describePod(props) },
    },
  });
  new k8s.KubeService(scope, 'service', {
    metadata,
    spec: {
      type: 'ClusterIP',
      selector,
      ports: [
        {
          name: portName,
          port: servicePort,
          protocol: 'TCP',
          targetPort: k8s.IntOrString.fromString(portName),
        },
      ],
    },
  });
  if (serving.autoscaling !== undefined) addHorizontalAutoscaler(scope, metadata, serving.autoscaling);
  if ((serving.autoscaling?.min ?? serving.replicas) > 1) {
    new k8s.KubePodDisruptionBudget(scope, 'disruption-budget', {
      metadata,
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: selector } },
    });
  }
}

function describePod({ platform, metadata, serving, released }: ServerDeploymentProps): k8s.PodSpec {
  return {
    ...describePodFields(metadata.name, serving),
    enableServiceLinks: false,
    securityContext: restrictedPod(platform),
    containers: [
      {
        name: 'server',
        image: serving.image,
        ...describeProgram({ ...serving, env: withModel(serving, released) }),
        ports: [{ name: portName, containerPort: serving.port, protocol: 'TCP' }],
        readinessProbe: {
          httpGet: { path: serving.readinessPath, port: k8s.IntOrString.fromString(portName) },
        },
        resources: quantify(describeResources(serving.resources)),
        securityContext: restrictedContainer,
      },
    ],
  };
}

/** The user's are never called like ours: the rules refuse them. */
function withModel(serving: DeploymentServing, released: ReleasedModel): Record<string, string> {
  return {
    ...serving.env,
    [servingVariables.image]: released.image,
    [servingVariables.version]: released.version,
  };
}

/** As the classes of cdk8s-plus want quantities. */
function quantify({ requests, limits }: ReturnType<typeof describeResources>): k8s.ResourceRequirements {
  return { requests: toQuantities(requests), limits: toQuantities(limits) };
}

function toQuantities(amounts: Record<string, string>): Record<string, k8s.Quantity> {
  return Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]),
  );
}

function selectLabels(
  all: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
