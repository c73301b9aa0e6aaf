import type { ProblemCode } from './codes.js';

/** A place in a file the user wrote. Lines and columns start at 1. */
export interface Position {
  /** Path as the user would type it, relative to the workspace directory. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Severity = 'error' | 'warning';

/**
 * Something the user can mend: in the input, or in what was rendered from it.
 * Problems are collected and returned, never thrown; a thrown error is a fault of driftloop.
 */
export interface Problem {
  /** Stable name, `AREA_WHAT`; `driftloop explain CODE` says more. */
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** One sentence: what is wrong, and what was found. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Where the user wrote it, when that is known. */
  readonly position?: Position;
  /** Key path in the user's file (`drift.detectors[0].threshold`) or in the rendered object. */
  readonly path?: string;
  /** The rendered object, as `unit Kind namespace/name`, for problems found after rendering. */
  readonly object?: string;
}

/** A value, or the problems that kept it from being made; warnings may come with a value. */
export interface Checked<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/** Does any of these stop the work? Warnings do not. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
