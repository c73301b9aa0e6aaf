import type { ValueFault } from './fault.js';

/** `1.15`, `v1.15.0`, `0.30.0-rc1`, `0.30.0+vendor.1`; a minor version is needed, because features come with one. */
const version = /^v?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?:[-+][0-9A-Za-z.+-]+)?$/;

/** A release of something that is installed in the cluster. */
export function checkVersion(text: string): ValueFault | undefined {
  if (version.test(text)) return undefined;
  const major = /^v?\d{1,9}$/.test(text);
  return {
    message: major ? 'says no minor version' : 'is not a version: numbers with dots between them',
    hint: 'For example `1.15` or `0.93.0`.',
  };
}

/** Is a version that one or newer? What comes behind the numbers does not count: vendors name their builds there. */
export function isAtLeast(written: string, wanted: string): boolean {
  const [left, right] = [parse(written), parse(wanted)];
  const differing = left.findIndex((part, index) => part !== right[index]);
  return differing === -1 || (left[differing] ?? 0) > (right[differing] ?? 0);
}

function parse(text: string): readonly number[] {
  const [, ...parts] = version.exec(text) ?? [];
  if (parts.length === 0) throw new Error(`"${text}" is no version`);
  return parts.map((part: string | undefined) => Number(part ?? 0));
}
