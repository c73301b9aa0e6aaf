import { z } from 'zod';
import { defineStep } from './step-contract.js';

/** Comes before each attempt to fetch the data, in the same Pod: half of a download must not be trained on. */
export const clearData = defineStep({
  name: 'clear-data',
  description: "Empties the run's data folder.",
  params: z.strictObject({}),
  results: {},
  workspace: true,
  cluster: false,
  credentials: [],
  resources: { cpu: '50m', memory: '128Mi' },
});
