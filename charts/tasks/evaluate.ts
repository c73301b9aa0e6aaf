import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { defineStep } from './step-contract.js';

const gate = z.strictObject({
  metric: z.string().min(1),
  min: z.number().optional(),
  max: z.number().optional(),
});

/** Gates travel as one text, because a Task's param cannot hold a list of objects. */
const gates = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.array(gate).min(1));

/** Holds a trained model against its thresholds; what is missing or no number fails. */
export const evaluate = defineStep({
  name: 'evaluate',
  description: 'Fails unless the metrics of the trained model meet every threshold.',
  params: z.strictObject({
    gates: gates.describe('JSON list of {"metric", "min", "max"}; both bounds are inclusive.'),
  }),
  results: {
    passed: '"true" when every threshold is met, else "false".',
    summary: 'Table of metrics and thresholds, in Markdown.',
  },
  workspace: true,
  cluster: false,
  credentials: [],
  retries: 0,
  timeout: duration('3m'),
  resources: { cpu: '50m', memory: '128Mi' },
});
