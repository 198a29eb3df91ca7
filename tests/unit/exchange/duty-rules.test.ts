import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DutyKind, type DutySettings } from '#contract';
import { issuedCalendar } from '../../../electron/hosts/issued-calendar.ts';
import { adoptIssuedTable, isWorkingDay, readCalendar, workingDaysBetween } from '../../../electron/services/calendar/index.ts';
import { deadlineOf, stateOf, usualDutySettings } from '../../../electron/services/exchange/duties/rules.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const store = storeIn(scratchFolder());
store.write((db) => {
  adoptIssuedTable(db, issuedCalendar, '2026-11-22T01:00:00.000Z');
});
const calendar = readCalendar(store.read);

/** An instant written as the clock on the wall in Vietnam. */
const vn = (day: string, time: string): string => new Date(`${day}T${time}:00.000+07:00`).toISOString();
const midnight = (day: string): string => new Date(`${day}T23:59:59.999+07:00`).toISOString();

function deadline(kind: DutyKind, since: string, urgency = 0, change: Partial<DutySettings> = {}): ReturnType<typeof deadlineOf> {
  return deadlineOf({ kind, since, urgency }, calendar, { ...usualDutySettings, ...change });
}

describe('notice of receipt', () => {
  test('is owed the same day, also for what comes on a Friday evening or a day off', () => {
    const friday = deadline('receipt-notice', vn('2026-11-20', '19:30'));
    expect(friday).toMatchObject({ due: midnight('2026-11-20'), rule: 'same-day', ruleConfidence: 'read', basisConfidence: 'read' });
    expect(friday.basis).toContain('NĐ 30/2020/NĐ-CP Điều 21.2');
    expect(deadline('receipt-notice', vn('2026-11-24', '09:00')).due, 'a holiday').toBe(midnight('2026-11-24'));
  });

  test('may be read as due by the next working day when it comes after hours, which is marked as inferred', () => {
    const later = { receiptAfterHours: 'next-working-day' } as const;
    expect(deadline('receipt-notice', vn('2026-11-20', '17:00'), 0, later)).toMatchObject({
      due: midnight('2026-11-23'),
      rule: 'next-working-day-after-hours',
      ruleConfidence: 'inferred',
    });
    expect(deadline('receipt-notice', vn('2026-11-20', '16:59'), 0, later).due).toBe(midnight('2026-11-20'));
    expect(deadline('receipt-notice', vn('2026-11-20', '05:00'), 0, later).due, 'an early morning').toBe(midnight('2026-11-20'));
  });

  test('turns the day at midnight in Vietnam', () => {
    expect(deadline('receipt-notice', '2026-11-20T16:59:59.000Z').due).toBe(midnight('2026-11-20'));
    expect(deadline('receipt-notice', '2026-11-20T17:00:00.000Z').due).toBe(midnight('2026-11-21'));
  });

  test('leaves the program ten minutes to send it before anybody is told, and never warns after its end', () => {
    expect(deadline('receipt-notice', vn('2026-11-20', '19:30')).warnAt).toBe(vn('2026-11-20', '19:40'));
    expect(deadline('receipt-notice', vn('2026-11-20', '23:55')).warnAt).toBe(midnight('2026-11-20'));
  });
});

describe('entry in the register', () => {
  test('is owed by the end of the next working day: a Friday evening arrival by Monday', () => {
    expect(deadline('registration', vn('2026-11-20', '19:30'))).toMatchObject({
      due: midnight('2026-11-23'),
      warnAt: vn('2026-11-23', '15:00'),
      rule: 'next-working-day',
      certain: true,
    });
  });

  test('goes past Tết 2026, the swap of Quốc khánh and a make-up Saturday', () => {
    expect(deadline('registration', vn('2026-02-13', '16:00')).due).toBe(midnight('2026-02-23'));
    expect(deadline('registration', vn('2026-08-28', '10:00')).due).toBe(midnight('2026-09-03'));
    expect(deadline('registration', vn('2026-08-21', '10:00')).due).toBe(midnight('2026-08-22'));
  });

  test('of an urgent document is owed at once, on a Sunday as well', () => {
    for (const urgency of [1, 2, 3, 4]) {
      expect(deadline('registration', vn('2026-11-22', '20:00'), urgency)).toMatchObject({
        due: vn('2026-11-22', '21:00'),
        warnAt: vn('2026-11-22', '20:00'),
        rule: 'at-once',
        ruleConfidence: 'inferred',
      });
    }
    expect(deadline('registration', vn('2026-11-22', '20:00'), 1, { urgentMinutes: 15 }).due).toBe(vn('2026-11-22', '20:15'));
  });

  test('says when the days off on the way are not announced', () => {
    expect(deadline('registration', vn('2027-02-03', '10:00'))).toMatchObject({ due: midnight('2027-02-04'), certain: false });
  });
});

test('sending is owed by the next working morning, which ends with the shift or at noon', () => {
  expect(deadline('sending', vn('2026-11-20', '09:00'))).toMatchObject({
    due: vn('2026-11-23', '11:30'),
    warnAt: vn('2026-11-23', '09:30'),
    rule: 'next-working-morning',
  });
  expect(deadline('sending', vn('2026-11-23', '09:00'), 0, { morningEnds: 'noon' }).due).toBe(vn('2026-11-25', '12:00'));
  expect(deadline('sending', vn('2026-11-20', '09:00'), 2).rule).toBe('at-once');
});

test('a recall is answered by the general rule, which is marked as inferred', () => {
  expect(deadline('recall-answer', vn('2026-11-20', '09:00'))).toMatchObject({ due: midnight('2026-11-23'), ruleConfidence: 'inferred' });
});

test('warnings come while somebody is there: two working hours before, over lunch, nights and days off', () => {
  const sending = (day: string, change: Partial<DutySettings>): string => deadline('sending', vn(day, '09:00'), 0, change).warnAt;
  expect(sending('2026-11-20', { leadMinutes: 300 }), 'from Monday morning back to Friday').toBe(vn('2026-11-20', '16:00'));
  expect(sending('2026-02-13', { leadMinutes: 300 }), 'over Tết').toBe(vn('2026-02-13', '16:00'));
});

test('states follow one another in time, and what is done in time is gone', () => {
  const one = { due: '2026-11-23T10:00:00.000Z', warnAt: '2026-11-23T08:00:00.000Z' };
  expect(stateOf(one, null, '2026-11-23T07:59:59.999Z')).toBe('ok');
  expect(stateOf(one, null, '2026-11-23T08:00:00.000Z')).toBe('soon');
  expect(stateOf(one, null, '2026-11-23T10:00:00.000Z')).toBe('soon');
  expect(stateOf(one, null, '2026-11-23T10:00:00.001Z')).toBe('overdue');
  expect(stateOf(one, '2026-11-23T10:00:00.000Z', '2026-12-01T00:00:00.000Z')).toBeUndefined();
  expect(stateOf(one, '2026-11-23T10:00:00.001Z', '2026-12-01T00:00:00.000Z')).toBe('done-late');
});

test('whenever it begins: it ends after its beginning, is warned of between the two, and later beginnings never end earlier', () => {
  const instant = fc.date({ min: new Date('2024-01-05'), max: new Date('2027-12-01'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.constantFrom(...DutyKind.options.filter((kind) => kind !== 'handling')), instant, fc.integer({ min: 0, max: 7 * 1440 }), fc.boolean(), (kind, date, gap, later) => {
      const change: Partial<DutySettings> = { receiptAfterHours: later ? 'next-working-day' : 'same-day' };
      const since = date.toISOString();
      const one = deadline(kind, since, 0, change);
      expect(one.due > since).toBe(true);
      expect(one.warnAt >= since && one.warnAt <= one.due).toBe(true);
      const second = deadline(kind, new Date(date.getTime() + gap * 60_000).toISOString(), 0, change);
      expect(second.due >= one.due).toBe(true);
      if (one.rule === 'next-working-day') {
        const [from, to] = [since, one.due].map((at) => new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 10));
        expect(isWorkingDay(calendar, to ?? '').working).toBe(true);
        expect(workingDaysBetween(calendar, from ?? '', to ?? '').days).toBe(1);
      }
    }),
    { numRuns: 400 },
  );
});
