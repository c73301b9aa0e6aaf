import { version } from '../texts.js';
import { placement, program, queue, workers } from './program.js';

/** A RayJob of KubeRay. */
export const rayJobKeys = {
  ...program,
  command: program.command.min(1),
  ...placement,
  queue,
  rayVersion: version.optional().describe('Version of Ray in the image, in quotes (`engine: rayjob`).'),
  workers,
};
