import { isFields } from '../fields.js';
import { checkEmbedded } from './object.js';
import type { Checker, Checkers, Test } from './quick/checker.js';
import { listTest } from './quick/lists.js';
import { holdsNoNull, objectTest } from './quick/objects.js';
import { numberTest, textTest } from './quick/scalars.js';
import { isClean } from './quick/silent.js';
import { checkRules } from './rules.js';
import { resolveSchema } from './schema.js';
import type { Schema } from './schema.js';

/**
 * Is there certainly nothing to report of a value? Nearly all of forty thousand objects are in order, and to find that
 * out takes no paths and no messages. Where the answer is no, walk.ts says what is wrong, if anything is.
 * @param templated whether the value stands in a TriggerTemplate, as in a Context
 */
export function isCertainlyValid(value: unknown, schema: Schema, templated = false): boolean {
  return (templated ? ofTemplates : ofObjects).of(schema).test(value);
}

const ofObjects = createCheckers(false);
const ofTemplates = createCheckers(true);

function createCheckers(templated: boolean): Checkers {
  const known = new WeakMap<Schema, Checker>();
  const checkers: Checkers = {
    templated,
    of(reference) {
      const schema = resolveSchema(reference);
      const checker = known.get(schema) ?? {
        test(value: unknown): boolean {
          checker.test = compile(schema, checkers);
          return checker.test(value);
        },
      };
      known.set(schema, checker);
      return checker;
    },
  };
  return checkers;
}

function compile(schema: Schema, checkers: Checkers): Test {
  const test = compileFilled(schema, checkers);
  return schema.nullable === true ? (value) => value === null || test(value) : test;
}

/** Of a schema whose values are not null. */
function compileFilled(schema: Schema, checkers: Checkers): Test {
  const { templated } = checkers;
  if (schema.anyOf !== undefined) {
    const alternatives = schema.anyOf.map((alternative) => checkers.of(alternative));
    return (value) => value !== null && alternatives.some(({ test }) => test(value));
  }
  if (schema['x-kubernetes-embedded-resource'] === true) return isEmbedded;
  if (schema['x-kubernetes-int-or-string'] === true) return intOrTextTest(schema, templated);
  if (schema.type === undefined) return holdsNoNull;
  const test = typedTest(schema, schema.type, checkers);
  const rules = schema['x-kubernetes-validations'] ?? [];
  if (rules.length === 0) return test;
  return (value) => test(value) && isClean(checkRules, value, schema, templated);
}

function typedTest(schema: Schema, type: NonNullable<Schema['type']>, checkers: Checkers): Test {
  switch (type) {
    case 'object':
      return objectTest(schema, checkers);
    case 'array':
      return listTest(schema, checkers);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'integer':
    case 'number':
      return numberTest(schema);
    case 'string': {
      const isWithin = textTest(schema, checkers.templated);
      return isWithin === undefined ? isText : (value) => typeof value === 'string' && isWithin(value);
    }
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function intOrTextTest(schema: Schema, templated: boolean): Test {
  const isWithin = textTest(schema, templated) ?? (() => true);
  return (value) =>
    typeof value === 'string' ? isWithin(value) : Number.isInteger(value) && isWithin(String(value));
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
