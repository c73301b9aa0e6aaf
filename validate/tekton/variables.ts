import { memoize } from '../../config/values/memoize.js';
import { findTexts } from '../fields.js';

/** A `$(…)` somewhere in an object. */
export interface Variable {
  /** `params.x`, `tasks.t.results.r`, without `$(` and `)`. */
  readonly name: string;
  /** Parts between dots and brackets: `tasks`, `t`, `results`, `r`. */
  readonly parts: readonly string[];
  /** Path of the text that holds it. */
  readonly path: string;
}

/** Every `$(…)` of a value's texts. */
export function findVariables(value: unknown, path = ''): readonly Variable[] {
  return findTexts(value, path, (text) => text.includes('$(')).flatMap((found) =>
    [...found.text.matchAll(/\$\(([^()]*)\)/g)].map(([, name = '']) => ({
      name,
      parts: splitVariable(name),
      path: found.path,
    })),
  );
}

/** `params["a.b"][0]` → `params`, `a.b`, `0`. */
const splitVariable: (name: string) => readonly string[] = memoize((name) => {
  const parts = [...name.matchAll(/\[(?:"([^"]*)"|'([^']*)'|([^\]]*))\]|([^.[\]]+)/g)];
  return parts.map(([, double, single, index, plain]) => double ?? single ?? index ?? plain ?? '');
});
