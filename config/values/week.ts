import type { NumberRange, TimePeriod } from '../model-notifications.js';
import { minutesOfDay } from './calendar.js';

/** Every minute of a week that begins on Sunday: is it meant? */
export type Week = readonly boolean[];

const minutesOfWeek = 7 * minutesOfDay;

/** The minutes that days and times mean on a clock; times that pass midnight belong to the day on which they begin. */
export function markWeek(weekdays: readonly number[], times: readonly NumberRange[]): Week {
  const week = Array.from({ length: minutesOfWeek }, () => false);
  const days = weekdays.length > 0 ? weekdays : [0, 1, 2, 3, 4, 5, 6];
  const ranges = times.length > 0 ? times : [{ start: 0, end: minutesOfDay }];
  for (const day of days) {
    for (const { start, end } of ranges) {
      const length = end > start ? end - start : end - start + minutesOfDay;
      for (let minute = 0; minute < length; minute += 1)
        week[(day * minutesOfDay + start + minute) % minutesOfWeek] = true;
    }
  }
  return week;
}

/** The same in UTC. Where clocks are changed, minutes that all offsets mean, or that any of them means. */
export function shiftWeek(week: Week, offsets: readonly number[], meant: 'by all' | 'by any'): Week {
  return week.map((_, minute) => {
    const isMeant = (offset: number) => week[(minute + offset + minutesOfWeek) % minutesOfWeek] === true;
    return meant === 'by all' ? offsets.every(isMeant) : offsets.some(isMeant);
  });
}

/** Days with the same times together; empty when no minute is meant. */
export function describeWeek(week: Week): readonly Pick<TimePeriod, 'times' | 'weekdays'>[] {
  const daysByTimes = new Map<string, { times: readonly NumberRange[]; weekdays: number[] }>();
  for (let day = 0; day < 7; day += 1) {
    const times = listRanges(week.slice(day * minutesOfDay, (day + 1) * minutesOfDay));
    if (times.length === 0) continue;
    const key = JSON.stringify(times);
    const known = daysByTimes.get(key) ?? { times, weekdays: [] };
    known.weekdays.push(day);
    daysByTimes.set(key, known);
  }
  return [...daysByTimes.values()].map(({ times, weekdays }) => ({
    times: times.length === 1 && times[0]?.start === 0 && times[0].end === minutesOfDay ? [] : times,
    weekdays: weekdays.length === 7 ? [] : weekdays,
  }));
}

function listRanges(day: Week): readonly NumberRange[] {
  const ranges: { start: number; end: number }[] = [];
  day.forEach((isMeant, minute) => {
    const last = ranges.at(-1);
    if (!isMeant) return;
    if (last?.end === minute) last.end = minute + 1;
    else ranges.push({ start: minute, end: minute + 1 });
  });
  return ranges;
}
