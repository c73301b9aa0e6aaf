import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { defineStep } from './step-contract.js';

/** Lists what is in a model's image, for who asks later what was in use. */
export const sbom = defineStep({
  name: 'sbom',
  description: "Lists the files of the model's image (SPDX 2.3) and pushes the list beside it.",
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    run: z.string().min(1).describe('Name of the PipelineRun.'),
    repository: z
      .string()
      .min(1)
      .describe('Where the image is; with "http://" before it where the registry has no TLS.'),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/)
      .describe('Digest of the image.'),
    files: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/)
      .describe("Digest of the model's files in the image; a list of others is refused."),
  }),
  results: {
    sbom: 'Where the list is, by digest: oci://repository@sha256:….',
  },
  workspace: true,
  cluster: true,
  credentials: ['images'],
  retries: 1,
  timeout: duration('10m'),
  resources: { cpu: '500m', memory: '512Mi' },
});
