/** What people may want to be told of a run. */
export const runEvents = ['started', 'refused', 'failed', 'trained', 'released', 'proposed'] as const;

export type RunEvent = (typeof runEvents)[number];

/** How a run ends; it may have been proposed for the next environment besides. */
export const runOutcomes = [
  'refused',
  'failed',
  'trained',
  'released',
] as const satisfies readonly RunEvent[];

export type RunOutcome = (typeof runOutcomes)[number];
