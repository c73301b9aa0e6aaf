import { isFields } from '../../fields.js';
import type { Fields } from '../../fields.js';
import type { Context } from '../context.js';
import { checkAnnotations, checkLabels } from '../names.js';
import { requiredKeys } from '../schema.js';
import type { Schema } from '../schema.js';
import type { Checker, Checkers, Test } from './checker.js';
import { isClean } from './silent.js';

interface Field {
  readonly checker: Checker;
  readonly isRequired: boolean;
}

export function objectTest(schema: Schema, checkers: Checkers): Test {
  const required = requiredKeys(schema);
  const fields = new Map<string, Field>();
  for (const [key, inner] of Object.entries(schema.properties ?? {}))
    fields.set(key, { checker: checkers.of(inner), isRequired: required.includes(key) });
  const others = otherFields(schema, checkers);
  const { minProperties = 0, maxProperties = Infinity, format } = schema;
  return (value) => {
    if (!isFields(value)) return false;
    let count = 0;
    let missing = required.length;
    for (const key in value) {
      const inner = value[key];
      if (inner === undefined) continue;
      const field = fields.get(key) ?? others;
      if (field?.checker.test(inner) !== true) return false;
      count += 1;
      if (field.isRequired) missing -= 1;
    }
    if (missing > 0 || count < minProperties || count > maxProperties) return false;
    return format === undefined || isClean(checkFormat, value, schema, checkers.templated);
  };
}

/** What stands in for a field that the schema does not name; undefined: no other field is allowed. */
function otherFields(schema: Schema, checkers: Checkers): Field | undefined {
  const { additionalProperties } = schema;
  if (typeof additionalProperties === 'object')
    return { checker: checkers.of(additionalProperties), isRequired: false };
  const isOpen = additionalProperties === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
  return isOpen ? { checker: { test: holdsNoNull }, isRequired: false } : undefined;
}

function checkFormat(fields: Fields, { format }: Schema, path: string, context: Context): void {
  if (format === 'labels') checkLabels(fields, path, context);
  if (format === 'annotations') checkAnnotations(fields, path, context);
}

/** Where anything may stand, nothing may still not. */
export function holdsNoNull(value: unknown): boolean {
  if (value === null) return false;
  return typeof value !== 'object' || Object.values(value).every(holdsNoNull);
}
