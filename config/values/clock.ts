import { parseDuration } from './duration.js';
import type { ValueFault } from './fault.js';

/** A Prometheus duration; `0s` is allowed. */
export function checkDuration(text: string): ValueFault | undefined {
  if (parseDuration(text) !== undefined) return undefined;
  return { message: 'is not a duration such as `90s`, `10m` or `1h30m`', ...durationHint(text) };
}

/** A Prometheus duration of at least a second, for deadlines and intervals. */
export function checkPositiveDuration(text: string): ValueFault | undefined {
  const parsed = parseDuration(text);
  if (parsed === undefined) return checkDuration(text);
  return parsed.milliseconds < 1000
    ? { message: 'must be at least one second', hint: 'For example `30s`.' }
    : undefined;
}

/** How long an answer may take, which is less than a second more often than not. */
export function checkAnswerTime(text: string): ValueFault | undefined {
  const parsed = parseDuration(text);
  if (parsed === undefined) return checkDuration(text);
  return parsed.milliseconds < 1
    ? { message: 'must be at least one millisecond', hint: 'For example `200ms`.' }
    : undefined;
}

/** How often something runs whose own clock knows no fractions of a second. */
export function checkSchedule(text: string): ValueFault | undefined {
  const parsed = parseDuration(text);
  if (parsed === undefined || parsed.milliseconds < 1000) return checkPositiveDuration(text);
  return parsed.milliseconds % 1000 === 0
    ? undefined
    : { message: 'must be whole seconds', hint: 'For example `30s`.' };
}

const words: Readonly<Record<string, string>> = {
  d: 'd',
  day: 'd',
  days: 'd',
  h: 'h',
  hour: 'h',
  hours: 'h',
  hr: 'h',
  hrs: 'h',
  m: 'm',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  s: 's',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
};

/** Understands `10 minutes`, `90min`, `10` and `1.5h` well enough to say how Prometheus writes them. */
function durationHint(text: string): { hint?: string } {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  if (match === null) return { hint: 'Write whole numbers with units from large to small, without spaces.' };
  const [, number = '', word = ''] = match;
  if (word === '') return { hint: `A unit is missing: \`${number}s\` or \`${number}m\`.` };
  const unit = words[word.toLowerCase()];
  if (unit === undefined) return { hint: 'Units are `d`, `h`, `m` and `s`.' };
  if (!number.includes('.')) return { hint: `Did you mean \`${number}${unit}\`?` };
  const smaller = { d: ['h', 24], h: ['m', 60], m: ['s', 60], s: ['ms', 1000] }[unit];
  return smaller === undefined
    ? {}
    : { hint: `Did you mean \`${Math.round(Number(number) * Number(smaller[1]))}${smaller[0] ?? ''}\`?` };
}
