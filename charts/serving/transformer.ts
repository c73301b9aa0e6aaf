import type { Capabilities, InferenceServiceServing, Transformer } from '../../config/model.js';
import { InferenceServiceSpecTransformerScaleMetric as ScaleMetric } from '../../imports/serving.kserve.io.js';
import type { InferenceServiceSpecTransformer } from '../../imports/serving.kserve.io.js';
import { describeResources } from '../container-resources.js';
import { nonRootUser } from '../conventions.js';
import { restrictedContainer } from '../security/pod-security.js';
import { describeBounds, podMetric } from './inference-scaling.js';
import { kserveContainers } from './kserve-names.js';
import type { PodFields } from './pod-fields.js';
import { describeProgram } from './pod-fields.js';

/** Beside the model: callers reach its port instead of the model's, as KServe sees by the container's name. */
export function describeSidecar({ transformer }: InferenceServiceServing) {
  return transformer?.placement === 'sidecar'
    ? { containers: [describeContainer(kserveContainers.transformer, transformer)] }
    : {};
}

/** In Pods of its own, which are as many as the model's, or scale by the same rule. */
export function describeComponent(
  serving: InferenceServiceServing,
  pods: PodFields,
  { podUser }: Capabilities,
): { transformer?: InferenceServiceSpecTransformer } {
  const { transformer } = serving;
  if (transformer?.placement !== 'component') return {};
  const { args, port } = transformer;
  // KServe would have it listen on 8080.
  const named = port === 8080 || args.some((arg) => arg.startsWith(portArgument));
  const all = named ? args : [...args, portArgument, String(port)];
  const container = describeContainer(kserveContainers.model, { ...transformer, args: all });
  // Nobody else chooses the user, and many images would run as root.
  const user = podUser === 'fixed' ? { runAsUser: nonRootUser, runAsGroup: nonRootUser } : {};
  const own = podMetric(serving);
  return {
    transformer: {
      ...describeBounds(serving),
      ...(own === undefined ? {} : { scaleMetric: scaleMetrics[own.metric], scaleTarget: own.value }),
      ...pods,
      containers: [{ ...container, securityContext: { ...container.securityContext, ...user } }],
    },
  };
}

const scaleMetrics = {
  cpu: ScaleMetric.CPU,
  memory: ScaleMetric.MEMORY,
  concurrency: ScaleMetric.CONCURRENCY,
  rps: ScaleMetric.RPS,
} as const;

const portArgument = '--http_port';

function describeContainer(name: string, transformer: Transformer) {
  return {
    name,
    image: transformer.image,
    ...describeProgram(transformer),
    ports: [{ containerPort: transformer.port, protocol: 'TCP' }],
    resources: describeResources(transformer.resources),
    securityContext: unassignedContainer,
  };
}

/** Strict, but without a user: KServe, OpenShift or the image choose it. */
export const unassignedContainer = {
  ...restrictedContainer,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};
