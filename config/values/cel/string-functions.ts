import type { Environment } from '@marcbachmann/cel-js';
import { compileRegularExpression } from '../re2.js';
import { formatText } from './format.js';

const sync = { async: false } as const;

/**
 * The strings extension of cel-go, counting characters, not UTF-16 units. Names that the library has
 * already are registered under another one, `replacedNames`; the parsed expression is renamed to fit.
 */
export const replacedNames: Readonly<Record<string, string>> = {
  matches: 'matchesRe2',
  indexOf: 'indexOfCharacters',
  lastIndexOf: 'lastIndexOfCharacters',
  substring: 'substringOfCharacters',
  split: 'splitCharacters',
  lowerAscii: 'lowerAsciiOnly',
  upperAscii: 'upperAsciiOnly',
};

export function registerStringFunctions(environment: Environment): void {
  environment
    .registerFunction('string.matchesRe2(string): bool', matches, sync)
    .registerFunction('matches(string, string): bool', matches, sync)
    .registerFunction('string.charAt(int): string', charAt, sync)
    .registerFunction(
      'string.indexOfCharacters(string): int',
      (text: string, part: string) => indexOf(text, part, 0n),
      sync,
    )
    .registerFunction('string.indexOfCharacters(string, int): int', indexOf, sync)
    .registerFunction(
      'string.lastIndexOfCharacters(string): int',
      (text: string, part: string) =>
        BigInt(findLast(Array.from(text), Array.from(part), Array.from(text).length)),
      sync,
    )
    .registerFunction('string.lastIndexOfCharacters(string, int): int', lastIndexOf, sync)
    .registerFunction(
      'string.substringOfCharacters(int): string',
      (text: string, start: bigint) => substring(text, start, BigInt(Array.from(text).length)),
      sync,
    )
    .registerFunction('string.substringOfCharacters(int, int): string', substring, sync)
    .registerFunction(
      'string.splitCharacters(string): list<string>',
      (text: string, by: string) => split(text, by, -1n),
      sync,
    )
    .registerFunction('string.splitCharacters(string, int): list<string>', split, sync);
  registerRewriting(environment);
}

function registerRewriting(environment: Environment): void {
  environment
    .registerFunction(
      'string.lowerAsciiOnly(): string',
      (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
      sync,
    )
    .registerFunction(
      'string.upperAsciiOnly(): string',
      (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase()),
      sync,
    )
    .registerFunction(
      'string.replace(string, string): string',
      (text: string, old: string, by: string) => replace(text, old, by, -1n),
      sync,
    )
    .registerFunction('string.replace(string, string, int): string', replace, sync)
    .registerFunction('string.reverse(): string', (text: string) => Array.from(text).reverse().join(''), sync)
    .registerFunction('string.format(list): string', formatText, sync);
}

function matches(text: string, pattern: string): boolean {
  const expression = compileRegularExpression(pattern);
  if (typeof expression === 'string') throw new Error(expression);
  return expression.isFoundIn(text);
}

function charAt(text: string, index: bigint): string {
  const characters = Array.from(text);
  requireIndex(index, characters.length);
  return characters[Number(index)] ?? '';
}

function indexOf(text: string, part: string, offset: bigint): bigint {
  const [characters, wanted] = [Array.from(text), Array.from(part)];
  if (wanted.length === 0) return offset;
  if (offset < 0n) throw new Error(`index out of range: ${offset}`);
  for (let start = Number(offset); start + wanted.length <= characters.length; start++) {
    if (wanted.every((character, index) => characters[start + index] === character)) return BigInt(start);
  }
  return -1n;
}

function lastIndexOf(text: string, part: string, offset: bigint): bigint {
  if (part === '') return offset;
  const characters = Array.from(text);
  requireIndex(offset, characters.length - 1);
  return BigInt(findLast(characters, Array.from(part), Number(offset)));
}

function findLast(characters: readonly string[], wanted: readonly string[], from: number): number {
  for (let start = Math.min(from, characters.length - wanted.length); start >= 0; start--) {
    if (wanted.every((character, index) => characters[start + index] === character)) return start;
  }
  return -1;
}

function substring(text: string, start: bigint, end: bigint): string {
  const characters = Array.from(text);
  requireIndex(start, characters.length);
  requireIndex(end, characters.length);
  if (start > end) throw new Error(`invalid substring range. start: ${start}, end: ${end}`);
  return characters.slice(Number(start), Number(end)).join('');
}

function split(text: string, by: string, limit: bigint): string[] {
  const parts = by === '' ? Array.from(text) : text.split(by);
  if (limit === 0n) return [];
  if (limit < 0n || BigInt(parts.length) <= limit) return parts;
  const head = parts.slice(0, Number(limit) - 1);
  return [...head, parts.slice(head.length).join(by)];
}

function replace(text: string, old: string, by: string, limit: bigint): string {
  const parts = split(text, old, limit < 0n ? -1n : limit + 1n);
  if (old !== '' || limit === 0n) return parts.length === 0 ? text : parts.join(by);
  // Go puts the replacement before every character and at the end.
  const count = limit < 0n ? Array.from(text).length + 1 : Number(limit);
  const pieces = Array.from(text)
    .map((character, index) => (index < count ? by : '') + character)
    .join('');
  return pieces + (Array.from(text).length < count ? by : '');
}

function requireIndex(index: bigint, length: number): void {
  if (index < 0n || index > BigInt(length)) throw new Error(`index out of range: ${index}`);
}
