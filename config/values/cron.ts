import type { ValueFault } from './fault.js';

/** One field of a cron expression: its name for people, its range, and the words that stand for numbers. */
interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly words: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const fields: readonly Field[] = [
  { name: 'minute', low: 0, high: 59, words: [] },
  { name: 'hour', low: 0, high: 23, words: [] },
  { name: 'day of month', low: 1, high: 31, words: [] },
  { name: 'month', low: 1, high: 12, words: months },
  { name: 'day of week', low: 0, high: 6, words: days },
];

const example = 'For example `0 3 * * 1`: at 03:00 every Monday.';

/** A schedule as Kubernetes' CronJobs read it: five fields, or `@daily` and its like; the time zone stands apart. */
export function checkCron(text: string): ValueFault | undefined {
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(text)) return undefined;
  if (/^(CRON_)?TZ=/.test(text))
    return { message: 'names a time zone', hint: 'Write it as `timeZone` beside the schedule.' };
  const parts = text.split(' ');
  if (parts.includes('') || parts.length !== fields.length) {
    const message = 'is not a cron expression of five fields with single spaces between them';
    return { message, hint: parts.length === 6 ? 'Leave out the field for seconds.' : example };
  }
  for (const [index, field] of fields.entries()) {
    const fault = checkField(parts[index] ?? '', field);
    if (fault !== undefined) return fault;
  }
  const [, , day = '', month = '', weekday = ''] = parts;
  return checkDate(day, month, weekday);
}

/** A schedule as Argo CD's sync windows read it: five fields, and no words for them. */
export function checkCronFields(text: string): ValueFault | undefined {
  if (!text.startsWith('@')) return checkCron(text);
  return { message: 'is a word that sync windows do not know', hint: `Write five fields. ${example}` };
}

/** Days of each month, from January; February's in a leap year. */
const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day of the week counts beside a day of the month, so only days of the month alone may never come. */
function checkDate(day: string, month: string, weekday: string): ValueFault | undefined {
  const [, , days, months, weekdays] = fields;
  if (days === undefined || months === undefined || weekdays === undefined || !isEvery(weekday))
    return undefined;
  const first = Math.min(...listNumbers(day, days));
  if (listNumbers(month, months).some((each) => first <= (longest[each - 1] ?? 0))) return undefined;
  return {
    message: `never comes: no month \`${month}\` has a day ${first}`,
    hint: 'For the last day of every month there is no expression; `0 3 1 * *` is the first one.',
  };
}

function isEvery(text: string): boolean {
  return text.split(',').some((item) => /^[*?](\/1)?$/.test(item));
}

/** The numbers that a field, checked before, stands for. */
function listNumbers(text: string, field: Field): readonly number[] {
  return text.split(',').flatMap((item) => {
    const [range = '', step] = item.split('/');
    const [first = field.low, last] = range.split('-').map((part) => readNumber(part, field));
    const open = /^[*?]$/.test(range) || (step !== undefined && last === undefined);
    const end = open ? field.high : (last ?? first);
    const pace = Number(step ?? 1);
    return Array.from({ length: Math.floor((end - first) / pace) + 1 }, (_, index) => first + index * pace);
  });
}

function checkField(text: string, field: Field): ValueFault | undefined {
  for (const item of text.split(',')) {
    const [, range = '', step] = /^([^/]+)(?:\/(\d{1,4}))?$/.exec(item) ?? [];
    const [first, last, ...more] = range.split('-').map((part) => readNumber(part, field));
    const wrong = range === '' || first === undefined || more.length > 0 || step === '0';
    const isRange = range.includes('-');
    if (wrong || (isRange && (last === undefined || range.includes('*') || last < first))) {
      const message = `has the ${field.name} \`${text}\`, which is not within ${field.low} to ${field.high}`;
      return { message, hint: example };
    }
  }
  return undefined;
}

/** `*` counts as the lowest. */
function readNumber(text: string, { low, high, words }: Field): number | undefined {
  if (text === '*' || text === '?') return low;
  const word = words.indexOf(text.toLowerCase());
  if (word >= 0) return word + low;
  const number = /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return number >= low && number <= high ? number : undefined;
}

/** A time zone of the IANA database, such as `Europe/Berlin`. */
export function checkTimeZone(text: string): ValueFault | undefined {
  const fault = { message: 'is no time zone', hint: 'For example `Europe/Berlin` or `Etc/UTC`.' };
  if (!/^[A-Z][\w+-]*(\/[\w+-]+)*$/.test(text) || text === 'Local') return fault;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return undefined;
  } catch {
    return fault;
  }
}
