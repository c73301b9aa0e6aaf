import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { defineStep } from './step-contract.js';

/** The second line against alert storms: one run of a model at a time, and none soon after a release. */
export const admit = defineStep({
  name: 'admit',
  description: 'Lets one run of a model through at a time, and none within the cooldown after a release.',
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    run: z.string().min(1).describe('Name of the PipelineRun that asks.'),
    cooldown: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
      .describe('Seconds after a release in which no run is admitted.'),
  }),
  results: {
    admitted: '"true" when the run may go on, else "false".',
    reason: 'Why, in one sentence.',
  },
  workspace: false,
  cluster: true,
  credentials: [],
  retries: 1,
  timeout: duration('3m'),
  resources: { cpu: '50m', memory: '128Mi' },
});
