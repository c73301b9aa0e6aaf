import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { defineStep } from './step-contract.js';

/** Writes down how a run ended, where people and the next run look. */
export const record = defineStep({
  name: 'record',
  description:
    "Writes how the run ended onto its PipelineRun, and onto the model's Lease how many runs failed in a row.",
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    run: z.string().min(1).describe('Name of the PipelineRun that ends.'),
  }),
  results: {
    outcome: 'How the run ended: refused, failed, trained or released.',
    reason: 'Which demand refused it or which task failed, in one word; "none" when it ended well.',
  },
  workspace: false,
  cluster: true,
  credentials: [],
  // A run that ends without a record is counted by the next admission; a second attempt would make the end of every run longer.
  retries: 0,
  timeout: duration('4m'),
  resources: { cpu: '50m', memory: '128Mi' },
});
