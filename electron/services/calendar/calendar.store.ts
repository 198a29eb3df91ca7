import { z } from 'zod';
import { CalendarDay, WorkingHours, type CalendarDayKind, type CalendarYear } from '#contract';
import { dayPlus } from '../../foundation/clock.ts';
import { all, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { readSetting, saveSetting } from '../settings/index.ts';
import { workingDaysBetween, type MarkedDay, type WorkingCalendar } from './working-days.ts';

type Row = {
  origin: CalendarDay['origin'];
  date: string;
  kind: CalendarDayKind;
  name: string;
  linked_date: string | null;
  basis: string;
  confidence: CalendarDay['confidence'];
  note: string;
  reason: string;
  changed_by: string;
  changed_at: string | null;
};

/** Inferred: the usual hours of public offices; no act fixes them for all. Each office sets its own. */
const usualHours: WorkingHours = {
  morningFrom: '07:30',
  morningTo: '11:30',
  afternoonFrom: '13:30',
  afternoonTo: '17:00',
};

/** Labour Code 45/2019/QH14 art. 112.1: eleven statutory days a year (twelve since NQ 28/2026/QH16). */
const leastStatutoryDays = 11;

/** A day of the issued table, as it lies in `resources/calendar`. */
const IssuedDay = CalendarDay.pick({
  date: true,
  name: true,
  kind: true,
  linkedDate: true,
  basis: true,
  confidence: true,
  note: true,
});
const IssuedTable = z.strictObject({ edition: z.iso.date(), days: z.array(IssuedDay) });

/** Hours of a working day; the usual ones until the office set its own. */
export function readHours(db: ReadDb): WorkingHours {
  return readSetting(db, 'working-hours', WorkingHours) ?? usualHours;
}

/** Stores the office's working hours. */
export function saveHours(db: WriteDb, hours: WorkingHours, at: string): void {
  saveSetting(db, 'working-hours', hours, at);
}

/** The calendar by which working days are counted. */
export function readCalendar(db: ReadDb): WorkingCalendar {
  const rows = all<Row>(db, sql`SELECT * FROM calendar_day ORDER BY date, origin`);
  const marks = new Map<string, MarkedDay>();
  const statutory = new Map<number, Set<string>>();
  // 'office' sorts after 'issued', so the office's row is the one that stays.
  for (const { date, kind, confidence } of rows) {
    const year = Number(date.slice(0, 4));
    if (kind === 'statutory') statutory.set(year, (statutory.get(year) ?? new Set()).add(date));
    if (kind === 'ordinary') marks.delete(date);
    else marks.set(date, { dayOff: kind !== 'makeup-workday', announced: confidence !== 'unannounced' });
  }
  const knownYears = new Set([...statutory].filter(([, days]) => days.size >= leastStatutoryDays).map(([year]) => year));
  return { marks, knownYears, hours: readHours(db) };
}

/** The table of a year as people read it: the office's rows before the issued ones. */
export function readYear(db: ReadDb, year: number): z.infer<typeof CalendarYear> {
  const rows = all<Row>(
    db,
    sql`SELECT * FROM calendar_day WHERE date BETWEEN ${`${String(year)}-01-01`} AND ${`${String(year)}-12-31`}
        ORDER BY date, origin`,
  );
  const days = new Map<string, z.infer<typeof CalendarYear>['days'][number]>();
  for (const row of rows) {
    const below = days.get(row.date);
    days.set(row.date, { ...dayOf(row), issued: below === undefined ? null : { kind: below.kind, name: below.name } });
  }
  const calendar = readCalendar(db);
  const lastBefore = dayPlus(`${String(year)}-01-01`, -1);
  return {
    year,
    known: calendar.knownYears.has(year),
    workingDays: workingDaysBetween(calendar, lastBefore, `${String(year)}-12-31`).days,
    days: [...days.values()],
  };
}

/** What holds for a day: the office's row, else the issued one; undefined for a plain day. */
export function findDay(db: ReadDb, date: string): CalendarDay | undefined {
  const row = one<Row>(db, sql`SELECT * FROM calendar_day WHERE date = ${date} ORDER BY origin DESC LIMIT 1`);
  return row === undefined ? undefined : dayOf(row);
}

/** Writes a row of the office, in place of an earlier one. */
export function putOwnDay(db: WriteDb, day: Omit<CalendarDay, 'origin'>): CalendarDay {
  put(db, { ...day, origin: 'office' });
  return { ...day, origin: 'office' };
}

/** Removes a row of the office; false when there is none. */
export function deleteOwnDay(db: WriteDb, date: string): boolean {
  return run(db, sql`DELETE FROM calendar_day WHERE origin = 'office' AND date = ${date}`) === 1;
}

/**
 * Takes over the table that came with the program when it is newer than the one in the database, and leaves the
 * office's rows alone. `given` is the parsed JSON of `resources/calendar/issued-days.json`; throws when it is of another
 * shape. A replaced table changes deadlines, so the log says it; the first filling changes none.
 */
export function adoptIssuedTable(db: WriteDb, given: unknown, at: string): void {
  const table = IssuedTable.parse(given);
  const before = readSetting(db, 'calendar-edition', z.string());
  if (before !== undefined && before >= table.edition) return;
  run(db, sql`DELETE FROM calendar_day WHERE origin = 'issued'`);
  for (const day of table.days) {
    put(db, { ...day, origin: 'issued', reason: '', changedBy: '', changedAt: null });
  }
  saveSetting(db, 'calendar-edition', table.edition, at);
  if (before === undefined) return;
  appendAudit(db, {
    at,
    actor: 'station',
    action: 'calendar.table-replaced',
    subjectKind: 'settings',
    subjectId: 'calendar',
    detail: { before, edition: table.edition, days: table.days.length },
  });
}

function put(db: WriteDb, day: CalendarDay): void {
  run(
    db,
    sql`INSERT INTO calendar_day (origin, date, kind, name, linked_date, basis, confidence, note, reason, changed_by, changed_at)
        VALUES (${day.origin}, ${day.date}, ${day.kind}, ${day.name}, ${day.linkedDate}, ${day.basis}, ${day.confidence},
          ${day.note}, ${day.reason}, ${day.changedBy}, ${day.changedAt})
        ON CONFLICT (origin, date) DO UPDATE SET kind = excluded.kind, name = excluded.name,
          linked_date = excluded.linked_date, basis = excluded.basis, confidence = excluded.confidence,
          note = excluded.note, reason = excluded.reason, changed_by = excluded.changed_by,
          changed_at = excluded.changed_at`,
  );
}

function dayOf(row: Row): CalendarDay {
  return {
    origin: row.origin,
    date: row.date,
    kind: row.kind,
    name: row.name,
    linkedDate: row.linked_date,
    basis: row.basis,
    confidence: row.confidence,
    note: row.note,
    reason: row.reason,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
  };
}
