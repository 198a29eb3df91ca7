import { dayFromWire, wireDay, type AcknowledgeState, type MessageType } from '../../exchange/index.ts';
import type { Delivery } from './axis.store.ts';
import type { Twist } from './faults.ts';
import { addressesOf, type Mailbox } from './mailbox.ts';
import type { PracticeSystem } from './protocol.ts';
import type { Registry } from './registry.ts';
import { refuse, type Served } from './served.ts';

/** Days as the caller writes them, with dashes or slashes; both are included. '' leaves that side open. */
type Days = { readonly fromDate: string; readonly toDate: string };

/** What can be done for a centre whose call has been judged genuine, whatever its wire form. */
export type Counter = {
  readonly waiting: (system: PracticeSystem, messageType: string, days: Days) => Served<readonly Delivery[]>;
  readonly message: (system: PracticeSystem, docId: string) => Served<Uint8Array>;
  readonly acknowledge: (system: PracticeSystem, docId: string, state: string) => Served<null>;
  /** `from` undefined: whom the message itself names */
  readonly send: (
    system: PracticeSystem,
    message: { readonly messageType: string; readonly from: string | undefined; readonly file: Uint8Array },
    twist: Twist,
  ) => Promise<Served<{ readonly docId: string }>>;
  /** `docId` limits the answer unless '' */
  readonly sent: (
    system: PracticeSystem,
    query: Days & { readonly messageType: string; readonly docId: string },
  ) => Served<readonly Delivery[]>;
};

/** The counter in front of a mailbox, behind which every skin of the practice axis does the same. */
export function counterOf(mailbox: Mailbox, registry: Registry): Counter {
  function found(system: PracticeSystem, docId: string): Served<{ delivery: Delivery; bytes: Uint8Array }> {
    const delivery = mailbox.deliveryById(docId);
    const mine = delivery !== undefined && registry.owns(system.systemId, delivery.to);
    const bytes = mine ? mailbox.bytesOf(delivery.docId) : undefined;
    if (delivery === undefined || bytes === undefined) return refuse('21', `Khong tim thay van ban ${docId}`);
    return { value: { delivery, bytes } };
  }

  return {
    waiting(system, messageType, days) {
      if (!isMessageType(messageType)) return refuse('10', 'Tham so khong hop le');
      return within(days, mailbox.waiting(registry.agenciesOf(system.systemId), messageType));
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
    async send(system, { messageType, from: named, file }, twist) {
      if (!isMessageType(messageType)) return refuse('10', 'Tham so khong hop le');
      const addressed = await addressesOf(file);
      const from = named ?? (addressed.ok ? addressed.value.from : '');
      if ((named !== undefined || addressed.ok) && !registry.owns(system.systemId, from)) {
        return refuse('19', `Don vi gui ${from} khong dung voi ma da dang ky: ${system.systemId}`);
      }
      if (!addressed.ok || addressed.value.messageType !== messageType) return refuse('22', 'edXML sai chuan');
      for (const to of addressed.value.to) {
        const standing = registry.standingOf(to);
        if (standing === 'closed') return refuse('23', `Don vi nhan ${to} da khoa`);
        // A centre passes messages on and is no addressee (axis.md §1.1).
        if (standing !== 'open') return refuse('18', `Don vi nhan ${to} khong ton tai`);
      }
      const { docId } = mailbox.post({ ...addressed.value, from }, file, { ...twist, sentBy: system.systemId });
      return { value: { docId } };
    },
    sent(system, { messageType, docId, ...days }) {
      if (!isMessageType(messageType)) return refuse('10', 'Tham so khong hop le');
      const rows = mailbox.sentFrom(registry.agenciesOf(system.systemId), messageType);
      return within(
        days,
        rows.filter((item) => docId === '' || item.senderDocId === docId),
      );
    },
  };
}

function within({ fromDate, toDate }: Days, rows: readonly Delivery[]): Served<readonly Delivery[]> {
  const from = fromDate === '' ? '0000-00-00' : dayFromWire(fromDate);
  const to = toDate === '' ? '9999-99-99' : dayFromWire(toDate);
  if (from === null || to === null) return refuse('10', 'Ngay khong hop le');
  const day = (row: Delivery): string => row.createdTime.slice(0, 10);
  return { value: rows.filter((row) => day(row) >= wireDay(from) && day(row) <= wireDay(to)) };
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

function isMessageType(text: string): text is MessageType {
  return text === 'edoc' || text === 'status';
}

function isState(text: string): text is AcknowledgeState {
  return text === 'processing' || text === 'done' || text === 'fail';
}
