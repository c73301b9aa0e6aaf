import type { RunEvent } from '../../config/model-runs.js';

/** How a run ends; it may have been proposed for the next environment besides. */
export const runOutcomes = [
  'refused',
  'failed',
  'trained',
  'released',
] as const satisfies readonly RunEvent[];

export type RunOutcome = (typeof runOutcomes)[number];
