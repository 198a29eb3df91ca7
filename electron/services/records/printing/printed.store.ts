import type { Printed } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';

const columns = sql`id, kind, made_at AS madeAt, made_by AS madeBy, name, media_type AS mediaType, size, sha256`;

/** Writes down a print whose bytes are in the blob store. */
export function insertPrinted(db: WriteDb, print: Omit<Printed, 'id'>): Printed {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO printed_file (id, kind, made_at, made_by, name, media_type, size, sha256)
        VALUES (${id}, ${print.kind}, ${print.madeAt}, ${print.madeBy}, ${print.name}, ${print.mediaType}, ${print.size}, ${print.sha256})`,
  );
  return { id, ...print };
}

/** What was printed, newest first. */
export function listPrinted(db: ReadDb, page: { readonly before: string | null; readonly limit: number }): Printed[] {
  return all<Printed>(
    db,
    sql`SELECT ${columns} FROM printed_file WHERE id < ${page.before ?? '~'} ORDER BY id DESC LIMIT ${page.limit}`,
  );
}

/** A print by its id; undefined when there is none. */
export function getPrinted(db: ReadDb, id: string): Printed | undefined {
  return one<Printed>(db, sql`SELECT ${columns} FROM printed_file WHERE id = ${id}`);
}
