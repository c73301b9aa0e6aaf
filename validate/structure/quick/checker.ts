import type { Schema } from '../schema.js';

/** Is there certainly nothing to report of a value? */
export type Test = (value: unknown) => boolean;

export interface Checker {
  /** Compiles its schema when it is first asked, and is replaced by the outcome. */
  test: Test;
}

/** One set of checkers: for objects as they stand, or for those inside a TriggerTemplate. */
export interface Checkers {
  /** As in a Context: texts with a placeholder of the template may be anything. */
  readonly templated: boolean;
  /** There before it is compiled: a schema may hold itself. */
  of(schema: Schema): Checker;
}
