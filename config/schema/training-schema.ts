import { z } from 'zod';
import { admissionSchema, admissionSettings } from './admission-schema.js';
import { commandLine, resourcesSchema, variables } from './pod-schema.js';
import { duration, image, positiveDuration, storage } from './texts.js';

/** Training, all layers merged. */
export const trainingSchema = z.strictObject({
  image: image.describe('Image that trains, pinned.'),
  command: commandLine.describe('Command of the training; it runs in the folder with the source.'),
  args: commandLine.describe('Arguments of the training.'),
  env: variables.describe('Environment variables of the training; never secrets.'),
  resources: resourcesSchema.describe('What the training gets.'),
  timeout: positiveDuration.describe('Deadline of the training.'),
  retries: z.int().min(0).max(10).describe('Attempts after a failed one.'),
  storage: storage.describe("Size of the run's volume."),
  cooldown: duration.describe('No new run this long after a release.'),
  admission: admissionSchema.describe(admissionSettings.description ?? ''),
  when: z
    .string()
    .min(1)
    .optional()
    .describe("One more CEL condition on the alert, besides driftloop's own."),
});

/** What one layer says about training. */
export const trainingSettings = trainingSchema
  .extend({
    resources: resourcesSchema.partial().describe('What the training gets.'),
    admission: admissionSettings,
  })
  .partial();
