import { minutesOfDay, monthNames, weekdayNames } from '../../config/values/calendar.js';
import type { Manifest } from '../../synth/manifest.js';
import { fieldAt, listAt, textAt } from '../fields.js';
import type { Route } from './routes.js';

/** A named interval of an AlertmanagerConfig, v1alpha1 and v1beta1 alike. */
export interface NamedInterval {
  readonly name: string;
  /** Path in the AlertmanagerConfig. */
  readonly path: string;
  readonly periods: readonly unknown[];
}

export function readIntervals(config: Manifest): readonly NamedInterval[] {
  return ['muteTimeIntervals', 'timeIntervals'].flatMap((field) =>
    listAt(config.object, 'spec', field).map((written, index) => ({
      name: textAt(written, 'name') ?? '',
      path: `spec.${field}[${index}]`,
      periods: listAt(written, 'timeIntervals'),
    })),
  );
}

/** Why a route would send nothing at a time; undefined: it sends. */
export function whyMuted(route: Route, time: Date): string | undefined {
  const intervals = readIntervals(route.config);
  const holds = (name: string) =>
    intervals.some((each) => each.name === name && each.periods.some((period) => contains(period, time)));
  const mute = route.muteIntervals.find(holds);
  if (mute !== undefined) return `it is muted in "${mute}"`;
  const { activeIntervals } = route;
  return activeIntervals.length === 0 || activeIntervals.some(holds)
    ? undefined
    : `it is active only in ${activeIntervals.map((name) => `"${name}"`).join(', ')}`;
}

/** Is a time, in UTC as Alertmanager reads it without a location, in a period? */
export function contains(period: unknown, time: Date): boolean {
  const minute = time.getUTCHours() * 60 + time.getUTCMinutes();
  const month = time.getUTCMonth();
  const days = new Date(Date.UTC(time.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const fits = (field: string, isIn: (range: unknown) => boolean) => {
    const ranges = listAt(period, field);
    return ranges.length === 0 || ranges.some(isIn);
  };
  return (
    fits('times', (range) => minute >= minuteOf(range, 'startTime') && minute < minuteOf(range, 'endTime')) &&
    fits('weekdays', (range) => isBetween(range, weekdayNames, 0, time.getUTCDay())) &&
    fits('months', (range) => isBetween(range, monthNames, 1, month + 1)) &&
    fits('years', (range) => isBetween(range, [], 0, time.getUTCFullYear())) &&
    fits('daysOfMonth', (range) => {
      const [start, end] = ['start', 'end'].map((key) => dayOf(fieldAt(range, key), days));
      const day = time.getUTCDate();
      return day >= (start ?? 1) && day <= (end ?? days);
    })
  );
}

function minuteOf(range: unknown, key: string): number {
  const [hours = 0, minutes = 0] = (textAt(range, key) ?? '').split(':').map(Number);
  return Math.min(minutesOfDay, hours * 60 + minutes);
}

/** `monday:friday`, `3`, `2026:2027` */
function isBetween(range: unknown, names: readonly string[], first: number, value: number): boolean {
  const [start = Number.NaN, end = start] = String(range)
    .toLowerCase()
    .split(':')
    .map((text) => (/^\d+$/.test(text) ? Number(text) : names.indexOf(text) + first));
  return value >= start && value <= end;
}

/** Negative days count from the end; longer ranges than the month end with it. */
function dayOf(written: unknown, days: number): number {
  const day = Number(written);
  return day < 0 ? Math.max(1, days + 1 + day) : Math.min(day, days);
}

/** Names a route speaks of that its object does not define. */
export function unknownIntervals(route: Route): readonly string[] {
  const known = readIntervals(route.config).map(({ name }) => name);
  return [...route.muteIntervals, ...route.activeIntervals].filter((name) => !known.includes(name));
}
