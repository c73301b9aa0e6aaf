import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Autoscaling } from '../../config/model.js';
import type { ServingMetadata } from './serving-metadata.js';

/** Scales a Deployment by what its Pods use of what they request. */
export function addHorizontalAutoscaler(
  scope: Construct,
  metadata: ServingMetadata,
  { min, max, target }: Autoscaling,
): void {
  new k8s.KubeHorizontalPodAutoscalerV2(scope, 'autoscaler', {
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: metadata.name },
      minReplicas: min,
      maxReplicas: max,
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: target.metric,
            target: { type: 'Utilization', averageUtilization: target.value },
          },
        },
      ],
    },
  });
}
