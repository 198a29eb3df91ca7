import { expect, test } from 'vitest';
import { keptGenerations } from '../../../electron/services/backup/generations.ts';
import { isLate, nextBackup, usualBackups } from '../../../electron/services/backup/schedule.ts';

test('the newest of seven days, four weeks and twelve months stay, also when the old ones went day by day', () => {
  let there: string[] = [];
  for (let day = 0; day < 500; day += 1) {
    // Twice a day, in Vietnam's day.
    there.push(new Date(Date.UTC(2026, 0, 1 + day, 1)).toISOString(), new Date(Date.UTC(2026, 0, 1 + day, 10, 30)).toISOString());
    const kept = keptGenerations(there, { daily: 7, weekly: 4, monthly: 12 });
    there = there.filter((one) => kept.has(one));
  }
  const days = there.map((one) => one.slice(0, 10));
  // The last day is 15 May 2027, a Saturday.
  expect(days).toEqual([
    '2026-06-30', '2026-07-31', '2026-08-31', '2026-09-30', '2026-10-31', '2026-11-30', '2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31', '2027-04-25', '2027-04-30', '2027-05-02',
    '2027-05-09', '2027-05-10', '2027-05-11', '2027-05-12', '2027-05-13', '2027-05-14', '2027-05-15',
  ]);
  expect(keptGenerations(['2026-01-01T00:00:00.000Z'], { daily: 1, weekly: 0, monthly: 0 }).size).toBe(1);
  expect(keptGenerations([], { daily: 7, weekly: 4, monthly: 12 }).size).toBe(0);
});

test('a backup is due at its hour in Vietnam, once a day, and as soon as it can when the hour has passed', () => {
  const settings = { ...usualBackups, folder: '/media/usb', at: '17:30' };
  const at = (now: string, last: string | null): string | null => nextBackup(settings, last, new Date(now));
  // 17:30 in Vietnam is 10:30 UTC.
  expect(at('2026-11-23T10:29:59.000Z', '2026-11-22T10:31:00.000Z')).toBe('2026-11-23T10:30:00.000Z');
  expect(at('2026-11-23T10:30:00.000Z', '2026-11-22T10:31:00.000Z')).toBe('2026-11-23T10:30:00.000Z');
  expect(at('2026-11-23T10:31:00.000Z', '2026-11-23T10:30:02.000Z')).toBe('2026-11-24T10:30:00.000Z');
  // Made by hand at noon: the evening's comes all the same.
  expect(at('2026-11-23T06:00:00.000Z', '2026-11-23T05:00:00.000Z')).toBe('2026-11-23T10:30:00.000Z');
  // The station was closed in the evening.
  expect(at('2026-11-24T01:00:00.000Z', '2026-11-22T10:31:00.000Z')).toBe('2026-11-23T10:30:00.000Z');
  expect(at('2026-11-24T01:00:00.000Z', null)).toBe('2026-11-23T10:30:00.000Z');
  expect(nextBackup({ ...settings, enabled: false }, null, new Date())).toBe(null);
  expect(nextBackup({ ...settings, folder: null }, null, new Date())).toBe(null);
});

test('no good backup for longer than the settings bear is late; so is none at all', () => {
  const now = new Date('2026-11-23T10:00:00.000Z');
  expect(isLate(usualBackups, null, now)).toBe(true);
  expect(isLate(usualBackups, '2026-11-20T10:00:00.000Z', now)).toBe(false);
  expect(isLate(usualBackups, '2026-11-20T09:59:59.000Z', now)).toBe(true);
});
