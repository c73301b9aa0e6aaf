import { z } from 'zod';
import { unknownPolicies } from '../model-admission.js';
import { distinct, dnsLabel } from './texts.js';

/** When a run may start, all layers merged. */
export const admissionSchema = z.strictObject({
  freeze: distinct(dnsLabel(40)).describe(
    'Names of `timeIntervals` of `driftloop.yaml`: no run starts within any of them.',
  ),
  maxRunsPerDay: z
    .int()
    .min(0)
    .max(100)
    .describe('So many runs are admitted within 24 hours; 0: as many as ask.'),
  maxFailures: z
    .int()
    .min(0)
    .max(100)
    .describe('After so many failed runs in a row none starts until somebody looks; 0: never.'),
  stillFiring: z
    .boolean()
    .describe(
      'Is Alertmanager asked whether the alert that started the run still fires? Needs `runs.alertmanager`.',
    ),
  samples: z
    .strictObject({
      query: z
        .string()
        .min(1)
        .max(10_000)
        .describe(
          'PromQL with one value; `$since` is the time since the last admitted run, such as `86400s`.',
        ),
      minimum: z.number().positive().describe('So much it must be.'),
    })
    .optional()
    .describe(
      'What must have come since the last run before an alert or a schedule starts another one. Needs `runs.prometheus`.',
    ),
  whenUnknown: z
    .enum(unknownPolicies)
    .describe('What becomes of a run when Alertmanager or Prometheus cannot be asked.'),
});

/** What one layer says about it. */
export const admissionSettings = admissionSchema
  .partial()
  .describe('When a run may start, besides `cooldown` and one run of a model at a time.');

export type AdmissionInput = z.infer<typeof admissionSchema>;
