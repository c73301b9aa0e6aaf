import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { repositoryParams } from './repositories.js';
import { defineStep } from './step-contract.js';

/** Instead of an image: training pushed the model itself, and model.json says where to. */
export const trainedImage = 'trained';

/** Brings the trained model to the first environment, by a commit to the GitOps repository. */
export const release = defineStep({
  name: 'release',
  description: 'Commits the trained model, rendered for the first environment, to the GitOps repository.',
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    environment: z.string().min(1).describe('The environment that receives the model.'),
    run: z
      .string()
      .min(1)
      .describe('Name of the PipelineRun that releases; when it began is part of the version.'),
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
      .describe("Commit of the model's source the training used."),
    image: z
      .string()
      .regex(/^(?:trained|oci:\/\/[a-z0-9][A-Za-z0-9._:/-]{0,254}@sha256:[0-9a-f]{64})$/)
      .describe('Where the model is, by digest; "trained": where model.json of the training says.'),
    ...repositoryParams,
  }),
  results: {
    version: 'Version of the released model.',
    image: 'Where the released model is, by digest.',
    commit: 'Commit of the GitOps repository with the release.',
  },
  workspace: true,
  cluster: true,
  credentials: ['git'],
  retries: 1,
  timeout: duration('5m'),
  resources: { cpu: '200m', memory: '512Mi' },
});
