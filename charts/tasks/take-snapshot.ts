import { z } from 'zod';
import { defineStep } from './step-contract.js';

/** Comes after the program that fetches the data, in the same Pod. */
export const takeSnapshot = defineStep({
  name: 'take-snapshot',
  description: 'Says which data was fetched: what its snapshot.json says, or a digest of all files.',
  params: z.strictObject({}),
  results: { snapshot: 'What the data is called.' },
  workspace: true,
  cluster: false,
  credentials: [],
  resources: { cpu: '100m', memory: '128Mi' },
});
