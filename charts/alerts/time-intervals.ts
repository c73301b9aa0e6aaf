import type { NumberRange, Receiver, TimePeriod } from '../../config/model.js';
import { monthNames, weekdayNames } from '../../config/values/calendar.js';
import type { AlertmanagerConfigSpecMuteTimeIntervals } from '../../imports/monitoring.coreos.com.js';

/** The intervals that receivers name, each once, sorted by name. */
export function describeTimeIntervals(
  receivers: readonly Receiver[],
): AlertmanagerConfigSpecMuteTimeIntervals[] {
  const intervals = new Map(
    receivers.flatMap(({ mute, active }) => [...mute, ...active]).map((each) => [each.name, each]),
  );
  return [...intervals.values()]
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, periods }) => ({ name, timeIntervals: periods.map(describePeriod) }));
}

function describePeriod({ times, weekdays, daysOfMonth, months, years }: TimePeriod) {
  return {
    ...unlessEmpty('weekdays', listRuns(weekdays).map(nameRun(weekdayNames, 0))),
    ...unlessEmpty(
      'times',
      times.map(({ start, end }) => ({ startTime: formatTime(start), endTime: formatTime(end) })),
    ),
    ...unlessEmpty(
      'daysOfMonth',
      daysOfMonth.map(({ start, end }) => ({ start, end })),
    ),
    ...unlessEmpty('months', listRuns(months).map(nameRun(monthNames, 1))),
    ...unlessEmpty(
      'years',
      years.map(({ start, end }) => (start === end ? `${start}` : `${start}:${end}`)),
    ),
  };
}

/** An empty list would mean the same, and differ from what the API shows. */
function unlessEmpty<Key extends string, Item>(key: Key, items: Item[]): Partial<Record<Key, Item[]>> {
  // A computed key loses its literal type.
  return items.length === 0 ? {} : ({ [key]: items } as Record<Key, Item[]>);
}

/** Alertmanager refuses a range that begins anew after the last day, so runs are those within a week or year. */
function listRuns(numbers: readonly number[]): readonly NumberRange[] {
  const runs: { start: number; end: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.end === number - 1) last.end = number;
    else runs.push({ start: number, end: number });
  }
  return runs;
}

function nameRun(names: readonly string[], first: number): (run: NumberRange) => string {
  const name = (index: number) => names[index - first] ?? '';
  return ({ start, end }) => (start === end ? name(start) : `${name(start)}:${name(end)}`);
}

/** `08:00` */
function formatTime(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
