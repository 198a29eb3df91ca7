import type { FileRef, LegacyImport, LegacyQuestion, LegacyRegister } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { all, anyReferenced, changeOne, one, sql, type ReadDb, type WriteDb } from '../../store/index.ts';

type Row = {
  id: string; started_at: string; finished_at: string | null; by: string; name: string; media_type: string; size: number; sha256: string;
  sheet: string; register: LegacyRegister; year: number; rows: number; added: number; known: number; bad: number; other_year: number;
  undone_at: string | null; undone_by: string;
};

function importOf(row: Row): LegacyImport {
  return {
    id: row.id,
    file: { id: row.id, name: row.name, mediaType: row.media_type, size: row.size, sha256: row.sha256 },
    sheet: row.sheet,
    register: row.register,
    year: row.year,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    by: row.by,
    rows: row.rows,
    added: row.added,
    known: row.known,
    bad: row.bad,
    otherYear: row.other_year,
    undoneAt: row.undone_at,
    undoneBy: row.undone_by,
  };
}

/** Begins an import; answers its id. */
export function beginImport(db: WriteDb, question: LegacyQuestion, at: string, by: string): string {
  const id = newId();
  const { file, sheet, register, year } = question;
  changeOne(
    db,
    sql`INSERT INTO register_import (id, started_at, by, name, media_type, size, sha256, sheet, register, year)
        VALUES (${id}, ${at}, ${by}, ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256}, ${sheet}, ${register}, ${year})`,
  );
  return id;
}

export type ImportCounts = Pick<LegacyImport, 'rows' | 'added' | 'known' | 'bad' | 'otherYear'>;

/** Notes how far an import is; `finishedAt` is null while it goes on. */
export function noteImport(db: WriteDb, id: string, counts: ImportCounts, finishedAt: string | null): void {
  changeOne(
    db,
    sql`UPDATE register_import SET rows = ${counts.rows}, added = ${counts.added}, known = ${counts.known}, bad = ${counts.bad},
          other_year = ${counts.otherYear}, finished_at = ${finishedAt} WHERE id = ${id}`,
  );
}

/** All imports, newest first. */
export function listImports(db: ReadDb): LegacyImport[] {
  return all<Row>(db, sql`SELECT * FROM register_import ORDER BY id DESC LIMIT 500`).map(importOf);
}

/** An import by its id; undefined when there is none. */
export function getImport(db: ReadDb, id: string): LegacyImport | undefined {
  const row = one<Row>(db, sql`SELECT * FROM register_import WHERE id = ${id}`);
  return row === undefined ? undefined : importOf(row);
}

/** Notes that an import was undone. */
export function noteUndone(db: WriteDb, id: string, at: string, by: string): void {
  changeOne(db, sql`UPDATE register_import SET undone_at = ${at}, undone_by = ${by} WHERE id = ${id}`);
}

/** Whether something stands on documents of an import: steps, directions, files, answers, messages. */
export function isBuiltOn(db: ReadDb, id: string): boolean {
  const ids = sql`SELECT document FROM imported_entry WHERE import = ${id}`;
  return anyReferenced(db, 'incoming_document', ids) || anyReferenced(db, 'outgoing_document', ids);
}

/** Notes a table of rows to be mended, whose bytes are in the store. */
export function insertLeftover(db: WriteDb, file: Omit<FileRef, 'id'>, at: string): FileRef {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO import_leftover (id, made_at, name, media_type, size, sha256)
        VALUES (${id}, ${at}, ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256})`,
  );
  return { id, ...file };
}

/** A file of the imports by its id: rows to be mended, or what was imported; undefined when there is none. */
export function legacyFileOf(db: ReadDb, id: string): FileRef | undefined {
  return one<FileRef>(
    db,
    sql`SELECT id, name, media_type AS mediaType, size, sha256 FROM import_leftover WHERE id = ${id}
        UNION ALL SELECT id, name, media_type, size, sha256 FROM register_import WHERE id = ${id}`,
  );
}
