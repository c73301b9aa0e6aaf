import { z } from 'zod';
import { modelRegistryKinds } from '../../config/model-registry.js';
import { duration } from '../../config/values/duration.js';
import { defineStep } from './step-contract.js';

const registryParams = {
  registryKind: z.enum(modelRegistryKinds).describe('Which registry it is: "mlflow" or "kubeflow".'),
  registryUrl: z.string().min(1).describe('URL of the model registry.'),
};

/** Makes the trained version known before it is released, with all that it comes from. */
export const register = defineStep({
  name: 'register',
  description:
    'Registers the trained version, with its metrics and what it comes from, in the model registry.',
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    run: z.string().min(1).describe('Name of the PipelineRun; when it began is part of the version.'),
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
      .describe("Commit of the model's source the training used."),
    image: z
      .string()
      .regex(/^(?:trained|oci:\/\/[a-z0-9][A-Za-z0-9._:/-]{0,254}@sha256:[0-9a-f]{64})$/)
      .describe('Where the model is, by digest; "trained": where model.json of the training says.'),
    sourceRepository: z.string().min(1).describe("URL of the model's source."),
    ...registryParams,
  }),
  results: {
    version: 'Version of the model, as its release will be called.',
    registered: 'The version as the registry calls it.',
  },
  workspace: true,
  cluster: true,
  credentials: ['registry'],
  retries: 1,
  timeout: duration('5m'),
  resources: { cpu: '50m', memory: '128Mi' },
});

/** What a CronJob runs: the registry follows the release records, whoever has changed them. */
export const followReleases = defineStep({
  name: 'follow-releases',
  description:
    'Labels the versions in the model registry as the release records of the GitOps repository say.',
  params: z.strictObject({
    environments: z.string().min(1).describe('Names of the environments, with commas between them.'),
    targetRepository: z.string().min(1).describe('URL of the GitOps repository.'),
    targetBranch: z.string().min(1).describe('Branch of the GitOps repository.'),
    ...registryParams,
  }),
  results: {},
  workspace: false,
  cluster: false,
  credentials: ['git', 'registry'],
  resources: { cpu: '50m', memory: '256Mi' },
});
