import { all, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import type { AcknowledgeState, MessageType } from '../../exchange/index.ts';

/** A message on its way to one receiver. Times in wire form, Vietnam time. */
export type Delivery = {
  readonly docId: string;
  readonly senderDocId: string;
  readonly messageType: MessageType;
  readonly from: string;
  readonly to: string;
  readonly title: string;
  readonly notation: string;
  readonly createdTime: string;
  readonly updatedTime: string;
  readonly state: 'initial' | AcknowledgeState;
};

/** Something a centre sent, exactly as it came. */
export type Sent = {
  readonly docId: string;
  readonly messageType: MessageType;
  readonly from: string;
  readonly to: readonly string[];
  readonly systemId: string;
  readonly sentTime: string;
  readonly size: number;
};

/** The form of the practice axis' database. */
export const axisForm = {
  // "TVX" and the form of the file
  applicationId: 0x54_56_58_01,
  version: 1,
  schema: [
    sql`CREATE TABLE message (
      seq INTEGER PRIMARY KEY,
      doc_id TEXT NOT NULL UNIQUE,
      message_type TEXT NOT NULL CHECK (message_type IN ('edoc', 'status')),
      from_code TEXT NOT NULL,
      title TEXT NOT NULL,
      notation TEXT NOT NULL,
      created_time TEXT NOT NULL,
      size INTEGER NOT NULL,
      -- the centre that sent it through the wire, NULL when it was handed in at the control door
      sent_by TEXT,
      sent_to TEXT NOT NULL
    ) STRICT`,
    sql`CREATE INDEX message_from ON message (from_code, message_type)`,
    sql`CREATE TABLE delivery (
      seq INTEGER PRIMARY KEY,
      doc_id TEXT NOT NULL UNIQUE,
      message INTEGER NOT NULL REFERENCES message (seq),
      to_code TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('initial', 'processing', 'done', 'fail')),
      updated_time TEXT NOT NULL,
      visible_ms INTEGER NOT NULL
    ) STRICT`,
    sql`CREATE INDEX delivery_to ON delivery (to_code, state)`,
    sql`CREATE INDEX delivery_message ON delivery (message)`,
    sql`CREATE TABLE ordered_fault (seq INTEGER PRIMARY KEY, fault TEXT NOT NULL, times_left INTEGER NOT NULL) STRICT`,
    sql`CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,
    sql`CREATE TABLE agency (
      seq INTEGER PRIMARY KEY,
      code TEXT NOT NULL UNIQUE,
      system_id TEXT NOT NULL,
      name TEXT NOT NULL,
      mail TEXT NOT NULL,
      parent_code TEXT NOT NULL,
      deleted INTEGER NOT NULL
    ) STRICT`,
    sql`CREATE TABLE unit_delta (
      version INTEGER PRIMARY KEY,
      code TEXT NOT NULL,
      name TEXT NOT NULL,
      mail TEXT NOT NULL,
      parent_code TEXT NOT NULL,
      center_code TEXT NOT NULL,
      deleted INTEGER NOT NULL,
      modified_time TEXT NOT NULL
    ) STRICT`,
    sql`CREATE TABLE partner_step (
      seq INTEGER PRIMARY KEY,
      partner TEXT NOT NULL,
      due_tick INTEGER NOT NULL,
      -- document id that the step is about, so that a recall can stop it
      about TEXT NOT NULL,
      action TEXT NOT NULL
    ) STRICT`,
    sql`CREATE TABLE partner_document (
      partner TEXT NOT NULL,
      document_id TEXT NOT NULL,
      notation TEXT NOT NULL,
      PRIMARY KEY (partner, document_id)
    ) STRICT`,
  ],
} as const;

const deliveryColumns = sql`delivery.doc_id AS docId, message.doc_id AS senderDocId, message_type AS messageType,
  from_code AS "from", to_code AS "to", title, notation, created_time AS createdTime, updated_time AS updatedTime, state
  FROM delivery JOIN message ON message.seq = delivery.message`;

/** Adds a message; answers its row, which deliveries name. */
export function addMessage(db: WriteDb, message: Omit<Sent, 'systemId'> & { title: string; notation: string; systemId: string | null }): number {
  run(
    db,
    sql`INSERT INTO message (doc_id, message_type, from_code, title, notation, created_time, size, sent_by, sent_to)
      VALUES (${message.docId}, ${message.messageType}, ${message.from}, ${message.title}, ${message.notation},
        ${message.sentTime}, ${message.size}, ${message.systemId}, ${JSON.stringify(message.to)})`,
  );
  return one<{ seq: number }>(db, sql`SELECT seq FROM message WHERE doc_id = ${message.docId}`)?.seq ?? 0;
}

export function addDelivery(db: WriteDb, row: { docId: string; message: number; to: string; at: string; visibleMs: number }): void {
  run(
    db,
    sql`INSERT INTO delivery (doc_id, message, to_code, state, updated_time, visible_ms)
      VALUES (${row.docId}, ${row.message}, ${row.to}, 'initial', ${row.at}, ${row.visibleMs})`,
  );
}

/** Deliveries of a message, in the order they were made. */
export function deliveriesOfMessage(db: ReadDb, message: number): Delivery[] {
  return all<Delivery>(db, sql`SELECT ${deliveryColumns} WHERE delivery.message = ${message} ORDER BY delivery.seq`);
}

/** What waits for these agencies at `nowMs`, oldest first; `states` are those that keep an item in the list. */
export function waitingFor(
  db: ReadDb,
  query: { codes: readonly string[]; states: readonly string[]; messageType: MessageType; nowMs: number },
): Delivery[] {
  return all<Delivery>(
    db,
    sql`SELECT ${deliveryColumns} WHERE to_code IN (SELECT value FROM json_each(${JSON.stringify(query.codes)}))
      AND state IN (SELECT value FROM json_each(${JSON.stringify(query.states)}))
      AND message_type = ${query.messageType} AND visible_ms <= ${query.nowMs} ORDER BY delivery.seq`,
  );
}

/** What these agencies sent, one row per receiver, oldest first. */
export function deliveriesFrom(db: ReadDb, codes: readonly string[], messageType: MessageType): Delivery[] {
  return all<Delivery>(
    db,
    sql`SELECT ${deliveryColumns} WHERE from_code IN (SELECT value FROM json_each(${JSON.stringify(codes)}))
      AND message_type = ${messageType} ORDER BY delivery.seq`,
  );
}

export function deliveryById(db: ReadDb, docId: string): Delivery | undefined {
  return one<Delivery>(db, sql`SELECT ${deliveryColumns} WHERE delivery.doc_id = ${docId}`);
}

export function allDeliveries(db: ReadDb): Delivery[] {
  return all<Delivery>(db, sql`SELECT ${deliveryColumns} ORDER BY delivery.seq`);
}

export function markDelivery(db: WriteDb, docId: string, state: AcknowledgeState, at: string): void {
  run(db, sql`UPDATE delivery SET state = ${state}, updated_time = ${at} WHERE doc_id = ${docId}`);
}

/** What came through the wire, oldest first. */
export function allSent(db: ReadDb): Sent[] {
  const rows = all<Omit<Sent, 'to'> & { to: string }>(
    db,
    sql`SELECT doc_id AS docId, message_type AS messageType, from_code AS "from", sent_to AS "to",
      sent_by AS systemId, created_time AS sentTime, size FROM message WHERE sent_by IS NOT NULL ORDER BY seq`,
  );
  return rows.map((row) => ({ ...row, to: JSON.parse(row.to) as string[] }));
}

/** The sender's id of a message by that id or by a receiver's. */
export function messageIdOf(db: ReadDb, docId: string): string | undefined {
  return one<{ id: string }>(
    db,
    sql`SELECT doc_id AS id FROM message WHERE doc_id = ${docId}
      UNION ALL SELECT message.doc_id FROM delivery JOIN message ON message.seq = delivery.message WHERE delivery.doc_id = ${docId}`,
  )?.id;
}

export type OrderedFault = { readonly seq: number; readonly fault: string; readonly timesLeft: number };

export function orderedFaults(db: ReadDb): OrderedFault[] {
  return all<OrderedFault>(db, sql`SELECT seq, fault, times_left AS timesLeft FROM ordered_fault ORDER BY seq`);
}

export function orderFault(db: WriteDb, fault: string, times: number): void {
  run(db, sql`INSERT INTO ordered_fault (fault, times_left) VALUES (${fault}, ${times})`);
}

/** Takes one strike off; at none the fault is gone. */
export function useFault(db: WriteDb, seq: number): void {
  run(db, sql`UPDATE ordered_fault SET times_left = times_left - 1 WHERE seq = ${seq}`);
  run(db, sql`DELETE FROM ordered_fault WHERE times_left < 1`);
}

export function forgetFaults(db: WriteDb): void {
  run(db, sql`DELETE FROM ordered_fault`);
}

/** A small thing to remember: the tick, a shifted clock, random misfortunes. */
export function noteOf(db: ReadDb, name: string): string | undefined {
  return one<{ value: string }>(db, sql`SELECT value FROM note WHERE name = ${name}`)?.value;
}

/** The notes whose names begin so. */
export function notesFrom(db: ReadDb, beginning: string): { readonly name: string; readonly value: string }[] {
  const query = sql`SELECT name, value FROM note WHERE substr(name, 1, ${beginning.length}) = ${beginning} ORDER BY name`;
  return all<{ name: string; value: string }>(db, query);
}

export function saveNote(db: WriteDb, name: string, value: string | null): void {
  if (value === null) run(db, sql`DELETE FROM note WHERE name = ${name}`);
  else run(db, sql`INSERT INTO note VALUES (${name}, ${value}) ON CONFLICT (name) DO UPDATE SET value = excluded.value`);
}
