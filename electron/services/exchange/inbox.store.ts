import type { z } from 'zod';
import type { Deviation, QuarantineItem, QuarantineReason } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { spellingsOf } from '../../foundation/spellings.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { sameAgency } from './agency-code.store.ts';
import { instantFromWire } from './edxml/values.ts';
import type { MessageType, QueueItem } from './ports.ts';

export type InboxState = 'stored' | 'duplicate' | 'quarantined' | 'kept';

/** Where the incident number of a message stands that could not be filed: the only note among its deviations. */
export const incidentRule = 'incident';

export type InboxMessage = {
  readonly transportId: string;
  readonly messageType: MessageType;
  readonly state: InboxState;
  readonly sender: string;
  readonly senderDocumentId: string;
  readonly businessType: string;
  /** who handed it in, by the axis' list; '' when that does not say */
  readonly handedBy: string;
  /** how it deviates from the format */
  readonly deviations: readonly Deviation[];
  readonly receivedAt: string;
  readonly sha256: string;
  readonly size: number;
  /** '' for what is stored or a second copy */
  readonly reason: QuarantineReason | '';
  /** the received document that it brought or speaks of */
  readonly document: string | null;
  /** the document of ours that it speaks of */
  readonly outgoing: string | null;
};

/**
 * How a message is kept that is not the first under its id of the axis; also the first, where that id itself ends so: else
 * it would be taken for another's second one.
 */
const numbered = / #\d+$/;

/** The axis' own id of a kept message. */
function axisIdOf(transportId: string): string {
  return transportId.replace(numbered, '');
}

/** Writes down a message that was taken from the axis; answers its id. */
export function insertInboxMessage(db: WriteDb, message: InboxMessage): string {
  const id = newId();
  const nth = sharing(db, message.transportId).length + 1;
  const transportId = nth === 1 && !numbered.test(message.transportId) ? message.transportId : `${message.transportId} #${String(nth)}`;
  changeOne(
    db,
    sql`INSERT INTO inbox_message (id, transport_id, message_type, state, sender, sender_document_id, business_type,
          received_at, sha256, size, reason, document, outgoing, handed_by,
          deviations)
        VALUES (${id}, ${transportId}, ${message.messageType}, ${message.state}, ${message.sender},
          ${message.senderDocumentId}, ${message.businessType}, ${message.receivedAt}, ${message.sha256},
          ${message.size}, ${message.reason}, ${message.document}, ${message.outgoing},
          ${message.handedBy}, ${JSON.stringify(message.deviations)})`,
  );
  return id;
}

/** Puts what a kept message turned out to be in place of what was thought of it. */
export function refileInboxMessage(
  db: WriteDb,
  id: string,
  message: Pick<
    InboxMessage,
    'state' | 'sender' | 'senderDocumentId' | 'businessType' | 'reason' | 'document' | 'outgoing' | 'deviations'
  > & { readonly at: string },
): void {
  changeOne(
    db,
    sql`UPDATE inbox_message SET state = ${message.state}, sender = ${message.sender},
          sender_document_id = ${message.senderDocumentId}, business_type = ${message.businessType},
          reason = ${message.reason}, document = ${message.document}, outgoing = ${message.outgoing},
          replayed_at = ${message.at}, deviations = ${JSON.stringify(message.deviations)}
        WHERE id = ${id} AND state IN ('quarantined', 'kept')`,
  );
}

/** True when these very bytes came from this sender before and were filed. */
export function findSame(db: ReadDb, sender: string, sha256: string): boolean {
  return (
    one(db, sql`SELECT 1 FROM inbox_message WHERE state = 'stored' AND sender = ${sender} AND sha256 = ${sha256}`) !== undefined
  );
}

/** A message as it was kept; undefined when there is none. */
export function findMessage(
  db: ReadDb,
  id: string,
): Pick<InboxMessage, 'state' | 'messageType' | 'handedBy' | 'sha256' | 'size' | 'reason'> | undefined {
  const row = one<Pick<InboxMessage, 'state' | 'sha256' | 'size' | 'reason'> & { message_type: MessageType; handed_by: string }>(
    db,
    sql`SELECT state, message_type, handed_by, sha256, size, reason FROM inbox_message WHERE id = ${id}`,
  );
  return row === undefined ? undefined : { ...row, messageType: row.message_type, handedBy: row.handed_by };
}

/** Kept messages that may be filed now: the document of which they speak has come. Both states are the words of the index `inbox_message_apart`. */
export function findReplayable(db: ReadDb): string[] {
  return all<{ id: string }>(
    db,
    sql`SELECT m.id FROM inbox_message AS m WHERE m.state IN ('quarantined', 'kept') AND m.state = 'kept' AND m.reason = 'unknown-document'
          AND (EXISTS (SELECT 1 FROM incoming_document AS d WHERE d.document_id = m.sender_document_id)
            OR EXISTS (SELECT 1 FROM incoming_document AS d
              WHERE d.code_number = substr(m.sender_document_id, 1, instr(m.sender_document_id, '/') - 1)
                AND d.code_notation = substr(m.sender_document_id, instr(m.sender_document_id, '/') + 1))
            OR EXISTS (SELECT 1 FROM outgoing_document AS o WHERE o.document_id = m.sender_document_id))
        ORDER BY m.id`,
  ).map((row) => row.id);
}

/** Every message that is kept apart, oldest first. */
export function findKept(db: ReadDb): string[] {
  return all<{ id: string }>(
    db,
    sql`SELECT id FROM inbox_message WHERE state IN ('quarantined', 'kept') ORDER BY id`,
  ).map((row) => row.id);
}

/** The messages in which recipients spoke of a document of ours, oldest first. */
export function messagesAbout(
  db: ReadDb,
  outgoing: string,
): { transportId: string; sender: string; type: string; receivedAt: string; acknowledgedAt: string | null; sha256: string; size: number }[] {
  return all<{
    transport_id: string;
    sender: string;
    business_type: string;
    received_at: string;
    acknowledged_at: string | null;
    sha256: string;
    size: number;
  }>(db, sql`SELECT * FROM inbox_message WHERE outgoing = ${outgoing} ORDER BY id`).map((row) => ({
    transportId: row.transport_id,
    sender: row.sender,
    type: row.business_type,
    receivedAt: row.received_at,
    acknowledgedAt: row.acknowledged_at,
    sha256: row.sha256,
    size: row.size,
  }));
}

/**
 * The message of a queue that was taken earlier from this row of the axis' list; undefined when it is new. Ids are the
 * axis' own: the two queues may count apart, and another axis, or one set up anew, counts from the beginning. So a row
 * that another agency handed in, or that the axis made long after the known one came, is another message; the latter only
 * when as much time has passed by our own clock, as that may be behind.
 */
export function findTaken(
  db: ReadDb,
  messageType: MessageType,
  item: Pick<QueueItem, 'docId' | 'from' | 'createdTime'>,
  now: Date,
): Taken | undefined {
  const made = Math.min(Date.parse(instantFromWire(item.createdTime) ?? ''), now.getTime());
  const row = sharing(db, item.docId).find(
    (one) =>
      one.message_type === messageType &&
      (item.from === '' || one.handed_by === '' || sameAgency(db, item.from, one.handed_by)) &&
      !(made > Date.parse(one.received_at) + clockToleranceMs),
  );
  return row === undefined ? undefined : { id: row.id, state: row.state, isOver: row.acknowledged_at !== null };
}

/** How much the axis' clock may be ahead of ours when its rows are told apart. */
const clockToleranceMs = 24 * 3_600_000;

/** A message that came earlier; `isOver`: the axis has heard that we have it, and has no reason to list it again. */
export type Taken = { readonly id: string; readonly state: InboxState; readonly isOver: boolean };

type Sharing = {
  id: string;
  state: InboxState;
  message_type: MessageType;
  handed_by: string;
  received_at: string;
  acknowledged_at: string | null;
  sha256: string;
  transport_id: string;
};

/** Messages that came under one id of the axis. */
function sharing(db: ReadDb, docId: string): Sharing[] {
  return all<Sharing>(
    db,
    sql`SELECT id, state, message_type, handed_by, received_at, acknowledged_at, sha256, transport_id FROM inbox_message
        WHERE transport_id = ${docId} OR (transport_id > ${`${docId} #`} AND transport_id < ${`${docId} $`})`,
  ).filter((row) => axisIdOf(row.transport_id) === docId);
}

/** Whether these bytes came under this id of a queue before. */
export function isSameAgain(db: ReadDb, messageType: MessageType, docId: string, sha256: string): boolean {
  return sharing(db, docId).some((row) => row.message_type === messageType && row.sha256 === sha256);
}

/**
 * The document that came earlier under the second key of axis.md §1.5; undefined when it is new. `senders` are the codes
 * of one agency.
 */
export function findStored(
  db: ReadDb,
  senders: readonly string[],
  senderDocumentId: string,
  businessType: string,
): string | undefined {
  const codes = JSON.stringify(senders);
  const ids = JSON.stringify(spellingsOf(senderDocumentId));
  // In the words of the two indexes; without them every message ever taken in would be looked at for each new one.
  return one<{ document: string }>(
    db,
    sql`SELECT document FROM inbox_message WHERE state = 'stored' AND message_type = 'edoc' AND business_type IN ('0', '3')
          AND sender IN (SELECT value FROM json_each(${codes}))
          AND sender_document_id IN (SELECT value FROM json_each(${ids})) AND business_type = ${businessType}
        UNION ALL
        SELECT document FROM inbox_message WHERE state = 'stored' AND message_type = 'status'
          AND sender IN (SELECT value FROM json_each(${codes}))
          AND sender_document_id IN (SELECT value FROM json_each(${ids})) AND business_type = ${businessType}`,
  )?.document;
}

/** The senders' ids of all documents that came; practice profiles are small. */
export function receivedDocumentIds(db: ReadDb): string[] {
  const rows = all<{ id: string }>(db, sql`SELECT sender_document_id AS id FROM inbox_message
        WHERE state = 'stored' AND message_type = 'edoc' AND business_type IN ('0', '3')`);
  return rows.map((row) => row.id);
}

/** Messages on disk of which the axis may not know yet that we have them. */
export function findUnacknowledged(
  db: ReadDb,
  messageType: MessageType,
): { id: string; transportId: string; state: InboxState }[] {
  return all<{ id: string; transport_id: string; state: InboxState }>(
    db,
    sql`SELECT id, transport_id, state FROM inbox_message
        WHERE acknowledged_at IS NULL AND message_type = ${messageType} ORDER BY received_at`,
  ).map((row) => ({ id: row.id, transportId: axisIdOf(row.transport_id), state: row.state }));
}

/** Marks that the axis knows we have (or refuse) the message. */
export function markAcknowledged(db: WriteDb, id: string, at: string): void {
  run(db, sql`UPDATE inbox_message SET acknowledged_at = ${at} WHERE id = ${id} AND acknowledged_at IS NULL`);
}

/** Notes of a kept message that filing it failed by a defect: it is not tried by itself again with this program. */
export function noteUnfilable(db: WriteDb, id: string, deviations: readonly Deviation[]): void {
  changeOne(
    db,
    sql`UPDATE inbox_message SET state = 'quarantined', reason = 'filing-failed', deviations = ${JSON.stringify(deviations)}
        WHERE id = ${id} AND state IN ('quarantined', 'kept')`,
  );
}

/** Messages that could not be read or used, newest first; each is kept as a file. */
export function listQuarantine(db: ReadDb, page: { readonly before: string | null; readonly limit: number }): z.infer<typeof QuarantineItem>[] {
  return all<{
    id: string;
    transport_id: string;
    sender: string;
    received_at: string;
    reason: QuarantineReason;
    incident: string | null;
    size: number;
    message_type: MessageType;
    replayed_at: string | null;
  }>(
    db,
    sql`SELECT id, transport_id, sender, received_at, reason, size, message_type, replayed_at,
          iif(reason = 'filing-failed' AND json_extract(deviations, '$[0].rule') = ${incidentRule},
            json_extract(deviations, '$[0].value'), '') AS incident
        FROM inbox_message WHERE state IN ('quarantined', 'kept') AND id < ${page.before ?? '~'}
        ORDER BY id DESC LIMIT ${page.limit}`,
  ).map((row) => ({
    id: row.id,
    transportId: row.transport_id,
    from: row.sender,
    receivedAt: row.received_at,
    reason: row.reason,
    incident: row.incident ?? '',
    size: row.size,
    messageType: row.message_type,
    replayedAt: row.replayed_at,
  }));
}

/** How many messages are kept apart. */
export function countQuarantine(db: ReadDb): number {
  return one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM inbox_message WHERE state IN ('quarantined', 'kept')`)?.n ?? 0;
}
