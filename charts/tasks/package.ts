import { z } from 'zod';
import { duration } from '../../config/values/duration.js';
import { defineStep } from './step-contract.js';

/** Instead of the digest of the files, where nothing has scanned them. */
export const unscanned = 'unscanned';

/** Instead of a base image: the files alone. */
export const noBase = 'none';

/** Makes an image of the model's files and pushes it, so that one digest names what is tested and served. */
export const packageModel = defineStep({
  name: 'package',
  description: 'Pushes the files of the trained model as an image, and gives its digest.',
  params: z.strictObject({
    model: z.string().min(1).describe('Name of the model.'),
    run: z.string().min(1).max(128).describe('Name of the PipelineRun, which becomes the tag of the image.'),
    source: z.string().min(1).describe("URL of the model's source, as the image shall name it."),
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
      .describe("Commit of the model's source the training used."),
    files: z
      .string()
      .regex(/^(?:unscanned|sha256:[0-9a-f]{64})$/)
      .describe('Digest of the files that were scanned, or "unscanned"; other files are refused.'),
    repository: z
      .string()
      .min(1)
      .describe('Where the image is pushed to; with "http://" before it where the registry has no TLS.'),
    base: z.string().min(1).describe('Image by digest that the files are put on, or "none".'),
  }),
  results: {
    image: 'Where the model is, by digest: oci://repository@sha256:….',
    files: "Digest of the model's files: equal files have an equal one.",
    // Names that Tekton Chains looks for.
    MODEL_IMAGE_URL: 'Repository of the image.',
    MODEL_IMAGE_DIGEST: 'Digest of the image.',
  },
  workspace: true,
  cluster: true,
  credentials: ['images'],
  retries: 1,
  timeout: duration('15m'),
  resources: { cpu: '500m', memory: '512Mi' },
});
