import { createHash } from 'node:crypto';
import type { Construct } from 'constructs';
import type { InferenceServiceServing, ModelServer } from '../../config/model.js';
import {
  ServingRuntime,
  ServingRuntimeSpecContainersReadinessProbeHttpGetPort as ProbePort,
} from '../../imports/serving.kserve.io.js';
import type { ServingRuntimeProps, ServingRuntimeSpecContainers } from '../../imports/serving.kserve.io.js';
import { restrictedContainer } from '../security/pod-security.js';
import { rightsFirst } from '../security/rights.js';
import { kserveContainers } from './kserve-names.js';
import { describeProgram } from './pod-fields.js';
import type { ServingMetadata } from './serving-metadata.js';

/** A runtime for one model. It chooses no other InferenceService (`autoSelect`), and no other one names it. */
export function addServingRuntime(
  scope: Construct,
  metadata: ServingMetadata,
  serving: InferenceServiceServing,
  server: ModelServer,
): void {
  new ServingRuntime(scope, 'runtime', {
    metadata: { ...metadata, ...rightsFirst },
    spec: describeRuntime(serving, server),
  });
}

/** Changes with everything that Pods of the runtime are made of. */
export function digestRuntime(serving: InferenceServiceServing, server: ModelServer): string {
  const text = JSON.stringify(describeRuntime(serving, server));
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function describeRuntime(
  serving: InferenceServiceServing,
  server: ModelServer,
): NonNullable<ServingRuntimeProps['spec']> {
  return {
    supportedModelFormats: [{ name: serving.format, autoSelect: false }],
    protocolVersions: [server.protocol],
    multiModel: false,
    containers: [describeServer(serving, server)],
  };
}

function describeServer(
  { mode, transformer }: InferenceServiceServing,
  server: ModelServer,
): ServingRuntimeSpecContainers {
  // Knative sends requests to the only container that has a port.
  const hidden = mode === 'Knative' && transformer?.placement === 'sidecar';
  return {
    name: kserveContainers.model,
    image: server.image,
    ...describeProgram(server),
    ...(hidden ? {} : { ports: [{ containerPort: server.port, protocol: 'TCP' }] }),
    ...(server.readinessPath === undefined || hidden
      ? {}
      : {
          readinessProbe: {
            httpGet: { path: server.readinessPath, port: ProbePort.fromNumber(server.port) },
          },
        }),
    securityContext: restrictedContainer,
  };
}
