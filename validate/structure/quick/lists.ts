import { isFields } from '../../fields.js';
import { checkList, itemKeys } from '../lists.js';
import { resolveSchema } from '../schema.js';
import type { Schema } from '../schema.js';
import type { Checkers, Test } from './checker.js';
import { isClean } from './silent.js';

export function listTest(schema: Schema, checkers: Checkers): Test {
  const item = checkers.of(schema.items ?? {});
  const { minItems = 0, maxItems = Infinity } = schema;
  const isUnique = uniqueTest(schema, checkers.templated);
  return (value) => {
    if (!Array.isArray(value) || value.length < minItems || value.length > maxItems) return false;
    for (const each of value) if (!item.test(each)) return false;
    return value.length < 2 || isUnique(value);
  };
}

type ListTest = (list: readonly unknown[]) => boolean;

/** Are there no two items that mean the same? */
function uniqueTest(schema: Schema, templated: boolean): ListTest {
  const { 'x-kubernetes-list-type': type, uniqueItems } = schema;
  if (type === undefined && uniqueItems !== true) return () => true;
  const compareAll: ListTest = (list) => isClean(checkList, list, schema, templated);
  const isSame = equality(schema);
  if (isSame === undefined) return compareAll;
  return (list) => (list.length > pairLimit ? compareAll(list) : hasNoPair(list, isSame));
}

type Equality = (one: unknown, other: unknown) => boolean;

/** Up to so many items, comparing each with each takes less time than remembering them. */
const pairLimit = 20;

function hasNoPair(list: readonly unknown[], isSame: Equality): boolean {
  for (let index = 1; index < list.length; index += 1) {
    for (let before = 0; before < index; before += 1) if (isSame(list[before], list[index])) return false;
  }
  return true;
}

/** Of items that fields with plain values tell apart. */
function equality(schema: Schema): Equality | undefined {
  const { properties = {} } = resolveSchema(schema.items ?? {});
  const keys = (itemKeys(schema) ?? []).map((key) => ({ key, ...resolveSchema(properties[key] ?? {}) }));
  if (keys.length === 0 || keys.some(({ type }) => type === undefined || !plainTypes.has(type)))
    return undefined;
  return (one, other) =>
    isFields(one) &&
    isFields(other) &&
    keys.every(({ key, default: usual }) => (one[key] ?? usual) === (other[key] ?? usual));
}

const plainTypes: ReadonlySet<string> = new Set(['string', 'integer', 'boolean']);
