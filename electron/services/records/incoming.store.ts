import type { ChangeKind, FileRef, ImportedFrom, IncomingCounts, IncomingDetail, IncomingState, IncomingSummary } from '#contract';
import { spellingsOf } from '../../foundation/spellings.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { changeRequestsOf } from './change-request.store.ts';
import type { DueFrame } from './handling/due.ts';
import type { statusAbout } from './ports.ts';

type Sql = ReturnType<typeof sql>;

/** A document without what time alone changes; see `withDueDays`. */
export type PlainSummary = Omit<IncomingSummary, 'dueDays'>;
export type PlainDetail = Omit<IncomingDetail, 'dueDays'>;

type SummaryRow = {
  id: string;
  standing: IncomingState;
  open_change: ChangeKind | null;
  imported: number;
  arrived_at: string;
  arrival_number: number | null;
  arrival_suffix: string;
  arrival_year: number | null;
  code_number: string;
  code_notation: string;
  issued_date: string | null;
  type_name: string;
  subject: string;
  issuer_name: string;
  urgency: number;
  due_date: string | null;
  due: string | null;
  holders: string;
};

type DetailRow = SummaryRow & {
  issuer_organ_id: string;
  addressed_organ_id: string;
  document_id: string;
  signer_name: string;
  signer_position: string;
  signer_competence: string;
  place: string;
  description: string;
  to_places: string;
  page_amount: number | null;
  registered_at: string | null;
  registered_by: string | null;
  closed_at: string | null;
  closed_reason: string;
  source: 'axis' | 'file' | 'paper';
  replaced_by: string | null;
};

type FileRow = { id: string; name: string; media_type: string; size: number; sha256: string };

function summaryOf(row: SummaryRow): PlainSummary {
  return {
    id: row.id,
    state: row.standing,
    arrivedAt: row.arrived_at,
    arrivalNumber: row.arrival_number,
    arrivalSuffix: row.arrival_suffix,
    arrivalYear: row.arrival_year,
    codeNumber: row.code_number,
    codeNotation: row.code_notation,
    issuedDate: row.issued_date,
    typeName: row.type_name,
    subject: row.subject,
    issuerName: row.issuer_name,
    urgency: row.urgency,
    dueDate: row.due_date,
    due: row.due,
    holders: row.holders,
    openChange: row.open_change,
    imported: row.imported === 1,
  };
}

function fileRefOf(row: FileRow): FileRef {
  return { id: row.id, name: row.name, mediaType: row.media_type, size: row.size, sha256: row.sha256 };
}

const openChange = sql`(SELECT kind FROM change_request AS c WHERE c.incoming = d.id AND c.state = 'open'
  ORDER BY c.id DESC LIMIT 1) AS open_change`;
const imported = sql`EXISTS (SELECT 1 FROM imported_entry AS m WHERE m.document = d.id) AS imported`;
const summaryColumns = sql`d.id, d.standing, d.arrived_at, d.arrival_number, d.arrival_suffix, d.arrival_year, d.code_number,
  d.code_notation, d.issued_date, d.type_name, d.subject, d.issuer_name, d.urgency, d.due_date, d.due,
  d.holders, ${openChange}, ${imported}`;

/**
 * One page of the incoming documents, newest arrival first; ids are UUIDv7, so their order is that of arrival. With `due` the
 * earliest day first. `before` is the last row of the page before.
 */
export function listIncoming(
  db: ReadDb,
  page: {
    readonly state: IncomingState | null;
    readonly openChange?: boolean;
    readonly due?: 'overdue' | 'soon' | null;
    readonly before: string | null;
    readonly limit: number;
  },
  frame: DueFrame,
): PlainSummary[] {
  const asked = page.openChange === true ? hasOpenChange : sql`1 = 1`;
  const which = sql`${inState(page.state)} AND ${asked}`;
  const due = page.due ?? null;
  if (due !== null) return listByDue(db, which, dueIs(due, frame), page);
  const before = page.before ?? '~';
  return all<SummaryRow>(
    db,
    sql`SELECT ${summaryColumns} FROM incoming_document AS d WHERE ${which} AND d.id < ${before} ORDER BY d.id DESC LIMIT ${page.limit}`,
  ).map(summaryOf);
}

// The index of what is presented holds only rows of these very words.
const presentedTo = (leader: string): Sql => sql`d.standing = 'presented' AND d.leader = ${leader}`;

/** What is presented to a leader, newest first. */
export function listPresentedTo(db: ReadDb, leader: string, page: { readonly before: string | null; readonly limit: number }): PlainSummary[] {
  return all<SummaryRow>(
    db,
    sql`SELECT ${summaryColumns} FROM incoming_document AS d WHERE ${presentedTo(leader)} AND d.id < ${page.before ?? '~'}
        ORDER BY d.id DESC LIMIT ${page.limit}`,
  ).map(summaryOf);
}

/** How many documents are presented to a leader. */
export function countPresentedTo(db: ReadDb, leader: string): number {
  return one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM incoming_document AS d WHERE ${presentedTo(leader)}`)?.n ?? 0;
}

function listByDue(
  db: ReadDb,
  which: Sql,
  due: Sql,
  page: { readonly before: string | null; readonly limit: number },
): PlainSummary[] {
  // The last row may have been done meanwhile; its day is still where the page before ended.
  const further =
    page.before === null
      ? sql`1 = 1`
      : sql`(d.open_due, d.id) > (SELECT due, id FROM incoming_document WHERE id = ${page.before})`;
  return all<SummaryRow>(
    db,
    sql`SELECT ${summaryColumns} FROM incoming_document AS d WHERE ${which} AND ${due} AND ${further}
        ORDER BY d.open_due, d.id LIMIT ${page.limit}`,
  ).map(summaryOf);
}

function dueIs(due: 'overdue' | 'soon', { today, soonUntil }: DueFrame): Sql {
  return due === 'overdue' ? sql`d.open_due < ${today}` : sql`d.open_due BETWEEN ${today} AND ${soonUntil}`;
}

/** How many open documents there are past their day, or near it, in one state or in all. */
export function countDue(db: ReadDb, state: IncomingState | null, due: 'overdue' | 'soon', frame: DueFrame): number {
  return one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM incoming_document AS d WHERE ${dueIs(due, frame)} AND ${inState(state)}`)?.n ?? 0;
}

const hasOpenChange = sql`d.id IN (SELECT incoming FROM change_request WHERE state = 'open')`;

/** How many documents have a request that waits for a decision; one document may have several requests. */
export function countOpenChanges(db: ReadDb, state: IncomingState | null): number {
  return one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM incoming_document AS d WHERE ${inState(state)} AND ${hasOpenChange}`)?.n ?? 0;
}

function inState(state: IncomingState | null): Sql {
  return state === null ? sql`1 = 1` : sql`d.standing = ${state}`;
}

/**
 * How many documents there are in each state, past their day and near it, and how many requests wait for a decision. States are
 * counted by triggers as documents move; the rest are few and found by their indexes.
 */
export function countIncoming(db: ReadDb, frame: DueFrame): IncomingCounts {
  const counted = all<{ state: IncomingState; n: number }>(db, sql`SELECT standing AS state, n FROM incoming_count`);
  const open = one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM change_request WHERE state = 'open'`);
  return {
    ...noDocuments,
    ...Object.fromEntries(counted.map(({ state, n }) => [state, n])),
    overdue: countDue(db, null, 'overdue', frame),
    soon: countDue(db, null, 'soon', frame),
    openChanges: open?.n ?? 0,
  };
}

const noDocuments: Readonly<Record<IncomingState, number>> = {
  arrived: 0,
  registered: 0,
  presented: 0,
  assigned: 0,
  'in-progress': 0,
  done: 0,
  refused: 0,
  recalled: 0,
  replaced: 0,
};

/** A document with all its fields and files; undefined when there is none. */
export function getIncoming(db: ReadDb, id: string): PlainDetail | undefined {
  const row = detailRow(db, id);
  if (row === undefined) return undefined;
  const files = all<FileRow & { destroyed_at: string | null }>(
    db,
    sql`SELECT id, name, media_type, size, sha256, destroyed_at FROM incoming_file
        WHERE document = ${id} AND superseded_at IS NULL ORDER BY ordinal`,
  );
  const answers = all<{ id: string; code: string }>(
    db,
    sql`SELECT o.id, o.code_number || '/' || o.code_notation AS code FROM incoming_answer AS a
        JOIN outgoing_document AS o ON o.id = a.outgoing WHERE a.incoming = ${id} ORDER BY o.id`,
  );
  const replaces = all<{ id: string; code: string }>(
    db,
    sql`SELECT id, code_number || '/' || code_notation AS code FROM incoming_document
        WHERE replaced_by = ${id} AND closure IN ('replaced', 'recalled') ORDER BY id`,
  );
  return {
    ...summaryOf(row),
    issuerOrganId: row.issuer_organ_id,
    documentId: row.document_id,
    signerName: row.signer_name,
    signerPosition: row.signer_position,
    signerCompetence: row.signer_competence,
    place: row.place,
    description: row.description,
    toPlaces: JSON.parse(row.to_places) as string[],
    pageAmount: row.page_amount,
    registeredAt: row.registered_at,
    registeredBy: row.registered_by,
    closedAt: row.closed_at,
    closedReason: row.closed_reason,
    source: row.imported === 1 ? 'register' : row.source,
    importedFrom: importedFrom(db, id),
    replacedBy: row.replaced_by,
    replaces,
    answers,
    changeRequests: changeRequestsOf(db, id),
    filesDestroyed: files.some((file) => file.destroyed_at !== null),
    files: files.map(fileRefOf),
  };
}

/** Where the entry of a document in an old register stood; null when it was entered here. */
export function importedFrom(db: ReadDb, document: string): ImportedFrom | null {
  return (
    one<ImportedFrom>(
      db,
      sql`SELECT i.id AS import, i.name, i.sheet, m.line, i.started_at AS at, i.by, m.transferred, m.received_by AS receivedBy
          FROM imported_entry AS m JOIN register_import AS i ON i.id = m.import WHERE m.document = ${document}`,
    ) ?? null
  );
}

/** State of a document; undefined when there is none. */
export function stateOf(db: ReadDb, id: string): IncomingState | undefined {
  const query = sql`SELECT standing AS state FROM incoming_document WHERE id = ${id}`;
  return one<{ state: IncomingState }>(db, query)?.state;
}

/** A stored file of a received document, of one of ours or of a draft, by its id; undefined when there is none. */
export function fileOf(db: ReadDb, id: string): FileRef | undefined {
  const columns = sql`id, name, media_type, size, sha256`;
  const row =
    one<FileRow>(db, sql`SELECT ${columns} FROM incoming_file WHERE id = ${id} AND destroyed_at IS NULL`) ??
    one<FileRow>(db, sql`SELECT ${columns} FROM outgoing_file WHERE id = ${id} AND destroyed_at IS NULL`) ??
    one<FileRow>(db, sql`SELECT ${columns} FROM draft_file WHERE id = ${id}`);
  return row === undefined ? undefined : fileRefOf(row);
}

/**
 * Received documents of which a message speaks, what came over the axis first and the newest first: by the sender's DocumentId, or by number and notation
 * when the message gives no id. Whose they are is for the caller to judge.
 */
export function findIncoming(
  db: ReadDb,
  about: { readonly documentId: string; readonly code: string },
): { readonly id: string; readonly issuerOrganId: string }[] {
  const which =
    about.documentId === ''
      ? sql`code_number IN (SELECT value FROM json_each(${JSON.stringify(numbersIn(about.code.trim()))}))
          AND code_number || '/' || code_notation IN (SELECT value FROM json_each(${JSON.stringify(spellingsOf(about.code))}))`
      : sql`document_id IN (SELECT value FROM json_each(${JSON.stringify(spellingsOf(about.documentId))}))`;
  return all<{ id: string; issuer_organ_id: string }>(
    db,
    sql`SELECT id, issuer_organ_id FROM incoming_document WHERE ${which} ORDER BY source = 'axis' DESC, id DESC`,
  ).map((row) => ({ id: row.id, issuerOrganId: row.issuer_organ_id }));
}

/** What may be the number in `number/notation`: all before one of its strokes. By them the index of numbers is asked. */
function numbersIn(code: string): string[] {
  return [...code.matchAll(/\//g)].map(({ index }) => code.slice(0, index));
}

/** Ends a received document. What had ended before may still be recalled. */
export function closeIncoming(
  db: WriteDb,
  id: string,
  end: {
    readonly closure: 'refused' | 'recalled' | 'replaced';
    readonly at: string;
    readonly reason: string;
    readonly replacedBy: string | null;
  },
): void {
  changeOne(
    db,
    sql`UPDATE incoming_document SET closure = ${end.closure}, closed_at = ${end.at}, closed_reason = ${end.reason},
          replaced_by = COALESCE(${end.replacedBy}, replaced_by) WHERE id = ${id}`,
  );
}

/**
 * Marks the files of a recalled document as destroyed (QĐ 28/2018 art. 9.2: the receiver destroys the document in the
 * system and reports it). Names and hashes stay as metadata of the recall (NĐ 30/2020 annex VI III.8). The bytes go with
 * `sweepDestroyed`, after the commit.
 */
export function markDestroyed(db: WriteDb, incoming: string, at: string): void {
  run(db, sql`UPDATE incoming_file SET destroyed_at = ${at} WHERE document = ${incoming} AND destroyed_at IS NULL`);
}

/** Notes that a received document answers one of ours. */
export function linkAnswer(db: WriteDb, incoming: string, outgoing: string): void {
  run(db, sql`INSERT INTO incoming_answer (incoming, outgoing) VALUES (${incoming}, ${outgoing}) ON CONFLICT DO NOTHING`);
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
  return one<DetailRow>(db, sql`SELECT d.*, ${openChange}, ${imported} FROM incoming_document AS d WHERE id = ${id}`);
}
