import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { defineStep } from './step-contract.js';

/** Pins the run to one commit of the model's source, whatever is pushed meanwhile. */
export const fetchSource = defineStep({
  name: 'fetch-source',
  description: "Puts the model's source, at the newest commit of its branch, on the run's volume.",
  params: z.strictObject({
    repository: z.string().min(1).describe('URL of the repository.'),
    branch: z.string().min(1).describe('Branch whose newest commit is taken.'),
  }),
  results: { commit: 'The commit that was taken, 40 hexadecimal digits.' },
  workspace: true,
  cluster: false,
  git: true,
  retries: 1,
  timeout: duration('5m'),
  resources: { cpu: '100m', memory: '256Mi' },
});
