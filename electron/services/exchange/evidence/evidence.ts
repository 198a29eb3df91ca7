import type { Delivery, OutboxState, OutgoingDetail } from '#contract';
import type { ReadDb } from '../../../store/index.ts';
import { traceOf } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { getOutgoing } from '../../records/index.ts';
import { readSettings } from '../../settings/index.ts';
import type { CallNote } from '../call-journal.ts';
import { messagesAbout } from '../inbox.store.ts';
import { callsOf } from '../outbox-notes.store.ts';
import { rowsOfOutgoing } from '../outbox.store.ts';
import { deliveriesOf, dispatchesOf, type Dispatch } from '../recipients.store.ts';

/**
 * Everything that shows how one of our documents reached its recipients, in the order in which it happened, for an
 * inspector (QĐ 28/2018 art. 8.2: the sender follows that it arrived; art. 10.2: history of sending and receiving).
 * Instants are ISO 8601 UTC; hashes are SHA-256 in lower-case hex. It holds no secret.
 */
export type Evidence = {
  readonly format: 'tram-van-thu/delivery-evidence/1';
  readonly madeAt: string;
  readonly madeBy: string;
  readonly agency: { readonly organId: string; readonly name: string };
  readonly document: OutgoingDetail;
  /** the document messages, whose bytes are kept under their hash */
  readonly messages: readonly Dispatch[];
  /** every row of the outbox about it, with each call that its tries cost */
  readonly sends: readonly {
    readonly id: string;
    /** `document` or the code of a status */
    readonly what: string;
    readonly to: readonly string[];
    readonly queuedAt: string;
    readonly state: OutboxState;
    readonly attempts: number;
    readonly deliveredAt: string | null;
    readonly axisDocId: string;
    readonly calls: readonly CallNote[];
  }[];
  readonly recipients: readonly Delivery[];
  /** the status messages that recipients sent, kept under their hash */
  readonly heard: readonly {
    readonly transportId: string;
    readonly sender: string;
    readonly type: string;
    readonly receivedAt: string;
    readonly acknowledgedAt: string | null;
    readonly sha256: string;
    readonly size: number;
  }[];
  /** the document's entries of the hash-chained log */
  readonly log: readonly {
    readonly seq: number;
    readonly at: string;
    readonly actor: string;
    readonly action: string;
    readonly detail: unknown;
    readonly hash: string;
  }[];
};

/** Collects the evidence of one document; undefined when there is no such document or it was never queued. */
export function evidenceOf(db: ReadDb, document: string, now: Date): Evidence | undefined {
  const detail = getOutgoing(db, document);
  const messages = dispatchesOf(db, document);
  if (detail === undefined || messages.length === 0) return undefined;
  const { agency } = readSettings(db);
  return {
    format: 'tram-van-thu/delivery-evidence/1',
    madeAt: now.toISOString(),
    madeBy: actorOf(db).name,
    agency,
    document: detail,
    messages,
    sends: rowsOfOutgoing(db, document).map((row) => ({
      id: row.item.id,
      what: row.item.dispatch ?? row.item.statusCode,
      to: row.item.recipients.map((one) => one.organId),
      queuedAt: row.item.createdAt,
      state: row.item.state,
      attempts: row.item.attempts,
      deliveredAt: row.item.deliveredAt,
      axisDocId: row.axisDocId,
      calls: callsOf(db, row.item.id).map((note) => JSON.parse(note) as CallNote),
    })),
    recipients: deliveriesOf(db, document, now),
    heard: messagesAbout(db, document),
    log: traceOf(db, document).map(({ seq, at, actor, action, detail: told, hash }) => ({ seq, at, actor, action, detail: told, hash })),
  };
}
