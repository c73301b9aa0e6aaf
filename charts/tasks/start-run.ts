import { z } from 'zod';
import { defineStep } from './step-contract.js';

/** What a CronJob runs at each of its times. */
export const startRun = defineStep({
  name: 'start-run',
  description: 'Asks the listener for the run of a scheduled time, until the run is there.',
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    schedule: z.string().min(1).describe('Name of the CronJob.'),
    job: z
      .string()
      .min(1)
      .describe("Name of the Job, the same for each of its Pods; the CronJob's own say the scheduled time."),
    listener: z.url().describe('URL of the listener.'),
    authority: z
      .string()
      .min(1)
      .describe('File with the authority of its certificate, where it answers by https.'),
  }),
  results: {},
  workspace: false,
  cluster: true,
  credentials: [],
  resources: { cpu: '50m', memory: '128Mi' },
});
