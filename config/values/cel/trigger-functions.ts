import type { Environment } from '@marcbachmann/cel-js';
import { parse as parseYaml } from 'yaml';
import { compileRegularExpression } from '../re2.js';
import { canonicalHeaderName } from './headers.js';
import { parseUrl } from './parse-url.js';
import { marshalJson, toCelValue } from './values.js';
import type { CelValue } from './values.js';

const sync = { async: false } as const;

/** Functions that Tekton Triggers adds to CEL, without compareSecret, which needs somebody who reads Secrets. */
export function registerTriggerFunctions(environment: Environment): void {
  environment
    .registerFunction('map.canonical(string): string', firstHeader, sync)
    .registerFunction(
      'map.match(string, string): bool',
      (headers: CelValue, name: string, value: string) => firstHeader(headers, name) === value,
      sync,
    )
    .registerFunction('string.truncate(int): string', truncate, sync)
    .registerFunction('string.translate(string, string): string', translate, sync)
    .registerFunction('string.parseJSON(): map<string, dyn>', parseJson, sync)
    .registerFunction('string.parseYAML(): map<string, dyn>', parseYamlMap, sync)
    .registerFunction('string.parseURL(): map<string, dyn>', parseUrl, sync)
    .registerFunction('map.marshalJSON(): string', marshalJson, sync)
    .registerFunction('list.marshalJSON(): string', marshalJson, sync)
    .registerFunction('list.first(): dyn', (list: CelValue[]) => list[0] ?? null, sync)
    .registerFunction('list.last(): dyn', (list: CelValue[]) => list.at(-1) ?? null, sync);
}

function firstHeader(headers: CelValue, name: string): string {
  if (!(headers instanceof Map)) throw new Error('failed to convert to http.Header');
  const isHeaders = [...headers.values()].every(
    (values) => Array.isArray(values) && values.every((value) => typeof value === 'string'),
  );
  if (!isHeaders) throw new Error('failed to convert to http.Header');
  const values: unknown = headers.get(canonicalHeaderName(name));
  return Array.isArray(values) && typeof values[0] === 'string' ? values[0] : '';
}

/** Triggers cuts bytes, not characters. */
function truncate(text: string, length: bigint): string {
  if (length < 0n) throw new Error('slice bounds out of range');
  const bytes = Buffer.from(text, 'utf8');
  return bytes.subarray(0, Number(length)).toString('utf8');
}

function translate(text: string, pattern: string, replacement: string): string {
  const expression = compileRegularExpression(pattern);
  if (typeof expression === 'string') {
    throw new Error(`failed to parse regular expression for translation: ${expression}`);
  }
  return expression.replaceAll(text, replacement);
}

function parseJson(text: string): CelValue {
  return requireMap(JSON.parse(text), 'parseJSON');
}

function parseYamlMap(text: string): CelValue {
  return requireMap(parseYaml(text, { version: '1.1' }), 'parseYAML');
}

function requireMap(parsed: unknown, name: string): CelValue {
  if (parsed === null) return new Map();
  if (typeof parsed !== 'object' || Array.isArray(parsed)) throw new Error(`failed to decode in ${name}`);
  return toCelValue(parsed);
}
