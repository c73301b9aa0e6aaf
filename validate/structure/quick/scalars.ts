import { hasPlaceholder } from '../context.js';
import { checkNumber, checkText, compilePattern, countCharacters } from '../scalars.js';
import type { Schema } from '../schema.js';
import type { Test } from './checker.js';
import { isClean } from './silent.js';

export type TextTest = (text: string) => boolean;

/** undefined: any text will do. */
export function textTest(schema: Schema, templated: boolean): TextTest | undefined {
  const [first, ...others] = listLimits(schema, templated);
  if (first === undefined) return undefined;
  const isWithin: TextTest =
    others.length === 0 ? first : (text) => first(text) && others.every((limit) => limit(text));
  return templated ? (text) => hasPlaceholder(text) || isWithin(text) : isWithin;
}

function listLimits(schema: Schema, templated: boolean): readonly TextTest[] {
  const { enum: allowed, pattern, format, minLength, maxLength } = schema;
  const limits: TextTest[] = [];
  if (allowed !== undefined) {
    const known = new Set(allowed);
    limits.push((text) => known.has(text));
  }
  if (minLength !== undefined || maxLength !== undefined) limits.push(lengthTest(schema));
  if (pattern !== undefined) limits.push(compilePattern(pattern));
  if (format !== undefined) limits.push((text) => isClean(checkText, text, schema, templated));
  return limits;
}

/** A character is one or two units of a text, so hardly any has to be counted. */
function lengthTest({ minLength = 0, maxLength = Infinity }: Schema): TextTest {
  return (text) =>
    (text.length >= 2 * minLength || countCharacters(text) >= minLength) &&
    (text.length <= maxLength || countCharacters(text) <= maxLength);
}

const numberLimits = [
  'enum',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
] as const;

export function numberTest(schema: Schema): Test {
  const isOfType = schema.type === 'integer' ? Number.isSafeInteger : Number.isFinite;
  const isLimited = numberLimits.some((key) => schema[key] !== undefined);
  return (value) => isOfType(value) && (!isLimited || isClean(checkNumber, Number(value), schema, false));
}
