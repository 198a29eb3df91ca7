import { expect, test } from 'vitest';
import { vietnamDay, vietnamYear } from '../../../electron/foundation/clock.ts';

test('the day and the year change at midnight in Vietnam, not in Greenwich', () => {
  expect(vietnamDay(new Date('2026-12-31T16:59:59Z'))).toBe('2026-12-31');
  expect(vietnamYear(new Date('2026-12-31T16:59:59Z'))).toBe(2026);
  expect(vietnamDay(new Date('2026-12-31T17:00:00Z'))).toBe('2027-01-01');
  expect(vietnamYear(new Date('2026-12-31T17:00:00Z'))).toBe(2027);
});
