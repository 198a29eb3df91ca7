import { z } from 'zod';
import type { OutboxFailure, OutboxItem, OutboxState } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { afterCommit, all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
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

type Row = {
  id: string;
  state: OutboxState;
  payload: string;
  document: string;
  status_code: string;
  created_at: string;
  attempts: number;
  next_try_at: string | null;
  doubt_since: string | null;
  axis_doc_id: string | null;
  delivered_at: string | null;
  last_failure: OutboxFailure | null;
  last_failure_detail: string | null;
};

export type OutboxRow = {
  readonly item: OutboxItem;
  readonly report: StatusReport;
  /** instant at which a try left whose outcome is not known; null when none is in doubt */
  readonly doubtSince: string | null;
};

function rowOf(row: Row): OutboxRow {
  const report = StoredReport.parse(JSON.parse(row.payload));
  return {
    report,
    doubtSince: row.doubt_since,
    item: {
      id: row.id,
      state: row.state,
      statusCode: row.status_code,
      about: fullCode(report.about),
      recipientOrganId: report.to.organId,
      recipientName: report.to.name,
      createdAt: row.created_at,
      attempts: row.attempts,
      nextTryAt: row.next_try_at,
      deliveredAt: row.delivered_at,
      lastFailure: row.last_failure,
      lastFailureDetail: row.last_failure_detail,
    },
  };
}

/**
 * Makes the port that puts a status into the outbox in the transaction of the thing it reports. The audit entry of
 * that thing speaks for both; the delivery has one of its own.
 */
export function queueStatusWith(queued: (ids: readonly string[]) => void): QueueStatus {
  return (db, report) => {
    const id = newId();
    changeOne(
      db,
      sql`INSERT INTO outbox (id, state, payload, document, status_code, created_at, next_try_at)
          VALUES (${id}, 'waiting', ${JSON.stringify(report)}, ${report.document}, ${report.statusCode}, ${report.at}, ${report.at})`,
    );
    afterCommit(db, () => {
      queued([id]);
    });
  };
}

/** Nothing earlier about the same document is still on its way. */
const itsTurn = sql`NOT EXISTS (
  SELECT 1 FROM outbox AS earlier
  WHERE earlier.document = o.document AND earlier.id < o.id AND earlier.state IN ('waiting', 'sending'))`;

/**
 * Rows whose time has come, oldest first, and of each document only the first that is not yet through: its statuses
 * must be heard in the order in which they happened.
 */
export function dueRows(db: ReadDb, now: string, limit: number): OutboxRow[] {
  return all<Row>(
    db,
    sql`SELECT * FROM outbox AS o WHERE state = 'waiting' AND next_try_at <= ${now} AND ${itsTurn}
        ORDER BY id LIMIT ${limit}`,
  ).map(rowOf);
}

/** When the next row whose turn it is becomes due; null when none waits. */
export function nextDue(db: ReadDb): string | null {
  const query = sql`SELECT MIN(next_try_at) AS at FROM outbox AS o WHERE state = 'waiting' AND ${itsTurn}`;
  return one<{ at: string | null }>(db, query)?.at ?? null;
}

/** One row; undefined when there is none. */
export function findRow(db: ReadDb, id: string): OutboxRow | undefined {
  const row = one<Row>(db, sql`SELECT * FROM outbox WHERE id = ${id}`);
  return row === undefined ? undefined : rowOf(row);
}

/** What the window shows: everything that is not through, then the newest of the rest. */
export function listOutbox(db: ReadDb): OutboxItem[] {
  return all<Row>(
    db,
    sql`SELECT * FROM outbox ORDER BY state IN ('delivered', 'cancelled'), id DESC LIMIT 500`,
  ).map((row) => rowOf(row).item);
}

export function countOutbox(db: ReadDb): { waiting: number; attention: number } {
  const rows = all<{ state: OutboxState; n: number }>(
    db,
    sql`SELECT state, COUNT(*) AS n FROM outbox WHERE state IN ('waiting', 'sending', 'attention') GROUP BY state`,
  );
  const of = (...states: OutboxState[]): number =>
    rows.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + row.n, 0);
  return { waiting: of('waiting', 'sending'), attention: of('attention') };
}

/** Whether a try was begun and never ended. */
export function hasInterrupted(db: ReadDb): boolean {
  return one(db, sql`SELECT 1 FROM outbox WHERE state = 'sending' LIMIT 1`) !== undefined;
}

/**
 * After a crash, or an error in the middle of a try: what was under way is in doubt, and waits to be looked up before
 * it is sent again. Only while nothing is being sent.
 */
export function recoverInterrupted(db: WriteDb, now: string): number {
  return run(
    db,
    sql`UPDATE outbox SET state = 'waiting', next_try_at = ${now}, doubt_since = COALESCE(doubt_since, ${now})
        WHERE state = 'sending'`,
  );
}

/** The network is back: what waited only for it is due now. */
export function wakeUnreachable(db: WriteDb, now: string): number {
  return run(
    db,
    sql`UPDATE outbox SET next_try_at = ${now}
        WHERE state = 'waiting' AND last_failure = 'axis-unreachable' AND next_try_at > ${now}`,
  );
}

/** Notes, before a try leaves, that it leaves. */
export function noteSending(db: WriteDb, id: string, now: string): void {
  changeOne(
    db,
    sql`UPDATE outbox SET state = 'sending', doubt_since = COALESCE(doubt_since, ${now})
        WHERE id = ${id} AND state IN ('waiting', 'attention')`,
  );
}

/** Notes that the axis has the message. */
export function noteDelivered(db: WriteDb, row: OutboxRow, axisDocId: string, now: string): void {
  changeOne(
    db,
    sql`UPDATE outbox SET state = 'delivered', attempts = attempts + 1, axis_doc_id = ${axisDocId},
          delivered_at = ${now}, doubt_since = NULL, next_try_at = NULL, last_failure = NULL, last_failure_detail = NULL
        WHERE id = ${row.item.id} AND state = 'sending'`,
  );
  appendAudit(db, {
    at: now,
    actor: 'station',
    action: 'status.delivered',
    subjectKind: 'incoming-document',
    subjectId: row.report.document,
    detail: { statusCode: row.report.statusCode, to: row.report.to.organId, axisDocId },
  });
}

export type FailedTry = {
  readonly state: 'waiting' | 'attention';
  readonly nextTryAt: string | null;
  readonly failure: OutboxFailure;
  readonly detail: string;
  /** the axis may have taken it nevertheless */
  readonly doubtful: boolean;
  /** this try counts against the limit */
  readonly counts: boolean;
};

/** Notes a try that failed. */
export function noteFailed(db: WriteDb, row: OutboxRow, tried: FailedTry, now: string): void {
  changeOne(
    db,
    sql`UPDATE outbox SET state = ${tried.state}, attempts = attempts + ${tried.counts ? 1 : 0},
          next_try_at = ${tried.nextTryAt}, last_failure = ${tried.failure}, last_failure_detail = ${tried.detail},
          doubt_since = ${tried.doubtful ? (row.doubtSince ?? now) : null}
        WHERE id = ${row.item.id} AND state = 'sending'`,
  );
  if (tried.state === 'attention') {
    appendAudit(db, {
      at: now,
      actor: 'station',
      action: 'status.failed',
      subjectKind: 'incoming-document',
      subjectId: row.report.document,
      detail: { statusCode: row.report.statusCode, failure: tried.failure, detail: tried.detail },
    });
  }
}

/** True when the axis' id belongs to a message whose delivery is already noted. */
export function isKnownDelivery(db: ReadDb, axisDocId: string): boolean {
  return one(db, sql`SELECT 1 FROM outbox WHERE axis_doc_id = ${axisDocId}`) !== undefined;
}
