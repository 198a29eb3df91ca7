import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { issuedCalendar } from '../../../electron/hosts/issued-calendar.ts';
import {
  addWorkingDays,
  adoptIssuedTable,
  endOfDay,
  isAfterHours,
  isWorkingDay,
  nextWorkingDay,
  nextWorkingMorningEnd,
  readCalendar,
  subtractWorkingMinutes,
  workingDaysBetween,
  type WorkingCalendar,
} from '../../../electron/services/calendar/index.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';
import { oracleAdd, oracleDays, type OracleMark } from './oracle.ts';

const hours = { morningFrom: '07:30', morningTo: '11:30', afternoonFrom: '13:30', afternoonTo: '17:00' };

function issued(): WorkingCalendar {
  const store = storeIn(scratchFolder());
  store.write((db) => {
    adoptIssuedTable(db, issuedCalendar, '2026-11-22T01:00:00.000Z');
  });
  return readCalendar(store.read);
}

function calendarOf(marks: readonly OracleMark[], knownYears: readonly number[]): WorkingCalendar {
  return {
    marks: new Map(marks.map(({ date, off, announced }) => [date, { dayOff: off, announced }])),
    knownYears: new Set(knownYears),
    hours,
  };
}

const [firstDay, lastDay] = ['2023-01-01', '2030-12-31'];
const allDays = oracleDays(firstDay, lastDay, [], []).map(({ day }) => day);
/** A day with room for counting on both sides. */
const dayInside = fc.constantFrom(...allDays.slice(400, -400));
const anyMarks = fc.array(
  fc.record({ date: fc.constantFrom(...allDays), off: fc.boolean(), announced: fc.boolean() }),
  { maxLength: 120 },
);
const anyYears = fc.uniqueArray(fc.integer({ min: 2023, max: 2030 }));

describe('whatever the table, as the slow oracle counts', () => {
  test('adding working days, forward and back', () => {
    fc.assert(
      fc.property(anyMarks, anyYears, dayInside, fc.integer({ min: -60, max: 60 }), (marks, years, day, n) => {
        const expected = oracleAdd(oracleDays(firstDay, lastDay, marks, years), day, n);
        expect(addWorkingDays(calendarOf(marks, years), day, n)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test('working days between two days, and whether each day is worked', () => {
    fc.assert(
      fc.property(anyMarks, anyYears, dayInside, fc.integer({ min: 0, max: 200 }), (marks, years, from, length) => {
        const calendar = calendarOf(marks, years);
        const days = oracleDays(firstDay, lastDay, marks, years);
        const at = allDays.indexOf(from);
        const span = days.slice(at + 1, at + 1 + length);
        const to = days[at + length]?.day ?? '';
        const worked = span.filter((one) => one.worked).length;
        expect(workingDaysBetween(calendar, from, to)).toEqual({ days: worked, certain: span.every((one) => one.certain) });
        for (const { day, worked: working, certain } of span.slice(0, 20)) {
          expect(isWorkingDay(calendar, day)).toEqual({ working, certain });
        }
      }),
      { numRuns: 200 },
    );
  });

  test('counting undoes adding, and turning the ends round turns the sign', () => {
    fc.assert(
      fc.property(anyMarks, dayInside, fc.integer({ min: 1, max: 60 }), (marks, from, n) => {
        const calendar = calendarOf(marks, []);
        const to = addWorkingDays(calendar, from, n).day;
        expect(workingDaysBetween(calendar, from, to).days).toBe(n);
        const back = addWorkingDays(calendar, from, -n).day;
        expect(workingDaysBetween(calendar, from, back).days).toBe(-n);
      }),
    );
  });

  test('working minutes back from an instant are exactly so many minutes of shifts', () => {
    fc.assert(
      fc.property(anyMarks, dayInside, fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 900 }), (marks, day, minute, lead) => {
        const end = Date.parse(`${day}T00:00:00+07:00`) + minute * 60_000;
        const begin = Date.parse(subtractWorkingMinutes(calendarOf(marks, []), new Date(end).toISOString(), lead));
        const worked = new Map(oracleDays(firstDay, lastDay, marks, []).map((one) => [one.day, one.worked]));
        let minutes = 0;
        for (let at = begin; at < end; at += 60_000) {
          const local = new Date(at + 7 * 3_600_000).toISOString();
          const time = local.slice(11, 16);
          const shift = (time >= '07:30' && time < '11:30') || (time >= '13:30' && time < '17:00');
          if (shift && worked.get(local.slice(0, 10)) === true) minutes += 1;
        }
        expect(minutes).toBe(lead);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the issued table', () => {
  const calendar = issued();
  const worked = (day: string): boolean => isWorkingDay(calendar, day).working;

  test('Tết 2026: nine days off in a row, with the weekends on both sides', () => {
    expect(nextWorkingDay(calendar, '2026-02-13')).toEqual({ day: '2026-02-23', certain: true });
    expect(workingDaysBetween(calendar, '2026-02-13', '2026-02-22')).toEqual({ days: 0, certain: true });
    expect(addWorkingDays(calendar, '2026-02-23', -1).day).toBe('2026-02-13');
  });

  test('30/4 to 1/5 with its swaps: 2024 off on the Monday before and worked on the Saturday after', () => {
    expect(['2024-04-29', '2024-04-30', '2024-05-01', '2024-05-02'].map(worked)).toEqual([false, false, false, true]);
    expect(worked('2024-05-04')).toBe(true);
    expect(nextWorkingDay(calendar, '2024-04-26').day).toBe('2024-05-02');
    expect(nextWorkingDay(calendar, '2024-05-03').day).toBe('2024-05-04');
    expect(nextWorkingDay(calendar, '2025-04-29').day).toBe('2025-05-05');
  });

  test('make-up Saturdays are the next working day, and the swapped day is not', () => {
    expect(nextWorkingDay(calendar, '2026-08-21').day).toBe('2026-08-22');
    expect(nextWorkingDay(calendar, '2026-08-28').day).toBe('2026-09-03');
    expect(nextWorkingDay(calendar, '2025-12-31').day).toBe('2026-01-05');
    expect(nextWorkingDay(calendar, '2026-01-09').day).toBe('2026-01-10');
  });

  test('24/11 is off since 2026 and was worked before', () => {
    expect(worked('2025-11-24')).toBe(true);
    expect(worked('2026-11-24')).toBe(false);
  });

  test('what is not announced still counts as worked, and the answer says that it is not certain', () => {
    expect(addWorkingDays(calendar, '2027-02-03', 1)).toEqual({ day: '2027-02-04', certain: false });
    expect(addWorkingDays(calendar, '2027-02-01', 1)).toEqual({ day: '2027-02-02', certain: true });
    // Mùng 3 is surely off; the fifth day of Tết may be the 9th.
    expect(nextWorkingDay(calendar, '2027-02-05')).toEqual({ day: '2027-02-09', certain: false });
    expect(nextWorkingDay(calendar, '2027-08-31')).toEqual({ day: '2027-09-01', certain: false });
  });

  test('a year without a table knows weekends only, and says so', () => {
    expect(nextWorkingDay(calendar, '2027-12-31')).toEqual({ day: '2028-01-03', certain: false });
    expect(nextWorkingDay(calendar, '2023-12-29')).toEqual({ day: '2024-01-02', certain: false });
    expect([...calendar.knownYears].sort()).toEqual([2024, 2025, 2026, 2027]);
  });

  test('the morning of the next working day ends with the shift or at noon, Vietnam time', () => {
    expect(nextWorkingMorningEnd(calendar, '2026-11-20', 'shift')).toEqual({ at: '2026-11-23T04:30:00.000Z', certain: true });
    expect(nextWorkingMorningEnd(calendar, '2026-11-20', 'noon').at).toBe('2026-11-23T05:00:00.000Z');
    expect(nextWorkingMorningEnd(calendar, '2026-11-23', 'shift').at).toBe('2026-11-25T04:30:00.000Z');
  });

  test('a day ends at midnight in Vietnam, and after hours begins with the end of the last shift', () => {
    expect(endOfDay('2026-12-31')).toBe('2026-12-31T16:59:59.999Z');
    expect(isAfterHours(calendar, '2026-11-20T09:59:59.999Z')).toBe(false);
    expect(isAfterHours(calendar, '2026-11-20T10:00:00.000Z')).toBe(true);
    expect(isAfterHours(calendar, '2026-11-20T22:00:00.000Z'), 'a Saturday').toBe(true);
    expect(isAfterHours(calendar, '2026-11-24T02:00:00.000Z'), 'a holiday').toBe(true);
  });
});
