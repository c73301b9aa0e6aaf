import { UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import type { CelValue } from './values.js';

/** `'%s is %d'.format([a, b])` of cel-go: the verbs s, d, f, e, b, o, x and X, with a precision for f and e. */
export function formatText(template: string, values: readonly CelValue[]): string {
  let used = 0;
  const text = template.replace(/%(?:%|(?:\.(\d+))?(.))/gs, (whole, precision?: string, verb?: string) => {
    if (whole === '%%') return '%';
    if (used >= values.length) throw new Error(`index ${used} out of range`);
    return formatValue(verb ?? '', values[used++], precision === undefined ? 6 : Number(precision));
  });
  return text;
}

function formatValue(verb: string, value: CelValue, precision: number): string {
  switch (verb) {
    case 's':
      return asText(value);
    case 'd':
      return typeof value === 'number' ? String(value) : asWhole(value).toString();
    case 'b':
      return typeof value === 'boolean' ? (value ? '1' : '0') : asWhole(value).toString(2);
    case 'o':
      return asWhole(value).toString(8);
    case 'x':
      return asHexadecimal(value);
    case 'X':
      return asHexadecimal(value).toUpperCase();
    case 'f':
      return asNumber(value).toFixed(precision);
    case 'e':
      return asNumber(value)
        .toExponential(precision)
        .replace(/e([+-])(\d)$/, 'e$10$2');
    default:
      throw new Error(`could not parse formatting clause: unrecognized formatting clause "${verb}"`);
  }
}

function asText(value: CelValue): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return `[${value.map(asText).join(', ')}]`;
  if (value instanceof Date) return formatTimestamp(value);
  const entries = value instanceof Map ? [...value] : Object.entries(value ?? {});
  return `{${entries.map(([key, inner]) => `${asText(key)}: ${asText(inner)}`).join(', ')}}`;
}

function asWhole(value: CelValue): bigint {
  if (typeof value === 'bigint') return value;
  if (value instanceof UnsignedInt) return value.value;
  throw new Error('only integers can be formatted as integers');
}

function asNumber(value: CelValue): number {
  if (typeof value === 'number') return value;
  return Number(asWhole(value));
}

function asHexadecimal(value: CelValue): string {
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('hex');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return asWhole(value).toString(16);
}

/** RFC 3339 without needless fractions, as Go writes it. */
export function formatTimestamp(time: Date): string {
  return time.toISOString().replace(/\.?0*Z$/, 'Z');
}
