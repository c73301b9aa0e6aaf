import { suggest } from '../suggest.js';
import type { ValueFault } from './fault.js';

/** A zone of the tz database: `Europe/Berlin`. */
export function checkTimeZone(text: string): ValueFault | undefined {
  if (isZone(text)) return undefined;
  return { message: 'is no time zone', ...suggest(text, Intl.supportedValuesOf('timeZone')) };
}

/** Minutes by which clocks there are ahead of UTC in the course of a year; two when they are changed. */
export function listOffsets(zone: string): readonly number[] {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const days = Array.from({ length: 12 }, (_, month) =>
    [1, 15].map((day) => Date.UTC(sampleYear, month, day)),
  );
  const offsets = days.flat().map((time) => {
    const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d+):?(\d+)?)?/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  });
  return [...new Set(offsets)].sort((a, b) => a - b);
}

/** Fixed, so that the same input is rendered to the same bytes in every year. */
const sampleYear = 2026;

function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: text });
    return /^[A-Za-z]/.test(text);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
