import { z } from 'zod';
import { promotions } from '../model-rollout.js';
import { checkJsonPointer, checkJsonSchema, checkSourceFile } from '../values/json-answer.js';
import { answerTime, httpPath, positiveDuration, text } from './texts.js';

const bounds = z.strictObject({
  min: z.number().optional().describe('The value must reach this.'),
  max: z.number().optional().describe('The value must not exceed this.'),
});

const expected = z.strictObject({
  status: z.int().min(100).max(599).optional().describe('Status of the answer. Default 200.'),
  schema: z
    .record(z.string(), z.unknown())
    .superRefine((schema, context) => {
      const fault = checkJsonSchema(schema);
      if (fault === undefined) return;
      context.addIssue({
        code: 'custom',
        message: fault.message,
        params: { problem: 'CONFIG_VALUE', fault },
      });
    })
    .optional()
    .describe('JSON schema that the answer must have.'),
  values: z
    .record(text(checkJsonPointer, 'CONFIG_VALUE'), bounds)
    .optional()
    .describe('Bounds of numbers in the answer, by JSON pointer (`/outputs/0/data/0`).'),
  latency: answerTime.optional().describe('The whole answer must be there by then. Default 30s.'),
});

export const smokeRequestSchema = z.strictObject({
  path: httpPath.describe('What is asked for, behind the address of the served model.'),
  body: z.unknown().optional().describe('Posted as JSON; without it, and without `bodyFile`, it is a GET.'),
  bodyFile: text(checkSourceFile, 'CONFIG_PATH')
    .optional()
    .describe("File of the model's source that is posted as JSON."),
  expect: expected.optional().describe('What makes the answer a good one. Default: status 200.'),
});

export const rolloutSchema = z.strictObject({
  wait: z.boolean().describe('Does a run wait until what it released is served?'),
  timeout: positiveDuration.describe('So long a release may take until it is served.'),
  smokeTest: z
    .array(smokeRequestSchema)
    .max(20)
    .optional()
    .describe(
      'Requests that the served model must answer before its version counts as verified. Default: `readinessPath` of a `kind: deployment`.',
    ),
});

export const rolloutSettings = rolloutSchema
  .partial()
  .describe('What becomes of a version that a run has released to the first environment.');

export const promotionSchema = z
  .enum(promotions)
  .describe(
    'Does a verified version go on to the next environment by pull request? Default: it does where `delivery.tokenSecret` is given and the next environment is delivered by pull request.',
  );

export type SmokeRequestInput = z.infer<typeof smokeRequestSchema>;
