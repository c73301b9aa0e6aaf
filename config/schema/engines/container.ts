import { placement, program } from './program.js';

/** A step of the run in the user's image. */
export const containerKeys = { ...program, ...placement };
