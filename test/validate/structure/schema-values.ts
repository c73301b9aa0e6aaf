import fc from 'fast-check';
import { resolveSchema } from '../../../validate/structure/schema.js';
import { checkNumber, checkText } from '../../../validate/structure/scalars.js';
import type { Schema } from '../../../validate/structure/schema.js';
import type { Context } from '../../../validate/structure/context.js';

const texts = [
  ...[
    '',
    'x',
    'A b',
    'a.b/c',
    '5m',
    '500m',
    '1Gi',
    '10.5',
    '80',
    'http',
    '🎵',
    '🎵'.repeat(40),
    'x'.repeat(70),
  ],
  ...['$(tt.params.a)', 'a-$(tt.params.b)', '2026-01-01T00:00:00Z', 'aGFsbG8=', '(?i)a', 'TCP'],
];
const numbers = [0, 1, -1, 80, 65_536, 1.5, 2 ** 31, 2 ** 53, Number.NaN];
const strangers: readonly unknown[] = [null, undefined, '', 'x', 0, true, [], {}, [null], { a: null }];

/** Values that fit a schema, apart from something else in some place now and then. */
export function valueOf(reference: Schema, depth = 5): fc.Arbitrary<unknown> {
  const schema = resolveSchema(reference);
  return fc.oneof(
    { weight: 80, arbitrary: fittingValue(schema, depth) },
    { weight: 1, arbitrary: fc.constantFrom(...strangers) },
  );
}

function fittingValue(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const { anyOf, type } = schema;
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((alternative) => valueOf(alternative, depth)));
  if (schema['x-kubernetes-int-or-string'] === true)
    return fc.oneof(textOf(schema), fc.constantFrom(80, 1.5));
  if (type === undefined) return fc.constantFrom('x', 1, false, [], { a: ['x'] });
  switch (type) {
    case 'object':
      return objectOf(schema, depth);
    case 'array':
      return listOf(schema, depth);
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
  }
}

/** Now and then each item is there twice. */
function listOf({ items = {}, minItems = 0 }: Schema, depth: number): fc.Arbitrary<unknown> {
  const item = depth > 0 ? valueOf(items, depth - 1) : fittingValue(resolveSchema(items), 0);
  return fc
    .tuple(fc.array(item, { minLength: minItems, maxLength: depth > 0 ? 3 : minItems }), fc.nat(20))
    .map(([list, chance]) => (chance === 0 ? [...list, ...list] : list));
}

function textOf(schema: Schema): fc.Arbitrary<unknown> {
  return mostlyFitting([...texts, ...(schema.enum ?? [])], (text) =>
    countFaults(checkText, String(text), schema),
  );
}

function numberOf(schema: Schema): fc.Arbitrary<unknown> {
  const isOfType = schema.type === 'integer' ? Number.isSafeInteger : Number.isFinite;
  return mostlyFitting(numbers, (number) =>
    isOfType(number) ? countFaults(checkNumber, number, schema) : 1,
  );
}

function mostlyFitting<T>(all: readonly T[], faultsOf: (value: T) => number): fc.Arbitrary<T> {
  const fitting = all.filter((value) => faultsOf(value) === 0);
  const any = fc.constantFrom(...all);
  if (fitting.length === 0) return any;
  return fc.oneof({ weight: 60, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: any });
}

function countFaults<T>(
  check: (value: T, schema: Schema, path: string, context: Context) => void,
  value: T,
  schema: Schema,
): number {
  let count = 0;
  check(value, schema, '', { templated: false, report: () => void (count += 1) });
  return count;
}

/** All that must be there, and some of what may. */
function objectOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const { properties = {}, required = [] } = schema;
  const optional = Object.keys(properties).filter((key) => !required.includes(key));
  const chosen = fc.subarray(optional, { maxLength: depth > 0 ? Math.min(3, optional.length) : 0 });
  return chosen.chain((more) => {
    const keys = [...required, ...more];
    const fields = fc.tuple(...keys.map((key) => valueOf(properties[key] ?? {}, depth - 1)));
    return fc.tuple(fields, otherFieldsOf(schema, depth)).map(([values, others]) => ({
      ...Object.fromEntries(keys.map((key, index) => [key, values[index]])),
      ...others,
    }));
  });
}

function otherFieldsOf(schema: Schema, depth: number): fc.Arbitrary<object> {
  const { additionalProperties } = schema;
  const other = typeof additionalProperties === 'object' ? additionalProperties : {};
  const isOpen =
    additionalProperties !== undefined || schema['x-kubernetes-preserve-unknown-fields'] === true;
  const key = mostlyFitting(['a', 'example.com/x', 'a b'], (text) => Number(text === 'a b'));
  const fields = fc.dictionary(key, valueOf(other, depth - 1), { maxKeys: 2, noNullPrototype: true });
  if (isOpen && depth > 0) return fields;
  return fc.oneof({ weight: 60, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fields });
}
