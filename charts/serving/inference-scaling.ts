import type { Capabilities, InferenceServiceServing, ScalingTarget } from '../../config/model.js';
import {
  InferenceServiceSpecPredictorAutoScalingMetricsExternalMetricBackend as Backend,
  InferenceServiceSpecPredictorAutoScalingMetricsExternalTargetType as TargetType,
  InferenceServiceSpecPredictorAutoScalingMetricsType as MetricType,
  InferenceServiceSpecPredictorScaleMetric as ScaleMetric,
} from '../../imports/serving.kserve.io.js';
import type {
  InferenceServiceSpecPredictor,
  InferenceServiceSpecPredictorAutoScalingMetrics,
} from '../../imports/serving.kserve.io.js';
import { limitToNamespace } from './scaling-query.js';

/** How many Pods a component of an InferenceService has. */
interface Bounds {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** How many Pods, and by which metric of each Pod; the predictor's and the transformer's types differ in name only. */
export function describeBounds({ autoscaling, replicas }: InferenceServiceServing): Bounds {
  return autoscaling === undefined
    ? { minReplicas: replicas, maxReplicas: replicas }
    : { minReplicas: autoscaling.min, maxReplicas: autoscaling.max };
}

/** The metric of each Pod, where that is what decides. */
export function podMetric({
  autoscaling,
}: InferenceServiceServing):
  { readonly metric: Exclude<ScalingTarget['metric'], 'prometheus'>; readonly value: number } | undefined {
  const target = autoscaling?.target;
  return target === undefined || target.metric === 'prometheus' ? undefined : target;
}

export interface ScalingContext {
  readonly serving: InferenceServiceServing;
  readonly namespace: string;
  /** Name of the TriggerAuthentication, where Prometheus asks for a token. */
  readonly authentication: string;
}

export function describeScaling({
  serving,
  namespace,
  authentication,
}: ScalingContext): Pick<
  InferenceServiceSpecPredictor,
  'minReplicas' | 'maxReplicas' | 'scaleMetric' | 'scaleTarget' | 'autoScaling'
> {
  const target = serving.autoscaling?.target;
  const own = podMetric(serving);
  return {
    ...describeBounds(serving),
    ...(own === undefined ? {} : { scaleMetric: scaleMetrics[own.metric], scaleTarget: own.value }),
    ...(target?.metric === 'prometheus'
      ? { autoScaling: { metrics: [describeQuery(target, namespace, authentication)] } }
      : {}),
  };
}

const scaleMetrics = {
  cpu: ScaleMetric.CPU,
  memory: ScaleMetric.MEMORY,
  concurrency: ScaleMetric.CONCURRENCY,
  rps: ScaleMetric.RPS,
} as const;

function describeQuery(
  { server, query, value, tokenSecret, caSecret }: Extract<ScalingTarget, { metric: 'prometheus' }>,
  namespace: string,
  authentication: string,
): InferenceServiceSpecPredictorAutoScalingMetrics {
  const secured = tokenSecret !== undefined || caSecret !== undefined;
  return {
    type: MetricType.EXTERNAL,
    external: {
      metric: {
        backend: Backend.PROMETHEUS,
        serverAddress: server,
        query: limitToNamespace(query, namespace),
        // A Prometheus that asks who it is asks for whom, too.
        ...(secured ? { namespace } : {}),
      },
      target: { type: TargetType.VALUE, value: String(value) },
      ...(secured
        ? { authenticationRef: { authModes: 'bearer', authenticationRef: { name: authentication } } }
        : {}),
    },
  };
}

/**
 * Who scales a Standard InferenceService. Without this KServe makes an autoscaler for everything, also where the
 * number of Pods is fixed. Knative scales by itself.
 */
export function autoscalerClass(
  { mode, autoscaling }: InferenceServiceServing,
  { fixedPods }: Capabilities,
): 'none' | 'hpa' | 'keda' | undefined {
  if (mode === 'Knative') return undefined;
  if (autoscaling === undefined) return fixedPods ? 'none' : 'hpa';
  return autoscaling.target.metric === 'prometheus' ? 'keda' : 'hpa';
}
