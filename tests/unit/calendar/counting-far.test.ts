import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayPlus } from '../../../electron/foundation/clock.ts';
import { isWorkingDay, workingDaysBetween, type WorkingCalendar } from '../../../electron/services/calendar/working-days.ts';

const first = '2024-12-20';
const day = fc.integer({ min: 0, max: 800 }).map((days) => dayPlus(first, days));
const calendar: fc.Arbitrary<WorkingCalendar> = fc.record({
  marks: fc
    .array(fc.tuple(day, fc.record({ dayOff: fc.boolean(), announced: fc.boolean() })), { maxLength: 40 })
    .map((marks) => new Map(marks)),
  knownYears: fc.subarray([2024, 2025, 2026, 2027]).map((years) => new Set(years)),
  hours: fc.constant({ morningFrom: '07:30', morningTo: '11:30', afternoonFrom: '13:30', afternoonTo: '17:00' }),
});

/** Every day for itself, as the articles count. */
function dayByDay(table: WorkingCalendar, from: string, to: string): { days: number; certain: boolean } {
  const step = to > from ? 1 : -1;
  let [days, certain] = [0, true];
  for (let at = from; at !== to; ) {
    at = dayPlus(at, step);
    const answer = isWorkingDay(table, at);
    if (answer.working) days += step;
    certain &&= answer.certain;
  }
  return { days, certain };
}

test('working days are as many by weeks as counted one by one, whatever the table says, forwards and back', () => {
  fc.assert(
    fc.property(calendar, day, day, (table, from, to) => {
      expect(workingDaysBetween(table, from, to)).toEqual(dayByDay(table, from, to));
    }),
    { numRuns: 400 },
  );
});

test('an unknown year whose every day between stands in the table is certain, and one day less is not', () => {
  const days = Array.from({ length: 10 }, (_, n) => dayPlus('2025-03-01', n));
  const table = (named: readonly string[]): WorkingCalendar => ({
    marks: new Map(named.map((one) => [one, { dayOff: false, announced: true }])),
    knownYears: new Set(),
    hours: { morningFrom: '07:30', morningTo: '11:30', afternoonFrom: '13:30', afternoonTo: '17:00' },
  });
  expect(workingDaysBetween(table(days), '2025-02-28', '2025-03-10')).toEqual({ days: 10, certain: true });
  expect(workingDaysBetween(table(days.slice(1)), '2025-02-28', '2025-03-10').certain).toBe(false);
});

test('ten years are counted without looking at each of their days', () => {
  let looks = 0;
  const marks = new Map([['2020-01-01', { dayOff: true, announced: true }]]);
  const counted = new Proxy(marks, {
    get: (target, name) => {
      if (name === 'get') looks += 1;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  const table: WorkingCalendar = { marks: counted, knownYears: new Set([2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]), hours: { morningFrom: '', morningTo: '', afternoonFrom: '', afternoonTo: '' } };
  expect(workingDaysBetween(table, '2017-01-01', '2026-12-31')).toEqual({ days: 2608, certain: true });
  expect(looks).toBeLessThan(10);
});
