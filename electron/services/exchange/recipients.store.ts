import { z } from 'zod';
import type { Delivery, DeliveryLine, DispatchKind, OutgoingState, TakeBack } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { agencyKey } from './agency-code.store.ts';
import { alarmHours, alarmOf } from './delivery-alarms.ts';

export type Party = { readonly organId: string; readonly name: string };

export type Dispatch = {
  readonly id: string;
  readonly kind: DispatchKind;
  readonly reason: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly sender: string;
  readonly receivers: readonly Party[];
  readonly sha256: string;
  readonly size: number;
};

/** Writes down a document message whose bytes are in the blob store. */
export function insertDispatch(db: WriteDb, document: string, dispatch: Dispatch): void {
  const { id, kind, reason, createdAt, createdBy, sender, receivers, sha256, size } = dispatch;
  changeOne(
    db,
    sql`INSERT INTO dispatch (id, document, kind, reason, created_at, created_by, sender, receivers, sha256, size)
        VALUES (${id}, ${document}, ${kind}, ${reason}, ${createdAt}, ${createdBy}, ${sender}, ${JSON.stringify(receivers)},
          ${sha256}, ${size})`,
  );
}

/** The document messages about one of our documents, oldest first. */
export function dispatchesOf(db: ReadDb, document: string): Dispatch[] {
  return all<{
    id: string;
    kind: DispatchKind;
    reason: string;
    created_at: string;
    created_by: string;
    sender: string;
    receivers: string;
    sha256: string;
    size: number;
  }>(db, sql`SELECT * FROM dispatch WHERE document = ${document} ORDER BY id`).map((row) => ({
    id: row.id,
    kind: row.kind,
    reason: row.reason,
    createdAt: row.created_at,
    createdBy: row.created_by,
    sender: row.sender,
    receivers: z.array(z.strictObject({ organId: z.string(), name: z.string() })).parse(JSON.parse(row.receivers)),
    sha256: row.sha256,
    size: row.size,
  }));
}

type Row = {
  id: string;
  document: string;
  dispatch: string;
  organ_id: string;
  name: string;
  added_at: string;
  sent_at: string | null;
  cancelled_at: string | null;
  take_back: TakeBack | null;
  take_back_at: string | null;
  heard_at: string | null;
  settled_at: string | null;
};

type StatusRow = {
  recipient: string;
  status_code: string;
  said_at: string | null;
  heard_at: string;
  note: string;
};

export type Recipient = Party & {
  readonly id: string;
  readonly dispatch: string;
  readonly sentAt: string | null;
  readonly cancelledAt: string | null;
  readonly takeBack: TakeBack | null;
};

/** Who has a document, or will have it, in the order in which they were named. */
export function recipientsOf(db: ReadDb, document: string): Recipient[] {
  return all<Row>(db, sql`SELECT * FROM recipient WHERE document = ${document} ORDER BY id`).map((row) => ({
    id: row.id,
    dispatch: row.dispatch,
    organId: row.organ_id,
    name: row.name,
    sentAt: row.sent_at,
    cancelledAt: row.cancelled_at,
    takeBack: row.take_back,
  }));
}

/**
 * Writes down who gets a document by a message. One whose earlier message was cancelled before it left, or who has given
 * the document back, is taken up again.
 */
export function addRecipients(db: WriteDb, document: string, dispatch: string, parties: readonly Party[], at: string): void {
  for (const { organId, name } of parties) {
    changeOne(
      db,
      sql`INSERT INTO recipient (id, document, dispatch, organ_id, name, added_at)
          VALUES (${newId()}, ${document}, ${dispatch}, ${organId}, ${name}, ${at})
          ON CONFLICT (document, organ_id) DO UPDATE SET dispatch = excluded.dispatch, name = excluded.name,
            added_at = excluded.added_at, sent_at = NULL, cancelled_at = NULL, take_back = NULL, take_back_at = NULL,
            heard_at = NULL, refused = 0, settled_at = NULL
          WHERE cancelled_at IS NOT NULL OR take_back = 'agreed'`,
    );
  }
}

/** Whether nothing that a person does has changed between two looks at the recipients; what is sent meanwhile does not count. */
export function sameRecipients(before: readonly Recipient[], now: readonly Recipient[]): boolean {
  const said = (all: readonly Recipient[]): string =>
    JSON.stringify(all.map(({ organId, dispatch, cancelledAt, takeBack }) => [organId, dispatch, cancelledAt, takeBack]));
  return said(before) === said(now);
}

/** Notes that the message to the recipients of a dispatch was taken out of the outbox before it left. */
export function noteNeverSent(db: WriteDb, dispatch: string, at: string): void {
  run(db, sql`UPDATE recipient SET cancelled_at = ${at} WHERE dispatch = ${dispatch} AND sent_at IS NULL`);
}

/** Whether an update of a document was addressed to a recipient. */
export function wasUpdated(db: ReadDb, document: string, organId: string): boolean {
  return dispatchesOf(db, document).some((one) => one.kind === 'update' && one.receivers.some((party) => party.organId === organId));
}

/** Notes how taking a document back stands with a recipient. */
export function noteTakeBack(db: WriteDb, recipient: string, takeBack: TakeBack, at: string): void {
  changeOne(db, sql`UPDATE recipient SET take_back = ${takeBack}, take_back_at = ${at} WHERE id = ${recipient}`);
}

/** Notes a status heard from a recipient. */
export function insertRecipientStatus(
  db: WriteDb,
  status: {
    readonly recipient: string;
    readonly code: string;
    readonly saidAt: string | null;
    readonly heardAt: string;
    readonly note: string;
    readonly staff: string;
    readonly message: string;
  },
): void {
  changeOne(
    db,
    sql`INSERT INTO recipient_status (id, recipient, status_code, said_at, heard_at, note, staff, message)
        VALUES (${newId()}, ${status.recipient}, ${status.code}, ${status.saidAt}, ${status.heardAt}, ${status.note},
          ${status.staff}, ${status.message})`,
  );
  // 15 and 16 answer a request and say nothing of the document's arrival.
  if (status.code === '15' || status.code === '16') return;
  changeOne(
    db,
    sql`UPDATE recipient SET heard_at = ${status.heardAt}, refused = MAX(refused, ${status.code === '02' ? 1 : 0})
        WHERE id = ${status.recipient}`,
  );
}

/** The document of a recipient's row; undefined when there is none. */
export function documentOfRecipient(db: ReadDb, recipient: string): string | undefined {
  return one<{ document: string }>(db, sql`SELECT document FROM recipient WHERE id = ${recipient}`)?.document;
}

/** Notes that a person has dealt with what asked for attention; what comes after may ask again. */
export function noteSettled(db: WriteDb, recipient: string, at: string): void {
  changeOne(db, sql`UPDATE recipient SET settled_at = ${at} WHERE id = ${recipient}`);
}

/** How far a status is; late ones of the same second must not turn the matrix back. */
const progress = ['01', '03', '04', '05', '06', '02', '16', '15'];

/** The status matrix of one document: every recipient with its news, age and alarm. */
export function deliveriesOf(db: ReadDb, document: string, now: Date): Delivery[] {
  return deliveriesOfAll(db, [document], now).get(document) ?? [];
}

/** The same of many documents, which are asked for together: hundreds may have a recipient that never said anything. */
export function deliveriesOfAll(db: ReadDb, documents: readonly string[], now: Date): Map<string, Delivery[]> {
  const wanted = sql`(SELECT value FROM json_each(${JSON.stringify(documents)}))`;
  const rows = all<Row>(db, sql`SELECT * FROM recipient WHERE document IN ${wanted} ORDER BY id`);
  const statuses = all<StatusRow>(
    db,
    sql`SELECT s.recipient, s.status_code, s.said_at, s.heard_at, s.note FROM recipient AS r
        CROSS JOIN recipient_status AS s ON s.recipient = r.id WHERE r.document IN ${wanted} ORDER BY s.id`,
  );
  const replies = all<{ outgoing: string; id: string; issuer: string; code: string }>(
    db,
    sql`SELECT a.outgoing, d.id, d.issuer_organ_id AS issuer, d.code_number || '/' || d.code_notation AS code
        FROM incoming_answer AS a CROSS JOIN incoming_document AS d ON d.id = a.incoming
        WHERE a.outgoing IN ${wanted} ORDER BY d.id DESC`,
  );
  const byRecipient = Map.groupBy(statuses, (status) => status.recipient);
  const replyKey = (document: string, organId: string): string => `${document} ${agencyKey(db, organId)}`;
  const byIssuer = new Map(replies.map((reply) => [replyKey(reply.outgoing, reply.issuer), reply] as const).toReversed());
  const deliveries = rows.map((row) => {
    const reply = replies.length === 0 ? undefined : byIssuer.get(replyKey(row.document, row.organ_id));
    return deliveryOf(row, byRecipient.get(row.id) ?? [], reply === undefined ? null : { id: reply.id, code: reply.code }, now);
  });
  return Map.groupBy(deliveries, ({ document }) => document);
}

function deliveryOf(row: Row, heard: readonly StatusRow[], reply: Delivery['reply'], now: Date): Delivery {
  // What was said before the document was sent again says nothing of how far it is now.
  const newest = row.heard_at === null ? undefined : heard.filter((one) => one.status_code !== '15' && one.status_code !== '16').toSorted(byTime).at(-1);
  const last = [row.added_at, row.sent_at, row.take_back_at, heard.at(-1)?.heard_at].filter((at) => typeof at === 'string');
  const delivery: Omit<Delivery, 'alarm'> = {
    id: row.id,
    document: row.document,
    organId: row.organ_id,
    name: row.name,
    sentAt: row.sent_at,
    cancelledAt: row.cancelled_at,
    statusCode: newest?.status_code ?? '',
    statusAt: newest?.said_at ?? newest?.heard_at ?? null,
    statusNote: newest?.note ?? '',
    takeBack: row.take_back,
    takeBackAt: row.take_back_at,
    ageMinutes: Math.max(0, Math.floor((now.getTime() - Date.parse(last.toSorted().at(-1) ?? row.added_at)) / 60_000)),
    statuses: heard.map((one) => ({ code: one.status_code, saidAt: one.said_at, heardAt: one.heard_at, note: one.note })),
    reply,
  };
  return { ...delivery, alarm: alarmOf(delivery, { addedAt: row.added_at, settledAt: row.settled_at }, now) };
}

function byTime(a: StatusRow, b: StatusRow): number {
  const [one, other] = [saidAt(a), saidAt(b)];
  if (one !== other) return one < other ? -1 : 1;
  return progress.indexOf(a.status_code) - progress.indexOf(b.status_code);
}

/** How far a receiver's clock may be ahead; one beyond that would hide whatever it says later. */
const clockToleranceMs = 3_600_000;

function saidAt({ said_at: said, heard_at: heard }: StatusRow): string {
  return said !== null && Date.parse(said) <= Date.parse(heard) + clockToleranceMs ? said : heard;
}

/** Our documents that were given to the outbox, newest first; `documents` only these. */
export function sentDocuments(
  db: ReadDb,
  page: { readonly documents: readonly string[] | null; readonly before: string | null; readonly limit: number },
): Pick<DeliveryLine, 'document' | 'code' | 'subject' | 'issuedDate' | 'state'>[] {
  const before = page.before ?? '~';
  // By their recipients: a register that was taken over may hold a hundred thousand documents that were never sent from here.
  const which =
    page.documents === null
      ? sql`d.id IN (SELECT DISTINCT document FROM recipient WHERE document < ${before} ORDER BY document DESC LIMIT ${page.limit})`
      : sql`d.id IN (SELECT value FROM json_each(${JSON.stringify(page.documents)})) AND d.id < ${before} AND EXISTS (SELECT 1 FROM recipient WHERE document = d.id)`;
  return all<{ id: string; code: string; subject: string; issued_date: string; state: OutgoingState }>(
    db,
    sql`SELECT id, code_number || '/' || code_notation AS code, subject, issued_date, state FROM outgoing_document AS d
        WHERE ${which} ORDER BY id DESC LIMIT ${page.limit}`,
  ).map((row) => ({ document: row.id, code: row.code, subject: row.subject, issuedDate: row.issued_date, state: row.state }));
}

/** How many of our documents were given to the outbox. */
export function countSentDocuments(db: ReadDb): number {
  return one<{ n: number }>(db, sql`SELECT n FROM kept_count WHERE what = 'sent'`)?.n ?? 0;
}

/** Where an alarm may be, in the words of the index `recipient_alarming`. */
const mayAlarm = sql`cancelled_at IS NULL AND (heard_at IS NULL OR refused = 1 OR take_back IN ('asked', 'refused'))`;

/**
 * How many recipients of each document ask for attention, of those that have any. It is asked for with every page and at every
 * change of the outbox: who never said anything is judged by what the index holds, as `alarmOf` would; what somebody has said
 * is read.
 */
export function alarmingRecipients(db: ReadDb, now: Date): Map<string, number> {
  const before = (hours: number): string => new Date(now.getTime() - hours * 3_600_000).toISOString();
  const since = sql`CASE WHEN take_back IS NULL THEN COALESCE(sent_at, added_at) ELSE COALESCE(take_back_at, added_at) END`;
  const late = sql`CASE WHEN take_back = 'refused' THEN 1 WHEN take_back = 'asked' THEN ${since} < ${before(alarmHours.noAnswer)}
    WHEN take_back = 'agreed' THEN 0 WHEN sent_at IS NULL THEN added_at < ${before(alarmHours.notSent)} ELSE sent_at < ${before(alarmHours.noReceipt)} END`;
  const silent = all<{ document: string; n: number }>(
    db,
    sql`SELECT document, COUNT(*) AS n FROM recipient INDEXED BY recipient_alarming
        WHERE ${mayAlarm} AND heard_at IS NULL AND ${late} AND (settled_at IS NULL OR settled_at <= ${since}) GROUP BY document`,
  );
  const alarms = new Map(silent.map(({ document, n }) => [document, n]));
  const said = all<{ id: string; document: string }>(
    db,
    sql`SELECT id, document FROM recipient INDEXED BY recipient_alarming WHERE ${mayAlarm} AND heard_at IS NOT NULL
          AND (settled_at IS NULL OR settled_at <= MAX(added_at, COALESCE(sent_at, ''), heard_at, COALESCE(take_back_at, '')))`,
  );
  const sayers = new Set(said.map(({ id }) => id));
  const judged = said.length === 0 ? [] : [...deliveriesOfAll(db, [...new Set(said.map(({ document }) => document))], now).values()].flat();
  for (const { id, document, alarm } of judged) {
    if (alarm !== null && sayers.has(id)) alarms.set(document, (alarms.get(document) ?? 0) + 1);
  }
  return alarms;
}
