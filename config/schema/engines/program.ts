import { z } from 'zod';
import { commandLine, placementSettings, resourcesSchema, variables } from '../pod-schema.js';
import { image, labelValue } from '../texts.js';

/** Keys that several engines share. */
export const program = {
  image: image.describe('Image that trains, pinned.'),
  command: commandLine.describe('Command of the training; it runs in the folder with the source.'),
  args: commandLine.describe('Arguments of the training.'),
  env: variables.describe('Environment variables of the training; never secrets.'),
  resources: resourcesSchema.describe(
    'What the training gets: of a TrainJob each node, of Ray the head, of Spark the driver.',
  ),
};

export const placement = {
  nodeSelector: placementSettings.nodeSelector,
  tolerations: placementSettings.tolerations,
};

export const queue = labelValue
  .optional()
  .describe('LocalQueue of Kueue that lets the training start (`engine: job | trainjob | rayjob`).');

export const workers = z.strictObject({
  count: z.int().min(0).max(1000).describe('Number of Pods.'),
  resources: resourcesSchema.describe('What each of them gets.'),
});

/** As one layer writes it. */
export const workersSettings = workers
  .extend({ resources: resourcesSchema.partial().describe('What each of them gets.') })
  .partial()
  .describe('Pods that work for the head or driver (`engine: rayjob | spark`).');
