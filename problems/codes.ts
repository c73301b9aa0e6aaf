import { cliCodes } from './codes-cli.js';
import { configCodes } from './codes-config.js';
import { courseCodes } from './codes-course.js';
import { gateCodes } from './codes-gates.js';
import { gitopsCodes } from './codes-gitops.js';
import { promqlCodes } from './codes-promql.js';
import { notificationCodes } from './codes-notifications.js';
import { releaseCodes } from './codes-release.js';
import { structureCodes } from './codes-structure.js';
import { synthCodes } from './codes-synth.js';
import { validateCodes } from './codes-validate.js';

/** What `driftloop explain CODE` and docs/reference/problems.md say about a problem. */
export interface CodeExplanation {
  /** What it means, in one sentence. */
  readonly meaning: string;
  /** The usual cause and what to do. */
  readonly cause: string;
}

/** Every problem code there is; the reference page is generated from this table. */
export const problemCodes = {
  ...configCodes,
  ...courseCodes,
  ...gateCodes,
  ...notificationCodes,
  ...structureCodes,
  ...promqlCodes,
  ...validateCodes,
  ...synthCodes,
  ...gitopsCodes,
  ...releaseCodes,
  ...cliCodes,
} as const satisfies Record<string, CodeExplanation>;

export type ProblemCode = keyof typeof problemCodes;
