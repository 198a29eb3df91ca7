import { vietnamDay } from '../../../foundation/clock.ts';

const dayMs = 86_400_000;

/** Days of the practice documents, `yyyy-MM-dd`, working days where an office would choose one. */
export type PracticeDays = {
  readonly today: string;
  readonly yesterday: string;
  readonly twoDaysAgo: string;
  readonly threeDaysAgo: string;
  readonly inTwoDays: string;
  readonly inFiveDays: string;
  readonly inTenDays: string;
};

/** Working days (Monday to Friday; holidays are not known here) around an instant, counted in Vietnam. */
export function practiceDays(now: Date): PracticeDays {
  const today = vietnamDay(now);
  return {
    today,
    yesterday: workingDay(today, -1),
    twoDaysAgo: workingDay(today, -2),
    threeDaysAgo: workingDay(today, -3),
    inTwoDays: workingDay(today, 2),
    inFiveDays: workingDay(today, 5),
    inTenDays: workingDay(today, 10),
  };
}

/** The day `count` working days after (or before) `day`. */
function workingDay(day: string, count: number): string {
  let ms = Date.parse(`${day}T00:00:00.000Z`);
  for (let left = Math.abs(count); left > 0; ) {
    ms += Math.sign(count) * dayMs;
    const weekday = new Date(ms).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return new Date(ms).toISOString().slice(0, 10);
}

/** `ngày 05 tháng 3 năm 2026`, as printed in a text. */
export function printedDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `ngày ${date} tháng ${Number(month) <= 2 ? month : String(Number(month))} năm ${year}`;
}
