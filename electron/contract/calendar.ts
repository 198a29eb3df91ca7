import { z } from 'zod';
import { command, query } from './define.ts';
import { Day, Empty, Instant } from './shared.ts';

/**
 * What a day of the table is. The first three and `office-rest` are off, `makeup-workday` is worked, `ordinary` follows
 * the plain week again (an office takes back a day of the issued table with it).
 */
export const CalendarDayKind = z.enum(['statutory', 'in-lieu', 'swapped-rest', 'makeup-workday', 'office-rest', 'ordinary']);
export type CalendarDayKind = z.infer<typeof CalendarDayKind>;

/**
 * How sure a date, an article or a reading of it is: fixed by law; read in the act; secondary sources name the act;
 * commonly known; inferred, a default to be changed; not announced yet; written by this office.
 */
export const Confidence = z.enum(['law', 'read', 'secondary', 'known', 'inferred', 'unannounced', 'office']);
export type Confidence = z.infer<typeof Confidence>;

export const CalendarDay = z.strictObject({
  date: Day,
  name: z.string(),
  kind: CalendarDayKind,
  /** the day that a swap or a day in lieu belongs to */
  linkedDate: Day.nullable(),
  /** the act, e.g. `TB 9441/TB-BNV (16/10/2025)` */
  basis: z.string(),
  confidence: Confidence,
  note: z.string(),
  /** the table that came with the program, or a row of this office, which goes before it */
  origin: z.enum(['issued', 'office']),
  /** why the office wrote it; empty for the issued table */
  reason: z.string(),
  changedBy: z.string(),
  changedAt: Instant.nullable(),
});
export type CalendarDay = z.infer<typeof CalendarDay>;

const TimeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/);

/** Two shifts of a working day, Vietnam time, `HH:mm`. */
export const WorkingHours = z
  .strictObject({ morningFrom: TimeOfDay, morningTo: TimeOfDay, afternoonFrom: TimeOfDay, afternoonTo: TimeOfDay })
  .superRefine((hours, context) => {
    const order = ['morningFrom', 'morningTo', 'afternoonFrom', 'afternoonTo'] as const;
    order.forEach((field, index) => {
      const before = order[index - 1];
      const apart = field === 'afternoonFrom' ? 0 : 1;
      if (before !== undefined && (hours[field] < hours[before] || (apart === 1 && hours[field] === hours[before]))) {
        context.addIssue({ code: 'custom', path: [field], message: field });
      }
    });
  });
export type WorkingHours = z.infer<typeof WorkingHours>;

const Year = z.number().int().min(2000).max(2199);
const Reason = z.string().trim().min(1).max(300);

export const CalendarYear = z.strictObject({
  year: Year,
  /** the table holds all statutory days of the year; else only weekends are known to be off */
  known: z.boolean(),
  workingDays: z.number().int(),
  days: z.array(
    z.strictObject({
      ...CalendarDay.shape,
      /** what the issued table says of a day on which the office wrote a row of its own */
      issued: z.strictObject({ kind: CalendarDayKind, name: z.string() }).nullable(),
    }),
  ),
});

export const calendar = {
  /** The days of a year that differ from the plain Monday to Friday week, oldest first. */
  year: query(z.strictObject({ year: Year }), CalendarYear),
  hours: query(Empty, WorkingHours),
  /** Writes a row of this office for a day; it goes before the issued table and before an earlier row. */
  saveDay: command(
    z.strictObject({
      date: Day,
      kind: CalendarDayKind,
      name: z.string().trim().min(1).max(200),
      linkedDate: Day.nullable(),
      basis: z.string().trim().max(300),
      reason: Reason,
    }),
    CalendarDay,
    [],
    { audited: true },
  ),
  /** Removes a row of this office; what the issued table says of the day holds again. */
  removeDay: command(z.strictObject({ date: Day, reason: Reason }), z.strictObject({ date: Day }), ['calendar-day-not-own'], {
    audited: true,
  }),
  /**
   * Takes over a pasted table (tabs, commas or semicolons, with a line of column names) as rows of this office, all or
   * nothing. Rows that change nothing are left out.
   */
  importDays: command(
    z.strictObject({ text: z.string().min(1).max(200_000), reason: Reason }),
    z.strictObject({ written: z.number().int(), unchanged: z.number().int() }),
    ['calendar-columns-missing', 'calendar-line-unreadable', 'calendar-date-twice'],
    { audited: true },
  ),
  saveHours: command(WorkingHours, WorkingHours, [], { audited: true }),
};
