import type { FileRef, IncomingCounts, IncomingDetail, IncomingState, IncomingSummary } from '#contract';
import type { z } from 'zod';
import { all, one, sql, type ReadDb } from '../../store/index.ts';
import type { statusAbout } from './ports.ts';

type SummaryRow = {
  id: string;
  state: IncomingState;
  arrived_at: string;
  arrival_number: number | null;
  arrival_year: number | null;
  code_number: string;
  code_notation: string;
  issued_date: string | null;
  type_name: string;
  subject: string;
  issuer_name: string;
  urgency: number;
  due_date: string | null;
};

type DetailRow = SummaryRow & {
  issuer_organ_id: string;
  addressed_organ_id: string;
  document_id: string;
  signer_name: string;
  signer_position: string;
  signer_competence: string;
  place: string;
  to_places: string;
  page_amount: number | null;
  registered_at: string | null;
  registered_by: string | null;
};

type FileRow = { id: string; name: string; media_type: string; size: number; sha256: string };

function summaryOf(row: SummaryRow): IncomingSummary {
  return {
    id: row.id,
    state: row.state,
    arrivedAt: row.arrived_at,
    arrivalNumber: row.arrival_number,
    arrivalYear: row.arrival_year,
    codeNumber: row.code_number,
    codeNotation: row.code_notation,
    issuedDate: row.issued_date,
    typeName: row.type_name,
    subject: row.subject,
    issuerName: row.issuer_name,
    urgency: row.urgency,
    dueDate: row.due_date,
  };
}

function fileRefOf(row: FileRow): FileRef {
  return { id: row.id, name: row.name, mediaType: row.media_type, size: row.size, sha256: row.sha256 };
}

const summaryColumns = sql`id, state, arrived_at, arrival_number, arrival_year, code_number, code_notation,
  issued_date, type_name, subject, issuer_name, urgency, due_date`;

/** One page of the incoming documents, newest arrival first; ids are UUIDv7, so their order is that of arrival. */
export function listIncoming(
  db: ReadDb,
  page: { readonly state: IncomingState | null; readonly before: string | null; readonly limit: number },
): IncomingSummary[] {
  const before = page.before ?? '~';
  const rows =
    page.state === null
      ? all<SummaryRow>(
          db,
          sql`SELECT ${summaryColumns} FROM incoming_document WHERE id < ${before} ORDER BY id DESC LIMIT ${page.limit}`,
        )
      : all<SummaryRow>(
          db,
          sql`SELECT ${summaryColumns} FROM incoming_document WHERE state = ${page.state} AND id < ${before}
              ORDER BY id DESC LIMIT ${page.limit}`,
        );
  return rows.map(summaryOf);
}

/** How many documents there are in each state. */
export function countIncoming(db: ReadDb): z.infer<typeof IncomingCounts> {
  const rows = all<{ state: IncomingState; n: number }>(
    db,
    sql`SELECT state, COUNT(*) AS n FROM incoming_document GROUP BY state`,
  );
  const counts = { arrived: 0, registered: 0 };
  for (const { state, n } of rows) counts[state] = n;
  return counts;
}

/** A document with all its fields and files; undefined when there is none. */
export function getIncoming(db: ReadDb, id: string): IncomingDetail | undefined {
  const row = detailRow(db, id);
  if (row === undefined) return undefined;
  const files = all<FileRow>(
    db,
    sql`SELECT id, name, media_type, size, sha256 FROM incoming_file WHERE document = ${id} ORDER BY ordinal`,
  );
  return {
    ...summaryOf(row),
    issuerOrganId: row.issuer_organ_id,
    documentId: row.document_id,
    signerName: row.signer_name,
    signerPosition: row.signer_position,
    signerCompetence: row.signer_competence,
    place: row.place,
    toPlaces: JSON.parse(row.to_places) as string[],
    pageAmount: row.page_amount,
    registeredAt: row.registered_at,
    registeredBy: row.registered_by,
    files: files.map(fileRefOf),
  };
}

/** State of a document; undefined when there is none. */
export function stateOf(db: ReadDb, id: string): IncomingState | undefined {
  return one<{ state: IncomingState }>(db, sql`SELECT state FROM incoming_document WHERE id = ${id}`)?.state;
}

/** A stored file by its id; undefined when there is none. */
export function fileOf(db: ReadDb, id: string): FileRef | undefined {
  const row = one<FileRow>(db, sql`SELECT id, name, media_type, size, sha256 FROM incoming_file WHERE id = ${id}`);
  return row === undefined ? undefined : fileRefOf(row);
}

/** What a status report needs to know of a document; undefined when there is none. */
export function reportFactsOf(db: ReadDb, id: string): Parameters<typeof statusAbout>[0] | undefined {
  const row = detailRow(db, id);
  if (row === undefined) return undefined;
  return {
    id,
    documentId: row.document_id,
    issuer: { organId: row.issuer_organ_id, name: row.issuer_name },
    addressedOrganId: row.addressed_organ_id,
    codeNumber: row.code_number,
    codeNotation: row.code_notation,
    issuedDate: row.issued_date,
  };
}

function detailRow(db: ReadDb, id: string): DetailRow | undefined {
  return one<DetailRow>(db, sql`SELECT * FROM incoming_document WHERE id = ${id}`);
}
