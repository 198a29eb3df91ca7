import type { FileRef, RetentionRow, RetentionSchedule, StoredFile } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, sql, type ReadDb, type Sql, type WriteDb } from '../../../store/index.ts';
import { mayBecome, unmarked, wordsOf } from '../../search/index.ts';
import type { ReadRow } from './read-schedule.ts';

type ScheduleRow = {
  id: string; name: string; source: string; confidence: RetentionSchedule['confidence']; validFrom: string; validTo: string | null; note: string;
  importedAt: string; importedBy: string; rows: number; fileName: string; mediaType: string; size: number; sha256: string;
};

const scheduleColumns = sql`s.id, s.name, s.source, s.confidence, s.valid_from AS validFrom, s.valid_to AS validTo, s.note, s.imported_at AS importedAt,
  s.imported_by AS importedBy, (SELECT COUNT(*) FROM retention_row WHERE schedule = s.id) AS rows, s.file_name AS fileName,
  s.media_type AS mediaType, s.size, s.sha256`;

function scheduleOf(row: ScheduleRow, today: string): RetentionSchedule {
  const { fileName, mediaType, size, sha256, ...facts } = row;
  return { ...facts, file: { id: row.id, name: fileName, mediaType, size, sha256 }, current: row.validFrom <= today && (row.validTo === null || row.validTo >= today) };
}

/** Every table that was imported, those that hold first, then the newest. */
export function listSchedules(db: ReadDb, today: string): RetentionSchedule[] {
  return all<ScheduleRow>(db, sql`SELECT ${scheduleColumns} FROM retention_schedule AS s ORDER BY s.valid_from DESC, s.id DESC`)
    .map((row) => scheduleOf(row, today))
    .toSorted((a, b) => Number(b.current) - Number(a.current));
}

/** A table by its id. */
export function getSchedule(db: ReadDb, id: string, today: string): RetentionSchedule | undefined {
  const row = one<ScheduleRow>(db, sql`SELECT ${scheduleColumns} FROM retention_schedule AS s WHERE s.id = ${id}`);
  return row === undefined ? undefined : scheduleOf(row, today);
}

/** The file that a table was imported from, by the table's id. */
export function scheduleFileOf(db: ReadDb, id: string): FileRef | undefined {
  return one<FileRef>(db, sql`SELECT id, file_name AS name, media_type AS mediaType, size, sha256 FROM retention_schedule WHERE id = ${id}`);
}

export type NewSchedule = Pick<RetentionSchedule, 'name' | 'source' | 'confidence' | 'validFrom' | 'validTo' | 'note' | 'importedAt' | 'importedBy'>;

/** Writes a table with its rows; answers its id. */
export function insertSchedule(db: WriteDb, schedule: NewSchedule, file: StoredFile, rows: readonly ReadRow[]): string {
  const id = newId();
  const { name, source, confidence, validFrom, validTo, note, importedAt, importedBy } = schedule;
  changeOne(
    db,
    sql`INSERT INTO retention_schedule (id, name, source, confidence, valid_from, valid_to, note, imported_at, imported_by, file_name, media_type, size, sha256)
        VALUES (${id}, ${name}, ${source}, ${confidence}, ${validFrom}, ${validTo}, ${note}, ${importedAt}, ${importedBy},
          ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256})`,
  );
  rows.forEach((row, at) => {
    const { code, group, description, period, periodText, basis, note: remark } = row;
    const words = wordsOf(`${code} ${group} ${description} ${periodText}`);
    changeOne(
      db,
      sql`INSERT INTO retention_row (id, schedule, ordinal, code, group_name, description, period_kind, period_years, period_text, basis, note, words, plain)
          VALUES (${newId()}, ${id}, ${at + 1}, ${code}, ${group}, ${description}, ${period.kind}, ${period.kind === 'years' ? period.years : null},
            ${periodText}, ${basis}, ${remark}, ${` ${words.join(' ')} `}, ${` ${words.map(unmarked).join(' ')} `})`,
    );
  });
  return id;
}

/** Sets the last day on which a table holds. */
export function setValidTo(db: WriteDb, id: string, validTo: string): void {
  changeOne(db, sql`UPDATE retention_schedule SET valid_to = ${validTo} WHERE id = ${id}`);
}

type Row = {
  id: string; schedule: string; ordinal: number; code: string; group: string; description: string; kind: 'permanent' | 'years'; years: number | null;
  periodText: string; basis: string; note: string; words: string; valid_from: string;
};
const rowColumns = sql`r.id, r.schedule, r.ordinal, r.code, r.group_name AS "group", r.description, r.period_kind AS kind, r.period_years AS years,
  r.period_text AS periodText, r.basis, r.note, r.words, s.valid_from`;

function rowOf({ kind, years, words: _, valid_from: __, ...row }: Row): RetentionRow {
  return { ...row, period: kind === 'years' ? { kind, years: years ?? 0 } : { kind: 'permanent' } };
}

/** A row by its id. */
export function getRow(db: ReadDb, id: string): RetentionRow | undefined {
  const row = one<Row>(db, sql`SELECT ${rowColumns} FROM retention_row AS r JOIN retention_schedule AS s ON s.id = r.schedule WHERE r.id = ${id}`);
  return row === undefined ? undefined : rowOf(row);
}

/**
 * Rows with all words: what is typed without accents is looked for without, what has some must have them where it was typed;
 * each word may be the beginning of one. Newest table first, then the table's own order.
 */
export function findRows(
  db: ReadDb,
  { schedule, day, words, after, limit }: { readonly schedule: string | null; readonly day: string; readonly words: string; readonly after: string | null; readonly limit: number },
): { items: RetentionRow[]; next: string | null } {
  const typed = wordsOf(words);
  const [fromDay = '9999-12-31', inSchedule = '', place = '0'] = after?.split(' ') ?? [];
  const inTable = schedule === null ? sql`s.valid_from <= ${day} AND (s.valid_to IS NULL OR s.valid_to >= ${day})` : sql`r.schedule = ${schedule}`;
  const withWords = typed.reduce<Sql>((query, word) => sql`${query} AND r.plain LIKE ${`% ${unmarked(word)}%`}`, sql`TRUE`);
  const beyond = after === null ? sql`TRUE` : sql`(s.valid_from < ${fromDay} OR (s.valid_from = ${fromDay} AND (r.schedule, r.ordinal) > (${inSchedule}, ${Number(place)})))`;
  // A table has some hundred rows; accents are compared here as the search compares them.
  const found = all<Row>(
    db,
    sql`SELECT ${rowColumns} FROM retention_row AS r JOIN retention_schedule AS s ON s.id = r.schedule
        WHERE ${inTable} AND ${withWords} AND ${beyond} ORDER BY s.valid_from DESC, r.schedule, r.ordinal`,
  ).filter((row) => hasMarks(row.words.trim().split(' '), typed));
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(rowOf), next: found.length > limit && last !== undefined ? `${last.valid_from} ${last.schedule} ${String(last.ordinal)}` : null };
}

function hasMarks(words: readonly string[], typed: readonly string[]): boolean {
  return typed.every((word) => unmarked(word) === word || words.some((one) => mayBecome(word, one.slice(0, word.length))));
}

/** Whether another table ends or begins such that this day is before the one that it replaces. */
export function beginsBefore(db: ReadDb, id: string, day: string): boolean | undefined {
  const row = one<{ valid_from: string }>(db, sql`SELECT valid_from FROM retention_schedule WHERE id = ${id}`);
  return row === undefined ? undefined : day <= row.valid_from;
}

