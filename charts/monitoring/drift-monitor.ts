import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { z } from 'zod';
import type { Detector } from '../../config/model.js';
import type { TrustyAiSettings } from '../../config/model-monitoring.js';
import { labels, metricRequestsName, modelObjectName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { ModelInEnvironment } from '../model-in-environment.js';

/** Key of the ConfigMap that holds the requests. */
export const metricRequestsFile = 'requests.json';

/**
 * What the ConfigMap holds: one request per detector, to be posted to the service as it stands. A TrustyAI service
 * forgets its requests when it restarts; whoever registers them compares by `body.requestName`.
 */
export const metricRequestsSchema = z.strictObject({
  version: z.literal(1),
  service: z.string().describe('TrustyAIService in the same namespace.'),
  requests: z.array(
    z.strictObject({
      detector: z.string().describe('Name of the detector that reads the metric.'),
      path: z.string().describe('Where the body is posted.'),
      body: z.record(z.string(), z.unknown()).describe('JSON, the same for both services of TrustyAI.'),
    }),
  ),
});

export type MetricRequests = z.infer<typeof metricRequestsSchema>;

export interface DriftMonitorProps extends ModelInEnvironment {
  readonly service: TrustyAiSettings;
}

/** What the monitor must be asked for in one environment, so that the detectors of a model have something to read. */
export class DriftMonitor extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: DriftMonitorProps) {
    const { model, deployment } = props;
    super(scope, capability, { namespace: deployment.environment.namespace });
    new k8s.KubeConfigMap(this, 'requests', {
      metadata: {
        name: metricRequestsName(model.name),
        labels: {
          [labels.model]: model.name,
          [labels.environment]: deployment.environment.name,
          [labels.component]: 'metric-requests',
        },
      },
      data: { [metricRequestsFile]: `${JSON.stringify(listMetricRequests(props), null, 2)}\n` },
    });
  }
}

/** Detectors whose metric the monitor only computes when it is asked. */
export function needsRequests({ deployment }: ModelInEnvironment): boolean {
  return deployment.detectors.some(({ request }) => request !== undefined);
}

export function listMetricRequests({ model, deployment, service }: DriftMonitorProps): MetricRequests {
  const requests = deployment.detectors.flatMap((detector) => {
    const body = describeBody(modelObjectName(model.name), detector, service);
    if (detector.request === undefined || body === undefined) return [];
    return [{ detector: detector.name, path: `${detector.request.path}/request`, body }];
  });
  return { version: 1, service: service.name, requests };
}

/**
 * Every optional field is always there: the Python service fixes the labels of a metric with its first request and
 * loses the requests that have others. Thresholds are Prometheus' business.
 */
function describeBody(
  modelId: string,
  { name, request, features }: Detector,
  { batchSize }: TrustyAiSettings,
): Record<string, unknown> | undefined {
  if (request === undefined) return undefined;
  const basics = { modelId, requestName: name, batchSize };
  if (request.compares === 'reference') {
    const columns = features.length === 0 ? {} : { fitColumns: features };
    return { ...basics, referenceTag: request.tag, ...columns };
  }
  const { attribute, privileged, unprivileged, outcome, favorable } = request.groups;
  return {
    ...basics,
    protectedAttribute: attribute,
    privilegedAttribute: privileged,
    unprivilegedAttribute: unprivileged,
    outcomeName: outcome,
    favorableOutcome: favorable,
  };
}
