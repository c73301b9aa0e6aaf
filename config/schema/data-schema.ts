import { z } from 'zod';
import { fromSecret } from './checks-schema.js';
import { commandLine, resourcesSchema, variables } from './pod-schema.js';
import { image, positiveDuration, variableName } from './texts.js';

export const dataSchema = z
  .strictObject({
    image: image.describe('Image with everything that fetches the data, pinned.'),
    command: commandLine
      .min(1)
      .describe(
        'Command that puts the data into the folder `DRIFTLOOP_DATA`; it runs in the folder with the source.',
      ),
    args: commandLine.optional().describe('Arguments of the command. Default none.'),
    env: variables.optional().describe('Environment variables of the command; never secrets.'),
    secretEnv: z
      .record(variableName, fromSecret)
      .optional()
      .describe('Environment variables with values of Secrets.'),
    resources: resourcesSchema
      .partial()
      .optional()
      .describe('What the command gets. Default `cpu: 500m`, `memory: 512Mi`.'),
    timeout: positiveDuration.optional().describe('Deadline of an attempt. Default 30m.'),
    retries: z.int().min(0).max(10).optional().describe('Attempts after a failed one. Default 1.'),
  })
  .describe('How the data of a training is fetched; without it the training fetches it by itself.');
