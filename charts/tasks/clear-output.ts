import { z } from 'zod';
import { defineStep } from './step-contract.js';

/**
 * Comes before each attempt of a training, in the same Pod: what an attempt that failed has written must not be taken
 * for the result of the next one.
 */
export const clearOutput = defineStep({
  name: 'clear-output',
  description: "Empties the training's output folder.",
  params: z.strictObject({}),
  results: {},
  workspace: true,
  cluster: false,
  credentials: [],
  resources: { cpu: '50m', memory: '128Mi' },
});
