import type { ValueCheck, ValueFault } from './fault.js';

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const labelValue = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const labelKeyName = labelValue;

/** RFC 1123 label: what most Kubernetes objects may be called. */
export function checkDnsLabel(limit = 63): ValueCheck {
  return (text) => {
    if (text.length > limit) return tooLong(text, limit);
    if (dnsLabel.test(text)) return undefined;
    return {
      message: 'is not a DNS label: lower-case letters, digits and hyphens, a letter or digit at both ends',
      ...proposal(text, limit),
    };
  };
}

/** RFC 1123 subdomain: what a Secret may be called. */
export function checkDnsSubdomain(text: string): ValueFault | undefined {
  if (text.length > 253) return tooLong(text, 253);
  if (text.split('.').every((part) => dnsLabel.test(part))) return undefined;
  return {
    message: 'is not a DNS name: lower-case letters, digits, hyphens and dots',
    ...proposal(text, 253),
  };
}

/** Value of a Kubernetes label; we do not allow the empty one. */
export function checkLabelValue(text: string): ValueFault | undefined {
  if (text.length > 63) return tooLong(text, 63);
  if (labelValue.test(text)) return undefined;
  const near = text.replace(/[^-A-Za-z0-9_.]+/g, '-').replace(/^[-_.]+|[-_.]+$/g, '');
  return {
    message: 'is not a label value: letters, digits, `-`, `_` and `.`, a letter or digit at both ends',
    hint: near === '' ? 'For example `music-team` or `1.4.2`.' : `Did you mean \`${near}\`?`,
  };
}

/** Key of a Kubernetes label: `name` or `prefix.example.com/name`. */
export function checkLabelKey(text: string): ValueFault | undefined {
  const [name = '', prefix, ...more] = text.split('/').reverse();
  const valid = name.length <= 63 && labelKeyName.test(name) && more.length === 0;
  if (valid && (prefix === undefined || checkDnsSubdomain(prefix) === undefined)) return undefined;
  return { message: 'is not a label key', hint: 'Write `name` or `prefix.example.com/name`.' };
}

/** Resource of the nodes that is counted in whole devices. */
export function checkDeviceName(text: string): ValueFault | undefined {
  if (text.includes('/') && checkLabelKey(text) === undefined) return undefined;
  return {
    message: 'is not a resource such as `nvidia.com/gpu`',
    hint: 'Ask the nodes: `kubectl describe nodes`.',
  };
}

/** Key of a Secret's data. */
export function checkSecretKey(text: string): ValueFault | undefined {
  if (text.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(text) && !/^\.\.?$/.test(text)) return undefined;
  return {
    message: 'is not a key of a Secret: letters, digits, `-`, `_` and `.`',
    hint: 'For example `token`.',
  };
}

/** Name of an environment variable that every shell and runtime accepts. */
export function checkVariableName(text: string): ValueFault | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) {
    return {
      message: 'is not the name of an environment variable: letters, digits and `_`, no digit first',
      hint: 'For example `BATCH_SIZE`.',
    };
  }
  return text.startsWith('DRIFTLOOP_')
    ? {
        message: 'starts with `DRIFTLOOP_`, which is kept for what driftloop tells the image',
        hint: 'Choose another name.',
      }
    : undefined;
}

/** Name of a Prometheus series. */
export function checkSeriesName(text: string): ValueFault | undefined {
  if (/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(text)) return undefined;
  return {
    message: 'is not the name of a series: letters, digits, `_` and `:`',
    hint: 'Selectors go to `labels`; whole expressions to `metric: promql`.',
  };
}

/** Name of a Prometheus label. */
export function checkLabelName(text: string): ValueFault | undefined {
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(text) && !text.startsWith('__')) return undefined;
  return {
    message: 'is not the name of a Prometheus label: letters, digits and `_`',
    hint: 'For example `column`.',
  };
}

/** One line of text that people read, at most 100 characters; what a series' label may hold. */
export function checkPlainText(text: string): ValueFault | undefined {
  if (text === '') return { message: 'is empty', hint: 'Write something, or remove the key.' };
  if (text.length > 100) return tooLong(text, 100);
  return /^\P{C}+$/u.test(text)
    ? undefined
    : { message: 'contains control characters', hint: 'Write one line of plain text.' };
}

function tooLong(text: string, limit: number): ValueFault {
  return {
    message: `is too long: ${text.length} characters, at most ${limit} are allowed`,
    hint: `Shorten it by ${text.length - limit} ${text.length - limit === 1 ? 'character' : 'characters'}.`,
  };
}

/** The nearest valid name, when there is one. */
function proposal(text: string, limit: number): { hint?: string } {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, limit);
  return dnsLabel.test(name) ? { hint: `Did you mean \`${name}\`?` } : {};
}
