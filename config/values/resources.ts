import type { ValueFault } from './fault.js';
import { parseQuantity } from './quantity.js';

const unit = 1_000_000_000n;
const mebibyte = 1024n * 1024n * unit;
const shape = 'is not a Kubernetes quantity such as';

/** Processor time: `500m` is half a core. */
export function checkCpu(text: string): ValueFault | undefined {
  const quantity = parseQuantity(text);
  if (quantity === undefined)
    return { message: `${shape} \`500m\` or \`2\``, hint: '`500m` is half a core.' };
  if (quantity.nano <= 0n) return { message: 'must be more than zero', hint: 'For example `500m`.' };
  if (quantity.nano < unit / 1000n)
    return {
      message: 'is less than a thousandth of a core, the least Kubernetes allows',
      hint: 'For example `10m`.',
    };
  if (quantity.nano <= 1024n * unit) return undefined;
  return {
    message: 'is more than 1024 cores',
    hint: 'Cores are counted in `1` or thousandths, `500m`; `Mi` and `Gi` are for memory.',
  };
}

/** Memory: bytes, usually with `Mi` or `Gi`. */
export function checkMemory(text: string): ValueFault | undefined {
  return checkBytes(text, 'memory');
}

/** Size of a volume. */
export function checkStorage(text: string): ValueFault | undefined {
  return checkBytes(text, 'storage');
}

function checkBytes(text: string, what: string): ValueFault | undefined {
  const quantity = parseQuantity(text);
  if (quantity === undefined) return { message: `${shape} \`512Mi\` or \`2Gi\``, ...unitHint(text) };
  if (quantity.nano >= mebibyte) return undefined;
  return { message: `is less than 1Mi of ${what}`, ...unitHint(text), ...smallHint(text) };
}

/** `512m` is half a byte, `512` are bytes: nearly always mebibytes were meant. */
function smallHint(text: string): { hint?: string } {
  const number = /^(\d+)m?$/.exec(text)?.[1];
  return number === undefined
    ? {}
    : { hint: `Did you mean \`${number}Mi\`?${text.endsWith('m') ? ' `m` means thousandths.' : ''}` };
}

function unitHint(text: string): { hint?: string } {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT])i?B$/i.exec(text);
  return match === null
    ? { hint: 'For example `512Mi` or `2Gi`.' }
    : { hint: `Did you mean \`${match[1] ?? ''}${(match[2] ?? '').toUpperCase()}i\`?` };
}
