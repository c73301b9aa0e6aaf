import { z } from 'zod';
import { admissionSchema, admissionSettings } from './admission-schema.js';
import { engineNames } from '../model-engines.js';
import type { EngineName } from '../model-engines.js';
import { containerKeys } from './engines/container.js';
import { jobKeys } from './engines/job.js';
import { workersSettings } from './engines/program.js';
import { rayJobKeys } from './engines/rayjob.js';
import { sparkKeys } from './engines/spark.js';
import { trainJobKeys } from './engines/trainjob.js';
import { resourcesSchema } from './pod-schema.js';
import { duration, hostName, positiveDuration, storage } from './texts.js';

/** What is said of a run whatever trains. */
const run = {
  timeout: positiveDuration.describe('Deadline of the training, of each attempt.'),
  retries: z.int().min(0).max(10).describe('Attempts after a failed one.'),
  storage: storage.describe("Size of the run's volume."),
  storageClass: hostName
    .optional()
    .describe("StorageClass of the run's volume. Default: that of the cluster."),
  accessMode: z
    .enum(['ReadWriteOnce', 'ReadWriteMany'])
    .describe(
      "Access mode of the run's volume: with `ReadWriteOnce` everything of a run is on one node, `ReadWriteMany` lets the engine train on others.",
    ),
  cooldown: duration.describe('No new run this long after a release.'),
  admission: admissionSchema.describe(admissionSettings.description ?? ''),
  when: z
    .string()
    .min(1)
    .optional()
    .describe("One more CEL condition on the alert, besides driftloop's own."),
};

/** Training, all layers merged. */
export const trainingSchema = z.discriminatedUnion('engine', [
  z.strictObject({ engine: z.literal('container'), ...run, ...containerKeys }),
  z.strictObject({ engine: z.literal('job'), ...run, ...jobKeys }),
  z.strictObject({ engine: z.literal('trainjob'), ...run, ...trainJobKeys }),
  z.strictObject({ engine: z.literal('rayjob'), ...run, ...rayJobKeys }),
  z.strictObject({ engine: z.literal('spark'), ...run, ...sparkKeys }),
]);

export type TrainingInput = z.infer<typeof trainingSchema>;

const common = Object.keys({ engine: undefined, ...run });

/** Keys that mean something to an engine. */
export const trainingKeys: Readonly<Record<EngineName, readonly string[]>> = {
  container: [...common, ...Object.keys(containerKeys)],
  job: [...common, ...Object.keys(jobKeys)],
  trainjob: [...common, ...Object.keys(trainJobKeys)],
  rayjob: [...common, ...Object.keys(rayJobKeys)],
  spark: [...common, ...Object.keys(sparkKeys)],
};

/** What one layer says about training. */
export const trainingSettings = z
  .strictObject({
    engine: z
      .enum(engineNames)
      .describe(
        'What trains: a step of the run (`container`), a Kubernetes Job, a TrainJob of Kubeflow Trainer, a RayJob of KubeRay, or a SparkApplication.',
      ),
    ...run,
    ...trainJobKeys,
    ...jobKeys,
    ...rayJobKeys,
    ...sparkKeys,
    ...containerKeys,
    resources: resourcesSchema.partial().describe(containerKeys.resources.description ?? ''),
    workers: workersSettings,
    admission: admissionSettings,
  })
  .partial();
