import { checkCron, checkTimeZone } from '../../../config/values/cron.js';

test.each(['0 3 * * 1', '*/15 * * * *', '5,35 0-6/2 1,15 JAN-mar MON', '0 0 31 12 6', '@daily', '@hourly'])(
  '"%s" is a schedule',
  (text) => {
    expect(checkCron(text)).toBeUndefined();
  },
);

test.each([
  '0 0 29 2 *',
  '0 0 31 1/3 *',
  '0 0 31 */2 *',
  '0 0 31 2 1',
  '0 0 31 2 */2',
  '0 0 1-31/10 2 *',
  '0 0 30,5 2 *',
])('"%s" comes, if not often', (text) => {
  expect(checkCron(text)).toBeUndefined();
});

test.each([
  ['', 'five fields'],
  ['0 3 * *', 'five fields'],
  ['0 0 3 * * 1', 'five fields'],
  ['0  3 * * 1', 'five fields'],
  ['60 3 * * 1', 'minute `60`'],
  ['0 24 * * 1', 'hour `24`'],
  ['0 3 0 * 1', 'day of month `0`'],
  ['0 3 * 13 1', 'month `13`'],
  ['0 3 * * 7', 'day of week `7`'],
  ['0 3 * * FRY', 'day of week `FRY`'],
  ['5-1 * * * *', 'minute `5-1`'],
  ['*/0 * * * *', 'minute `*/0`'],
  ['1- * * * *', 'minute `1-`'],
  [', * * * *', 'minute `,`'],
  ['* * * * *; rm', 'five fields'],
  ['@every 1h', 'five fields'],
  ['TZ=Europe/Berlin 0 3 * * 1', 'time zone'],
  ['0 0 31 2 *', 'day 31'],
  ['0 0 30 FEB ?', 'day 30'],
  ['0 0 31 4,jun,9-11/2 *', 'day 31'],
  ['0 0 31 2-6/2 */1', 'day 31'],
  ['0 0 30/1 2 *', 'day 30'],
])('"%s" is refused, because of the %s', (text, reason) => {
  expect(checkCron(text)?.message).toContain(reason);
});

test.each(['Europe/Berlin', 'Etc/UTC', 'America/Argentina/Buenos_Aires', 'UTC'])(
  '%s is a time zone',
  (name) => {
    expect(checkTimeZone(name)).toBeUndefined();
  },
);

test.each(['Local', 'Europe/Atlantis', 'CEST', '+02:00', '../etc', ''])('"%s" is no time zone', (name) => {
  expect(checkTimeZone(name)?.message).toBe('is no time zone');
});
