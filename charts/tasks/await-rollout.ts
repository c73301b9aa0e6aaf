import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { repositoryParams, versionParams } from './repositories.js';
import { defineStep } from './step-contract.js';

const { targetRepository, targetBranch } = repositoryParams;

/** What serves a model; `none`: nothing that a run could look at. */
export const workloads = ['Deployment', 'InferenceService', 'none'] as const;

/** Instead of an address, because Tekton's results should not be empty. */
export const unknownAddress = 'none';

/** Waits until the released version is what the environment really runs. */
export const awaitRollout = defineStep({
  name: 'await-rollout',
  description:
    'Waits until Argo CD has applied the release and the servers run it; fails at once when that fails.',
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    environment: z.string().min(1).describe('The environment that was released to.'),
    ...versionParams,
    application: z.string().min(1).describe("Name of the Application of the model's unit."),
    applications: z.string().min(1).describe('Namespace of the Applications.'),
    workload: z
      .enum(workloads)
      .describe('Kind of the object that serves the model: Deployment, InferenceService, or none.'),
    name: z.string().min(1).describe('Its name.'),
    namespace: z.string().min(1).describe('Its namespace.'),
    timeout: z
      .string()
      .regex(/^[1-9]\d{0,8}$/)
      .transform(Number)
      .describe('Seconds that it may take.'),
    targetRepository,
    targetBranch,
  }),
  results: { url: 'Address of the served model within the cluster, or "none".' },
  workspace: false,
  cluster: true,
  credentials: ['git'],
  // What has failed does not get better by being looked at again, and what takes too long would take twice as long.
  retries: 0,
  timeout: duration('15m'),
  resources: { cpu: '50m', memory: '256Mi' },
});
