import { fail, ok, type CalendarDay, type Contract, type Handlers } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { afterCommit, type Store, type WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { actorOf } from '../people/index.ts';
import { deleteOwnDay, findDay, putOwnDay, readHours, readYear, saveHours } from './calendar.store.ts';
import { readTableText, type TableDay } from './table-text.ts';

export type CalendarDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** told after a change stands: every deadline may have moved */
  readonly changed: () => void;
};

/** The `calendar` methods of the contract. */
export function calendarHandlers(deps: CalendarDeps): Handlers<Contract>['calendar'] {
  const { store, clock } = deps;

  function note(db: WriteDb, at: string, action: string, subjectId: string, detail: Parameters<typeof appendAudit>[1]['detail']): void {
    appendAudit(db, { at, actor: actorOf(db).name, action, subjectKind: 'calendar', subjectId, detail });
    afterCommit(db, deps.changed);
  }

  return {
    year: ({ year }) => ok(readYear(store.read, year)),
    hours: () => ok(readHours(store.read)),
    saveDay: ({ reason, ...day }) =>
      store.write((db) => {
        const at = instantOf(clock);
        const before = findDay(db, day.date);
        const changedBy = actorOf(db).name;
        const saved = putOwnDay(db, { ...day, confidence: 'office', note: '', reason, changedBy, changedAt: at });
        note(db, at, 'calendar.day-saved', day.date, { ...day, reason, before: before === undefined ? null : wordsOf(before) });
        return ok(saved);
      }),
    removeDay: ({ date, reason }) =>
      store.write((db) => {
        const before = findDay(db, date);
        if (before === undefined || !deleteOwnDay(db, date)) return fail('calendar-day-not-own', { date });
        note(db, instantOf(clock), 'calendar.day-removed', date, { reason, before: wordsOf(before) });
        return ok({ date });
      }),
    importDays: ({ text, reason }) => {
      const table = readTableText(text);
      if (!table.ok) return table;
      return store.write((db) => {
        const at = instantOf(clock);
        const changedBy = actorOf(db).name;
        const fresh = table.value.filter((day) => !saysTheSame(findDay(db, day.date), day));
        for (const day of fresh) putOwnDay(db, { ...day, reason, changedBy, changedAt: at });
        note(db, at, 'calendar.imported', 'table', { reason, days: fresh });
        return ok({ written: fresh.length, unchanged: table.value.length - fresh.length });
      });
    },
    saveHours: (hours) =>
      store.write((db) => {
        const at = instantOf(clock);
        const before = readHours(db);
        saveHours(db, hours, at);
        note(db, at, 'calendar.hours-saved', 'hours', { ...hours, before });
        return ok(hours);
      }),
  };
}

/** What the log keeps of a row that was replaced or removed. */
function wordsOf({ kind, name, basis, origin }: CalendarDay): { kind: string; name: string; basis: string; origin: string } {
  return { kind, name, basis, origin };
}

function saysTheSame(before: CalendarDay | undefined, day: TableDay): boolean {
  if (before === undefined) return false;
  const keys = ['kind', 'name', 'linkedDate', 'basis', 'confidence'] as const;
  return keys.every((key) => before[key] === day[key]);
}
