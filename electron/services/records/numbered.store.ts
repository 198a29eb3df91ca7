import type { DraftDetail, DraftFields, OutgoingState } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { currentOffice } from '../settings/index.ts';
import type { OutgoingNumber } from './numbers/take.ts';

export type NumberedRow = {
  readonly draft: string;
  readonly drafter: string;
  readonly fields: DraftFields;
  readonly taken: OutgoingNumber;
  readonly documentId: string;
  /** yyyy-MM-dd */
  readonly day: string;
  readonly signedAt: string | null;
  readonly at: string;
  readonly by: string;
};

/** Writes the register row of a draft that was given its number and date; answers its id. */
export function insertNumbered(db: WriteDb, row: NumberedRow): string {
  const id = newId();
  const { fields: f, taken } = row;
  changeOne(
    db,
    sql`INSERT INTO outgoing_document (id, state, office, draft, document_id, series, number, suffix, code_number, code_notation,
          issued_date, place, type_name, subject, urgency, due_date, language, description, unit, unit_name, drafter, body,
          signer_authority, signer_name, signer_position, signer_competence, to_places, planned_to, paper_to, page_amount,
          issued_amount, keep_unit, file_catalog, file_notation, paper, replies_to, corrects, replaces, signed_at,
          numbered_at, numbered_by)
        VALUES (${id}, 'numbered', ${currentOffice(db)}, ${row.draft}, ${row.documentId}, ${taken.series}, ${taken.number},
          ${taken.suffix}, ${taken.codeNumber}, ${taken.codeNotation}, ${row.day}, ${f.place}, ${f.typeName}, ${f.subject},
          ${f.urgency}, ${f.dueDate}, ${f.language}, ${f.description}, ${f.unit}, ${f.unitName}, ${row.drafter}, ${f.body},
          ${f.signerAuthority}, ${f.signerName}, ${f.signerPosition}, ${f.authorityLines.join(', ')},
          ${JSON.stringify(f.toPlaces)}, ${JSON.stringify(f.recipients)}, ${JSON.stringify(f.paperRecipients)},
          ${f.pageAmount}, ${f.issuedAmount}, ${f.keepUnit}, ${f.fileCatalog}, ${f.fileNotation},
          ${f.paperRecipients.length > 0 ? 1 : 0}, ${f.repliesTo}, ${f.corrects}, ${f.replaces}, ${row.signedAt}, ${row.at},
          ${row.by})`,
  );
  return id;
}

/** The place of a document's number in its series; undefined for one that was written down without a series. */
export function numberOf(db: ReadDb, document: string): { readonly series: string; readonly number: number; readonly suffix: string } | undefined {
  return one(db, sql`SELECT series, number, suffix FROM outgoing_document WHERE id = ${document} AND series IS NOT NULL`);
}

/** Register rows that came of a draft, oldest first. */
export function documentsOfDraft(db: ReadDb, draft: string): DraftDetail['documents'] {
  return all<{ id: string; code: string; state: OutgoingState }>(
    db,
    sql`SELECT id, code_number || '/' || code_notation AS code, state FROM outgoing_document WHERE draft = ${draft} ORDER BY id`,
  );
}

/** Notes the seal or agency signature of a numbered document. */
export function noteSealed(db: WriteDb, id: string, at: string, by: string): void {
  changeOne(db, sql`UPDATE outgoing_document SET state = 'sealed', sealed_at = ${at}, sealed_by = ${by} WHERE id = ${id}`);
}

/** Issues a sealed document. */
export function noteIssued(db: WriteDb, id: string, at: string, by: string): void {
  changeOne(db, sql`UPDATE outgoing_document SET state = 'issued', issued_at = ${at}, issued_by = ${by} WHERE id = ${id}`);
}

/** Gives up the number of a document that never went out, for good. */
export function noteVoided(db: WriteDb, id: string, at: string, reason: string): void {
  changeOne(db, sql`UPDATE outgoing_document SET state = 'voided', frozen_at = ${at}, frozen_reason = ${reason} WHERE id = ${id}`);
}

/** Notes that a document was given to the outbox, the first time. */
export function noteSent(db: WriteDb, id: string, at: string): void {
  run(db, sql`UPDATE outgoing_document SET sent_at = ${at} WHERE id = ${id} AND sent_at IS NULL`);
}

/** Notes that paper copies were handed over; a document that goes on paper alone is sent with that. */
export function notePaperSent(db: WriteDb, id: string, at: string, alone: boolean): void {
  changeOne(
    db,
    sql`UPDATE outgoing_document SET paper_sent_at = ${at}, sent_at = CASE WHEN ${alone ? 1 : 0} = 1 THEN COALESCE(sent_at, ${at}) ELSE sent_at END
        WHERE id = ${id}`,
  );
}

export type IssuingFact = { readonly id: string; readonly kind: 'draft' | 'document'; readonly signedAt: string; readonly urgency: number };

/**
 * What is signed and has not left: drafts that wait for their number, and documents that wait to be sealed, issued and sent
 * (NĐ 30/2020 art. 18.1, QĐ 28/2018 art. 6.2 count from the signature).
 */
export function issuingFacts(db: ReadDb): IssuingFact[] {
  return all<IssuingFact>(
    db,
    // Named, as the planner takes the states' index for a better one and then reads the whole register.
    sql`SELECT id, 'draft' AS kind, signed_at AS signedAt, urgency FROM draft WHERE tab = 'numbering'
        UNION ALL
        SELECT id, 'document' AS kind, signed_at AS signedAt, urgency FROM outgoing_document INDEXED BY outgoing_document_owed
        WHERE state IN ('numbered', 'sealed', 'issued') AND sent_at IS NULL AND signed_at IS NOT NULL`,
  );
}

/** How drafts are called in a list of something else, by their ids: they have no number yet. */
export function draftHeads(db: ReadDb, ids: readonly string[]): ReadonlyMap<string, { readonly about: string; readonly subject: string }> {
  const rows = all<{ id: string; about: string; subject: string }>(
    db,
    sql`SELECT id, type_name AS about, subject FROM draft WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  );
  return new Map(rows.map(({ id, about, subject }) => [id, { about, subject }]));
}
