/** What was found, in words: `the text "abc"`, `5`, `a list`. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return `\`${JSON.stringify(value)}\``;
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return JSON.stringify(shown);
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

/** How to write what was probably meant. */
export function typeHint(expected: string, value: unknown): string | undefined {
  if (value === null) return 'Give it a value or remove the key.';
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return `Put it in quotes: \`'${String(value)}'\`.`;
  }
  if (expected === 'array' && typeof value === 'string') return `Write \`[${value}]\`.`;
  if (
    ['number', 'int'].includes(expected) &&
    typeof value === 'string' &&
    value.trim() !== '' &&
    Number.isFinite(Number(value))
  ) {
    return `Leave out the quotes: \`${value}\`.`;
  }
  if (expected === 'boolean' && typeof value === 'string') return booleanHint(value.toLowerCase());
  return undefined;
}

function booleanHint(value: string): string | undefined {
  if (['yes', 'on', 'y', 'true'].includes(value)) return 'Write `true`.';
  return ['no', 'off', 'n', 'false'].includes(value) ? 'Write `false`.' : undefined;
}
