import type { WorkingHours } from '#contract';
import { dayPlus, vietnamDay } from '../../foundation/clock.ts';
import { daysFrom, isWeekend, vietnamInstant } from './days.ts';

/** What the table says of a day, as far as counting is concerned. */
export type MarkedDay = {
  readonly dayOff: boolean;
  /**
   * false: expected but not announced. Such a day still counts as the plain week has it: a deadline that comes a day
   * early is harmless, one that comes late is a duty missed.
   */
  readonly announced: boolean;
};

/** The office's calendar, as read by `readCalendar`. Days without a mark follow the plain Monday to Friday week. */
export type WorkingCalendar = {
  readonly marks: ReadonlyMap<string, MarkedDay>;
  /** years whose statutory days are all in the table */
  readonly knownYears: ReadonlySet<number>;
  readonly hours: WorkingHours;
};

/** `certain: false`: a day on the way is not announced, or its year has no table and only weekends were known. */
export type DayAnswer = { readonly day: string; readonly certain: boolean };
export type InstantAnswer = { readonly at: string; readonly certain: boolean };

/** Whether a day is worked. */
export function isWorkingDay(calendar: WorkingCalendar, day: string): { readonly working: boolean; readonly certain: boolean } {
  return { working: worked(calendar, day), certain: isCertain(calendar, day) };
}

/** The first working day after a day. */
export function nextWorkingDay(calendar: WorkingCalendar, day: string): DayAnswer {
  return addWorkingDays(calendar, day, 1);
}

/**
 * The nth working day after a day (the day itself is not counted); before it when `n` is negative. 0 gives the day
 * itself, worked or not.
 */
export function addWorkingDays(calendar: WorkingCalendar, day: string, n: number): DayAnswer {
  if (!Number.isSafeInteger(n)) throw new RangeError('working days are counted whole');
  const step = Math.sign(n);
  let left = Math.abs(n);
  let at = day;
  let certain = true;
  while (left > 0) {
    at = dayPlus(at, step);
    certain &&= isCertain(calendar, at);
    if (worked(calendar, at)) left -= 1;
  }
  return { day: at, certain };
}

/**
 * How many working days lie after `from` up to and including `to`, so that it undoes `addWorkingDays`. When `to` is
 * earlier: those from `to` on up to the day before `from`, negative.
 */
export function workingDaysBetween(
  calendar: WorkingCalendar,
  from: string,
  to: string,
): { readonly days: number; readonly certain: boolean } {
  const length = daysFrom(from, to);
  if (length === 0) return { days: 0, certain: true };
  const [first, last] = length > 0 ? [dayPlus(from, 1), to] : [to, dayPlus(from, -1)];
  // By weeks and by what the table says, not day by day: what is left undone may be ten years old, and a list has a hundred such.
  let days = weekdaysFrom(first, Math.abs(length));
  let certain = true;
  const announced = new Map<number, number>();
  for (const [day, mark] of calendar.marks) {
    if (day < first || day > last) continue;
    if (mark.announced) {
      days += Number(!mark.dayOff) - Number(!isWeekend(day));
      const year = Number(day.slice(0, 4));
      announced.set(year, (announced.get(year) ?? 0) + 1);
    } else certain &&= isCertain(calendar, day);
  }
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year += 1) {
    if (calendar.knownYears.has(year)) continue;
    // A year without a table: every one of its days must stand there by itself.
    const [begin, end] = [`${String(year)}-01-01`, `${String(year)}-12-31`];
    certain &&= (announced.get(year) ?? 0) === daysFrom(first > begin ? first : begin, last < end ? last : end) + 1;
  }
  return { days: length > 0 ? days : 0 - days, certain };
}

/** How many of so many days from one on are Monday to Friday. */
function weekdaysFrom(first: string, length: number): number {
  const weeks = Math.floor(length / 7);
  let days = weeks * 5;
  for (let passed = weeks * 7; passed < length; passed += 1) if (!isWeekend(dayPlus(first, passed))) days += 1;
  return days;
}

/**
 * When "sáng ngày làm việc tiếp theo" after a day is over (QĐ 28/2018/QĐ-TTg art. 6.2): the article names no hour, so
 * the office chooses between the end of its morning shift and 12:00.
 */
export function nextWorkingMorningEnd(calendar: WorkingCalendar, day: string, ends: 'shift' | 'noon'): InstantAnswer {
  const next = nextWorkingDay(calendar, day);
  return { at: vietnamInstant(next.day, ends === 'noon' ? '12:00' : calendar.hours.morningTo), certain: next.certain };
}

/** Whether the working time of an instant's day is over, or that day has none. An early morning is not after hours. */
export function isAfterHours(calendar: WorkingCalendar, instant: string): boolean {
  const last = shiftsOf(calendar, vietnamDay(new Date(instant))).at(-1);
  return last === undefined || Date.parse(instant) >= last[1];
}

/** The instant so many working minutes before another one. Used for warnings: they come while somebody is there. */
export function subtractWorkingMinutes(calendar: WorkingCalendar, instant: string, minutes: number): string {
  const last = Date.parse(instant);
  let left = minutes * 60_000;
  let day = vietnamDay(new Date(last));
  for (;;) {
    for (const [from, to] of shiftsOf(calendar, day).toReversed()) {
      const end = Math.min(to, last);
      const length = Math.max(0, end - from);
      if (length >= left && length > 0) return new Date(end - left).toISOString();
      left -= length;
    }
    day = dayPlus(day, -1);
  }
}

type Shift = readonly [fromMs: number, toMs: number];

/** A list of thousands of duties asks for the same few days again and again. */
const knownShifts = new WeakMap<WorkingCalendar, Map<string, readonly Shift[]>>();

function shiftsOf(calendar: WorkingCalendar, day: string): readonly Shift[] {
  const known = knownShifts.get(calendar) ?? new Map<string, readonly Shift[]>();
  knownShifts.set(calendar, known);
  const before = known.get(day);
  if (before !== undefined) return before;
  const { morningFrom, morningTo, afternoonFrom, afternoonTo } = calendar.hours;
  const at = (time: string): number => Date.parse(vietnamInstant(day, time));
  const shifts: readonly Shift[] = worked(calendar, day)
    ? [
        [at(morningFrom), at(morningTo)],
        [at(afternoonFrom), at(afternoonTo)],
      ]
    : [];
  known.set(day, shifts);
  return shifts;
}

function worked(calendar: WorkingCalendar, day: string): boolean {
  const mark = calendar.marks.get(day);
  return mark?.announced === true ? !mark.dayOff : !isWeekend(day);
}

function isCertain(calendar: WorkingCalendar, day: string): boolean {
  const mark = calendar.marks.get(day);
  if (!calendar.knownYears.has(Number(day.slice(0, 4)))) return mark?.announced === true;
  // A day off that falls on a weekend anyway leaves nothing open.
  return mark === undefined || mark.announced || mark.dayOff === isWeekend(day);
}
