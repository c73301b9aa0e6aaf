import type { ClockInterval } from '../../../config/model-admission.js';
import { resolveClockInterval } from '../../../config/resolve/resolve-time-intervals.js';
import type { TimeIntervalInput } from '../../../config/schema/time-interval-schema.js';
import { findFreeze } from '../../../steps/admission/frozen.js';

const interval = (input: TimeIntervalInput): ClockInterval => resolveClockInterval('quiet', input);
const isFrozen = (input: TimeIntervalInput, time: string) =>
  findFreeze([interval(input)], new Date(time)) !== undefined;

test('without intervals nothing is ever frozen', () => {
  expect(findFreeze([], new Date())).toBeUndefined();
});

const night: TimeIntervalInput = { times: ['22:00-06:00'], location: 'Europe/Berlin' };

test.each([
  ['2026-11-21T20:59:59Z', false],
  ['2026-11-21T21:00:00Z', true],
  ['2026-11-22T04:59:59Z', true],
  ['2026-11-22T05:00:00Z', false],
  ['2026-07-01T19:59:59Z', false],
  ['2026-07-01T20:00:00Z', true],
])('clocks of Berlin decide, in summer and in winter: %s is frozen: %s', (time, expected) => {
  expect(isFrozen(night, time)).toBe(expected);
});

test.each([
  // The hour from 02:00 to 03:00 comes twice in October and never in March.
  ['2026-10-25T00:30:00Z', true],
  ['2026-10-25T01:30:00Z', true],
  ['2026-10-25T02:00:00Z', false],
  ['2026-03-29T00:59:59Z', false],
  ['2026-03-29T01:00:00Z', false],
])('where clocks are changed, the clock on the wall counts: %s is frozen: %s', (time, expected) => {
  expect(isFrozen({ times: ['02:00-03:00'], location: 'Europe/Berlin' }, time)).toBe(expected);
});

test('what goes on after midnight belongs to the day on which it began', () => {
  const fridayNight: TimeIntervalInput = { weekdays: ['friday'], times: ['22:00-06:00'] };
  expect(isFrozen(fridayNight, '2026-11-20T23:00:00Z')).toBe(true);
  expect(isFrozen(fridayNight, '2026-11-21T05:59:00Z')).toBe(true);
  expect(isFrozen(fridayNight, '2026-11-20T05:00:00Z')).toBe(false);
  expect(isFrozen(fridayNight, '2026-11-21T22:30:00Z')).toBe(false);
});

test.each<[TimeIntervalInput, string, boolean]>([
  [{ weekdays: ['saturday', 'sunday'] }, '2026-11-21T12:00:00Z', true],
  [{ weekdays: ['friday:monday'] }, '2026-11-24T00:00:00Z', false],
  [{ months: ['december'], daysOfMonth: ['20:31'] }, '2026-12-20T00:00:00Z', true],
  [{ months: ['december'], daysOfMonth: ['20:31'] }, '2026-12-19T23:59:59Z', false],
  [{ daysOfMonth: ['-3:-1'] }, '2028-02-27T00:00:00Z', true],
  [{ daysOfMonth: ['-3:-1'] }, '2028-02-26T23:59:59Z', false],
  [{ daysOfMonth: ['31'] }, '2026-11-30T12:00:00Z', false],
  [{ years: ['2026:2027'] }, '2028-01-01T00:00:00Z', false],
  [{ times: ['00:00-24:00'] }, '2026-11-21T23:59:59Z', true],
  [{ times: ['00:00-00:01'] }, '2026-11-21T00:00:59Z', true],
])('%j at %s: %s', (input, time, expected) => {
  expect(isFrozen(input, time)).toBe(expected);
});

test('the first interval that holds is told', () => {
  const intervals = [
    { ...interval({ years: ['1999'] }), name: 'past' },
    { ...interval({ weekdays: ['saturday'] }), name: 'weekend' },
    { ...interval({}), name: 'always' },
  ];
  expect(findFreeze(intervals, new Date('2026-11-21T12:00:00Z'))?.name).toBe('weekend');
});
