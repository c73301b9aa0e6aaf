import { placement, program, queue } from './program.js';

/** A Kubernetes Job. */
export const jobKeys = { ...program, ...placement, queue };
