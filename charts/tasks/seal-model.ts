import { z } from 'zod';
import { defineStep } from './step-contract.js';

/** Names the files of a model before a program of others looks at them. */
export const sealModel = defineStep({
  name: 'seal-model',
  description: "Gives the digest of the model's files, so that exactly what is scanned ships.",
  params: z.strictObject({}),
  results: {
    files: "Digest of the model's files.",
  },
  workspace: true,
  cluster: false,
  credentials: [],
  resources: { cpu: '500m', memory: '512Mi' },
});
