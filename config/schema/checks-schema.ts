import { z } from 'zod';
import { commandLine, resourcesSchema, variables } from './pod-schema.js';
import { dnsLabel, image, positiveDuration, secretDataKey, secretName, variableName } from './texts.js';

/** Leaves room for what stands before the name in a Pipeline (`check-`). */
const checkNameLimit = 50;

export const fromSecret = z.strictObject({
  name: secretName.describe('Name of the Secret, in the toolings namespace.'),
  key: secretDataKey.describe('Key within the Secret.'),
});

export const checksSchema = z
  .record(
    dnsLabel(checkNameLimit),
    z.strictObject({
      image: image.describe('Image with everything the check needs, pinned.'),
      command: commandLine
        .min(1)
        .describe('Command of the check; it runs in the folder with the source, which it cannot change.'),
      args: commandLine.optional().describe('Arguments of the check. Default none.'),
      env: variables.optional().describe('Environment variables of the check; never secrets.'),
      secretEnv: z
        .record(variableName, fromSecret)
        .optional()
        .describe('Environment variables with values of Secrets.'),
      resources: resourcesSchema
        .partial()
        .optional()
        .describe('What the check gets. Default `cpu: 500m`, `memory: 512Mi`.'),
      timeout: positiveDuration.optional().describe('Deadline of the check. Default 15m.'),
    }),
  )
  .describe(
    'Programs of your own that must succeed before the model is trained, by name; they run side by side.',
  );

export type ChecksInput = z.infer<typeof checksSchema>;
