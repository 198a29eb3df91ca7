import { hashFileAsSdk, vxpHeadersHold } from '../../exchange/index.ts';
import { queueRow, sentRow, type Counter, type Served } from './counter.ts';
import { refusal, success, type AxisAnswer, type AxisRequest, type PracticeSystem } from './protocol.ts';

type Caller = { readonly system: PracticeSystem; readonly param: (name: string) => string; readonly body: Uint8Array };
type Verb = { readonly method: 'GET' | 'POST'; readonly run: (caller: Caller) => Promise<AxisAnswer> | AxisAnswer };

/**
 * The verbs of the wire protocol (axis.md §1.3) in front of the counter. Every call is judged by its HMAC first: the JSON as
 * received, against the headers as received.
 */
export function axisVerbs(
  counter: Counter,
  systems: readonly PracticeSystem[],
): (name: string, request: AxisRequest) => Promise<AxisAnswer> {
  const bySystemId = new Map(systems.map((system) => [system.systemId, system]));
  const verbs: Readonly<Record<string, Verb>> = {
    getReceivedEdocList: { method: 'POST', run: (caller) => receivedList(counter, caller) },
    getEdoc: { method: 'POST', run: (caller) => getEdoc(counter, caller) },
    downloadEdoc: { method: 'GET', run: (caller) => downloadEdoc(counter, caller) },
    updateStatus: { method: 'POST', run: (caller) => updateStatus(counter, caller) },
    sendEdoc: { method: 'POST', run: (caller) => sendEdoc(counter, caller) },
    getSentEdocList: { method: 'POST', run: (caller) => sentList(counter, caller) },
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

function answer<T>(served: Served<T>, more: (value: T) => Readonly<Record<string, unknown>>): AxisAnswer {
  return 'value' in served ? success(more(served.value)) : refusal(served.errorCode, served.errorDesc);
}

function receivedList(counter: Counter, { system, param }: Caller): AxisAnswer {
  if (param('servicetype') !== 'eDoc') return refusal('10', 'Tham so khong hop le');
  return answer(counter.waiting(system, param('messagetype')), (rows) => ({ data: rows.map(queueRow) }));
}

function getEdoc(counter: Counter, { system, param }: Caller): AxisAnswer {
  return answer(counter.message(system, param('docId')), (bytes) => ({ data: Buffer.from(bytes).toString('base64') }));
}

function downloadEdoc(counter: Counter, { system, param }: Caller): AxisAnswer {
  const served = counter.message(system, param('docId'));
  if (!('value' in served)) return refusal(served.errorCode, served.errorDesc);
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: served.value };
}

function updateStatus(counter: Counter, { system, param }: Caller): AxisAnswer {
  return answer(counter.acknowledge(system, param('docId'), param('status')), () => ({}));
}

async function sendEdoc(counter: Counter, { system, param, body }: Caller): Promise<AxisAnswer> {
  if (param('servicetype') !== 'eDoc') return refusal('10', 'Tham so khong hop le');
  if (body.at(-2) !== 0x0d || body.at(-1) !== 0x0a) return refusal('21', 'Noi dung khong ket thuc bang CR LF');
  const file = body.slice(0, -2);
  if (hashFileAsSdk(file) !== param('hash-file')) return refusal('10', 'Ma bam cua file khong dung');
  const message = { messageType: param('messagetype'), from: param('from'), file };
  return answer(await counter.send(system, message), ({ docId }) => ({ DocId: docId }));
}

function sentList(counter: Counter, { system, param }: Caller): AxisAnswer {
  const query = { messageType: param('messagetype'), docId: param('docId'), fromDate: param('fromDate') };
  return answer(counter.sent(system, query), (rows) => ({ data: rows.map(sentRow) }));
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
