import type { FileRef, IncomingFields, IntakeFile } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import type { DuplicateQuestion } from './duplicates.store.ts';

type Row = { id: string; name: string; media_type: string; size: number; sha256: string; added_at: string };

const columns = sql`id, name, media_type, size, sha256, added_at`;
const waiting = sql`entered_as IS NULL AND discarded_at IS NULL`;

function fileOfRow(row: Row): IntakeFile {
  return { id: row.id, name: row.name, mediaType: row.media_type, size: row.size, sha256: row.sha256, addedAt: row.added_at };
}

/** Files that wait to be entered, oldest first. */
export function waitingFiles(db: ReadDb): IntakeFile[] {
  return all<Row>(db, sql`SELECT ${columns} FROM intake_file WHERE ${waiting} ORDER BY id`).map(fileOfRow);
}

/** A file that waits to be entered; undefined when it does not, or not any more. */
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
  return { id, ...file, addedAt: at };
}

/** Marks a waiting file as put away. */
export function discardWaiting(db: WriteDb, id: string, at: string): void {
  changeOne(db, sql`UPDATE intake_file SET discarded_at = ${at} WHERE id = ${id} AND ${waiting}`);
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
