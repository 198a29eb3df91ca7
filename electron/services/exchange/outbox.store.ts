import { z } from 'zod';
import type { DispatchKind, OutboxFailure, OutboxItem, OutboxState } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { afterCommit, all, changeOne, one, run, sql, type ReadDb, type Sql, type WriteDb } from '../../store/index.ts';
import type { QueueStatus, StatusReport } from '../records/index.ts';
import { fullCode } from './edxml/values.ts';

const Party = z.strictObject({ organId: z.string(), name: z.string() });
/** Stored payloads are parsed again before they are sent: the program that wrote them may have been another version. */
const StoredReport: z.ZodType<StatusReport> = z.strictObject({
  statusCode: z.string(),
  document: z.string(),
  at: z.string(),
  from: Party,
  to: Party,
  about: z.strictObject({
    documentId: z.string(),
    codeNumber: z.string(),
    codeNotation: z.string(),
    issuedDate: z.string().nullable(),
  }),
  staff: z.string(),
  description: z.string(),
});
const StoredReceivers = z.array(Party);

type Row = {
  id: string;
  state: OutboxState;
  payload: string;
  incoming: string | null;
  outgoing: string | null;
  dispatch: string | null;
  status_code: string;
  rank: number;
  created_at: string;
  attempts: number;
  next_try_at: string | null;
  doubt_since: string | null;
  axis_doc_id: string | null;
  delivered_at: string | null;
  last_failure: OutboxFailure | null;
  last_failure_detail: string | null;
  kind: DispatchKind | null;
  sender: string | null;
  receivers: string | null;
  sha256: string | null;
  size: number | null;
  code: string | null;
  urgency: number | null;
};

/** What a row sends. A document message lies in the blob store, its bytes fixed before the first try. */
export type OutboxContent =
  | { readonly kind: 'status'; readonly report: StatusReport }
  | { readonly kind: 'document'; readonly dispatch: string; readonly sha256: string; readonly size: number };

export type OutboxRow = {
  readonly item: OutboxItem;
  readonly content: OutboxContent;
  /** the code under which it is sent */
  readonly from: string;
  /** the id that the axis gave to the delivered message; '' until then */
  readonly axisDocId: string;
  /** instant at which a try left whose outcome is not known; null when none is in doubt */
  readonly doubtSince: string | null;
  /** when a person found out that it is not at the recipient; null when nobody did, or a try has left since */
  readonly foundNotSentAt: string | null;
};

/** Stands, with the instant, for the last failure's words once a person has found out that nothing got through. */
const notSent = 'found-not-sent ';

function rowOf(row: Row): OutboxRow {
  const common = {
    id: row.id,
    state: row.state,
    incoming: row.incoming,
    outgoing: row.outgoing,
    urgency: row.dispatch === null ? 0 : (row.urgency ?? 0),
    movedUp: row.rank >= movedUpRank,
    createdAt: row.created_at,
    attempts: row.attempts,
    nextTryAt: row.next_try_at,
    deliveredAt: row.delivered_at,
    inDoubt: row.doubt_since !== null && row.state !== 'sending' && row.state !== 'delivered',
    lastFailure: row.last_failure,
    lastFailureDetail: row.last_failure === null ? null : row.last_failure_detail,
  };
  const settled = row.doubt_since === null && row.last_failure === null && row.last_failure_detail?.startsWith(notSent) === true;
  const foundNotSentAt = settled ? (row.last_failure_detail?.slice(notSent.length) ?? null) : null;
  if (row.dispatch === null) {
    const report = StoredReport.parse(JSON.parse(row.payload));
    return {
      content: { kind: 'status', report },
      from: report.from.organId,
      axisDocId: row.axis_doc_id ?? '',
      doubtSince: row.doubt_since,
      foundNotSentAt,
      item: { ...common, dispatch: null, statusCode: row.status_code, about: fullCode(report.about), recipients: [report.to] },
    };
  }
  const recipients = StoredReceivers.parse(JSON.parse(row.receivers ?? ''));
  return {
    content: { kind: 'document', dispatch: row.dispatch, sha256: row.sha256 ?? '', size: row.size ?? 0 },
    from: row.sender ?? '',
    axisDocId: row.axis_doc_id ?? '',
    doubtSince: row.doubt_since,
    foundNotSentAt,
    item: { ...common, dispatch: row.kind, statusCode: '', about: row.code ?? '', recipients },
  };
}

/** What a person moved up goes before what is urgent, and that before the rest. */
const movedUpRank = 100;

/** A row goes before the others by its document's urgency (QĐ 28/2018 art. 6.2: urgent ones at once). */
const rowColumns = sql`o.*, p.kind, p.sender, p.receivers, p.sha256, p.size, d.code_number || '/' || d.code_notation AS code,
  d.urgency FROM outbox AS o LEFT JOIN dispatch AS p ON p.id = o.dispatch LEFT JOIN outgoing_document AS d ON d.id = p.document`;

/**
 * Makes the port that puts a status into the outbox in the transaction of the thing it reports. The audit entry of
 * that thing speaks for both; the delivery has one of its own.
 */
export function queueStatusWith(queued: (ids: readonly string[]) => void): QueueStatus {
  return (db, report, occasion = '') => {
    // Nobody on the axis waits to hear of what came on paper or as a file.
    const row = one<{ source: string }>(db, sql`SELECT source FROM incoming_document WHERE id = ${report.document}`);
    if (row !== undefined && row.source !== 'axis') return;
    const id = queueReport(db, { incoming: report.document, outgoing: null }, report, occasion);
    afterCommit(db, () => {
      queued([id]);
    });
  };
}

/** Puts a status into the outbox, about a received document or about one of ours; answers the row's id. */
export function queueReport(
  db: WriteDb,
  about: { readonly incoming: string | null; readonly outgoing: string | null },
  report: StatusReport,
  occasion: string,
): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO outbox (id, state, payload, incoming, outgoing, status_code, occasion, created_at, next_try_at)
        VALUES (${id}, 'waiting', ${JSON.stringify(report)}, ${about.incoming}, ${about.outgoing}, ${report.statusCode},
          ${occasion}, ${report.at}, ${report.at})`,
  );
  return id;
}

/** Puts a document message into the outbox; answers the row's id. */
export function queueDispatch(
  db: WriteDb,
  row: { readonly dispatch: string; readonly outgoing: string; readonly urgency: number; readonly at: string },
): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO outbox (id, state, payload, outgoing, dispatch, status_code, occasion, rank, created_at, next_try_at)
        VALUES (${id}, 'waiting', '', ${row.outgoing}, ${row.dispatch}, '', '', ${row.urgency}, ${row.at}, ${row.at})`,
  );
  return id;
}

/** Row `e` would bring the document itself to somebody whom row `o` names: what follows waits for a person to decide on it. */
const carriesDocument = sql`EXISTS (
    SELECT 1 FROM recipient AS r WHERE r.dispatch = e.dispatch AND r.sent_at IS NULL AND r.cancelled_at IS NULL
      AND r.organ_id IN (
        SELECT json_extract(o.payload, '$.to.organId') WHERE o.dispatch IS NULL
        UNION ALL SELECT json_extract(t.value, '$.organId') FROM dispatch AS s, json_each(s.receivers) AS t WHERE s.id = o.dispatch))`;

/**
 * What is not through, in the words of the partial index `outbox_open`. SQLite takes that index only where they stand:
 * `state = 'waiting'` alone reads every row that was ever sent.
 */
const isOpen = sql`o.state IN ('waiting', 'sending', 'attention')`;

/**
 * Statuses that a list of sent messages could not tell from one in doubt: it names number and receiver, neither the
 * document's id nor the status code (axis.md §1.4). Two documents of a sender may bear the same number.
 */
const hiddenByDoubt = sql`SELECT b.id FROM outbox AS d
    -- CROSS: those in doubt, which are few, first.
    CROSS JOIN outbox AS b
    WHERE d.state IN ('waiting', 'sending', 'attention') AND d.doubt_since IS NOT NULL AND d.dispatch IS NULL
      AND b.state IN ('waiting', 'sending', 'attention') AND b.state <> 'sending' AND b.dispatch IS NULL AND b.id <> d.id
      AND (b.doubt_since IS NULL OR d.id < b.id)
      AND json_extract(b.payload, '$.to.organId') = json_extract(d.payload, '$.to.organId')
      AND json_extract(b.payload, '$.about.codeNumber') = json_extract(d.payload, '$.about.codeNumber')
      AND json_extract(b.payload, '$.about.codeNotation') = json_extract(d.payload, '$.about.codeNotation')`;

/**
 * Nothing earlier about the same document is still on its way, or may have got through or not: what follows it (a
 * recall after the document, status 03 after 01) must not overtake it. Nor what would be taken for it when it is looked
 * up. Statuses about ours (13) go to one recipient each and do not wait for each other. A status about a received
 * document waits for a refused one too, until a person sends or cancels that: they would leave in another order than
 * they were said, and by order alone they are told apart after a restore.
 */
const itsTurn = sql`o.id NOT IN (${hiddenByDoubt}) AND NOT EXISTS (
    SELECT 1 FROM outbox AS e WHERE e.incoming = o.incoming AND e.id < o.id AND e.state IN ('waiting', 'sending', 'attention'))
  AND NOT EXISTS (
    SELECT 1 FROM outbox AS e WHERE e.outgoing = o.outgoing AND e.id < o.id
      AND NOT (e.dispatch IS NULL AND o.dispatch IS NULL)
      AND (e.state IN ('waiting', 'sending') OR (e.state = 'attention' AND (e.doubt_since IS NOT NULL OR ${carriesDocument}))))`;

/** Rows whose time has come and whose turn it is: moved up first, then urgent, then oldest. */
export function dueRows(db: ReadDb, now: string, limit: number): OutboxRow[] {
  return all<Row>(
    db,
    sql`SELECT ${rowColumns} WHERE ${isOpen} AND o.state = 'waiting' AND o.next_try_at <= ${now} AND ${itsTurn}
        ORDER BY o.rank DESC, o.id LIMIT ${limit}`,
  ).map(rowOf);
}

/** Whether nothing before this row stands in its way. */
export function isItsTurn(db: ReadDb, id: string): boolean {
  return one(db, sql`SELECT 1 FROM outbox AS o WHERE o.id = ${id} AND ${itsTurn}`) !== undefined;
}

/** When the next row whose turn it is becomes due; null when none waits. */
export function nextDue(db: ReadDb): string | null {
  const query = sql`SELECT MIN(next_try_at) AS at FROM outbox AS o WHERE ${isOpen} AND o.state = 'waiting' AND ${itsTurn}`;
  return one<{ at: string | null }>(db, query)?.at ?? null;
}

/** One row; undefined when there is none. */
export function findRow(db: ReadDb, id: string): OutboxRow | undefined {
  const row = one<Row>(db, sql`SELECT ${rowColumns} WHERE o.id = ${id}`);
  return row === undefined ? undefined : rowOf(row);
}

/** The rows of one of our documents, oldest first. */
export function rowsOfOutgoing(db: ReadDb, document: string): OutboxRow[] {
  return all<Row>(db, sql`SELECT ${rowColumns} WHERE o.outgoing = ${document} ORDER BY o.id`).map(rowOf);
}

/** What the window shows: everything that is not through, in the order in which it goes, then the newest of the rest. */
export function listOutbox(db: ReadDb): OutboxItem[] {
  const open = all<Row>(
    db,
    sql`SELECT ${rowColumns} WHERE ${isOpen} ORDER BY o.rank DESC, o.id LIMIT 2000`,
  );
  const rest = all<Row>(
    db,
    sql`SELECT ${rowColumns} WHERE o.state IN ('delivered', 'cancelled') ORDER BY o.id DESC LIMIT 500`,
  );
  return [...open, ...rest].map((row) => rowOf(row).item);
}

export function countOutbox(db: ReadDb): { waiting: number; attention: number } {
  const rows = all<{ state: OutboxState; n: number }>(
    db,
    sql`SELECT state, COUNT(*) AS n FROM outbox AS o WHERE ${isOpen} GROUP BY state`,
  );
  const of = (...states: OutboxState[]): number =>
    rows.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + row.n, 0);
  return { waiting: of('waiting', 'sending'), attention: of('attention') };
}

/** Whether a try was begun and never ended. */
export function hasInterrupted(db: ReadDb): boolean {
  return one(db, sql`SELECT 1 FROM outbox AS o WHERE ${isOpen} AND o.state = 'sending' LIMIT 1`) !== undefined;
}

/**
 * After a crash, or an error in the middle of a try: what was under way is in doubt, and waits to be looked up before
 * it is sent again. Only while nothing is being sent.
 */
export function recoverInterrupted(db: WriteDb, now: string): number {
  return run(
    db,
    sql`UPDATE outbox AS o SET state = 'waiting', next_try_at = ${now}, doubt_since = COALESCE(doubt_since, ${now})
        WHERE ${isOpen} AND o.state = 'sending'`,
  );
}

/** The network is back: what waited only for it is due now. */
export function wakeUnreachable(db: WriteDb, now: string): number {
  return run(
    db,
    sql`UPDATE outbox AS o SET next_try_at = ${now}
        WHERE ${isOpen} AND o.state = 'waiting' AND o.last_failure = 'axis-unreachable' AND o.next_try_at > ${now}`,
  );
}

/**
 * The clock was set back: what it put off to a time that no wait reaches is due now, else it would rest until the clock
 * gets there again.
 * @param latest the latest time that a wait from `now` on can end at
 */
export function wakeStranded(db: WriteDb, now: string, latest: string): number {
  return run(db, sql`UPDATE outbox AS o SET next_try_at = ${now} WHERE ${isOpen} AND o.state = 'waiting' AND o.next_try_at > ${latest}`);
}

/** Whether there is such a row. */
export function hasStranded(db: ReadDb, latest: string): boolean {
  return one(db, sql`SELECT 1 FROM outbox AS o WHERE ${isOpen} AND o.state = 'waiting' AND o.next_try_at > ${latest} LIMIT 1`) !== undefined;
}

/** Puts a row before the others, due at once. */
export function putFirst(db: WriteDb, id: string, now: string): void {
  changeOne(
    db,
    sql`UPDATE outbox SET rank = 1 + (SELECT MAX(${movedUpRank - 1}, COALESCE(MAX(o.rank), 0)) FROM outbox AS o WHERE ${isOpen} AND o.state = 'waiting'),
          state = 'waiting', next_try_at = ${now} WHERE id = ${id} AND state IN ('waiting', 'attention')`,
  );
}

/** Takes a row out of the queue; what has left or may have left cannot be. */
export function cancelRow(db: WriteDb, id: string): void {
  changeOne(
    db,
    sql`UPDATE outbox SET state = 'cancelled', next_try_at = NULL
        WHERE id = ${id} AND state IN ('waiting', 'attention') AND doubt_since IS NULL`,
  );
}

/** A person found out that the message in doubt did not get through: it is sent again, without a look-up. */
export function clearDoubt(db: WriteDb, id: string, now: string): void {
  changeOne(
    db,
    sql`UPDATE outbox SET state = 'waiting', doubt_since = NULL, attempts = 0, next_try_at = ${now},
          last_failure = NULL, last_failure_detail = ${notSent + now}
        WHERE id = ${id} AND state IN ('waiting', 'attention') AND doubt_since IS NOT NULL`,
  );
}

const ofKindOf = ({ content, item }: OutboxRow): Sql =>
  content.kind === 'status' ? sql`o.dispatch IS NULL AND o.id <> ${item.id}` : sql`o.dispatch IS NOT NULL AND o.id <> ${item.id}`;

/**
 * The other rows of the same kind that may stand in a list of sent messages and were not delivered: open, or cancelled before
 * this one about the same received document.
 */
export function undeliveredBeside(db: ReadDb, row: OutboxRow): OutboxRow[] {
  // Each part for itself: over an OR SQLite reads everything that was ever sent.
  const rows = [
    sql`SELECT ${rowColumns} WHERE ${isOpen} AND ${ofKindOf(row)}`,
    sql`SELECT ${rowColumns} WHERE o.incoming = ${row.item.incoming} AND o.id < ${row.item.id} AND o.state = 'cancelled' AND ${ofKindOf(row)}`,
  ];
  return rows.flatMap((query) => all<Row>(db, query)).map(rowOf);
}

/**
 * Others of the same kind that were delivered within these instants, the first of them: at most `limit` after the place that
 * the last answer names. The list may reach back to the first message that was ever sent, so it is read piece by piece.
 */
export function deliveredBeside(
  db: ReadDb,
  row: OutboxRow,
  within: { readonly since: string; readonly before: string },
  piece: { readonly after: { readonly at: string; readonly rowid: number } | null; readonly limit: number },
): { readonly rows: OutboxRow[]; readonly next: { readonly at: string; readonly rowid: number } | null } {
  const { at, rowid } = piece.after ?? { at: within.since, rowid: 0 };
  const found = all<Row & { place: number }>(
    db,
    sql`SELECT o.rowid AS place, ${rowColumns} WHERE o.state = 'delivered' AND (o.delivered_at, o.rowid) > (${at}, ${rowid})
          AND o.delivered_at <= ${within.before}
        ORDER BY o.delivered_at, o.rowid LIMIT ${piece.limit}`,
  );
  const last = found.length < piece.limit ? undefined : found.at(-1);
  const status = row.content.kind === 'status';
  return {
    rows: found.filter((one) => (one.dispatch === null) === status && one.id !== row.item.id).map(rowOf),
    next: last === undefined ? null : { at: last.delivered_at ?? '', rowid: last.place },
  };
}

/** Rows whose delivery is noted under an id of the axis, which may have given it more than once. */
export function deliveriesUnder(db: ReadDb, axisDocId: string): OutboxRow[] {
  return all<Row>(db, sql`SELECT ${rowColumns} WHERE o.axis_doc_id = ${axisDocId}`).map(rowOf);
}
