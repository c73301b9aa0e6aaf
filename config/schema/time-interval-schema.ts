import { z } from 'zod';
import {
  isFault,
  parseDaysOfMonth,
  parseMonths,
  parseTimes,
  parseWeekdays,
  parseYears,
} from '../values/calendar.js';
import type { ValueCheck } from '../values/fault.js';
import { checkTimeZone } from '../values/time-zone.js';
import { numeric, text } from './texts.js';

/** Refuses what the parser refuses. */
const parsedBy =
  (parse: (value: string) => object): ValueCheck =>
  (value) => {
    const parsed = parse(value);
    return isFault(parsed) ? parsed : undefined;
  };

const listOf = (parse: (value: string) => object) =>
  z.array(numeric(parsedBy(parse), 'CONFIG_TIME', { type: ['string', 'number'] })).min(1);

/** Times by the clock and the calendar; all that is given holds at once. */
export const timeIntervalSchema = z.strictObject({
  weekdays: listOf(parseWeekdays)
    .optional()
    .describe('Days of the week: `monday:friday`, `sunday`. Default: each.'),
  times: listOf(parseTimes)
    .optional()
    .describe(
      'Times of the day: `08:00-18:00`; `22:00-06:00` goes on to the next day. Default: the whole day.',
    ),
  daysOfMonth: listOf(parseDaysOfMonth)
    .optional()
    .describe('Days of the month: `1:7`, and `-3:-1` for its last three. Default: each.'),
  months: listOf(parseMonths).optional().describe('Months: `november:february`, `12`. Default: each.'),
  years: listOf(parseYears).optional().describe('Years: `2026:2027`. Default: each.'),
  location: text(checkTimeZone, 'CONFIG_TIME')
    .optional()
    .describe(
      'Time zone of weekdays and times, such as `Europe/Berlin`. Where clocks are changed, an hour at each end is told rather than muted. Default: UTC.',
    ),
});

export type TimeIntervalInput = z.infer<typeof timeIntervalSchema>;
