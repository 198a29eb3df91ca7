import { z } from 'zod';
import type { FileRef, InputOf, Contract, OutgoingDetail, OutgoingState, OutgoingSummary, SignerAuthority, StoredFile } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { spellingsOf } from '../../foundation/spellings.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { currentOffice } from '../settings/index.ts';
import { importedFrom } from './incoming.store.ts';

type SummaryRow = {
  id: string;
  state: OutgoingState;
  document_id: string;
  code_number: string;
  code_notation: string;
  issued_date: string;
  place: string;
  type_name: string;
  subject: string;
  urgency: number;
  due_date: string | null;
  signer_name: string;
  signer_position: string;
  signer_competence: string;
  issued_at: string | null;
  imported: number;
};

type DetailRow = SummaryRow & {
  draft: string | null;
  signer_authority: SignerAuthority;
  unit_name: string;
  drafter: string;
  body: string;
  language: string;
  description: string;
  issued_amount: number | null;
  keep_unit: string;
  file_catalog: number | null;
  file_notation: string;
  planned_to: string;
  paper_to: string;
  signed_at: string | null;
  numbered_at: string | null;
  numbered_by: string;
  sealed_at: string | null;
  sealed_by: string;
  sent_at: string | null;
  paper_sent_at: string | null;
  updated_at: string | null;
  corrects: string | null;
  replaces: string | null;
  to_places: string;
  page_amount: number | null;
  paper: number;
  issued_by: string;
  replies_to: string | null;
  frozen_at: string | null;
  frozen_reason: string;
  replaced_by: string | null;
};

function summaryOf(row: SummaryRow): OutgoingSummary {
  return {
    id: row.id,
    state: row.state,
    documentId: row.document_id,
    codeNumber: row.code_number,
    codeNotation: row.code_notation,
    issuedDate: row.issued_date,
    place: row.place,
    typeName: row.type_name,
    subject: row.subject,
    urgency: row.urgency,
    dueDate: row.due_date,
    signerName: row.signer_name,
    signerPosition: row.signer_position,
    signerCompetence: row.signer_competence,
    issuedAt: row.issued_at,
    imported: row.imported === 1,
  };
}

const columns = sql`d.*, EXISTS (SELECT 1 FROM imported_entry AS m WHERE m.document = d.id) AS imported`;

const PlannedTo = z.array(z.strictObject({ organId: z.string(), name: z.string() }));
const PaperTo = z.array(z.strictObject({ name: z.string(), copies: z.number() }));

/** One page of our register, newest first. */
export function listOutgoing(
  db: ReadDb,
  page: { readonly state: OutgoingState | null; readonly before: string | null; readonly limit: number },
): OutgoingSummary[] {
  const before = page.before ?? '~';
  const which = page.state === null ? sql`1 = 1` : sql`state = ${page.state}`;
  return all<SummaryRow>(
    db,
    sql`SELECT ${columns} FROM outgoing_document AS d WHERE ${which} AND id < ${before} ORDER BY id DESC LIMIT ${page.limit}`,
  ).map(summaryOf);
}

/** How many documents of the register there are, kept as they change. */
export function countOutgoing(db: ReadDb, state: OutgoingState | null = null): number {
  const which = state === null ? sql`1 = 1` : sql`state = ${state}`;
  return one<{ n: number | null }>(db, sql`SELECT SUM(n) AS n FROM outgoing_count WHERE ${which}`)?.n ?? 0;
}

/** A document of the register with its present files; undefined when there is none. */
export function getOutgoing(db: ReadDb, id: string): OutgoingDetail | undefined {
  const row = one<DetailRow>(db, sql`SELECT ${columns} FROM outgoing_document AS d WHERE id = ${id}`);
  if (row === undefined) return undefined;
  return {
    ...summaryOf(row),
    toPlaces: z.array(z.string()).parse(JSON.parse(row.to_places)),
    pageAmount: row.page_amount,
    paper: row.paper === 1,
    importedFrom: importedFrom(db, id),
    issuedBy: row.issued_by,
    repliesTo: row.replies_to,
    frozenAt: row.frozen_at,
    frozenReason: row.frozen_reason,
    replacedBy: row.replaced_by,
    draft: row.draft,
    signerAuthority: row.signer_authority,
    unitName: row.unit_name,
    drafter: row.drafter,
    body: row.body,
    language: row.language,
    description: row.description,
    issuedAmount: row.issued_amount,
    keepUnit: row.keep_unit,
    fileCatalog: row.file_catalog,
    fileNotation: row.file_notation,
    plannedTo: PlannedTo.parse(JSON.parse(row.planned_to)),
    paperTo: PaperTo.parse(JSON.parse(row.paper_to)),
    signedAt: row.signed_at,
    numberedAt: row.numbered_at,
    numberedBy: row.numbered_by,
    sealedAt: row.sealed_at,
    sealedBy: row.sealed_by,
    sentAt: row.sent_at,
    paperSentAt: row.paper_sent_at,
    updatedAt: row.updated_at,
    corrects: row.corrects,
    correctedBy: all<{ id: string; code: string }>(
      db,
      sql`SELECT id, code_number || '/' || code_notation AS code FROM outgoing_document
          WHERE corrects = ${id} AND state <> 'voided' ORDER BY id`,
    ),
    replaces: row.replaces,
    files: all<{ id: string; name: string; media_type: string; size: number; sha256: string }>(
      db,
      sql`SELECT id, name, media_type, size, sha256 FROM outgoing_file
          WHERE document = ${id} AND superseded_at IS NULL ORDER BY ordinal`,
    ).map((file): FileRef => ({
      id: file.id,
      name: file.name,
      mediaType: file.media_type,
      size: file.size,
      sha256: file.sha256,
    })),
  };
}

/**
 * Our documents of which a message speaks, newest first: by DocumentId, or by number and notation when the message
 * gives no id or not ours.
 */
export function findOutgoing(db: ReadDb, about: { readonly documentId: string; readonly code: string }): string[] {
  const byId = all<{ id: string }>(db, sql`SELECT id FROM outgoing_document WHERE document_id IN (SELECT value FROM json_each(${JSON.stringify(spellingsOf(about.documentId))}))`);
  if (byId.length > 0) return byId.map((row) => row.id);
  return all<{ id: string }>(
    db,
    sql`SELECT id FROM outgoing_document WHERE code_number || '/' || code_notation IN (SELECT value FROM json_each(${JSON.stringify(spellingsOf(about.code))})) AND issued_at IS NOT NULL ORDER BY id DESC`,
  ).map((row) => row.id);
}

/** Writes an issued document; answers its id. */
export function insertOutgoing(
  db: WriteDb,
  document: Omit<InputOf<Contract['records']['recordOutgoing']>, 'files'> & {
    readonly documentId: string;
    readonly issuedAt: string;
    readonly issuedBy: string;
  },
): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO outgoing_document (id, state, office, document_id, code_number, code_notation, issued_date, place, type_name,
          subject, urgency, due_date, signer_name, signer_position, signer_competence, to_places, page_amount, paper,
          replies_to, issued_at, issued_by)
        VALUES (${id}, 'issued', ${currentOffice(db)}, ${document.documentId}, ${document.codeNumber}, ${document.codeNotation},
          ${document.issuedDate}, ${document.place}, ${document.typeName}, ${document.subject}, ${document.urgency},
          ${document.dueDate}, ${document.signerName}, ${document.signerPosition}, ${document.signerCompetence},
          ${JSON.stringify(document.toPlaces)}, ${document.pageAmount}, ${document.paper ? 1 : 0}, ${document.repliesTo},
          ${document.issuedAt}, ${document.issuedBy})`,
  );
  return id;
}

/** Puts files in place; those before stay, marked as superseded. */
export function putOutgoingFiles(db: WriteDb, document: string, files: readonly StoredFile[], at: string): void {
  run(db, sql`UPDATE outgoing_file SET superseded_at = ${at} WHERE document = ${document} AND superseded_at IS NULL`);
  const first = one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM outgoing_file WHERE document = ${document}`)?.n ?? 0;
  files.forEach((file, index) => {
    changeOne(
      db,
      sql`INSERT INTO outgoing_file (id, document, ordinal, name, media_type, size, sha256)
          VALUES (${newId()}, ${document}, ${first + index}, ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256})`,
    );
  });
}

/** What an issued document may still change of itself, by an update that its recipients are told of. */
export type OutgoingChange = Pick<
  OutgoingDetail,
  | 'typeName'
  | 'subject'
  | 'urgency'
  | 'dueDate'
  | 'signerName'
  | 'signerPosition'
  | 'signerCompetence'
  | 'toPlaces'
  | 'pageAmount'
>;

/** Puts changed fields in place. */
export function changeOutgoing(db: WriteDb, id: string, change: OutgoingChange, at: string): void {
  changeOne(
    db,
    sql`UPDATE outgoing_document SET type_name = ${change.typeName}, subject = ${change.subject},
          urgency = ${change.urgency}, due_date = ${change.dueDate}, signer_name = ${change.signerName},
          signer_position = ${change.signerPosition}, signer_competence = ${change.signerCompetence},
          to_places = ${JSON.stringify(change.toPlaces)}, page_amount = ${change.pageAmount}, updated_at = ${at}
        WHERE id = ${id}`,
  );
}

/** Freezes a document for good: from here on the database itself refuses every change to it. */
export function freezeOutgoing(
  db: WriteDb,
  id: string,
  end: { readonly state: 'recalled' | 'replaced'; readonly at: string; readonly reason: string; readonly replacedBy: string | null },
): void {
  changeOne(
    db,
    sql`UPDATE outgoing_document SET state = ${end.state}, frozen_at = ${end.at}, frozen_reason = ${end.reason},
          replaced_by = ${end.replacedBy} WHERE id = ${id} AND state = 'issued'`,
  );
}

/**
 * Notes that a document is to be replaced by another, whose message has not left yet. It is not frozen: should the
 * message never leave, it is again what it was.
 */
export function announceReplacement(db: WriteDb, id: string, by: string): void {
  changeOne(db, sql`UPDATE outgoing_document SET replaced_by = ${by} WHERE id = ${id} AND state = 'issued' AND replaced_by IS NULL`);
}

/** The documents that another replaced, or, where they are `issued` still, is to replace as soon as its message has left. */
export function forerunnersOf(db: ReadDb, by: string): { readonly id: string; readonly state: OutgoingState }[] {
  return all<{ id: string; state: OutgoingState }>(db, sql`SELECT id, state FROM outgoing_document WHERE replaced_by = ${by} ORDER BY id`);
}

/** Takes the note back. */
export function withdrawReplacement(db: WriteDb, id: string): void {
  changeOne(db, sql`UPDATE outgoing_document SET replaced_by = NULL WHERE id = ${id} AND state = 'issued'`);
}
