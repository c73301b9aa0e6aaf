import type { Environment } from '@marcbachmann/cel-js';
import type { Duration } from '@marcbachmann/cel-js/evaluator';
import { areEqual, compare } from './equality.js';
import { formatTimestamp } from './format.js';
import { registerMathFunctions } from './math-functions.js';
import { addNamespace } from './namespace.js';
import { marshalJson } from './values.js';
import type { CelValue } from './values.js';

const sync = { async: false } as const;

/** The encoders, sets, lists (but sortBy) and math extensions of cel-go, `strings.quote`, and texts of times. */
export function registerLibraryFunctions(environment: Environment): void {
  addNamespace(environment, 'base64', 'Encoders');
  addNamespace(environment, 'json', 'JsonEncoders');
  addNamespace(environment, 'sets', 'Sets');
  addNamespace(environment, 'lists', 'Lists');
  addNamespace(environment, 'strings', 'StringQuotes');
  environment
    .registerFunction(
      'Encoders.decode(string): bytes',
      (_: unknown, text: string) => decodeBase64(text),
      sync,
    )
    .registerFunction(
      'Encoders.encode(bytes): string',
      (_: unknown, bytes: Uint8Array) => Buffer.from(bytes).toString('base64'),
      sync,
    )
    .registerFunction(
      'JsonEncoders.encode(dyn): string',
      (_: unknown, value: CelValue) => marshalJson(value),
      sync,
    )
    .registerFunction('StringQuotes.quote(string): string', (_: unknown, text: string) => quote(text), sync);
  environment
    .registerFunction('string(google.protobuf.Timestamp): string', formatTimestamp, sync)
    .registerFunction('string(google.protobuf.Duration): string', (span: Duration) => span.toString(), sync);
  registerSets(environment);
  registerLists(environment);
  registerMathFunctions(environment);
}

function registerSets(environment: Environment): void {
  const contains = (list: readonly CelValue[], part: readonly CelValue[]): boolean =>
    part.every((value) => list.some((other) => areEqual(value, other)));
  environment
    .registerFunction(
      'Sets.contains(list, list): bool',
      (_: unknown, list: CelValue[], part: CelValue[]) => contains(list, part),
      sync,
    )
    .registerFunction(
      'Sets.equivalent(list, list): bool',
      (_: unknown, a: CelValue[], b: CelValue[]) => contains(a, b) && contains(b, a),
      sync,
    )
    .registerFunction(
      'Sets.intersects(list, list): bool',
      (_: unknown, a: CelValue[], b: CelValue[]) => a.some((value) => contains(b, [value])),
      sync,
    );
}

function registerLists(environment: Environment): void {
  environment
    .registerFunction('list.slice(int, int): list', slice, sync)
    .registerFunction('list.flatten(): list', (list: CelValue[]) => list.flat(1), sync)
    .registerFunction('list.flatten(int): list', flatten, sync)
    .registerFunction('list.reverse(): list', (list: CelValue[]) => [...list].reverse(), sync)
    .registerFunction('list.distinct(): list', distinct, sync)
    .registerFunction('list.sort(): list', (list: CelValue[]) => [...list].sort(compare), sync)
    .registerFunction(
      'Lists.range(int): list<int>',
      (_: unknown, length: bigint) =>
        Array.from({ length: Number(length) }, (_unused, index) => BigInt(index)),
      sync,
    );
}

function slice(list: readonly CelValue[], start: bigint, end: bigint): CelValue[] {
  if (start < 0n || end < 0n)
    throw new Error(`cannot slice(${start}, ${end}), negative indexes not supported`);
  if (start > end || end > BigInt(list.length))
    throw new Error(`cannot slice(${start}, ${end}), list is length ${list.length}`);
  return list.slice(Number(start), Number(end));
}

function flatten(list: readonly CelValue[], depth: bigint): CelValue[] {
  if (depth < 0n) throw new Error('level must be non-negative');
  // A list of unknown depth has no type that flat() could name.
  return (list as unknown[]).flat(Number(depth) as 1);
}

function distinct(list: readonly CelValue[]): CelValue[] {
  return list.filter((value, index) => list.findIndex((other) => areEqual(value, other)) === index);
}

function decodeBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new Error('illegal base64 data');
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function quote(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    '\x07': '\\a',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
    '\\': '\\\\',
    '"': '\\"',
  };
  return `"${Array.from(text)
    .map((character) => escapes[character] ?? character)
    .join('')}"`;
}
