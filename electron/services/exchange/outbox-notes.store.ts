import type { OutboxFailure } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { appendAudit, type AuditFact } from '../audit/index.ts';
import type { OutboxRow } from './outbox.store.ts';
import { replacementLeft } from './replacing.ts';

/** Notes, before a try leaves, that it leaves, and since when it may have if it is never heard of again. */
export function noteSending(db: WriteDb, id: string, leftAt: string): void {
  changeOne(
    db,
    sql`UPDATE outbox SET state = 'sending', doubt_since = COALESCE(doubt_since, ${leftAt})
        WHERE id = ${id} AND state IN ('waiting', 'attention')`,
  );
}

/** Notes that a try which was begun has not left before this instant. */
export function noteLeaving(db: WriteDb, id: string, leftAt: string): void {
  changeOne(db, sql`UPDATE outbox SET doubt_since = ${leftAt} WHERE id = ${id} AND state = 'sending'`);
}

/** Notes that the axis has the message. `actor` is the person who found it out, or the station. */
export function noteDelivered(
  db: WriteDb,
  row: OutboxRow,
  delivery: { readonly axisDocId: string; readonly at: string; readonly actor: string; readonly note: string },
): void {
  const { axisDocId, at, actor } = delivery;
  changeOne(
    db,
    sql`UPDATE outbox SET state = 'delivered', attempts = attempts + ${actor === 'station' ? 1 : 0},
          axis_doc_id = ${axisDocId === '' ? null : axisDocId},
          delivered_at = ${at}, doubt_since = NULL, next_try_at = NULL, last_failure = NULL, last_failure_detail = NULL
        WHERE id = ${row.item.id} AND state IN ('sending', 'waiting', 'attention')`,
  );
  if (row.content.kind === 'document') {
    run(db, sql`UPDATE recipient SET sent_at = ${at} WHERE dispatch = ${row.content.dispatch} AND sent_at IS NULL`);
    replacementLeft(db, row, at);
  }
  const note = delivery.note === '' ? {} : { note: delivery.note };
  appendAudit(db, aboutRow(row, { at, actor, action: 'delivered', detail: { ...saidBy(row), axisDocId, ...note } }));
}

export type FailedTry = {
  readonly state: 'waiting' | 'attention';
  readonly nextTryAt: string | null;
  readonly failure: OutboxFailure;
  readonly detail: string;
  /** since when the axis may have it nevertheless; null when it surely has not */
  readonly doubtSince: string | null;
  /** this try counts against the limit */
  readonly counts: boolean;
};

/** Notes a try that failed. */
export function noteFailed(db: WriteDb, row: OutboxRow, tried: FailedTry, now: string): void {
  changeOne(
    db,
    sql`UPDATE outbox SET state = ${tried.state}, attempts = attempts + ${tried.counts ? 1 : 0},
          next_try_at = ${tried.nextTryAt}, last_failure = ${tried.failure}, last_failure_detail = ${tried.detail},
          doubt_since = ${tried.doubtSince}
        WHERE id = ${row.item.id} AND state = 'sending'`,
  );
  if (tried.state === 'attention') {
    const detail = { ...saidBy(row), failure: tried.failure, detail: tried.detail };
    appendAudit(db, aboutRow(row, { at: now, actor: 'station', action: 'failed', detail }));
  }
}

/** Notes what a person did to a row. */
export function noteActOnRow(
  db: WriteDb,
  row: OutboxRow,
  act: Pick<AuditFact, 'at' | 'actor' | 'action'> & { readonly note: string },
): void {
  const { note, ...rest } = act;
  appendAudit(db, aboutRow(row, { ...rest, detail: { ...saidBy(row), ...(note === '' ? {} : { note }) } }));
}

/** An entry about a row speaks of its document; its action begins with what kind of message it is. */
function aboutRow(row: OutboxRow, fact: Pick<AuditFact, 'at' | 'actor' | 'action' | 'detail'>): AuditFact {
  const { incoming, outgoing } = row.item;
  return {
    ...fact,
    action: `${row.content.kind === 'status' ? 'status' : 'dispatch'}.${fact.action}`,
    subjectKind: incoming === null ? 'outgoing-document' : 'incoming-document',
    subjectId: incoming ?? outgoing ?? '',
  };
}

function saidBy(row: OutboxRow): AuditFact['detail'] {
  const to = row.item.recipients.map((agency) => agency.organId).join(', ');
  return row.content.kind === 'status'
    ? { statusCode: row.item.statusCode, to }
    : { dispatch: row.item.dispatch, to, sha256: row.content.sha256 };
}

/** Keeps the calls that one try of a row cost, in order. */
export function keepCalls(db: WriteDb, outbox: string, calls: readonly { readonly at: string; readonly note: string }[]): void {
  for (const { at, note } of calls) {
    changeOne(db, sql`INSERT INTO axis_call (id, outbox, at, note) VALUES (${newId()}, ${outbox}, ${at}, ${note})`);
  }
}

/** When the last call that a row cost was made; null when there was none. */
export function lastCallAt(db: ReadDb, outbox: string): string | null {
  return one<{ at: string }>(db, sql`SELECT at FROM axis_call WHERE outbox = ${outbox} ORDER BY id DESC LIMIT 1`)?.at ?? null;
}

/** The calls that a row cost, in order, as JSON texts. */
export function callsOf(db: ReadDb, outbox: string): string[] {
  return all<{ note: string }>(db, sql`SELECT note FROM axis_call WHERE outbox = ${outbox} ORDER BY id`).map((row) => row.note);
}
