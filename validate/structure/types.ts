import { isFields } from '../fields.js';
import { showValue } from './context.js';
import type { Context } from './context.js';
import type { Schema } from './schema.js';

/** JSON has one kind of number; whole ones must be exact. */
export function isOfType(value: unknown, schema: Schema): boolean {
  const { type } = schema;
  if (type === undefined) return true;
  switch (type) {
    case 'object':
      return isFields(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return Number.isFinite(value);
    case 'string':
    case 'boolean':
      return typeof value === type;
  }
}

const typeNames = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
} as const;

export function nameType(schema: Schema): string {
  return schema.type === undefined ? 'anything' : typeNames[schema.type];
}

export function reportType(value: unknown, expected: string, path: string, context: Context): void {
  context.report('STRUCTURE_WRONG_TYPE', { path, message: `${showValue(value)} is not ${expected}.` });
}
