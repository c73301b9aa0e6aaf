import type { Construct } from 'constructs';
import type { Capabilities, InferenceServiceServing, ReleasedModel } from '../../config/model.js';
import {
  InferenceService,
  InferenceServiceSpecPredictorLoggerMode as LoggerMode,
} from '../../imports/serving.kserve.io.js';
import type { InferenceServiceSpec } from '../../imports/serving.kserve.io.js';
import { describeResources } from '../container-resources.js';
import { runtimeDigestAnnotation } from '../conventions.js';
import { autoscalerClass, describeScaling } from './inference-scaling.js';
import { kserveKeys } from './kserve-names.js';
import { describePodFields, describeProgram } from './pod-fields.js';
import { withVersion } from './serving-metadata.js';
import type { ServingMetadata } from './serving-metadata.js';
import { addServingRuntime, digestRuntime } from './serving-runtime.js';
import { describeComponent, describeSidecar, unassignedContainer } from './transformer.js';
import { addTriggerAuthentication } from './trigger-authentication.js';

export interface InferenceServiceProps {
  readonly metadata: ServingMetadata;
  readonly namespace: string;
  readonly capabilities: Capabilities;
  readonly serving: InferenceServiceServing;
  readonly released: ReleasedModel;
  /** Where KServe hands copies of requests and answers; undefined: nowhere. */
  readonly logger: string | undefined;
}

/** A KServe InferenceService with its runtime, and what its autoscaler needs. */
export function addInferenceService(scope: Construct, props: InferenceServiceProps): void {
  const { metadata, serving } = props;
  if (serving.runtime?.kind === 'own') addServingRuntime(scope, metadata, serving, serving.runtime);
  if (serving.autoscaling !== undefined)
    addTriggerAuthentication(scope, metadata, serving.autoscaling.target);
  new InferenceService(scope, 'inference-service', {
    metadata: describeMetadata(props),
    spec: describeSpec(props),
  });
}

/** The mode is written out, because what a cluster takes without one differs. */
function describeMetadata(props: InferenceServiceProps): ServingMetadata {
  const { metadata, capabilities, serving, released } = props;
  const { labels, annotations, ...rest } = withVersion(metadata, released);
  const scaler = autoscalerClass(serving, capabilities);
  return {
    ...rest,
    labels: { ...labels, ...describeVisibility(serving) },
    annotations: {
      ...annotations,
      [kserveKeys.deploymentMode]: capabilities.deploymentModes[serving.mode],
      ...(scaler === undefined ? {} : { [kserveKeys.autoscalerClass]: scaler }),
      ...describeDigest(serving, capabilities),
      ...(serving.authentication === undefined
        ? {}
        : { [kserveKeys.authentication]: String(serving.authentication) }),
      ...(serving.connection === undefined ? {} : { [kserveKeys.connection]: serving.connection }),
    },
  };
}

/** Where KServe does not follow a ServingRuntime by itself, the InferenceService changes with it. */
function describeDigest(
  serving: InferenceServiceServing,
  { followsRuntime }: Capabilities,
): Record<string, string> {
  if (followsRuntime || serving.runtime?.kind !== 'own') return {};
  return { [runtimeDigestAnnotation]: digestRuntime(serving, serving.runtime) };
}

/** Without the label KServe makes a route for everybody who reaches the gateway; Knative knows no other value. */
function describeVisibility({ mode, exposed }: InferenceServiceServing): Record<string, string> {
  if (mode === 'Knative' && exposed) return {};
  return { [kserveKeys.visibility[mode]]: exposed ? 'exposed' : 'cluster-local' };
}

function describeSpec({
  metadata,
  namespace,
  capabilities,
  serving,
  released,
  logger,
}: InferenceServiceProps): InferenceServiceSpec {
  const pods = describePodFields(metadata.name, serving);
  const { canary, format } = serving;
  return {
    predictor: {
      ...describeScaling({ serving, namespace, authentication: metadata.name }),
      ...pods,
      ...(canary === undefined ? {} : { canaryTrafficPercent: canary.trafficPercent }),
      ...(logger === undefined ? {} : { logger: { mode: LoggerMode.ALL, url: logger } }),
      model: {
        modelFormat: { name: format },
        ...describeRuntime(metadata, serving),
        storageUri: released.image,
        ...describeProgram(serving),
        resources: describeResources(serving.resources),
        // The user is KServe's to choose: server and model container must have the same.
        securityContext: unassignedContainer,
      },
      ...describeSidecar(serving),
    },
    ...describeComponent(serving, pods, capabilities),
  };
}

function describeRuntime(
  { name }: ServingMetadata,
  { runtime }: InferenceServiceServing,
): { runtime?: string; protocolVersion?: string } {
  if (runtime === undefined) return {};
  return runtime.kind === 'existing'
    ? { runtime: runtime.name }
    : { runtime: name, protocolVersion: runtime.protocol };
}
