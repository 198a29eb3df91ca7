import type { WithheldFailure, WithheldItem } from '#contract';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import type { MessageType, QueueItem } from './ports.ts';

/**
 * When a message that could not be fetched is tried again, in seconds after each failed try; the last one from then
 * on. The first time at the next poll, as most cut connections are an accident. No official intervals are known.
 */
const fetchRetrySeconds = [0, 300, 900, 3600, 21_600] as const;

/**
 * Whether a withheld message is to be tried again. Also when its next try lies further ahead than its tries put it off:
 * then the clock was set back since.
 */
export function isFetchDue({ tries, nextTryAt }: { readonly tries: number; readonly nextTryAt: string }, now: Date): boolean {
  const aheadMs = Date.parse(nextTryAt) - now.getTime();
  return aheadMs <= 0 || aheadMs > waitSeconds(tries) * 1000;
}

function waitSeconds(tries: number): number {
  return fetchRetrySeconds[Math.min(tries, fetchRetrySeconds.length) - 1] ?? 0;
}

export type FailedFetch = {
  readonly item: Pick<QueueItem, 'docId' | 'from'>;
  readonly messageType: MessageType;
  readonly failure: WithheldFailure;
  /** the axis' own words or what was observed, for support */
  readonly detail: string;
};

type Row = {
  transport_id: string;
  message_type: MessageType;
  sender: string;
  tries: number;
  first_failed_at: string;
  last_failed_at: string;
  next_try_at: string;
  failure: WithheldFailure;
  detail: string;
};

/** Messages that the axis lists and that could not be fetched yet, the longest waiting first. */
export function listWithheld(
  db: ReadDb,
  page: { readonly after: Pick<WithheldItem, 'firstFailedAt' | 'transportId'> | null; readonly limit: number } = { after: null, limit: 100 },
): WithheldItem[] {
  const { firstFailedAt, transportId } = page.after ?? { firstFailedAt: '', transportId: '' };
  return all<Row>(
    db,
    sql`SELECT * FROM inbox_withheld WHERE (first_failed_at, transport_id) > (${firstFailedAt}, ${transportId})
        ORDER BY first_failed_at, transport_id LIMIT ${page.limit}`,
  ).map((row) => ({
    transportId: row.transport_id,
    from: row.sender,
    tries: row.tries,
    firstFailedAt: row.first_failed_at,
    lastFailedAt: row.last_failed_at,
    nextTryAt: row.next_try_at,
    failure: row.failure,
    detail: row.detail,
  }));
}

/** How many there are. */
export function countWithheld(db: ReadDb): number {
  return one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM inbox_withheld`)?.n ?? 0;
}

/** By transport id: how often each message of a queue could not be fetched, and when it is due again. */
export function withheldOf(db: ReadDb, messageType: MessageType): Map<string, { tries: number; nextTryAt: string }> {
  const rows = all<Row>(db, sql`SELECT * FROM inbox_withheld WHERE message_type = ${messageType}`);
  return new Map(rows.map((row) => [row.transport_id, { tries: row.tries, nextTryAt: row.next_try_at }]));
}

/**
 * Counts a failed try against its message and sets the next one. The second failure in a row is no accident any more
 * and is told to the audit log.
 */
export function noteWithheld(db: WriteDb, failed: FailedFetch, earlierTries: number, at: Date): void {
  const { docId, from } = failed.item;
  const tries = earlierTries + 1;
  const now = at.toISOString();
  const next = new Date(at.getTime() + waitSeconds(tries) * 1000).toISOString();
  changeOne(
    db,
    sql`INSERT INTO inbox_withheld (transport_id, message_type, sender, tries, first_failed_at, last_failed_at,
          next_try_at, failure, detail)
        VALUES (${docId}, ${failed.messageType}, ${from}, ${tries}, ${now}, ${now}, ${next}, ${failed.failure}, ${failed.detail})
        ON CONFLICT (transport_id) DO UPDATE SET tries = excluded.tries, last_failed_at = excluded.last_failed_at,
          next_try_at = excluded.next_try_at, failure = excluded.failure, detail = excluded.detail`,
  );
  if (tries === 2) audit(db, 'message.withheld', docId, now, { sender: from, failure: failed.failure, detail: failed.detail });
}

/** The message is stored: nothing is withheld any more. */
export function clearWithheld(db: WriteDb, transportId: string): void {
  run(db, sql`DELETE FROM inbox_withheld WHERE transport_id = ${transportId}`);
}

/** The axis does not list the message any more, so it will never come. */
export function forgetUnlisted(db: WriteDb, transportId: string, tries: number, now: string): void {
  clearWithheld(db, transportId);
  if (tries > 1) audit(db, 'message.withdrawn', transportId, now, {});
}

function audit(db: WriteDb, action: string, transportId: string, at: string, detail: Readonly<Record<string, string>>): void {
  appendAudit(db, { at, actor: 'station', action, subjectKind: 'axis-message', subjectId: transportId, detail });
}
