import { isFields } from '../fields.js';
import { cutShort, writeValue } from './context.js';
import type { Context } from './context.js';
import { resolveSchema } from './schema.js';
import type { Schema } from './schema.js';

/** The number of items, and that none stands there twice where items have an identity. */
export function checkList(list: readonly unknown[], schema: Schema, path: string, context: Context): void {
  if (list.length < (schema.minItems ?? 0)) {
    const message =
      list.length === 0 ? 'The list is empty.' : `The list has fewer than ${schema.minItems} items.`;
    context.report('STRUCTURE_INVALID_VALUE', { path, message });
  }
  if (list.length > (schema.maxItems ?? Infinity)) {
    context.report('STRUCTURE_INVALID_VALUE', {
      path,
      message: `The list has more than ${schema.maxItems} items.`,
    });
  }
  checkUnique(list, schema, path, context);
}

function checkUnique(list: readonly unknown[], schema: Schema, path: string, context: Context): void {
  const identify = identifier(schema);
  if (identify === undefined) return;
  const seen = new Map<string, number>();
  list.forEach((item, index) => {
    const identity = identify(item);
    if (identity === undefined) return;
    const first = seen.get(identity);
    if (first === undefined) {
      seen.set(identity, index);
      return;
    }
    const message = `${cutShort(identity)} is already item ${first} of this list.`;
    context.report('STRUCTURE_DUPLICATE_ITEM', { path: `${path}[${index}]`, message });
  });
}

type Identify = (item: unknown) => string | undefined;

function identifier(schema: Schema): Identify | undefined {
  if (schema['x-kubernetes-list-type'] === 'set' || schema.uniqueItems === true) {
    return (item) => JSON.stringify(item);
  }
  const keys = itemKeys(schema);
  if (keys === undefined) return undefined;
  const properties = resolveSchema(schema.items ?? {}).properties ?? {};
  return (item) => {
    if (!isFields(item)) return undefined;
    const values = keys.map((key) => item[key] ?? resolveSchema(properties[key] ?? {}).default);
    return keys.map((key, index) => `${key} ${writeValue(values[index])}`).join(', ');
  };
}

/** Fields that tell the items of a list apart; undefined: it is no such list. */
export function itemKeys(schema: Schema): readonly string[] | undefined {
  return schema['x-kubernetes-list-type'] === 'map' ? schema['x-kubernetes-list-map-keys'] : undefined;
}
