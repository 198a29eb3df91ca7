import { hashFileAsSdk, vxpHeadersHold, wireInstant, type MessageType } from '../../exchange/index.ts';
import type { Clock } from '../../../foundation/clock.ts';
import { addressesOf, type Delivery, type Mailbox } from './mailbox.ts';
import { refusal, success, type AxisAnswer, type AxisRequest, type PracticeSystem } from './protocol.ts';

type Caller = { readonly system: PracticeSystem; readonly param: (name: string) => string; readonly body: Uint8Array };
type Verb = { readonly method: 'GET' | 'POST'; readonly run: (caller: Caller) => Promise<AxisAnswer> | AxisAnswer };

/**
 * The verbs of the wire protocol (axis.md §1.3) over a mailbox. Every call is judged by its HMAC first: the JSON as
 * received, against the headers as received.
 */
export function axisVerbs(
  mailbox: Mailbox,
  systems: readonly PracticeSystem[],
  clock: Clock,
): (name: string, request: AxisRequest) => Promise<AxisAnswer> {
  const bySystemId = new Map(systems.map((system) => [system.systemId, system]));
  const verbs: Readonly<Record<string, Verb>> = {
    getReceivedEdocList: { method: 'POST', run: (caller) => receivedList(mailbox, caller) },
    getEdoc: { method: 'POST', run: (caller) => getEdoc(mailbox, caller) },
    downloadEdoc: { method: 'GET', run: (caller) => downloadEdoc(mailbox, caller) },
    updateStatus: { method: 'POST', run: (caller) => updateStatus(mailbox, caller) },
    sendEdoc: { method: 'POST', run: (caller) => sendEdoc(mailbox, clock, caller) },
    getSentEdocList: { method: 'POST', run: (caller) => sentList(mailbox, caller) },
    getAgenciesList: { method: 'POST', run: () => agencies(systems) },
  };

  return async (name, request) => {
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (verb === undefined) return { status: 404, headers: {}, body: new Uint8Array() };
    if (verb.method !== request.method) return { status: 405, headers: {}, body: new Uint8Array() };
    const param = (key: string): string => request.headers[`xroadvnpt-${key.toLowerCase()}`] ?? '';
    const system = bySystemId.get(param('systemid'));
    if (system === undefined || !vxpHeadersHold(request.headers, system.secret)) {
      return refusal('15', 'Sai SystemId hoac SecretKey');
    }
    return verb.run({ system, param, body: request.body });
  };
}

function messageTypeOf(text: string): MessageType | undefined {
  return text === 'edoc' || text === 'status' ? text : undefined;
}

function receivedList(mailbox: Mailbox, { system, param }: Caller): AxisAnswer {
  const messageType = messageTypeOf(param('messagetype'));
  if (messageType === undefined || param('servicetype') !== 'eDoc') return refusal('10', 'Tham so khong hop le');
  return success({
    data: mailbox.waiting(system.systemId, messageType).map((item) => ({
      docId: item.docId,
      serviceType: 'eDoc',
      messageType: item.messageType,
      from: item.from,
      to: item.to,
      status: item.state,
      status_desc: '',
      created_time: item.createdTime,
      updated_time: item.updatedTime,
    })),
  });
}

function found(mailbox: Mailbox, { system, param }: Caller): { delivery: Delivery; bytes: Uint8Array } | AxisAnswer {
  const delivery = mailbox.deliveryFor(system.systemId, param('docId'));
  const bytes = delivery === undefined ? undefined : mailbox.bytesOf(delivery.docId);
  if (delivery === undefined || bytes === undefined) return refusal('21', `Khong tim thay van ban ${param('docId')}`);
  return { delivery, bytes };
}

function getEdoc(mailbox: Mailbox, caller: Caller): AxisAnswer {
  const result = found(mailbox, caller);
  return 'status' in result ? result : success({ data: Buffer.from(result.bytes).toString('base64') });
}

function downloadEdoc(mailbox: Mailbox, caller: Caller): AxisAnswer {
  const result = found(mailbox, caller);
  if ('status' in result) return result;
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: result.bytes };
}

function updateStatus(mailbox: Mailbox, caller: Caller): AxisAnswer {
  const result = found(mailbox, caller);
  if ('status' in result) return result;
  const state = caller.param('status');
  if (state !== 'processing' && state !== 'done' && state !== 'fail') return refusal('10', 'Trang thai khong hop le');
  mailbox.mark(result.delivery.docId, state);
  return success();
}

async function sendEdoc(mailbox: Mailbox, clock: Clock, { system, param, body }: Caller): Promise<AxisAnswer> {
  const messageType = messageTypeOf(param('messagetype'));
  if (messageType === undefined || param('servicetype') !== 'eDoc') return refusal('10', 'Tham so khong hop le');
  if (body.at(-2) !== 0x0d || body.at(-1) !== 0x0a) return refusal('21', 'Noi dung khong ket thuc bang CR LF');
  const file = body.slice(0, -2);
  if (hashFileAsSdk(file) !== param('hash-file')) return refusal('10', 'Ma bam cua file khong dung');
  const from = param('from');
  if (!mailbox.owns(system.systemId, from)) {
    return refusal('19', `Don vi gui ${from} khong dung voi ma da dang ky: ${system.systemId}`);
  }
  const addressed = await addressesOf(file);
  if (!addressed.ok || addressed.value.messageType !== messageType) return refusal('22', 'edXML sai chuan');
  const unknown = addressed.value.to.find((agency) => !mailbox.knows(agency));
  if (unknown !== undefined) return refusal('18', `Don vi nhan ${unknown} khong ton tai`);
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
  return success({ DocId: docId });
}

function sentList(mailbox: Mailbox, { system, param }: Caller): AxisAnswer {
  const messageType = messageTypeOf(param('messagetype'));
  if (messageType === undefined) return refusal('10', 'Tham so khong hop le');
  const docId = param('docId');
  const fromDate = param('fromDate');
  return success({
    data: mailbox
      .deliveries()
      .filter((item) => mailbox.owns(system.systemId, item.from) && item.messageType === messageType)
      .filter((item) => docId === '' || item.senderDocId === docId)
      .filter((item) => fromDate === '' || item.createdTime.slice(0, 10) >= fromDate.replaceAll('-', '/'))
      .map((item) => ({
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
      })),
  });
}

function agencies(systems: readonly PracticeSystem[]): AxisAnswer {
  const rows = systems.flatMap((system) => system.agencies);
  return success({
    data: rows.map((agency, at) => ({
      id: String(at + 1),
      pid: '',
      code: agency.code,
      name: agency.name,
      mail: '',
      oldCode: agency.oldCode ?? '',
    })),
  });
}
