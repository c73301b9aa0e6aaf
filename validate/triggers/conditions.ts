import { memoize } from '../../config/values/memoize.js';

/** The parts of `a && b && c`, as far as they stand at the outermost level. */
export function splitConditions(expression: string): readonly string[] {
  const conditions: string[] = [];
  let [depth, start] = [0, 0];
  let quote: string | undefined;
  for (let index = 0; index < expression.length; index++) {
    const character = expression[index] ?? '';
    if (quote !== undefined) {
      if (character === '\\') index++;
      else if (character === quote) quote = undefined;
    } else if (character === "'" || character === '"') quote = character;
    else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (depth === 0 && (character === '?' || expression.startsWith('||', index))) return [expression];
    else if (depth === 0 && expression.startsWith('&&', index)) {
      conditions.push(expression.slice(start, index).trim());
      start = index + 2;
    }
  }
  return [...conditions, expression.slice(start).trim()];
}

/** Labels a filter demands of the payload's group: a payload without them can never pass it. */
export const demandedGroupLabels: (filter: string) => ReadonlyMap<string, string> = memoize((filter) => {
  const pattern = /^body\.groupLabels(?:\.(\w+)|\['([^'\\]+)'\]) == '([^'\\]*)'$/;
  return new Map(
    splitConditions(filter).flatMap((condition) => {
      const match = pattern.exec(condition);
      return match === null ? [] : [[match[1] ?? match[2] ?? '', match[3] ?? ''] as const];
    }),
  );
});
