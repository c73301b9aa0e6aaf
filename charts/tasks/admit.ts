import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { admissionPolicy } from './admission-policy.js';
import { jsonParam } from './json-param.js';
import { defineStep } from './step-contract.js';

/** The second line against alert storms, and where a model's own conditions on its runs are held. */
export const admit = defineStep({
  name: 'admit',
  description:
    'Lets one run of a model through at a time, none within the cooldown after a release, and none against its policy.',
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    run: z.string().min(1).describe('Name of the PipelineRun that asks.'),
    cooldown: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
      .describe('Seconds after a release in which no run is admitted.'),
    policy: jsonParam(admissionPolicy).describe('What else must hold, as JSON (training.admission).'),
  }),
  results: {
    admitted: '"true" when the run may go on, else "false".',
    refusal: 'Which demand refused it, in one word; "none" when it may go on.',
    reason: 'Why, in one sentence.',
  },
  workspace: false,
  cluster: true,
  credentials: ['prometheus', 'alertmanager'],
  retries: 1,
  timeout: duration('3m'),
  resources: { cpu: '50m', memory: '128Mi' },
});
