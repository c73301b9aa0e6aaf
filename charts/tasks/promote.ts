import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { repositoryParams, versionParams } from './repositories.js';
import { defineStep } from './step-contract.js';

/** Proposes what was tested for the next environment. */
export const promote = defineStep({
  name: 'promote',
  description: 'Opens or updates the pull request that brings the verified version to the next environment.',
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    from: z.string().min(1).describe('The environment where the version was verified.'),
    to: z.string().min(1).describe('The environment that shall receive it.'),
    ...versionParams,
    run: z.string().min(1).describe('Name of the PipelineRun that promotes.'),
    ...repositoryParams,
  }),
  results: {
    promoted: '"true" when there is a pull request or nothing left to do, else "false".',
    pullRequest: 'Address of the pull request, or "none".',
    reason: 'What was done or why not, in one sentence.',
  },
  workspace: true,
  cluster: false,
  credentials: ['git', 'forge'],
  retries: 1,
  timeout: duration('10m'),
  resources: { cpu: '200m', memory: '512Mi' },
});
