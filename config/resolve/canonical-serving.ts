import type {
  Autoscaling,
  InferenceServiceServing,
  RuntimeChoice,
  ScalingTarget,
  Serving,
  Transformer,
} from '../model.js';
import type { ServingInput } from '../schema/serving-schema.js';
import { canonicalResources } from './canonical-resources.js';

type Input<Kind extends ServingInput['kind']> = Extract<ServingInput, { kind: Kind }>;

/** Checked input in the words of the Model. */
export function canonicalServing(input: ServingInput): Serving {
  const { replicas, args, env, imagePullSecrets, nodeSelector, initial } = input;
  const basics = {
    replicas,
    autoscaling: input.autoscaling && canonicalAutoscaling(input.autoscaling),
    resources: canonicalResources(input.resources),
    args,
    env,
    imagePullSecrets,
    nodeSelector,
    tolerations: input.tolerations.map(({ key, value, effect }) => ({ key, value, effect })),
    serviceAccount: input.serviceAccount,
    initial,
  };
  if (input.kind === 'inferenceservice') return { ...basics, ...inferenceServiceOf(input) };
  const { kind, image, command, port, readinessPath } = input;
  return { ...basics, kind, image, command, port, readinessPath };
}

function inferenceServiceOf(
  input: Input<'inferenceservice'>,
): Pick<
  InferenceServiceServing,
  | 'kind'
  | 'mode'
  | 'format'
  | 'runtime'
  | 'transformer'
  | 'canary'
  | 'exposed'
  | 'authentication'
  | 'connection'
> {
  const { kind, mode, format, canary, exposed, authentication, connection } = input;
  const transformer = input.transformer && canonicalTransformer(input.transformer);
  return {
    kind,
    mode,
    format,
    runtime: chooseRuntime(input),
    transformer,
    canary,
    exposed,
    authentication,
    connection,
  };
}

function chooseRuntime({ runtime, server }: Input<'inferenceservice'>): RuntimeChoice | undefined {
  if (server !== undefined) return { kind: 'own', ...server, readinessPath: server.readinessPath };
  return runtime === undefined ? undefined : { kind: 'existing', name: runtime };
}

function canonicalTransformer(
  transformer: NonNullable<Input<'inferenceservice'>['transformer']>,
): Transformer {
  return { ...transformer, resources: canonicalResources(transformer.resources) };
}

function canonicalAutoscaling({
  min,
  max,
  metric,
  target,
  prometheus,
}: NonNullable<ServingInput['autoscaling']>): Autoscaling {
  return { min, max, target: scalingTarget(metric, target, prometheus) };
}

function scalingTarget(
  metric: ScalingTarget['metric'],
  value: number,
  prometheus: NonNullable<ServingInput['autoscaling']>['prometheus'],
): ScalingTarget {
  if (metric !== 'prometheus') return { metric, value };
  if (prometheus === undefined)
    throw new Error('resolveServing refuses a metric of Prometheus without a query');
  const { server, query, tokenSecret, caSecret } = prometheus;
  return { metric, value, server, query, tokenSecret, caSecret };
}
