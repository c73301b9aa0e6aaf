import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { gatesParam } from './gates-param.js';
import { defineStep } from './step-contract.js';

/** Instead of a repository: there is none, and so no champion. */
export const noRepository = 'none';

/** Holds a trained model against its gates; what is missing or no number fails. */
export const evaluate = defineStep({
  name: 'evaluate',
  description: 'Fails unless the metrics of the trained model meet every gate.',
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    gates: gatesParam.describe(
      'JSON of {"metrics", "fairness", "latency", "champion"}, as `gates` of the model says; all bounds are inclusive.',
    ),
    targetRepository: z
      .string()
      .min(1)
      .describe(`URL of the GitOps repository, whose records say what runs now, or "${noRepository}".`),
    targetBranch: z.string().min(1).describe('Branch of the GitOps repository.'),
  }),
  results: {
    passed: '"true" when every gate is met, else "false".',
    summary: 'Table of metrics and gates, in Markdown; whole in report/evaluation.md of the volume.',
  },
  workspace: true,
  cluster: false,
  credentials: ['git'],
  retries: 0,
  timeout: duration('5m'),
  resources: { cpu: '100m', memory: '256Mi' },
});
