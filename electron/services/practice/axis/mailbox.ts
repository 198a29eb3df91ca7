import { fail, ok, type Outcome } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import type { WriteDb } from '../../../store/index.ts';
import { bytesSource, fullCode, readEdxmlHead, wireInstant, type AcknowledgeState, type MessageType } from '../../exchange/index.ts';
import type { AxisStore } from './axis-store.ts';
import {
  addDelivery,
  addMessage,
  allDeliveries,
  allSent,
  deliveriesFrom,
  deliveriesOfMessage,
  deliveryById,
  markDelivery,
  messageIdOf,
  waitingFor,
  type Delivery,
  type Sent,
} from './axis.store.ts';
import type { Twist } from './faults.ts';

export type Addressed = {
  readonly messageType: MessageType;
  readonly from: string;
  readonly to: readonly string[];
  readonly title: string;
  readonly notation: string;
};

type PostOptions = Twist & {
  /** the centre that sent it through the wire */
  readonly sentBy?: string;
  /** Runs in the same transaction; when it answers false nothing is posted. */
  readonly also?: (db: WriteDb) => boolean;
};

export type Mailbox = {
  /**
   * Puts one message into the queues of its receivers; durable when this returns. The id is the sender's; each
   * receiver gets one of its own.
   */
  readonly post: (
    message: Addressed,
    bytes: Uint8Array,
    options?: PostOptions,
  ) => { readonly docId: string; readonly deliveries: readonly Delivery[] };
  /** What waits for these agencies, oldest first. */
  readonly waiting: (agencies: readonly string[], messageType: MessageType) => readonly Delivery[];
  readonly deliveryById: (docId: string) => Delivery | undefined;
  readonly mark: (docId: string, state: AcknowledgeState, also?: (db: WriteDb) => void) => void;
  /** What these agencies sent, one row per receiver, oldest first. */
  readonly sentFrom: (agencies: readonly string[], messageType: MessageType) => readonly Delivery[];
  readonly deliveries: () => readonly Delivery[];
  readonly sent: () => readonly Sent[];
  /** by a receiver's or the sender's id */
  readonly bytesOf: (docId: string) => Uint8Array | undefined;
};

/**
 * The queues of the practice axis. An item leaves the list after `done`; after `fail` too unless `failedItemsStay`,
 * as it is not known which the real axis does (axis.md §1.5).
 */
export function createMailbox(options: {
  readonly store: AxisStore;
  /** the axis' own clock, which may be wrong, for the times it writes down */
  readonly clock: Clock;
  /** the machine's, for what becomes visible later */
  readonly machineClock: Clock;
  readonly newId: () => string;
  readonly failedItemsStay: boolean;
}): Mailbox {
  const { db, files } = options.store;
  const states = ['initial', 'processing', ...(options.failedItemsStay ? ['fail'] : [])];
  const now = (): string => wireInstant(options.clock.now());

  return {
    post(message, bytes, { sentBy, also, copies = 1, lateMs = 0 } = {}) {
      const docId = options.newId();
      const at = now();
      const visibleMs = options.machineClock.now().getTime() + lateMs;
      // First the file, then the row that names it: a row must never lead nowhere.
      files.put(docId, bytes);
      const deliveries = db.write((tx) => {
        if (also !== undefined && !also(tx)) return [];
        const row = addMessage(tx, { ...message, docId, sentTime: at, size: bytes.length, systemId: sentBy ?? null });
        for (let copy = 0; copy < copies; copy++) {
          for (const to of message.to) addDelivery(tx, { docId: options.newId(), message: row, to, at, visibleMs });
        }
        return deliveriesOfMessage(tx, row);
      });
      return { docId, deliveries };
    },
    waiting: (codes, messageType) =>
      waitingFor(db.read, { codes, states, messageType, nowMs: options.machineClock.now().getTime() }),
    deliveryById: (docId) => deliveryById(db.read, docId),
    mark(docId, state, also) {
      db.write((tx) => {
        markDelivery(tx, docId, state, now());
        also?.(tx);
      });
    },
    sentFrom: (codes, messageType) => deliveriesFrom(db.read, codes, messageType),
    deliveries: () => allDeliveries(db.read),
    sent: () => allSent(db.read),
    bytesOf(docId) {
      const id = messageIdOf(db.read, docId);
      return id === undefined ? undefined : files.get(id);
    },
  };
}

/** Sender and receivers as the message itself names them: `To` of a document, `ResponseFor.OrganId` of a status. */
export async function addressesOf(bytes: Uint8Array): Promise<Outcome<Addressed, 'unreadable'>> {
  const read = await readEdxmlHead(bytesSource(bytes));
  if (!read.ok) return fail('unreadable', { reason: read.failure.code });
  const message = read.value;
  if (message.kind === 'status') {
    return ok({
      messageType: 'status',
      from: message.from.organId,
      to: [message.responseFor.organId],
      title: message.description,
      notation: message.responseFor.code,
    });
  }
  return ok({
    messageType: 'edoc',
    from: message.header.from.organId,
    to: [...new Set(message.header.to.map((one) => one.organId))],
    title: message.header.subject,
    notation: fullCode(message.header.code),
  });
}
