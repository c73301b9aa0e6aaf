import { UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import { marshalJson } from './values.js';
import type { CelValue } from './values.js';

/** CEL's equality: numbers by value whatever their type, lists and maps by content. */
export function areEqual(left: CelValue, right: CelValue): boolean {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return a == b;
  return marshalJson([left]) === marshalJson([right]) && typeof left === typeof right;
}

/** Order of numbers and of strings; throws for values without one. */
export function compare(left: CelValue, right: CelValue): number {
  const [a, b] = [numberOf(left) ?? left, numberOf(right) ?? right];
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  const numeric = [a, b].every((value) => typeof value === 'number' || typeof value === 'bigint');
  if (!numeric) throw new Error('no such overload: these values have no order');
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

function numberOf(value: CelValue): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return value instanceof UnsignedInt ? value.value : undefined;
}
