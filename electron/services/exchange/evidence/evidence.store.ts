import type { FileRef } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { changeOne, one, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';

/** Writes down an evidence file that is in the blob store. */
export function insertEvidenceFile(db: WriteDb, document: string, file: Omit<FileRef, 'id'>, at: string): FileRef {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO evidence_file (id, document, made_at, name, media_type, size, sha256)
        VALUES (${id}, ${document}, ${at}, ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256})`,
  );
  return { id, ...file };
}

/** An evidence file, or a message that is kept apart, by its id; undefined when there is none. */
export function exchangeFileOf(db: ReadDb, id: string): FileRef | undefined {
  return (
    one<FileRef>(db, sql`SELECT id, name, media_type AS mediaType, size, sha256 FROM evidence_file WHERE id = ${id}`) ??
    one<FileRef>(
      db,
      sql`SELECT id, transport_id || '.edxml' AS name, 'application/octet-stream' AS mediaType, size, sha256 FROM inbox_message
          WHERE id = ${id} AND state IN ('quarantined', 'kept')`,
    )
  );
}
