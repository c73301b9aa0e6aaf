import { hasTreacherousSpace, isAmbiguous, isUnprintable } from './doubtful-texts.js';
import { leadingKeys } from './leading-keys.js';
import type { PlainObject } from './leading-keys.js';

/**
 * Writes what almost every object consists of, to the byte as emitWithLibrary does, in a fraction of the time.
 * @returns undefined when the object holds anything whose form is not certain; then the library has to write it
 */
export function emitPlain(object: PlainObject): string | undefined {
  try {
    return `${emitMap(object, '', sortRoot(Object.keys(object)))}\n`;
  } catch (error) {
    if (error === doubt) return undefined;
    throw error;
  }
}

/** Thrown where the form is not certain; one object, because thousands of stack traces would cost more than the work. */
const doubt = new Error('emit with the library');

function emitValue(value: unknown, indent: string): string {
  if (typeof value === 'string') return emitText(value, indent);
  if (typeof value === 'object') return emitCollection(value, indent);
  if (typeof value === 'number') return emitNumber(value);
  if (typeof value === 'boolean') return String(value);
  throw doubt;
}

function emitCollection(value: object | null, indent: string): string {
  if (Array.isArray(value)) return emitList(value, indent);
  if (value === null || !isPlain(value)) throw doubt;
  return emitMap(value as PlainObject, indent, Object.keys(value).sort()); // Plain objects have texts as keys.
}

function emitList(list: readonly unknown[], indent: string): string {
  if (list.length === 0) return '[]';
  const inner = `${indent}  `;
  let text = '';
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) text += `\n${indent}`;
    text += `- ${emitValue(list[index], inner)}`;
  }
  return text;
}

function emitMap(map: PlainObject, indent: string, keys: readonly string[]): string {
  const inner = `${indent}  `;
  let text = '';
  for (const key of keys) {
    const value = map[key];
    if (value === undefined) continue;
    if (text !== '') text += `\n${indent}`;
    text += `${emitKey(key)}:${isFilled(value) ? `\n${inner}` : ' '}${emitValue(value, inner)}`;
  }
  return text === '' ? '{}' : text;
}

/** A list or map that begins on a line of its own. */
function isFilled(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  for (const item of Object.values(value)) if (item !== undefined) return true;
  return false;
}

function sortRoot(keys: readonly string[]): readonly string[] {
  const leading = leadingKeys.filter((key) => keys.includes(key));
  return [...leading, ...keys.filter((key) => !leading.includes(key)).sort()];
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Only forms without an exponent. */
function emitNumber(value: number): string {
  if (value === 0) return '0';
  const text = String(value);
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) throw doubt;
  return text;
}

const knownKeys = new Map<string, string>();
const knownKeyLimit = 10_000;

function emitKey(key: string): string {
  const known = knownKeys.get(key);
  if (known !== undefined) return known;
  // Longer ones, and those of several lines, get another syntax.
  if (key.length === 0 || key.length > 200 || key.includes('\n')) throw doubt;
  const text = emitLine(key);
  if (knownKeys.size < knownKeyLimit) knownKeys.set(key, text);
  return text;
}

function emitText(text: string, indent: string): string {
  return text.includes('\n') ? emitLines(text, indent) : emitLine(text);
}

/** Letters, digits and a few signs that mean nothing wherever they stand; no `e` in front, because of numbers. */
const harmless = /^[A-DF-Za-df-z/][\w./-]*(?: [\w./-]+)*$/;
const longestWord = 'false'.length;

/** Signs that a plain text must not begin with, end with or hold. */
const quoted = /^[ ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-] |: | #|[ :]$/;

function emitLine(text: string): string {
  if (text.length > longestWord && harmless.test(text)) return text;
  if (isUnprintable(text) || /^(?:---|\.\.\.)/.test(text)) throw doubt;
  if (isAmbiguous(text) || hasTreacherousSpace(text)) return JSON.stringify(text);
  if (!quoted.test(text)) return text;
  return text.includes('"') && !text.includes("'") ? `'${text}'` : JSON.stringify(text);
}

/** A literal block; the last line may end with one line break or none. */
function emitLines(text: string, indent: string): string {
  if (isUnprintable(text) || text.endsWith('\n\n')) throw doubt;
  if (hasTreacherousSpace(text)) return JSON.stringify(text);
  const ends = text.endsWith('\n');
  const body = ends ? text.slice(0, -1) : text;
  return `${ends ? '|' : '|-'}\n${indent}${body.replace(/\n+/g, `$&${indent}`)}`;
}
