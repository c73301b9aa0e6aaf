import type { ValueFault } from './fault.js';

/** `p95`, `p99.9`. */
export function checkPercentile(name: string): ValueFault | undefined {
  if (/^p[1-9][0-9]?(\.[0-9]{1,3})?$/.test(name)) return undefined;
  return { message: 'is no percentile', hint: 'Write it as `p95` or `p99.9`.' };
}
