import { wireInstant, type AcknowledgeState, type MessageType } from '../../exchange/index.ts';
import type { Clock } from '../../../foundation/clock.ts';
import { addressesOf, type Delivery, type Mailbox } from './mailbox.ts';
import type { PracticeSystem } from './protocol.ts';

/** What the counter did, or the code and words of its refusal (axis.md §1.6). */
export type Served<T> = { readonly value: T } | { readonly errorCode: string; readonly errorDesc: string };

/** What can be done for a centre whose call has been judged genuine, whatever its wire form. */
export type Counter = {
  readonly waiting: (system: PracticeSystem, messageType: string) => Served<readonly Delivery[]>;
  readonly message: (system: PracticeSystem, docId: string) => Served<Uint8Array>;
  readonly acknowledge: (system: PracticeSystem, docId: string, state: string) => Served<null>;
  /** `from` undefined: whom the message itself names */
  readonly send: (
    system: PracticeSystem,
    message: { readonly messageType: string; readonly from: string | undefined; readonly file: Uint8Array },
  ) => Promise<Served<{ readonly docId: string }>>;
  /** `docId` and `fromDate` (a day, with dashes or slashes) limit the answer unless '' */
  readonly sent: (
    system: PracticeSystem,
    query: { readonly messageType: string; readonly docId: string; readonly fromDate: string },
  ) => Served<readonly Delivery[]>;
};

/** The counter in front of a mailbox, behind which every skin of the practice axis does the same. */
export function counterOf(mailbox: Mailbox, clock: Clock): Counter {
  function found(system: PracticeSystem, docId: string): Served<{ delivery: Delivery; bytes: Uint8Array }> {
    const delivery = mailbox.deliveryFor(system.systemId, docId);
    const bytes = delivery === undefined ? undefined : mailbox.bytesOf(delivery.docId);
    if (delivery === undefined || bytes === undefined) return refuse('21', `Khong tim thay van ban ${docId}`);
    return { value: { delivery, bytes } };
  }

  return {
    waiting(system, messageType) {
      if (!isMessageType(messageType)) return refuse('10', 'Tham so khong hop le');
      return { value: mailbox.waiting(system.systemId, messageType) };
    },
    message(system, docId) {
      const result = found(system, docId);
      return 'value' in result ? { value: result.value.bytes } : result;
    },
    acknowledge(system, docId, state) {
      const result = found(system, docId);
      if (!('value' in result)) return result;
      if (!isState(state)) return refuse('10', 'Trang thai khong hop le');
      mailbox.mark(docId, state);
      return { value: null };
    },
    async send(system, { messageType, from: named, file }) {
      if (!isMessageType(messageType)) return refuse('10', 'Tham so khong hop le');
      const addressed = await addressesOf(file);
      const from = named ?? (addressed.ok ? addressed.value.from : '');
      if ((named !== undefined || addressed.ok) && !mailbox.owns(system.systemId, from)) {
        return refuse('19', `Don vi gui ${from} khong dung voi ma da dang ky: ${system.systemId}`);
      }
      if (!addressed.ok || addressed.value.messageType !== messageType) return refuse('22', 'edXML sai chuan');
      const unknown = addressed.value.to.find((agency) => !mailbox.knows(agency));
      if (unknown !== undefined) return refuse('18', `Don vi nhan ${unknown} khong ton tai`);
      const { docId } = mailbox.post({ ...addressed.value, from }, file);
      mailbox.noteSent({
        docId,
        messageType,
        from,
        to: addressed.value.to,
        systemId: system.systemId,
        sentTime: wireInstant(clock.now()),
        size: file.length,
      });
      return { value: { docId } };
    },
    sent(system, { messageType, docId, fromDate }) {
      if (!isMessageType(messageType)) return refuse('10', 'Tham so khong hop le');
      const rows = mailbox
        .deliveries()
        .filter((item) => mailbox.owns(system.systemId, item.from) && item.messageType === messageType)
        .filter((item) => docId === '' || item.senderDocId === docId)
        .filter((item) => fromDate === '' || item.createdTime.slice(0, 10) >= fromDate.replaceAll('-', '/'));
      return { value: rows };
    },
  };
}

/** A row of the list of what waits, as the axis writes it (axis.md §1.4). */
export function queueRow(item: Delivery): Readonly<Record<string, string>> {
  return {
    docId: item.docId,
    serviceType: 'eDoc',
    messageType: item.messageType,
    from: item.from,
    to: item.to,
    status: item.state,
    status_desc: '',
    created_time: item.createdTime,
    updated_time: item.updatedTime,
  };
}

/** A row of the list of what was sent, as the axis writes it (axis.md §1.4). */
export function sentRow(item: Delivery): Readonly<Record<string, string>> {
  return {
    serviceType: 'eDoc',
    messageType: item.messageType,
    senderDocId: item.senderDocId,
    receiverDocId: item.docId,
    fromCode: item.from,
    toCode: item.to,
    title: item.title,
    notation: item.notation,
    sentTime: item.createdTime,
    receivedTime: item.state === 'initial' ? '' : item.updatedTime,
    sendStatus: 'done',
    sendStatusDesc: '',
    receiveStatus: item.state,
    receiveStatusDesc: '',
  };
}

function refuse(errorCode: string, errorDesc: string): { readonly errorCode: string; readonly errorDesc: string } {
  return { errorCode, errorDesc };
}

function isMessageType(text: string): text is MessageType {
  return text === 'edoc' || text === 'status';
}

function isState(text: string): text is AcknowledgeState {
  return text === 'processing' || text === 'done' || text === 'fail';
}
