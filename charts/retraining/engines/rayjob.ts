import type { ContainerResources, RayJobEngine } from '../../../config/model.js';
import { RayJob } from '../../../imports/ray.io.js';
import { limitResources } from '../../container-resources.js';
import { quoteWords } from './quote-words.js';
import { queueLabels } from './queue.js';
import {
  describeMounts,
  describeTrainingPod,
  describeTrainingVariables,
  runVolumes,
  groupLabels,
  engineMetadata,
  trainingSecurity,
} from './training-pod.js';
import type { EngineContext } from './training-pod.js';
import { runFolders } from '../../contract.js';
import { enginePath } from '../../engine-contract.js';

type Context = EngineContext<RayJobEngine>;

/** What submits the program to the head, and hands on its log. */
const submitterResources = { cpu: '100m', memory: '256Mi', devices: {} };

/** A cluster of its own, which goes away with the training; the program runs on its head. */
export function describeRayJob(context: Context): unknown {
  const { training } = context;
  const { rayVersion, workers } = training;
  const metadata = engineMetadata(context);
  return RayJob.manifest({
    metadata: { ...metadata, labels: { ...metadata.labels, ...queueLabels(training) } },
    spec: {
      // Ray runs it by a shell, wherever its own processes happen to be.
      entrypoint: `cd ${enginePath}/${runFolders.source} && ${quoteWords([...training.command, ...training.args])}`,
      submissionMode: 'K8sJobMode',
      backoffLimit: 0,
      activeDeadlineSeconds: Math.ceil(training.timeout.milliseconds / 1000),
      shutdownAfterJobFinishes: true,
      ttlSecondsAfterFinished: 60,
      submitterPodTemplate: {
        spec: {
          ...describeTrainingPod(context),
          restartPolicy: 'Never',
          containers: [
            {
              name: 'ray-job-submitter',
              image: training.image,
              resources: limitResources(submitterResources),
              securityContext: trainingSecurity,
            },
          ],
        },
      },
      rayClusterSpec: {
        ...(rayVersion === undefined ? {} : { rayVersion }),
        headGroupSpec: {
          rayStartParams: {},
          template: describeRayPod(context, 'ray-head', training.resources),
        },
        workerGroupSpecs:
          workers.count === 0
            ? []
            : [
                {
                  groupName: 'workers',
                  replicas: workers.count,
                  minReplicas: workers.count,
                  maxReplicas: workers.count,
                  rayStartParams: {},
                  template: describeRayPod(context, 'ray-worker', workers.resources),
                },
              ],
      },
    },
  });
}

function describeRayPod(context: Context, name: string, resources: ContainerResources) {
  return {
    metadata: { labels: groupLabels },
    spec: {
      ...describeTrainingPod(context),
      containers: [
        {
          name,
          image: context.training.image,
          workingDir: `${enginePath}/${runFolders.source}`,
          env: describeTrainingVariables(context),
          resources: limitResources(resources),
          securityContext: trainingSecurity,
          volumeMounts: describeMounts(context),
        },
      ],
      volumes: runVolumes,
    },
  };
}
