import { parseDaysOfMonth, parseMonths, parseTimes, parseWeekdays } from '../../../config/values/calendar.js';
import { checkTimeZone, listOffsets } from '../../../config/values/time-zone.js';
import { describeWeek, markWeek, shiftWeek } from '../../../config/values/week.js';

const weekdays = [1, 2, 3, 4, 5];
const office = markWeek(weekdays, [{ start: 480, end: 1080 }]);

describe('times of a week', () => {
  test('stay as they are in UTC', () => {
    expect(describeWeek(shiftWeek(office, [0], 'by all'))).toEqual([
      { weekdays, times: [{ start: 480, end: 1080 }] },
    ]);
  });

  test('that pass midnight belong to the day on which they begin', () => {
    const night = markWeek([5], [{ start: 1320, end: 360 }]);
    expect(describeWeek(night)).toEqual([
      { weekdays: [5], times: [{ start: 1320, end: 1440 }] },
      { weekdays: [6], times: [{ start: 0, end: 360 }] },
    ]);
  });

  test('of a zone ahead of UTC begin on the day before', () => {
    expect(describeWeek(shiftWeek(office, [11 * 60], 'by all'))).toEqual([
      { weekdays: [0], times: [{ start: 1260, end: 1440 }] },
      {
        weekdays: [1, 2, 3, 4],
        times: [
          { start: 0, end: 420 },
          { start: 1260, end: 1440 },
        ],
      },
      { weekdays: [5], times: [{ start: 0, end: 420 }] },
    ]);
  });

  test('where clocks are changed, nobody misses an alert by an hour: less is muted, more is active', () => {
    const [period] = describeWeek(shiftWeek(office, [60, 120], 'by all'));
    expect(period?.times).toEqual([{ start: 420, end: 960 }]);
    const [active] = describeWeek(shiftWeek(office, [60, 120], 'by any'));
    expect(active?.times).toEqual([{ start: 360, end: 1020 }]);
  });

  test('the whole week is no condition, and no minute no period', () => {
    expect(describeWeek(markWeek([], []))).toEqual([{ weekdays: [], times: [] }]);
    expect(describeWeek(shiftWeek(markWeek([], [{ start: 120, end: 180 }]), [60, 120], 'by all'))).toEqual(
      [],
    );
  });
});

describe('time zones', () => {
  test.each([
    ['UTC', [0]],
    ['Asia/Seoul', [540]],
    ['Asia/Kolkata', [330]],
    ['Europe/Berlin', [60, 120]],
    ['America/New_York', [-300, -240]],
    ['Australia/Lord_Howe', [630, 660]],
  ])('%s is %j minutes ahead of UTC', (zone, offsets) => {
    expect(listOffsets(zone)).toEqual(offsets);
  });

  test('a misspelt one is told the nearest', () => {
    expect(checkTimeZone('Europe/Berln')?.hint).toBe('Did you mean `Europe/Berlin`?');
    for (const hostile of ['', '+01:00', '../../etc', '__proto__', 'Europe/Berlin\n'])
      expect(checkTimeZone(hostile)).toBeDefined();
  });
});

describe('days and months', () => {
  test.each([
    ['monday:friday', weekdays],
    ['Saturday:Sunday', [6, 0]],
    ['sunday', [0]],
    ['friday:monday', [5, 6, 0, 1]],
  ])('%s', (text, days) => {
    expect(parseWeekdays(text)).toEqual(days);
  });

  test.each([
    ['november:february', [11, 12, 1, 2]],
    ['6:8', [6, 7, 8]],
  ])('%s', (text, months) => {
    expect(parseMonths(text)).toEqual(months);
  });

  test.each(['31:1', '0', '32', '-1:5', '1:-31', '1:2:3', ''])('%j is no day of the month', (text) => {
    expect(parseDaysOfMonth(text)).toHaveProperty('message');
  });

  test.each(['8-9', '24:00-25:00', '10:60-11:00', '08:00-08:00', '08:00', '-1:00-2:00'])(
    '%j are no times',
    (text) => {
      expect(parseTimes(text)).toHaveProperty('message');
    },
  );
});
