import { k8s } from 'cdk8s-plus-28';
import type { JobEngine } from '../../../config/model.js';
import { limitResources } from '../../container-resources.js';
import { queueLabels } from './queue.js';
import {
  describeMounts,
  describeTrainingPod,
  describeTrainingVariables,
  runVolumes,
  engineLabels,
  engineMetadata,
  trainingSecurity,
} from './training-pod.js';
import type { EngineContext } from './training-pod.js';
import { runFolders } from '../../contract.js';
import { enginePath } from '../../engine-contract.js';

/** A Job of one Pod, which is not repeated by itself: the step counts the attempts. */
export function describeJob(context: EngineContext<JobEngine>): unknown {
  const { training, model } = context;
  const metadata = engineMetadata(context);
  return k8s.KubeJob.manifest({
    metadata: { ...metadata, labels: { ...metadata.labels, ...queueLabels(training) } },
    spec: {
      backoffLimit: 0,
      completions: 1,
      parallelism: 1,
      activeDeadlineSeconds: Math.ceil(training.timeout.milliseconds / 1000),
      template: {
        metadata: { labels: engineLabels(model) },
        spec: {
          ...describeTrainingPod(context),
          restartPolicy: 'Never',
          containers: [
            {
              name: 'train',
              image: training.image,
              ...(training.command.length === 0 ? {} : { command: [...training.command] }),
              ...(training.args.length === 0 ? {} : { args: [...training.args] }),
              workingDir: `${enginePath}/${runFolders.source}`,
              env: describeTrainingVariables(context),
              resources: toQuantities(limitResources(training.resources)),
              securityContext: trainingSecurity,
              volumeMounts: describeMounts(context),
            },
          ],
          volumes: runVolumes,
        },
      },
    },
  });
}

function toQuantities({ requests, limits }: ReturnType<typeof limitResources>): k8s.ResourceRequirements {
  const convert = (amounts: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(amounts).map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]),
    );
  return { requests: convert(requests), limits: convert(limits) };
}
