import type { CopiedFile, DocumentCopy, FileRef, StoredFile, WaitingPaper } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';

/** What is written down of a signature: as JSON in the row. */
export type CopySignature = { readonly certificate: string; readonly by: string; readonly at: string; readonly level: string };

type CopyRow = Omit<DocumentCopy, 'recipient' | 'request' | 'term' | 'files'> & { readonly recipient: string; readonly recipientId: string; readonly request: string };
type FileRow = Pick<CopiedFile, 'id' | 'state' | 'codeNumber' | 'codeNotation' | 'subject' | 'pages' | 'leftOut'> & {
  readonly copy: string;
  readonly sourceName: string;
  readonly sourceSha256: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly signed: string;
};

const copyColumns = sql`id, dossier, kind, made_at AS madeAt, made_by AS madeBy, recipient, recipient_id AS recipientId, request, approved_on AS approvedOn, approver, download_until AS downloadUntil, remove_on AS removeOn`;
const fileColumns = sql`f.id, f.copy, f.state, f.code_number AS codeNumber, f.code_notation AS codeNotation, f.subject, f.pages, f.left_out AS leftOut, f.source_name AS sourceName, f.source_sha256 AS sourceSha256,
  f.name, f.size, f.sha256, f.signed`;

/** Copies of a dossier's documents, newest first; `today`: yyyy-MM-dd, by which their terms are told. */
export function listCopies(db: ReadDb, dossier: string, { before, limit }: { readonly before: string | null; readonly limit: number }, today: string): DocumentCopy[] {
  const rows = all<CopyRow>(db, sql`SELECT ${copyColumns} FROM document_copy WHERE dossier = ${dossier} AND id < ${before ?? '~'} ORDER BY id DESC LIMIT ${limit}`);
  return withFiles(db, rows, today);
}

/** One of them; undefined when there is none. */
export function getCopy(db: ReadDb, id: string, today: string): DocumentCopy | undefined {
  return withFiles(db, all<CopyRow>(db, sql`SELECT ${copyColumns} FROM document_copy WHERE id = ${id}`), today)[0];
}

function withFiles(db: ReadDb, rows: readonly CopyRow[], today: string): DocumentCopy[] {
  const files = all<FileRow>(db, sql`SELECT ${fileColumns} FROM json_each(${JSON.stringify(rows.map(({ id }) => id))}) AS j JOIN document_copy_file AS f ON f.copy = j.value ORDER BY f.copy, f.ordinal`);
  return rows.map(({ recipient, recipientId, request, ...row }) => {
    const own = files.filter(({ copy }) => copy === row.id).map(shown);
    return { ...row, recipient: { name: recipient, id: recipientId }, request: JSON.parse(request) as DocumentCopy['request'], term: termOf(row, own, today), files: own };
  });
}

function termOf({ downloadUntil, removeOn }: Pick<DocumentCopy, 'downloadUntil' | 'removeOn'>, files: readonly CopiedFile[], today: string): DocumentCopy['term'] {
  if (!files.some(({ file }) => file !== null)) return 'none';
  if (today <= downloadUntil) return 'open';
  return today >= removeOn ? 'due' : 'over';
}

function shown({ copy: _, sourceName, sourceSha256, name, size, sha256, signed, ...row }: FileRow): CopiedFile {
  const isThere = row.state === 'waiting' || row.state === 'ready';
  const { by, at, level } = signed === '' ? { by: '', at: '', level: '' } : (JSON.parse(signed) as CopySignature);
  return { ...row, source: { name: sourceName, sha256: sourceSha256 }, file: isThere ? refOf({ id: row.id, name, size, sha256 }) : null, signed: signed === '' ? null : { by, at, level } };
}

const refOf = (file: Pick<FileRef, 'id' | 'name' | 'size' | 'sha256'>): FileRef => ({ ...file, mediaType: 'application/pdf' });

export type NewCopy = Omit<DocumentCopy, 'id' | 'term' | 'files'>;
export type NewCopiedFile = Omit<CopiedFile, 'id' | 'file' | 'signed'> & { readonly member: string; readonly typeName: string; readonly file: Omit<StoredFile, 'mediaType'> };

/** Writes down what was made for whom; answers its id. */
export function insertCopy(db: WriteDb, copy: NewCopy, files: readonly NewCopiedFile[]): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO document_copy (id, dossier, kind, made_at, made_by, recipient, recipient_id, request, approved_on, approver, download_until, remove_on)
        VALUES (${id}, ${copy.dossier}, ${copy.kind}, ${copy.madeAt}, ${copy.madeBy}, ${copy.recipient.name}, ${copy.recipient.id}, ${JSON.stringify(copy.request)}, ${copy.approvedOn}, ${copy.approver}, ${copy.downloadUntil}, ${copy.removeOn})`,
  );
  for (const [index, { state, member, codeNumber, codeNotation, typeName, subject, source, pages, leftOut, file }] of files.entries()) {
    changeOne(
      db,
      sql`INSERT INTO document_copy_file (id, copy, ordinal, state, member, code_number, code_notation, type_name, subject, source_name, source_sha256, pages, left_out, name, size, sha256)
          VALUES (${newId()}, ${id}, ${index + 1}, ${state}, ${member}, ${codeNumber}, ${codeNotation}, ${typeName}, ${subject}, ${source.name}, ${source.sha256}, ${pages}, ${leftOut}, ${file.name}, ${file.size}, ${file.sha256})`,
    );
  }
  return id;
}

/** One copied file with what it belongs to. */
export type KnownFile = { readonly id: string; readonly copy: string; readonly dossier: string; readonly member: string; readonly state: CopiedFile['state']; readonly code: string; readonly typeName: string; readonly subject: string; readonly recipient: string; readonly file: FileRef };

/** A copied file by its id, whatever became of it; undefined when there is none. */
export function knownFile(db: ReadDb, id: string): KnownFile | undefined {
  const row = one<Omit<KnownFile, 'file'> & Pick<FileRow, 'name' | 'size' | 'sha256'>>(
    db,
    sql`SELECT f.id, f.copy, c.dossier, f.member, f.state, ${codeOf} AS code, f.type_name AS typeName, f.subject, c.recipient, f.name, f.size, f.sha256
        FROM document_copy_file AS f JOIN document_copy AS c ON c.id = f.copy WHERE f.id = ${id}`,
  );
  if (row === undefined) return undefined;
  const { name, size, sha256, ...rest } = row;
  return { ...rest, file: refOf({ id, name, size, sha256 }) };
}

const codeOf = sql`f.code_number || iif(f.code_number <> '' AND f.code_notation <> '', '/', '') || f.code_notation`;

const mostDue = 100;

/** Copies with files that are to be deleted on a day (yyyy-MM-dd) or were before it, longest first. */
export function dueCopies(db: ReadDb, today: string): { copy: string; dossier: string; recipient: string; removeOn: string }[] {
  return all(
    db,
    sql`SELECT DISTINCT c.id AS copy, c.dossier, c.recipient, c.remove_on AS removeOn FROM document_copy_file AS f INDEXED BY document_copy_file_ready JOIN document_copy AS c ON c.id = f.copy
        WHERE f.state = 'ready' AND c.remove_on <= ${today} ORDER BY c.remove_on, c.id LIMIT ${mostDue}`,
  );
}

/** What waits for the agency's signature, longest first. */
export function waitingPapers(db: ReadDb): WaitingPaper[] {
  return all<WaitingPaper>(
    db,
    sql`SELECT * FROM (SELECT f.id, 'copy' AS kind, c.dossier, ${codeOf} AS code, f.subject, c.recipient, c.made_at AS madeAt, c.made_by AS madeBy
        FROM document_copy_file AS f INDEXED BY document_copy_file_waiting JOIN document_copy AS c ON c.id = f.copy WHERE f.state = 'waiting'
        UNION ALL SELECT t.id, 'certification', t.dossier, t.code, t.wish ->> '$.request.content', t.wish ->> '$.recipient.name', t.made_at, t.made_by
        FROM certification AS t INDEXED BY certification_waiting WHERE t.state = 'waiting') ORDER BY id LIMIT 500`,
  );
}

/** It is signed: the signed file stands in the place of the one that waited. */
export function setSigned(db: WriteDb, id: string, file: Pick<StoredFile, 'size' | 'sha256'>, signed: CopySignature): void {
  changeOne(db, sql`UPDATE document_copy_file SET state = 'ready', size = ${file.size}, sha256 = ${file.sha256}, signed = ${JSON.stringify(signed)} WHERE id = ${id} AND state = 'waiting'`);
}

/** Its bytes go; that it was, and why it is not any more, stays. */
export function endFile(db: WriteDb, id: string, state: 'discarded' | 'removed', { at, by, reason }: { readonly at: string; readonly by: string; readonly reason: string }): void {
  changeOne(db, sql`UPDATE document_copy_file SET state = ${state}, ended_at = ${at}, ended_by = ${by}, ended_reason = ${reason} WHERE id = ${id}`);
}
