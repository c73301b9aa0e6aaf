import type { AdmissionPolicy } from '../../charts/tasks/admission-policy.js';

type Interval = AdmissionPolicy['freeze'][number];

/** What calendar and clock of a place say. */
interface LocalTime {
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly minute: number;
  readonly day: number;
  /** 1 is January. */
  readonly month: number;
  readonly year: number;
}

/** The first interval that holds now; exact also where clocks are changed. */
export function findFreeze(intervals: readonly Interval[], now: Date): Interval | undefined {
  return intervals.find((interval) => holds(interval, readClock(now, interval.location)));
}

function holds(interval: Interval, local: LocalTime): boolean {
  const { daysOfMonth, months, years } = interval;
  const length = new Date(Date.UTC(local.year, local.month, 0)).getUTCDate();
  const fromBegin = (day: number) => (day < 0 ? length + 1 + day : day);
  return (
    matches(years, ({ start, end }) => start <= local.year && local.year <= end) &&
    matches(months, (month) => month === local.month) &&
    matches(daysOfMonth, ({ start, end }) => fromBegin(start) <= local.day && local.day <= fromBegin(end)) &&
    holdsInWeek(interval, local)
  );
}

/** What goes on after midnight belongs to the day on which it began. */
function holdsInWeek({ times, weekdays }: Interval, { weekday, minute }: LocalTime): boolean {
  const isMeant = (day: number) => weekdays.length === 0 || weekdays.includes(day);
  const today = isMeant(weekday);
  const yesterday = isMeant((weekday + 6) % 7);
  if (times.length === 0) return today;
  return times.some(({ start, end }) =>
    start < end
      ? today && start <= minute && minute < end
      : (today && start <= minute) || (yesterday && minute < end),
  );
}

/** An empty list demands nothing. */
function matches<T>(conditions: readonly T[], isMet: (condition: T) => boolean): boolean {
  return conditions.length === 0 || conditions.some(isMet);
}

function readClock(now: Date, location: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: location,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  const read = (part: Intl.DateTimeFormatPartTypes) => parts.get(part) ?? 0;
  const [year, month, day] = [read('year'), read('month'), read('day')];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { weekday, minute: read('hour') * 60 + read('minute'), day, month, year };
}
