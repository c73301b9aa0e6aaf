import { isFields } from '../fields.js';
import type { Fields } from '../fields.js';
import type { Context } from './context.js';
import { checkList } from './lists.js';
import { checkAnnotations, checkLabels } from './names.js';
import { checkEmbedded } from './object.js';
import { checkRules } from './rules.js';
import { checkNumber, checkText } from './scalars.js';
import { requiredKeys, resolveSchema } from './schema.js';
import type { Schema } from './schema.js';

type Test = (value: unknown) => boolean;

const tests = new WeakMap<Schema, Test>();

/**
 * Is there certainly nothing to report of a value? Nearly all of forty thousand objects are in order, and to find that
 * out takes no paths and no messages. Where the answer is no, walk.ts says what is wrong, if anything is.
 */
export function isCertainlyValid(value: unknown, schema: Schema): boolean {
  return testOf(schema)(value);
}

/** Built when it is first asked, because schemas may hold themselves, and most parts of them are never met. */
function testOf(reference: Schema): Test {
  const schema = resolveSchema(reference);
  const known = tests.get(schema);
  if (known !== undefined) return known;
  let built: Test | undefined;
  const test: Test = (value) => {
    if (value === null) return schema.nullable === true;
    built ??= buildTest(schema);
    return built(value);
  };
  tests.set(schema, test);
  return test;
}

function buildTest(schema: Schema): Test {
  const { anyOf, type } = schema;
  if (anyOf !== undefined) {
    const alternatives = anyOf.map(testOf);
    return (value) => alternatives.some((test) => test(value));
  }
  if (schema['x-kubernetes-embedded-resource'] === true) return isEmbedded;
  const isText = textTest(schema);
  if (schema['x-kubernetes-int-or-string'] === true) {
    return (value) =>
      typeof value === 'string' ? isText(value) : Number.isInteger(value) && isText(String(value));
  }
  if (type === undefined) return holdsNoNull;
  const test = { ...scalarTests(schema, isText), array: listTest(schema), object: objectTest(schema) }[type];
  const rules = schema['x-kubernetes-validations'] ?? [];
  if (rules.length === 0) return test;
  return (value) => test(value) && isClean(checkRules, value, schema);
}

/** One for all, because making one for each of a million texts takes longer than checking them. */
const silent = {
  templated: false,
  clean: true,
  report(): void {
    silent.clean = false;
  },
};

/** Does a check report nothing? */
function isClean<T>(check: Check<T>, value: T, schema: Schema): boolean {
  silent.clean = true;
  check(value, schema, '', silent);
  return silent.clean;
}

type Check<T> = (value: T, schema: Schema, path: string, context: Context) => void;

function scalarTests(schema: Schema, isText: (text: string) => boolean) {
  const isNumber = (value: unknown): boolean =>
    typeof value === 'number' && isClean(checkNumber, value, schema);
  return {
    string: (value: unknown) => typeof value === 'string' && isText(value),
    boolean: (value: unknown) => typeof value === 'boolean',
    integer: (value: unknown) => Number.isSafeInteger(value) && isNumber(value),
    number: (value: unknown) => Number.isFinite(value) && isNumber(value),
  };
}

/** An object inside another one is checked by the schema of its own kind. */
function isEmbedded(value: unknown): boolean {
  if (!isFields(value)) return false;
  let clean = true;
  const report = (): void => {
    clean = false;
  };
  checkEmbedded(value, '', { templated: false, report });
  return clean;
}

const textLimits = ['enum', 'pattern', 'format', 'minLength', 'maxLength'] as const;

function textTest(schema: Schema): (text: string) => boolean {
  if (textLimits.every((key) => schema[key] === undefined)) return () => true;
  return (text) => isClean(checkText, text, schema);
}

const listLimits = ['minItems', 'maxItems', 'uniqueItems', 'x-kubernetes-list-type'] as const;

function listTest(schema: Schema): Test {
  const isItem = testOf(schema.items ?? {});
  const isLimited = listLimits.some((key) => schema[key] !== undefined);
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const item of value) if (!isItem(item)) return false;
    return !isLimited || isClean(checkList, value, schema);
  };
}

function objectTest(schema: Schema): Test {
  const fieldTests = new Map(
    Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, testOf(inner)]),
  );
  const otherTest = otherFieldTest(schema);
  const required = requiredKeys(schema);
  const { minProperties = 0, maxProperties = Infinity, format } = schema;
  return (value) => {
    if (!isFields(value)) return false;
    let count = 0;
    for (const key of Object.keys(value)) {
      const field = value[key];
      if (field === undefined) continue;
      count += 1;
      const test = fieldTests.get(key) ?? otherTest;
      if (test?.(field) !== true) return false;
    }
    if (count < minProperties || count > maxProperties) return false;
    for (const key of required) if (value[key] === undefined) return false;
    return format === undefined || isClean(checkFormat, value, schema);
  };
}

/** undefined: no other field is allowed. */
function otherFieldTest(schema: Schema): Test | undefined {
  const { additionalProperties } = schema;
  if (typeof additionalProperties === 'object') return testOf(additionalProperties);
  const isOpen = additionalProperties === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
  return isOpen ? holdsNoNull : undefined;
}

function checkFormat(fields: Fields, { format }: Schema, path: string, context: Context): void {
  if (format === 'labels') checkLabels(fields, path, context);
  if (format === 'annotations') checkAnnotations(fields, path, context);
}

function holdsNoNull(value: unknown): boolean {
  if (value === null) return false;
  return typeof value !== 'object' || Object.values(value).every(holdsNoNull);
}
