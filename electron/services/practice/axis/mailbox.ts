import { fail, ok, type Outcome } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import {
  bytesSource,
  fullCode,
  readEdxmlHead,
  wireInstant,
  type AcknowledgeState,
  type MessageType,
} from '../../exchange/index.ts';
import type { PracticeSystem } from './protocol.ts';

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

export type Addressed = {
  readonly messageType: MessageType;
  readonly from: string;
  readonly to: readonly string[];
  readonly title: string;
  readonly notation: string;
};

export type Mailbox = {
  /** Puts one message into the queues of its receivers. The id is the sender's; each receiver gets one of its own. */
  readonly post: (message: Addressed, bytes: Uint8Array) => { docId: string; deliveries: readonly Delivery[] };
  readonly noteSent: (sent: Sent) => void;
  readonly owns: (systemId: string, agency: string) => boolean;
  readonly knows: (agency: string) => boolean;
  /** What waits for a centre, oldest first. */
  readonly waiting: (systemId: string, messageType: MessageType) => readonly Delivery[];
  readonly deliveryFor: (systemId: string, docId: string) => Delivery | undefined;
  readonly mark: (docId: string, state: AcknowledgeState) => void;
  readonly deliveries: () => readonly Delivery[];
  readonly sent: () => readonly Sent[];
  /** by a receiver's or the sender's id */
  readonly bytesOf: (docId: string) => Uint8Array | undefined;
};

/**
 * The queues of the practice axis, in memory. An item leaves the list after `done`; after `fail` too unless
 * `failedItemsStay`, as it is not known which the real axis does (axis.md §1.5).
 */
export function createMailbox(options: {
  readonly systems: readonly PracticeSystem[];
  readonly clock: Clock;
  readonly newId: () => string;
  readonly failedItemsStay: boolean;
}): Mailbox {
  const deliveries = new Map<string, Delivery>();
  const sent: Sent[] = [];
  const bytesById = new Map<string, Uint8Array>();
  const owner = new Map(
    options.systems.flatMap((system) => system.agencies.map((agency) => [agency.code, system.systemId] as const)),
  );
  const now = (): string => wireInstant(options.clock.now());

  return {
    post(message, bytes) {
      const senderDocId = options.newId();
      bytesById.set(senderDocId, bytes);
      const at = now();
      const made = message.to.map((to): Delivery => {
        const docId = options.newId();
        const delivery: Delivery = {
          docId,
          senderDocId,
          messageType: message.messageType,
          from: message.from,
          to,
          title: message.title,
          notation: message.notation,
          createdTime: at,
          updatedTime: at,
          state: 'initial',
        };
        deliveries.set(docId, delivery);
        bytesById.set(docId, bytes);
        return delivery;
      });
      return { docId: senderDocId, deliveries: made };
    },
    noteSent(item) {
      sent.push(item);
    },
    owns: (systemId, agency) => owner.get(agency) === systemId,
    knows: (agency) => owner.has(agency),
    waiting: (systemId, messageType) =>
      [...deliveries.values()].filter(
        (one) =>
          owner.get(one.to) === systemId &&
          one.messageType === messageType &&
          one.state !== 'done' &&
          (one.state !== 'fail' || options.failedItemsStay),
      ),
    deliveryFor(systemId, docId) {
      const delivery = deliveries.get(docId);
      return delivery !== undefined && owner.get(delivery.to) === systemId ? delivery : undefined;
    },
    mark(docId, state) {
      const delivery = deliveries.get(docId);
      if (delivery !== undefined) deliveries.set(docId, { ...delivery, state, updatedTime: now() });
    },
    deliveries: () => [...deliveries.values()],
    sent: () => [...sent],
    bytesOf: (docId) => bytesById.get(docId),
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
