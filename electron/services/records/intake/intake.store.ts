import type { FileRef, IncomingFields, IntakeFile } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import type { DuplicateQuestion } from './duplicates.store.ts';

type Row = { id: string; name: string; media_type: string; size: number; sha256: string; added_at: string; message: number };

const columns = sql`id, name, media_type, size, sha256, added_at, message`;
const waiting = sql`entered_as IS NULL AND discarded_at IS NULL`;

function fileOfRow(row: Row): IntakeFile {
  return { id: row.id, name: row.name, mediaType: row.media_type, size: row.size, sha256: row.sha256, addedAt: row.added_at, message: row.message === 1 };
}

/** Files that wait to be entered, oldest first; those that a message carries are not among them. */
export function waitingFiles(db: ReadDb): IntakeFile[] {
  return all<Row>(db, sql`SELECT ${columns} FROM intake_file WHERE ${waiting} AND part_of IS NULL ORDER BY id`).map(fileOfRow);
}

/** A file that waits to be entered, or that a waiting message carries; undefined when it does not, or not any more. */
export function waitingFile(db: ReadDb, id: string): IntakeFile | undefined {
  const row = one<Row>(db, sql`SELECT ${columns} FROM intake_file WHERE id = ${id} AND ${waiting}`);
  return row === undefined ? undefined : fileOfRow(row);
}

/** Adds a file whose bytes are in the store. */
export function putWaiting(db: WriteDb, file: Omit<FileRef, 'id'>, at: string): IntakeFile {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO intake_file (id, name, media_type, size, sha256, added_at)
        VALUES (${id}, ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256}, ${at})`,
  );
  return { id, ...file, addedAt: at, message: false };
}

/** Adds a message with the files that it carries, in their order; the bytes of all are in the store. */
export function putMessage(db: WriteDb, file: Omit<FileRef, 'id'>, parts: readonly Omit<FileRef, 'id'>[], at: string): IntakeFile {
  const { id } = putWaiting(db, file, at);
  changeOne(db, sql`UPDATE intake_file SET message = 1 WHERE id = ${id}`);
  parts.forEach((part, ordinal) => {
    changeOne(db, sql`UPDATE intake_file SET part_of = ${id}, ordinal = ${ordinal} WHERE id = ${putWaiting(db, part, at).id}`);
  });
  return { id, ...file, addedAt: at, message: true };
}

/** A message that waits to be entered; undefined when the file is none, or waits no more. */
export function waitingMessage(db: ReadDb, id: string): IntakeFile | undefined {
  const file = waitingFile(db, id);
  return file?.message === true ? file : undefined;
}

/** The waiting message with this very content. */
export function sameWaitingMessage(db: ReadDb, sha256: string): IntakeFile | undefined {
  const row = one<Row>(db, sql`SELECT ${columns} FROM intake_file WHERE sha256 = ${sha256} AND message = 1 AND ${waiting}`);
  return row === undefined ? undefined : fileOfRow(row);
}

/** The files that a message carries, in their order. */
export function partsOf(db: ReadDb, message: string): FileRef[] {
  return all<Row>(db, sql`SELECT ${columns} FROM intake_file WHERE part_of = ${message} ORDER BY ordinal`).map((row) => {
    const { addedAt: _, message: __, ...file } = fileOfRow(row);
    return file;
  });
}

/** Notes with which document a waiting message and all that it carries was entered. */
export function enterMessage(db: WriteDb, message: string, document: string): void {
  changeOne(db, sql`UPDATE intake_file SET entered_as = ${document} WHERE id = ${message} AND ${waiting}`);
  run(db, sql`UPDATE intake_file SET entered_as = ${document} WHERE part_of = ${message} AND ${waiting}`);
}

/** Marks a waiting file as put away, with all that it carries. */
export function discardWaiting(db: WriteDb, id: string, at: string): void {
  changeOne(db, sql`UPDATE intake_file SET discarded_at = ${at} WHERE id = ${id} AND part_of IS NULL AND ${waiting}`);
  run(db, sql`UPDATE intake_file SET discarded_at = ${at} WHERE part_of = ${id} AND ${waiting}`);
}

/** Whether these bytes were to be destroyed once: put away, or recalled. */
export function wasDestroyed(db: ReadDb, sha256: string): boolean {
  const row = one(
    db,
    sql`SELECT 1 FROM intake_file WHERE sha256 = ${sha256} AND discarded_at IS NOT NULL
        UNION ALL SELECT 1 FROM incoming_file WHERE sha256 = ${sha256} AND destroyed_at IS NOT NULL LIMIT 1`,
  );
  return row !== undefined;
}

/** Writes a document that came otherwise than over the axis, with the files that waited; answers its id. */
export function insertByHand(
  db: WriteDb,
  fields: IncomingFields,
  facts: { readonly source: 'paper' | 'file'; readonly arrivedAt: string; readonly files: readonly IntakeFile[] },
): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO incoming_document (
          id, state, source, arrived_at, document_id, issuer_organ_id, issuer_name, addressed_organ_id, code_number,
          code_notation, issued_date, place, type_name, subject, urgency, due_date, signer_name, signer_position,
          signer_competence, to_places, page_amount, language, description, holders
        ) VALUES (
          ${id}, 'arrived', ${facts.source}, ${facts.arrivedAt}, '', ${fields.issuerOrganId}, ${fields.issuerName}, '',
          ${fields.codeNumber}, ${fields.codeNotation}, ${fields.issuedDate}, ${fields.place}, ${fields.typeName},
          ${fields.subject}, ${fields.urgency}, ${fields.dueDate}, ${fields.signerName}, ${fields.signerPosition},
          ${fields.signerCompetence}, '[]', ${fields.pageAmount}, ${fields.language}, ${fields.description}, ${fields.holders}
        )`,
  );
  facts.files.forEach((file, ordinal) => {
    changeOne(
      db,
      sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256)
          VALUES (${newId()}, ${id}, ${ordinal}, ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256})`,
    );
    changeOne(db, sql`UPDATE intake_file SET entered_as = ${id} WHERE id = ${file.id} AND ${waiting}`);
  });
  return id;
}

/** Waiting files that somebody may enter as a document; undefined when one is a message, goes with one, or waits no more. */
export function filesToEnter(db: ReadDb, ids: readonly string[]): IntakeFile[] | undefined {
  const free = new Set(waitingFiles(db).map(({ id }) => id));
  const files = ids.map((id) => (free.has(id) ? waitingFile(db, id) : undefined));
  return files.every((file) => file !== undefined && !file.message) && new Set(ids).size === ids.length ? (files as IntakeFile[]) : undefined;
}

/** What a stored document says of itself, to look for others like it; undefined when there is none. */
export function questionOf(db: ReadDb, id: string): DuplicateQuestion | undefined {
  type Found = { document_id: string; code_number: string; code_notation: string; issuer_name: string; issuer_organ_id: string; issued_date: string | null };
  const row = one<Found>(
    db,
    sql`SELECT document_id, code_number, code_notation, issuer_name, issuer_organ_id, issued_date FROM incoming_document WHERE id = ${id}`,
  );
  if (row === undefined) return undefined;
  const files = all<{ sha256: string }>(db, sql`SELECT sha256 FROM incoming_file WHERE document = ${id} AND superseded_at IS NULL`);
  return {
    documentId: row.document_id,
    codeNumber: row.code_number,
    codeNotation: row.code_notation,
    issuerName: row.issuer_name,
    issuerOrganId: row.issuer_organ_id,
    issuedDate: row.issued_date,
    sha256: files.map((file) => file.sha256),
    except: id,
  };
}
