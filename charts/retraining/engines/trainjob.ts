import type { TrainJobEngine } from '../../../config/model.js';
import { TrainJob } from '../../../imports/trainer.kubeflow.org.js';
import { limitResources } from '../../container-resources.js';
import { queueLabels } from './queue.js';
import {
  describePodPatch,
  describeTrainingVariables,
  runVolumes,
  engineMetadata,
  trainingSecurity,
  wholeMount,
} from './training-pod.js';
import type { EngineContext } from './training-pod.js';

/** Job and container of Kubeflow Trainer's own runtimes that run the user's program. */
const node = 'node';

/** Program and resources in Trainer's words, the Pods of its runtime with the run's volume and without rights. */
export function describeTrainJob(context: EngineContext<TrainJobEngine>): unknown {
  const { training } = context;
  const metadata = engineMetadata(context);
  const spec = {
    ...describePodPatch(context),
    // Patches tell mounts apart by the name of their volume, so there is one.
    containers: [{ name: node, securityContext: trainingSecurity, volumeMounts: wholeMount }],
    volumes: runVolumes,
  };
  return TrainJob.manifest({
    metadata: { ...metadata, labels: { ...metadata.labels, ...queueLabels(training) } },
    spec: {
      runtimeRef: {
        apiGroup: 'trainer.kubeflow.org',
        kind: 'ClusterTrainingRuntime',
        name: training.runtime,
      },
      activeDeadlineSeconds: Math.ceil(training.timeout.milliseconds / 1000),
      trainer: {
        ...(training.image === undefined ? {} : { image: training.image }),
        ...(training.command.length === 0 ? {} : { command: [...training.command] }),
        ...(training.args.length === 0 ? {} : { args: [...training.args] }),
        env: describeTrainingVariables(context),
        numNodes: training.nodes,
        resourcesPerNode: limitResources(training.resources),
      },
      runtimePatches: [
        {
          manager: 'driftloop.dev/steps',
          trainingRuntimeSpec: {
            template: {
              spec: { replicatedJobs: [{ name: node, template: { spec: { template: { spec } } } }] },
            },
          },
        },
      ],
    },
  });
}
