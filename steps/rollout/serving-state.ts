import { z } from 'zod';
import { modelVersionAnnotation } from '../../charts/conventions.js';
import { servingVariables } from '../../charts/contract.js';

/** Does an object that serves a model run the released version, and nothing else any more? */
export interface ServingState {
  readonly state: 'arrived' | 'waiting' | 'failed';
  /** In words; '' for what has arrived. */
  readonly reason: string;
  /** Where it is served, as the object itself says. */
  readonly url?: string | undefined;
}

/** The released version, as it stands in the record. */
export interface ReleasedVersion {
  readonly version: string;
  readonly image: string;
}

const metadata = z.object({
  generation: z.number().default(0),
  annotations: z.record(z.string(), z.string()).default({}),
});

const conditions = z
  .array(
    z.object({
      type: z.string(),
      status: z.string(),
      reason: z.string().default(''),
      message: z.string().default(''),
    }),
  )
  .default([]);

const count = z.number().default(0);

const deployment = z.object({
  metadata,
  spec: z.object({
    replicas: z.number().default(1),
    template: z.object({
      spec: z.object({
        containers: z.array(
          z.object({
            env: z.array(z.object({ name: z.string(), value: z.string().optional() })).default([]),
          }),
        ),
      }),
    }),
  }),
  status: z
    .object({
      observedGeneration: count,
      replicas: count,
      updatedReplicas: count,
      availableReplicas: count,
      conditions,
    })
    .default({
      observedGeneration: 0,
      replicas: 0,
      updatedReplicas: 0,
      availableReplicas: 0,
      conditions: [],
    }),
});

/** As `kubectl rollout status` decides it: all Pods are of the newest template, available, and alone. */
export function judgeDeployment(object: unknown, released: ReleasedVersion): ServingState {
  const parsed = deployment.safeParse(object);
  if (!parsed.success) return failed('the API server answered with something that is no Deployment');
  const { metadata, spec, status } = parsed.data;
  const values = new Map(
    spec.template.spec.containers.flatMap(({ env }) => env.map(({ name, value }) => [name, value] as const)),
  );
  const found = {
    version: values.get(servingVariables.version) ?? '',
    image: values.get(servingVariables.image) ?? '',
  };
  if (!isReleased(found, released))
    return waiting(`it is still to run version ${found.version || 'unknown'}`);
  if (status.observedGeneration < metadata.generation) return waiting('its controller has not seen it yet');
  const progressing = status.conditions.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return failed(progressing.message);
  const { replicas } = spec;
  if (status.updatedReplicas < replicas)
    return waiting(`${status.updatedReplicas} of ${replicas} Pods are replaced`);
  if (status.replicas > status.updatedReplicas)
    return waiting(`${status.replicas - status.updatedReplicas} old Pods are still there`);
  if (status.availableReplicas < replicas)
    return waiting(`${status.availableReplicas} of ${replicas} Pods are available`);
  return { state: 'arrived', reason: '' };
}

const inferenceService = z.object({
  metadata,
  spec: z.object({
    predictor: z.object({ model: z.object({ storageUri: z.string().default('') }).optional() }),
  }),
  status: z
    .object({
      observedGeneration: count,
      conditions,
      url: z.string().optional(),
      address: z.object({ url: z.string().optional() }).optional(),
      modelStatus: z
        .object({
          transitionStatus: z.string().default(''),
          lastFailureInfo: z.object({ message: z.string().default('') }).optional(),
        })
        .optional(),
    })
    .default({ observedGeneration: 0, conditions: [] }),
});

/** KServe says itself when a model cannot be loaded. */
const loadFailures: readonly string[] = ['BlockedByFailedLoad', 'InvalidSpec'];

export function judgeInferenceService(object: unknown, released: ReleasedVersion): ServingState {
  const parsed = inferenceService.safeParse(object);
  if (!parsed.success) return failed('the API server answered with something that is no InferenceService');
  const { metadata, spec, status } = parsed.data;
  const found = {
    version: metadata.annotations[modelVersionAnnotation] ?? '',
    image: spec.predictor.model?.storageUri ?? '',
  };
  if (!isReleased(found, released))
    return waiting(`it is still to run version ${found.version || 'unknown'}`);
  if (status.observedGeneration < metadata.generation) return waiting('its controller has not seen it yet');
  const { modelStatus } = status;
  if (modelStatus !== undefined && loadFailures.includes(modelStatus.transitionStatus))
    return failed(
      orElse(modelStatus.lastFailureInfo?.message, `the model is ${modelStatus.transitionStatus}`),
    );
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  if (ready?.status !== 'True') return waiting(orElse(ready?.message, 'it is not ready'));
  if (modelStatus?.transitionStatus === 'InProgress') return waiting('the model is being loaded');
  return { state: 'arrived', reason: '', url: status.address?.url ?? status.url };
}

/** Controllers leave messages empty. */
function orElse(text: string | undefined, otherwise: string): string {
  return text === undefined || text === '' ? otherwise : text;
}

function isReleased(found: ReleasedVersion, released: ReleasedVersion): boolean {
  return found.version === released.version && found.image === released.image;
}

function waiting(reason: string): ServingState {
  return { state: 'waiting', reason };
}

function failed(reason: string): ServingState {
  return { state: 'failed', reason };
}
