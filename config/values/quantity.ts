/**
 * Kubernetes quantities (`500m`, `1Gi`), kept as whole nano units.
 * Kubernetes writes them back in a canonical spelling; Argo CD shows any other one as a difference.
 */
export interface Quantity {
  readonly nano: bigint;
  readonly format: 'decimal' | 'binary' | 'exponent';
}

const nanoPerUnit = 1_000_000_000n;
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const;
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;
const pattern = /^(\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?$/;

/** Parses a quantity that is not negative; undefined when the text is none. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, number = '', suffix = '', exponent] = match;
  if (exponent !== undefined) return { nano: scale(number, 10n, Number(exponent)), format: 'exponent' };
  if (suffix.endsWith('i')) {
    const power = binarySuffixes.findIndex((each) => each === suffix);
    return { nano: scale(number, 1024n, power), format: 'binary' };
  }
  const power = decimalSuffixes.findIndex((each) => each === suffix) - 3;
  return { nano: scale(number, 1000n, power), format: 'decimal' };
}

/** As Kubernetes writes it back: `0.5` is `500m`, `1024Mi` is `1Gi`, `1.5Gi` is `1536Mi`. */
function formatQuantity(quantity: Quantity): string {
  const { nano, format } = quantity;
  if (nano === 0n) return '0';
  const binary = format === 'binary' && nano >= 1024n * nanoPerUnit && nano % nanoPerUnit === 0n;
  if (binary) return shortest(nano / nanoPerUnit, 1024n, binarySuffixes);
  if (format !== 'exponent') return shortest(nano, 1000n, decimalSuffixes);
  let mantissa = nano;
  let exponent = -9;
  for (; mantissa % 1000n === 0n; mantissa /= 1000n) exponent += 3;
  return exponent === 0 ? String(mantissa) : `${mantissa}e${exponent}`;
}

/** Canonical spelling of a text that is known to be a quantity; throws when it is none, which is a fault of ours. */
export function canonicalQuantity(text: string): string {
  const quantity = parseQuantity(text);
  if (quantity === undefined) throw new Error(`"${text}" is not a quantity`);
  return formatQuantity(quantity);
}

/** number × base^power in nano units; what is smaller than a nano unit is rounded up, as Kubernetes does. */
function scale(number: string, base: bigint, power: number): bigint {
  const [whole = '', fraction = ''] = number.split('.');
  const factor = base ** BigInt(Math.abs(power));
  const numerator = BigInt(`${whole}${fraction}` || '0') * nanoPerUnit * (power > 0 ? factor : 1n);
  const denominator = 10n ** BigInt(fraction.length) * (power < 0 ? factor : 1n);
  return (numerator + denominator - 1n) / denominator;
}

function shortest(amount: bigint, base: bigint, suffixes: readonly string[]): string {
  let index = 0;
  let mantissa = amount;
  for (; index < suffixes.length - 1 && mantissa % base === 0n; index += 1) mantissa /= base;
  return `${mantissa}${suffixes[index] ?? ''}`;
}
