import { suggest } from '../../config/suggest.js';
import { isFields } from '../fields.js';
import type { Fields } from '../fields.js';
import { checkAlternatives } from './alternatives.js';
import { joinKey } from './context.js';
import type { Context, Walk } from './context.js';
import { checkList } from './lists.js';
import { checkAnnotations, checkLabels } from './names.js';
import { checkRules } from './rules.js';
import { checkNumber, checkText } from './scalars.js';
import { requiredKeys, resolveSchema } from './schema.js';
import type { Schema } from './schema.js';
import { isOfType, nameType, reportType } from './types.js';

/** Checks an object that stands inside another one by the schema of its own kind. */
export type CheckEmbedded = (value: Fields, path: string, context: Context) => void;

/** Walks a value along its schema; every value is looked at once, so the time is linear in its size. */
export function checkValue(
  value: unknown,
  reference: Schema,
  path: string,
  context: Context,
  checkEmbedded: CheckEmbedded,
): void {
  const schema = resolveSchema(reference);
  if (value === null) {
    if (schema.nullable !== true) reportNull(path, context);
    return;
  }
  const walk = (inner: unknown, innerSchema: Schema, innerPath: string, innerContext = context) => {
    checkValue(inner, innerSchema, innerPath, innerContext, checkEmbedded);
  };
  if (schema.anyOf !== undefined) {
    checkAlternatives(value, schema.anyOf, path, context, walk);
  } else if (schema['x-kubernetes-embedded-resource'] === true && isFields(value)) {
    checkEmbedded(value, path, context);
  } else if (schema['x-kubernetes-int-or-string'] === true) {
    checkIntOrString(value, schema, path, context);
  } else if (schema.type === undefined) {
    walkUntyped(value, path, context);
  } else {
    checkTyped(value, schema, path, context, walk);
  }
}

function checkTyped(value: unknown, schema: Schema, path: string, context: Context, walk: Walk): void {
  if (!isOfType(value, schema)) {
    reportType(value, nameType(schema), path, context);
    return;
  }
  if (typeof value === 'string') checkText(value, schema, path, context);
  else if (typeof value === 'number') checkNumber(value, schema, path, context);
  else if (Array.isArray(value)) checkArray(value, schema, path, context, walk);
  else if (isFields(value)) checkObject(value, schema, path, context, walk);
  checkRules(value, schema, path, context);
}

function checkArray(
  list: readonly unknown[],
  schema: Schema,
  path: string,
  context: Context,
  walk: Walk,
): void {
  for (const [index, item] of list.entries()) walk(item, schema.items ?? {}, `${path}[${index}]`);
  checkList(list, schema, path, context);
}

function checkObject(fields: Fields, schema: Schema, path: string, context: Context, walk: Walk): void {
  let count = 0;
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    if (value === undefined) continue;
    count += 1;
    checkField(key, value, schema, path, context, walk);
  }
  for (const key of requiredKeys(schema)) {
    if (fields[key] !== undefined) continue;
    const where = path === '' ? 'The object' : path;
    context.report('STRUCTURE_MISSING_FIELD', {
      path: joinKey(path, key),
      message: `${where} lacks \`${key}\`.`,
    });
  }
  if (count < (schema.minProperties ?? 0) || count > (schema.maxProperties ?? Infinity)) {
    const message = `${count} fields are not within ${schema.minProperties ?? 0} and ${schema.maxProperties ?? 'any number'}.`;
    context.report('STRUCTURE_INVALID_VALUE', { path, message });
  }
  if (schema.format === 'labels') checkLabels(fields, path, context);
  if (schema.format === 'annotations') checkAnnotations(fields, path, context);
}

function checkField(
  key: string,
  value: unknown,
  schema: Schema,
  path: string,
  context: Context,
  walk: Walk,
): void {
  const { properties = noProperties } = schema;
  const inner = joinKey(path, key);
  if (Object.hasOwn(properties, key)) walk(value, properties[key] ?? {}, inner);
  else if (typeof schema.additionalProperties === 'object') walk(value, schema.additionalProperties, inner);
  else if (schema.additionalProperties === true || schema['x-kubernetes-preserve-unknown-fields'] === true) {
    walkUntyped(value, inner, context);
  } else {
    const where = path === '' ? 'the object' : path;
    const message = `\`${key}\` is no field of ${where}.`;
    context.report('STRUCTURE_UNKNOWN_FIELD', {
      path: inner,
      message,
      ...suggest(key, Object.keys(properties)),
    });
  }
}

const noProperties: Readonly<Record<string, Schema>> = {};

/** Where anything may stand, nothing may still not: null is a value that got lost. */
function walkUntyped(value: unknown, path: string, context: Context): void {
  if (value === null) reportNull(path, context);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walkUntyped(item, `${path}[${index}]`, context);
  } else if (isFields(value)) {
    for (const key of Object.keys(value)) walkUntyped(value[key], joinKey(path, key), context);
  }
}

function checkIntOrString(value: unknown, schema: Schema, path: string, context: Context): void {
  if (typeof value === 'string') checkText(value, schema, path, context);
  else if (Number.isInteger(value)) checkText(String(value), schema, path, context);
  else reportType(value, 'a whole number or a text', path, context);
}

function reportNull(path: string, context: Context): void {
  context.report('STRUCTURE_NULL_VALUE', { path, message: `${path} is null.` });
}
