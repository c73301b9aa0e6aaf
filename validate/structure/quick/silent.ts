import type { Context } from '../context.js';
import type { Schema } from '../schema.js';

type Check<T> = (value: T, schema: Schema, path: string, context: Context) => void;

/** One for all, because making one for each of a million values takes longer than checking them. */
const silent = {
  templated: false,
  clean: true,
  report(): void {
    silent.clean = false;
  },
};

/** Does a check of walk.ts report nothing? */
export function isClean<T>(check: Check<T>, value: T, schema: Schema, templated: boolean): boolean {
  silent.templated = templated;
  silent.clean = true;
  check(value, schema, '', silent);
  return silent.clean;
}
