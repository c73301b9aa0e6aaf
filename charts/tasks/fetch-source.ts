import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { defineStep } from './step-contract.js';

/** Pins the run to one commit of the model's source, whatever is pushed meanwhile. */
export const fetchSource = defineStep({
  name: 'fetch-source',
  description: "Puts the model's source, at one commit of its branch, on the run's volume.",
  params: z.strictObject({
    repository: z.string().min(1).describe('URL of the repository.'),
    branch: z.string().min(1).describe('Branch the commit is on.'),
    commit: z
      .string()
      .regex(/^(newest|[0-9a-f]{40}([0-9a-f]{24})?)$/)
      .describe('The commit that is taken, or "newest".'),
  }),
  results: { commit: 'The commit that was taken, 40 or 64 hexadecimal digits.' },
  workspace: true,
  cluster: false,
  credentials: ['git'],
  retries: 1,
  timeout: duration('5m'),
  resources: { cpu: '100m', memory: '256Mi' },
});
