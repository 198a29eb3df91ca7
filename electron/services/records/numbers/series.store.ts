import type { NumberEntry, NumberRegister, NumberState } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import type { Scope } from './rules.store.ts';

export type Series = {
  readonly id: string;
  readonly office: string;
  readonly register: NumberRegister;
  readonly scope: string;
  readonly year: number;
  readonly name: string;
  readonly last: number;
  readonly closed_at: string | null;
  readonly closed_reason: string;
  readonly late_until: string | null;
  /** 1: kept outside the program and taken over; it gives no numbers */
  readonly imported: number;
};

export type Entry = {
  readonly series: string;
  readonly number: number;
  readonly suffix: string;
  readonly state: NumberState;
  readonly held: number;
  readonly day: string | null;
  readonly for_whom: string;
  readonly until: string | null;
  readonly reason: string;
  readonly at: string | null;
  readonly by: string;
};

const seriesColumns = sql`id, office, register, scope, year, name, last, closed_at, closed_reason, late_until, imported`;

/** A series that was opened; undefined when it has given no number yet. */
export function findSeries(db: ReadDb, office: string, register: NumberRegister, scope: string, year: number): Series | undefined {
  return one(
    db,
    sql`SELECT ${seriesColumns} FROM number_series
        WHERE office = ${office} AND register = ${register} AND scope = ${scope} AND year = ${year}`,
  );
}

/** A series by its id. */
export function seriesById(db: ReadDb, id: string): Series | undefined {
  return one(db, sql`SELECT ${seriesColumns} FROM number_series WHERE id = ${id}`);
}

/** Whether a register of an office has a last number in a year, given here or said to have been given before. */
export function numbersBegun(db: ReadDb, office: string, year: number): boolean {
  return one(db, sql`SELECT 1 FROM number_series WHERE office = ${office} AND year = ${year} AND last > 0 AND imported = 0 LIMIT 1`) !== undefined;
}

/** Opens a series from 1. */
export function openSeries(db: WriteDb, office: string, { register, scope, name }: Scope, year: number): Series {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO number_series (id, office, register, scope, name, year, last)
        VALUES (${id}, ${office}, ${register}, ${scope}, ${name}, ${year}, 0)`,
  );
  return { id, office, register, scope, year, name, last: 0, closed_at: null, closed_reason: '', late_until: null, imported: 0 };
}

/** Whether all registers of a year are closed. */
export function yearClosed(db: ReadDb, office: string, year: number): { closed_at: string; reason: string } | undefined {
  return one(db, sql`SELECT closed_at, reason FROM number_year WHERE office = ${office} AND year = ${year}`);
}

/** Raises a series. */
export function raiseTo(db: WriteDb, series: string, last: number): void {
  changeOne(db, sql`UPDATE number_series SET last = ${last} WHERE id = ${series} AND last <= ${last}`);
}

/** One number; undefined when it was never given, or not by the program. */
export function findEntry(db: ReadDb, series: string, number: number, suffix: string): Entry | undefined {
  return one(
    db,
    sql`SELECT series, number, suffix, state, held, day, for_whom, until, reason, at, by FROM number_entry
        WHERE series = ${series} AND number = ${number} AND suffix = ${suffix}`,
  );
}

/** Writes a number that has no row yet. */
export function putEntry(db: WriteDb, entry: Entry): void {
  changeOne(
    db,
    sql`INSERT INTO number_entry (series, number, suffix, state, held, day, for_whom, until, reason, at, by)
        VALUES (${entry.series}, ${entry.number}, ${entry.suffix}, ${entry.state}, ${entry.held}, ${entry.day},
          ${entry.for_whom}, ${entry.until}, ${entry.reason}, ${entry.at}, ${entry.by})`,
  );
}

/** Brings a number into another state; the database refuses what must not be. */
export function changeEntry(db: WriteDb, entry: Entry): void {
  changeOne(
    db,
    sql`UPDATE number_entry SET state = ${entry.state}, held = ${entry.held}, day = ${entry.day}, for_whom = ${entry.for_whom},
          until = ${entry.until}, reason = ${entry.reason}, at = ${entry.at}, by = ${entry.by}
        WHERE series = ${entry.series} AND number = ${entry.number} AND suffix = ${entry.suffix}`,
  );
}

/** A number as a document took it, without anything to explain. */
export function plainEntry(series: string, number: number, day: string | null): Entry {
  return { series, number, suffix: '', state: 'taken', held: 0, day, for_whom: '', until: null, reason: '', at: null, by: '' };
}

/**
 * Takes the next number of the register of a year for an incoming document, which brings its own checks; one statement
 * raises the series or opens it.
 */
export function raiseOrOpen(db: WriteDb, office: string, { register, scope, name }: Scope, year: number): { id: string; last: number } {
  run(
    db,
    sql`INSERT INTO number_series (id, office, register, scope, name, year, last)
        VALUES (${newId()}, ${office}, ${register}, ${scope}, ${name}, ${year}, 1)
        ON CONFLICT (office, register, scope, year) DO UPDATE SET last = last + 1`,
  );
  const series = one<{ id: string; last: number }>(
    db,
    sql`SELECT id, last FROM number_series
        WHERE office = ${office} AND register = ${register} AND scope = ${scope} AND year = ${year}`,
  );
  if (series === undefined) throw new Error('the series that was just raised is gone');
  return series;
}

type Neighbour = { readonly number: number; readonly suffix: string; readonly day: string };

/** The nearest dated number before a place of the series; a suffix comes after its number. */
export function datedBefore(db: ReadDb, series: string, number: number, suffix: string): Neighbour | undefined {
  return one(
    db,
    sql`SELECT number, suffix, day FROM number_entry
        WHERE series = ${series} AND (number, suffix) < (${number}, ${suffix}) AND state = 'taken' AND day IS NOT NULL
        ORDER BY number DESC, suffix DESC LIMIT 1`,
  );
}

/** The nearest dated number after a place of the series. */
export function datedAfter(db: ReadDb, series: string, number: number, suffix: string): Neighbour | undefined {
  return one(
    db,
    sql`SELECT number, suffix, day FROM number_entry
        WHERE series = ${series} AND (number, suffix) > (${number}, ${suffix}) AND state = 'taken' AND day IS NOT NULL
        ORDER BY number, suffix LIMIT 1`,
  );
}

/**
 * Number and symbol as they are read: `5` and `05` are one number, and `28` of `2018/QĐ-TTg` is `28/2018` of `QĐ-TTg`. The
 * database says the same of its rows with `ltrim(code_number, '0') || '/' || code_notation`.
 */
function codeRead(codeNumber: string, codeNotation: string): string {
  return `${codeNumber.replace(/^0+/, '')}/${codeNotation}`;
}

/** Joins the documents of the register to rows of `number_code`. */
export const documentOfCode = sql`d.office = c.office AND substr(d.issued_date, 1, 4) = CAST(c.year AS TEXT)
  AND ltrim(d.code_number, '0') || '/' || d.code_notation = c.code`;

/** Whether number and symbol stand on a document of the year already, given here or recorded by hand. */
export function codeTaken(db: ReadDb, office: string, year: number, codeNumber: string, codeNotation: string): boolean {
  const code = codeRead(codeNumber, codeNotation);
  return (
    one(
      db,
      sql`SELECT 1 FROM number_code WHERE office = ${office} AND year = ${year} AND code = ${code}
          UNION ALL
          SELECT 1 FROM outgoing_document WHERE office = ${office} AND substr(issued_date, 1, 4) = ${String(year)}
            AND ltrim(code_number, '0') || '/' || code_notation = ${code}
          LIMIT 1`,
    ) !== undefined
  );
}

/** Holds number and symbol of a document apart from every other of the year. */
export function putCode(
  db: WriteDb,
  { office, year }: Pick<Series, 'office' | 'year'>,
  code: { readonly series: string; readonly number: number; readonly suffix: string; readonly codeNumber: string; readonly codeNotation: string },
): void {
  changeOne(
    db,
    sql`INSERT INTO number_code (office, year, code, code_number, code_notation, series, number, suffix)
        VALUES (${office}, ${year}, ${codeRead(code.codeNumber, code.codeNotation)}, ${code.codeNumber}, ${code.codeNotation}, ${code.series}, ${code.number}, ${code.suffix})`,
  );
}

/** Whether a document of a register has this number. */
export function onDocument(db: ReadDb, series: Series, number: number, suffix: string): boolean {
  if (series.register === 'incoming') {
    return (
      one(
        db,
        sql`SELECT 1 FROM incoming_document
            WHERE arrival_series = ${series.id} AND arrival_number = ${number} AND arrival_suffix = ${suffix}`,
      ) !== undefined
    );
  }
  return (
    one(
      db,
      sql`SELECT 1 FROM number_code AS c JOIN outgoing_document AS d ON ${documentOfCode}
          WHERE c.series = ${series.id} AND c.number = ${number} AND c.suffix = ${suffix}`,
    ) !== undefined
  );
}

/** The highest letter behind a number; '' when none was inserted. */
export function lastSuffix(db: ReadDb, series: string, number: number): string {
  return (
    one<{ suffix: string | null }>(db, sql`SELECT MAX(suffix) AS suffix FROM number_entry WHERE series = ${series} AND number = ${number}`)
      ?.suffix ?? ''
  );
}

/** Explains numbers that were given outside the program. */
export function putGap(
  db: WriteDb,
  gap: { readonly series: string; readonly first: number; readonly last: number; readonly reason: string; readonly at: string; readonly by: string },
): void {
  changeOne(
    db,
    sql`INSERT INTO number_gap (series, first, last, reason, at, by)
        VALUES (${gap.series}, ${gap.first}, ${gap.last}, ${gap.reason}, ${gap.at}, ${gap.by})`,
  );
}

/** Rows of the book above a number, lowest first: `told` of them, and how many there are. */
export function entriesAbove(db: ReadDb, series: string, number: number, told: number): { readonly first: readonly Pick<Entry, 'number' | 'suffix'>[]; readonly count: number } {
  const first = all<Pick<Entry, 'number' | 'suffix'>>(
    db,
    sql`SELECT number, suffix FROM number_entry WHERE series = ${series} AND number > ${number} ORDER BY number, suffix LIMIT ${told}`,
  );
  const rest = one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM number_entry WHERE series = ${series} AND number > ${number}`);
  return { first, count: rest?.n ?? 0 };
}

/**
 * Takes back that numbers above one were given outside the program, and has the series go on after it. The database refuses it
 * where a number above has a row. Answers the explanations as they were.
 */
export function setSeriesBack(db: WriteDb, series: string, last: number): { readonly first: number; readonly last: number; readonly reason: string }[] {
  const gaps = all<{ first: number; last: number; reason: string }>(
    db,
    sql`SELECT first, last, reason FROM number_gap WHERE series = ${series} AND last > ${last} ORDER BY first DESC`,
  );
  for (const { first } of gaps) {
    if (first > last) changeOne(db, sql`DELETE FROM number_gap WHERE series = ${series} AND first = ${first}`);
    else changeOne(db, sql`UPDATE number_gap SET last = ${last} WHERE series = ${series} AND first = ${first}`);
  }
  changeOne(db, sql`UPDATE number_series SET last = ${last} WHERE id = ${series}`);
  return gaps;
}

/** How many numbers of a series are still kept. */
export function reservedIn(db: ReadDb, series: string): number {
  return (
    one<{ n: number }>(
      db,
      sql`SELECT COUNT(*) AS n FROM number_entry INDEXED BY number_entry_exceptions
          WHERE series = ${series} AND (state <> 'taken' OR suffix <> '') AND state = 'reserved'`,
    )?.n ?? 0
  );
}

/** An entry in the contract's form; `subject` and `code` come from its document. */
export function entryOf(entry: Entry, code = '', subject = ''): NumberEntry {
  return {
    number: entry.number,
    suffix: entry.suffix,
    state: entry.state,
    day: entry.day,
    code,
    subject,
    forWhom: entry.for_whom,
    until: entry.until,
    reason: entry.reason,
    at: entry.at,
    by: entry.by,
  };
}
