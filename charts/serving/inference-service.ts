import type { Construct } from 'constructs';
import type { InferenceServiceServing, ReleasedModel } from '../../config/model.js';
import {
  InferenceService,
  InferenceServiceSpecPredictorLoggerMode,
} from '../../imports/serving.kserve.io.js';
import { restrictedContainer } from '../security/pod-security.js';
import { withVersion } from './serving-metadata.js';
import type { ServingMetadata } from './serving-metadata.js';

export interface InferenceServiceProps {
  readonly metadata: ServingMetadata;
  readonly serving: InferenceServiceServing;
  readonly released: ReleasedModel;
  /** Where KServe hands copies of requests and answers; undefined: nowhere. */
  readonly logger: string | undefined;
}

/** Keeps the model inside the cluster: without it KServe makes a route for everybody who reaches the gateway. */
const visibilityLabel = {
  Standard: 'networking.kserve.io/visibility',
  Knative: 'networking.knative.dev/visibility',
} as const;

/** A KServe InferenceService; the mode is written out, because what a cluster takes without one differs. */
export function addInferenceService(
  scope: Construct,
  { metadata, serving, released, logger }: InferenceServiceProps,
): void {
  const { cpu, memory } = serving.resources;
  const { labels, annotations, ...rest } = withVersion(metadata, released);
  new InferenceService(scope, 'inference-service', {
    metadata: {
      ...rest,
      labels: { ...labels, [visibilityLabel[serving.mode]]: 'cluster-local' },
      annotations: { ...annotations, 'serving.kserve.io/deploymentMode': serving.mode },
    },
    spec: {
      predictor: {
        minReplicas: serving.replicas,
        maxReplicas: serving.replicas,
        ...(logger === undefined
          ? {}
          : { logger: { mode: InferenceServiceSpecPredictorLoggerMode.ALL, url: logger } }),
        model: {
          modelFormat: { name: serving.format },
          ...(serving.runtime === undefined ? {} : { runtime: serving.runtime }),
          storageUri: released.image,
          resources: { requests: { cpu, memory }, limits: { memory } },
          // The user is KServe's to choose: server and model container must have the same.
          securityContext: {
            ...restrictedContainer,
            runAsNonRoot: true,
            seccompProfile: { type: 'RuntimeDefault' },
          },
        },
      },
    },
  });
}
