import { compileRegularExpression } from '../../config/values/re2.js';
import { isOpenText, showValue } from './context.js';
import type { Context } from './context.js';
import type { Schema } from './schema.js';

/** Texts: length, pattern, format and the list of allowed values. */
export function checkText(text: string, schema: Schema, path: string, context: Context): void {
  if (isOpenText(context, text)) return;
  checkAllowed(text, schema, path, context);
  const invalid = (message: string) => {
    context.report('STRUCTURE_INVALID_VALUE', { path, message });
  };
  const { minLength = 0, maxLength = Infinity } = schema;
  const length = minLength > 0 || maxLength < Infinity ? countCharacters(text) : 0;
  if (length < minLength) {
    invalid(text === '' ? 'The text is empty.' : `The text is shorter than ${minLength} characters.`);
  }
  if (length > maxLength) invalid(`The text is longer than ${maxLength} characters.`);
  if (schema.pattern !== undefined && !compilePattern(schema.pattern)(text)) {
    invalid(`${showValue(text)} does not match ${schema.pattern}.`);
  }
  if (schema.format === 'date-time' && !isTime(text))
    invalid(`${showValue(text)} is no time as in RFC 3339.`);
  if (schema.format === 'byte' && !base64.test(text)) invalid(`${showValue(text)} is not base64.`);
}

/** Numbers: whole or not, range, and the list of allowed values. */
export function checkNumber(value: number, schema: Schema, path: string, context: Context): void {
  checkAllowed(value, schema, path, context);
  const lowest = schema.minimum ?? (schema.format === 'int32' ? -(2 ** 31) : -Infinity);
  const highest = schema.maximum ?? (schema.format === 'int32' ? 2 ** 31 - 1 : Infinity);
  const isTooLow = value < lowest || (schema.exclusiveMinimum === true && value === lowest);
  const isTooHigh = value > highest || (schema.exclusiveMaximum === true && value === highest);
  if (!isTooLow && !isTooHigh) return;
  const bound = isTooLow ? `below ${lowest}` : `above ${highest}`;
  context.report('STRUCTURE_INVALID_VALUE', {
    path,
    message: `${value} is ${bound} or at an excluded bound.`,
  });
}

export function checkAllowed(value: unknown, schema: Schema, path: string, context: Context): void {
  if (schema.enum === undefined || schema.enum.includes(value)) return;
  const allowed = schema.enum.map(showValue).join(', ');
  context.report('STRUCTURE_INVALID_VALUE', { path, message: `${showValue(value)} is none of ${allowed}.` });
}

/** Code points, as the API server counts. */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}

type Matches = (text: string) => boolean;

const patterns = new Map<string, Matches>();

export function compilePattern(pattern: string): Matches {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const matches = compileNative(pattern) ?? compileRe2(pattern);
  patterns.set(pattern, matches);
  return matches;
}

/** Most patterns mean the same to JavaScript as to the API server's RE2, and JavaScript is many times faster. */
function compileNative(pattern: string): Matches | undefined {
  if (pattern.includes('[[:')) return undefined;
  try {
    const compiled = new RegExp(pattern, 'u');
    return (text) => compiled.test(text);
  } catch {
    // It is one that only RE2 reads (`(?i)`), or a mistake, which RE2 explains.
    return undefined;
  }
}

function compileRe2(pattern: string): Matches {
  const compiled = compileRegularExpression(pattern);
  if (typeof compiled === 'string') throw new Error(`schemas/structural.json: ${pattern}: ${compiled}`);
  return (text) => compiled.isFoundIn(text);
}

const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function isTime(text: string): boolean {
  return time.test(text) && !Number.isNaN(Date.parse(text));
}
