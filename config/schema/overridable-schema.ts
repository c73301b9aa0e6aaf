import { z } from 'zod';
import { detectorSchema, severity } from './detector-schema.js';
import { servingSettings } from './serving-schema.js';
import { duration, distinct, plainText } from './texts.js';

const actions = distinct(z.enum(['notify', 'retrain']));
const actionWords = '`notify` tells the receivers, `retrain` starts a run; empty: only recorded.';

const watched = {
  severity: severity
    .optional()
    .describe('How urgent a violation is, unless the detector says otherwise. Default `warning`.'),
  monitor: plainText.optional().describe('Which of the monitors of `driftloop.yaml` exports the metrics.'),
  for: duration
    .optional()
    .describe('How long a condition must hold, unless the detector says otherwise. Default 10m.'),
  detectors: z
    .array(detectorSchema)
    .optional()
    .describe('Conditions on metrics; each is watched on its own.'),
};

/** What an environment may override, and defaults may give. */
export const overridable = {
  drift: z
    .strictObject({ ...watched, onDrift: actions.optional().describe(`What drift does: ${actionWords}`) })
    .optional()
    .describe('Has the input moved away from what the model was trained on?'),
  bias: z
    .strictObject({ ...watched, onBias: actions.optional().describe(`What bias does: ${actionWords}`) })
    .optional()
    .describe('Does the model treat groups differently?'),
  quality: z
    .strictObject({
      ...watched,
      onQuality: actions.optional().describe(`What bad quality does: ${actionWords}`),
    })
    .optional()
    .describe('Are the predictions right?'),
  service: z
    .strictObject({
      ...watched,
      onService: actions.optional().describe(`What bad service does: ${actionWords}`),
    })
    .optional()
    .describe('Does the model answer, and fast enough?'),
  serving: servingSettings
    .optional()
    .describe('How the model is served; without it somebody else serves it.'),
};

export const overridableSchema = z.strictObject(overridable);

export type Overridable = z.infer<typeof overridableSchema>;
