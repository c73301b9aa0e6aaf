import type { NumberRange } from '../model-notifications.js';
import { suggest } from '../suggest.js';
import type { ValueFault } from './fault.js';

export const weekdayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
export const monthNames = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

export const minutesOfDay = 1440;

type Parsed<T> = T | ValueFault;

export function isFault(parsed: object): parsed is ValueFault {
  return 'message' in parsed;
}

/** `08:00-18:00`, the end excluded; an end before the start is on the next day. */
export function parseTimes(text: string): Parsed<NumberRange> {
  const match = /^(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (match === null)
    return { message: 'is no time of day from and to', hint: 'Write them as `08:00-18:00`.' };
  const [startHour = 0, startMinute = 0, endHour = 0, endMinute = 0] = match.slice(1).map(Number);
  const start = startHour * 60 + startMinute;
  const end = endHour * 60 + endMinute;
  if (start >= minutesOfDay || end > minutesOfDay || startMinute > 59 || endMinute > 59)
    return { message: 'is no time of day from and to', hint: 'A day goes from `00:00` to `24:00`.' };
  if (start === end) return { message: 'begins and ends at once', hint: 'A whole day is `00:00-24:00`.' };
  return { start, end };
}

/** `monday`, `monday:friday`, `friday:monday`: days from 0, which is Sunday. */
export function parseWeekdays(text: string): Parsed<readonly number[]> {
  return parseCycle(text, weekdayNames, 0, 'day of the week');
}

/** `march`, `november:february`, `6:8`: months from 1. */
export function parseMonths(text: string): Parsed<readonly number[]> {
  return parseCycle(text, monthNames, 1, 'month');
}

/** `1`, `1:7`, `-3:-1`: days from the month's begin, or from its end. */
export function parseDaysOfMonth(text: string): Parsed<NumberRange> {
  const range = parseRange(text);
  const hint = 'Days are `1` to `31`, or `-1` to `-31` from the end of the month: `1:7`, `-3:-1`.';
  if (range === undefined) return { message: 'is no day of the month', hint };
  const { start, end } = range;
  if ([start, end].some((day) => day === 0 || Math.abs(day) > 31))
    return { message: 'is no day of the month', hint };
  // The shortest month has 28 days; a range that is the wrong way round there is refused by Alertmanager.
  const fromBegin = (day: number) => (day < 0 ? 28 + day : day);
  if ((start < 0 && end > 0) || fromBegin(start) > fromBegin(end))
    return { message: 'ends before it begins', hint };
  return range;
}

/** `2026`, `2026:2027`. */
export function parseYears(text: string): Parsed<NumberRange> {
  const range = parseRange(text);
  const isYear = (year: number) => year >= 1970 && year <= 9999;
  if (range === undefined || !isYear(range.start) || !isYear(range.end))
    return { message: 'is no year', hint: 'For example `2026` or `2026:2027`.' };
  return range.start > range.end
    ? { message: 'ends before it begins', hint: 'The first year comes first.' }
    : range;
}

function parseRange(text: string): NumberRange | undefined {
  const match = /^(-?\d+)(?::(-?\d+))?$/.exec(text.trim());
  return match === null ? undefined : { start: Number(match[1]), end: Number(match[2] ?? match[1]) };
}

/** Names that begin anew after the last one. */
function parseCycle(
  text: string,
  names: readonly string[],
  first: number,
  what: string,
): Parsed<readonly number[]> {
  const ends = text.trim().toLowerCase().split(':');
  const indexes = ends.map((end) => (/^\d+$/.test(end) ? Number(end) - first : names.indexOf(end)));
  const wrong = indexes.findIndex((index) => index < 0 || index >= names.length);
  if (wrong >= 0 || ends.length > 2)
    return { message: `is no ${what}`, ...suggest(ends[Math.max(0, wrong)] ?? '', names) };
  const [start = 0, end = start] = indexes;
  const length = ((end - start + names.length) % names.length) + 1;
  return Array.from({ length }, (_, step) => ((start + step) % names.length) + first);
}
