import type { ClockInterval } from '../model-admission.js';
import type { NumberRange, TimeInterval } from '../model-notifications.js';
import type { Place, ProblemCollector } from '../problem-collector.js';
import type { TimeIntervalInput } from '../schema/time-interval-schema.js';
import {
  isFault,
  parseDaysOfMonth,
  parseMonths,
  parseTimes,
  parseWeekdays,
  parseYears,
} from '../values/calendar.js';
import type { ValueFault } from '../values/fault.js';
import { listOffsets } from '../values/time-zone.js';
import { describeWeek, markWeek, shiftWeek } from '../values/week.js';

/**
 * What a route does with an interval. Where clocks are changed, UTC cannot say the times exactly: then the doubtful
 * hour is told, so that nobody misses an alert.
 */
export type IntervalUse = 'mute' | 'active';

/** An interval as Alertmanager needs it. */
export function resolveTimeInterval(name: string, input: TimeIntervalInput, use: IntervalUse): TimeInterval {
  const { weekdays, times, months, daysOfMonth, years, location } = input;
  const week = markWeek(parsed(weekdays, parseWeekdays).flat(), parsed(times, parseTimes));
  const offsets = location === undefined ? [0] : listOffsets(location);
  const inUtc = shiftWeek(week, offsets, use === 'mute' ? 'by all' : 'by any');
  const dates = {
    daysOfMonth: parsed(daysOfMonth, parseDaysOfMonth),
    months: [...new Set(parsed(months, parseMonths).flat())].sort((a, b) => a - b),
    years: parsed(years, parseYears),
  };
  return { name: `${use}-${name}`, periods: describeWeek(inUtc).map((days) => ({ ...days, ...dates })) };
}

/** An interval as whoever knows time zones can hold it, exactly. */
export function resolveClockInterval(name: string, input: TimeIntervalInput): ClockInterval {
  const { weekdays, times, months, daysOfMonth, years, location = 'UTC' } = input;
  const sorted = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);
  return {
    name,
    location,
    times: parsed(times, parseTimes),
    weekdays: sorted(parsed(weekdays, parseWeekdays).flat()),
    daysOfMonth: parsed(daysOfMonth, parseDaysOfMonth),
    months: sorted(parsed(months, parseMonths).flat()),
    years: parsed(years, parseYears),
  };
}

/** What an interval says must be possible, and possible to say in UTC. */
export function checkTimeInterval(
  name: string,
  input: TimeIntervalInput,
  placeOf: (key: string) => Place,
  problems: ProblemCollector,
): void {
  const dated = (['daysOfMonth', 'months', 'years'] as const).find((key) => input[key] !== undefined);
  const moves = input.location !== undefined && listOffsets(input.location).some((offset) => offset !== 0);
  const passesMidnight = parsed(input.times, parseTimes).some(({ start, end }) => end < start);
  if (dated !== undefined && (moves || passesMidnight)) {
    const message = moves
      ? `\`${dated}\` of \`${name}\` is counted in UTC, where days begin at another time than in \`${input.location ?? ''}\`.`
      : `\`${name}\` goes on after midnight, when it may be another day or month.`;
    const hint = moves
      ? `Leave out \`location\` and write UTC, or leave out \`${dated}\`.`
      : 'Write two intervals, one for each day; `mute` and `active` take several.';
    problems.error('CONFIG_TIME', placeOf(dated), { message, hint });
    return;
  }
  if (!happens(input)) {
    const message = `\`${name}\` never comes: no such month has such a day.`;
    problems.error('CONFIG_TIME_NEVER', placeOf('daysOfMonth'), {
      message,
      hint: 'Change `daysOfMonth` or `months`.',
    });
  } else if (resolveTimeInterval(name, input, 'mute').periods.length === 0) {
    const message = `Nothing is left of \`${name}\` where clocks are changed: it is shorter than the change.`;
    problems.error('CONFIG_TIME_NEVER', placeOf('times'), {
      message,
      hint: 'Make `times` longer than an hour.',
    });
  }
}

/** Longest lengths, because a leap year comes. */
const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function happens({ daysOfMonth, months }: TimeIntervalInput): boolean {
  const ranges = parsed(daysOfMonth, parseDaysOfMonth);
  if (ranges.length === 0) return true;
  const meant = parsed(months, parseMonths).flat();
  const lengths = daysInMonth.filter((_, index) => meant.length === 0 || meant.includes(index + 1));
  return lengths.some((length) => ranges.some((range) => firstDay(range, length) <= length));
}

function firstDay({ start }: NumberRange, length: number): number {
  return start < 0 ? Math.max(1, length + 1 + start) : start;
}

/** The schema has refused what cannot be parsed. */
function parsed<T extends object>(
  texts: readonly unknown[] | undefined,
  parse: (text: string) => T | ValueFault,
): readonly T[] {
  return (texts ?? []).flatMap((text) => {
    const value = parse(String(text));
    return isFault(value) ? [] : [value];
  });
}
