import { looksSecret } from '../values/secret-text.js';

/**
 * What was found, in words: `"abc"`, `5`, `a list`.
 * @param written a number or boolean as it stands in the file: `1.10`
 */
export function describeValue(value: unknown, written?: string): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return `\`${written ?? JSON.stringify(value)}\``;
  if (looksSecret(value)) return 'a text that looks like a secret';
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return JSON.stringify(shown);
}

/** A name of the user's, in one line of a bearable length. */
export function describeName(name: string): string {
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  return `\`${JSON.stringify(shown).slice(1, -1)}\``;
}

/** What is wanted, in words. */
export function describeExpected(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    object: 'a map (`key: value`)',
    record: 'a map (`key: value`)',
    array: 'a list (`[a, b]`, or lines starting with `-`)',
    tuple: 'a list of two numbers (`[low, high]`)',
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: '`true` or `false`',
  };
  return words[expected] ?? expected;
}

/**
 * How to write what was probably meant.
 * @param written a number or boolean as it stands in the file: `1.10`
 */
export function typeHint(expected: string, value: unknown, written?: string): string | undefined {
  if (value === null) return 'Give it a value or remove the key.';
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return `Put it in quotes: \`'${written ?? String(value)}'\`.`;
  }
  if (expected === 'array' && typeof value === 'string' && /^[-\w. ]{1,60}$/.test(value))
    return `Write \`[${value}]\`.`;
  if (expected === 'number' || expected === 'int') return numberHint(value) ?? examples[expected];
  if (expected === 'boolean' && typeof value === 'string') return booleanHint(value.toLowerCase());
  return examples[expected];
}

/** A number was wanted and written as text. */
export function numberHint(value: unknown): string | undefined {
  const numeric = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
  return numeric ? `Leave out the quotes: \`${value}\`.` : undefined;
}

/** When nothing better is known. */
const examples: Readonly<Record<string, string>> = {
  object: 'Write keys and values: `key: value`.',
  record: 'Write keys and values: `key: value`.',
  array: 'Write items: `[a, b]`.',
  tuple: 'Write two numbers: `[0.8, 1.2]`.',
  string: 'Write one text.',
  number: 'Write a number, without quotes or units.',
  int: 'Write a whole number.',
  boolean: 'Write `true` or `false`.',
};

function booleanHint(value: string): string | undefined {
  if (['yes', 'on', 'y', 'true'].includes(value)) return 'Write `true`.';
  return ['no', 'off', 'n', 'false'].includes(value) ? 'Write `false`.' : examples.boolean;
}
