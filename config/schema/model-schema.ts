import { z } from 'zod';
import { checksSchema } from './checks-schema.js';
import { dataSchema } from './data-schema.js';
import { gatesSchema } from './gates-schema.js';
import { overridable, overridableSchema } from './overridable-schema.js';
import { packagingSettings } from './packaging-schema.js';
import { branch, dnsLabel, gitUrl, labelValue, plainText } from './texts.js';
import { promotionSchema, rolloutSettings } from './rollout-schema.js';
import { trainingSettings } from './training-schema.js';
import { triggersSchema } from './trigger-schema.js';

/** Leaves room for what serving appends to the name (`-predictor`). */
const modelNameLimit = 53;

/** `models/<name>.yaml`. */
export const modelSchema = z
  .strictObject({
    model: dnsLabel(modelNameLimit).describe(
      'Name of the model; a DNS label, and best the name of the file.',
    ),
    owner: labelValue.optional().describe('Who answers for the model; named in alerts. Default: the team.'),
    team: plainText
      .optional()
      .describe('Which of the teams of `driftloop.yaml` the model belongs to; it lives in their namespaces.'),
    source: z
      .strictObject({
        repo: gitUrl.describe('Repository with the training code.'),
        branch: branch.optional().describe('Branch that is trained from.'),
      })
      .describe('Where the model is developed.'),
    ...overridable,
    training: trainingSettings
      .optional()
      .describe('How a new version is made; without it nothing retrains the model.'),
    triggers: triggersSchema.optional().describe('What starts a run besides alerts.'),
    checks: checksSchema.optional(),
    data: dataSchema.optional(),
    gates: gatesSchema.optional().describe('What a trained model must meet before it is released.'),
    rollout: rolloutSettings.optional(),
    promotion: promotionSchema.optional(),
    ...packagingSettings,
    environments: z
      .record(dnsLabel(), overridableSchema)
      .optional()
      .describe('What is different in single environments: maps are merged, lists replaced.'),
  })
  .meta({ title: 'driftloop model', description: 'A model and its drift loop: models/<name>.yaml' });

export type ModelInput = z.infer<typeof modelSchema>;
