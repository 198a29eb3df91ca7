import type { z } from 'zod';
import type { QuarantineItem, QuarantineReason } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import type { MessageType } from './ports.ts';

export type InboxState = 'stored' | 'duplicate' | 'quarantined' | 'kept';

export type InboxMessage = {
  readonly transportId: string;
  readonly messageType: MessageType;
  readonly state: InboxState;
  readonly sender: string;
  readonly senderDocumentId: string;
  readonly businessType: string;
  readonly receivedAt: string;
  readonly sha256: string;
  readonly size: number;
  /** '' for what is stored or a second copy */
  readonly reason: QuarantineReason | '';
  readonly document: string | null;
};

/** Writes down a message that was taken from the axis; answers its id. */
export function insertInboxMessage(db: WriteDb, message: InboxMessage): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO inbox_message (id, transport_id, message_type, state, sender, sender_document_id, business_type,
          received_at, sha256, size, reason, document)
        VALUES (${id}, ${message.transportId}, ${message.messageType}, ${message.state}, ${message.sender},
          ${message.senderDocumentId}, ${message.businessType}, ${message.receivedAt}, ${message.sha256},
          ${message.size}, ${message.reason}, ${message.document})`,
  );
  return id;
}

/** The message taken earlier under this transport id; undefined when it is new. */
export function findByTransportId(db: ReadDb, transportId: string): { id: string; state: InboxState } | undefined {
  return one<{ id: string; state: InboxState }>(
    db,
    sql`SELECT id, state FROM inbox_message WHERE transport_id = ${transportId}`,
  );
}

/** The document that came earlier under the second key of axis.md §1.5; undefined when it is new. */
export function findStored(
  db: ReadDb,
  sender: string,
  senderDocumentId: string,
  businessType: string,
): string | undefined {
  return one<{ document: string }>(
    db,
    sql`SELECT document FROM inbox_message WHERE state = 'stored' AND sender = ${sender}
          AND sender_document_id = ${senderDocumentId} AND business_type = ${businessType}`,
  )?.document;
}

/** The senders' ids of all documents that came; practice profiles are small. */
export function receivedDocumentIds(db: ReadDb): string[] {
  const rows = all<{ id: string }>(db, sql`SELECT sender_document_id AS id FROM inbox_message WHERE state = 'stored'`);
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
  ).map((row) => ({ id: row.id, transportId: row.transport_id, state: row.state }));
}

/** Marks that the axis knows we have (or refuse) the message. */
export function markAcknowledged(db: WriteDb, id: string, at: string): void {
  run(db, sql`UPDATE inbox_message SET acknowledged_at = ${at} WHERE id = ${id} AND acknowledged_at IS NULL`);
}

/** Messages that could not be read or used; each is kept as a file. Newest first. */
export function listQuarantine(db: ReadDb): z.infer<typeof QuarantineItem>[] {
  return all<{
    id: string;
    transport_id: string;
    sender: string;
    received_at: string;
    reason: QuarantineReason;
    size: number;
  }>(
    db,
    sql`SELECT id, transport_id, sender, received_at, reason, size FROM inbox_message
        WHERE state IN ('quarantined', 'kept') ORDER BY id DESC LIMIT 500`,
  ).map((row) => ({
    id: row.id,
    transportId: row.transport_id,
    from: row.sender,
    receivedAt: row.received_at,
    reason: row.reason,
    size: row.size,
  }));
}
