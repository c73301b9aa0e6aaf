import { resolveSchema } from './schema.js';
import type { Schema } from './schema.js';
import type { Context, Walk } from './context.js';
import { isOfType, nameType, reportType } from './types.js';

type Found = Parameters<Context['report']>;

/** One alternative must fit; of several that do not, the one that fits best says what is wrong. */
export function checkAlternatives(
  value: unknown,
  alternatives: readonly Schema[],
  path: string,
  context: Context,
  walk: Walk,
): void {
  const possible = alternatives.filter((alternative) => isOfType(value, resolveSchema(alternative)));
  if (possible.length === 0) {
    const names = alternatives.map((alternative) => nameType(resolveSchema(alternative)));
    reportType(value, [...new Set(names)].join(' or '), path, context);
    return;
  }
  let best: readonly Found[] | undefined;
  for (const alternative of possible) {
    const found: Found[] = [];
    walk(value, alternative, path, { ...context, report: (...problem) => found.push(problem) });
    if (best === undefined || found.length < best.length) best = found;
    if (found.length === 0) return;
  }
  for (const problem of best ?? []) context.report(...problem);
}
