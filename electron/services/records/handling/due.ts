import type { IncomingState } from '#contract';
import { vietnamDay, type Clock } from '../../../foundation/clock.ts';
import type { ReadDb } from '../../../store/index.ts';
import { addWorkingDays, readCalendar, workingDaysBetween, type WorkingCalendar } from '../../calendar/index.ts';
import { readSoonDays } from './deadline-rules.store.ts';
import { isEnded } from './steps.ts';

/** The day it is in Vietnam and how days are counted from it. */
export type DueFrame = {
  readonly today: string;
  /** the last day that is called near due */
  readonly soonUntil: string;
  readonly certain: boolean;
  readonly calendar: WorkingCalendar;
  /** days counted so far: the rows of a page share a few */
  readonly counted: Map<string, number>;
};

/** The frame of an instant. */
export function dueFrame(db: ReadDb, clock: Clock): DueFrame {
  const calendar = readCalendar(db);
  const today = vietnamDay(clock.now());
  const { day, certain } = addWorkingDays(calendar, today, readSoonDays(db));
  return { today, soonUntil: day, certain, calendar, counted: new Map() };
}

/** Far enough for any word of a list; a day in a century would be counted day by day. */
const farDays = 3650;

/**
 * Working days from today to a day: 0 on it; after it those that have begun since, negative and at least one, so that what is
 * past is never shown as due today although only days off lie between. Null without a day, or more than ten years away.
 */
export function dueDaysTo(frame: DueFrame, due: string | null): number | null {
  if (due === null || Math.abs(Date.parse(due) - Date.parse(frame.today)) > farDays * 86_400_000) return null;
  const before = frame.counted.get(due);
  if (before !== undefined) return before;
  const days =
    due < frame.today
      ? -Math.max(1, workingDaysBetween(frame.calendar, due, frame.today).days)
      : workingDaysBetween(frame.calendar, frame.today, due).days;
  frame.counted.set(due, days);
  return days;
}

/** A document with the working days that are left to it; none when its work has ended. */
export function withDueDays<T extends { readonly state: IncomingState; readonly due: string | null }>(
  frame: DueFrame,
  document: T,
): T & { readonly dueDays: number | null } {
  const open = document.state !== 'done' && !isEnded(document.state);
  return { ...document, dueDays: open ? dueDaysTo(frame, document.due) : null };
}
