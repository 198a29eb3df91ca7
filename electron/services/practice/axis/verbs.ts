import { createHash } from 'node:crypto';
import type { Clock } from '../../../foundation/clock.ts';
import { hashFileAsSdk, vxpHeadersHold } from '../../exchange/index.ts';
import { queueRow, sentRow, type Counter } from './counter.ts';
import type { Twist } from './faults.ts';
import { jsonHead, refusal, success, type AxisAnswer, type AxisRequest, type PracticeSystem } from './protocol.ts';
import type { Registry } from './registry.ts';
import type { Served } from './served.ts';

/** How `hash-file` may be spelt: the SDK's unpadded print, correct hex, or both (axis.md §1.3). */
export type HashForm = 'sdk' | 'hex' | 'either';

export type VerbOptions = {
  readonly systems: readonly PracticeSystem[];
  readonly clock: Clock;
  readonly hashForm: HashForm;
  /** by how much a call's time may differ from the axis' own; undefined: not looked at */
  readonly clockToleranceMinutes: number | undefined;
};

type Caller = {
  readonly system: PracticeSystem;
  readonly param: (name: string) => string;
  readonly body: Uint8Array;
  readonly twist: Twist;
};
type Verb = {
  readonly methods: readonly string[];
  readonly run: (caller: Caller) => Promise<AxisAnswer> | AxisAnswer;
};

/**
 * The verbs of the wire protocol (axis.md §1.3) in front of the counter and the registry. Every call is judged by its
 * HMAC first: the JSON as received, against the headers as received.
 */
export function axisVerbs(
  counter: Counter,
  registry: Registry,
  options: VerbOptions,
): (name: string, request: AxisRequest, twist: Twist) => Promise<AxisAnswer> {
  const bySystemId = new Map(options.systems.map((system) => [system.systemId, system]));
  const post = ['POST'];
  // Declared GET in the SDK's code and sent as POST.
  const either = ['POST', 'GET'];
  const verbs: Readonly<Record<string, Verb>> = {
    getReceivedEdocList: { methods: post, run: (caller) => receivedList(counter, caller) },
    countReceiveEdoc: { methods: either, run: (caller) => received(counter, caller, 'edoc') },
    countReceiveStatus: { methods: either, run: (caller) => received(counter, caller, 'status') },
    getEdoc: { methods: post, run: (caller) => getEdoc(counter, caller) },
    downloadEdoc: { methods: ['GET'], run: (caller) => downloadEdoc(counter, caller) },
    updateStatus: { methods: post, run: (caller) => updateStatus(counter, caller) },
    sendEdoc: { methods: post, run: (caller) => sendEdoc(counter, caller, options.hashForm) },
    getSentEdocList: { methods: post, run: (caller) => sentList(counter, caller) },
    getAgenciesList: { methods: post, run: () => agencies(registry) },
    getAgenciesListQD20: {
      methods: post,
      run: ({ param }) => answer(registry.agenciesQd20(param('level')), (data) => ({ data })),
    },
    getSynchronizeUnit: { methods: post, run: () => success({ data: registry.unitDeltas() }) },
    registerAgency: { methods: post, run: ({ system, body }) => answer(registry.register(system, body), () => ({})) },
    deleteAgency: {
      methods: post,
      run: ({ system, param }) => answer(registry.remove(system, param('AgencyCode')), () => ({})),
    },
  };

  return async (name, request, twist) => {
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (verb === undefined) return { status: 404, headers: {}, body: new Uint8Array() };
    if (!verb.methods.includes(request.method)) return { status: 405, headers: {}, body: new Uint8Array() };
    const param = (key: string): string => request.headers[`xroadvnpt-${key.toLowerCase()}`] ?? '';
    const system = bySystemId.get(param('systemid'));
    if (system === undefined || !vxpHeadersHold(request.headers, system.secret)) {
      return refusal('15', 'Sai SystemId hoac SecretKey');
    }
    const { clockToleranceMinutes: tolerance } = options;
    if (tolerance !== undefined && !isNear(param('timestamp'), options.clock, tolerance)) {
      return refusal('10', `Thoi gian cua yeu cau lech qua ${String(tolerance)} phut`);
    }
    return verb.run({ system, param, body: request.body, twist });
  };
}

/** `ddMMyyyy'T'HHmmss+SSSS` in Vietnam time, the last part being milliseconds (axis.md §1.2). */
function isNear(timestamp: string, clock: Clock, minutes: number): boolean {
  const found = /^(\d{2})(\d{2})(\d{4})T(\d{2})(\d{2})(\d{2})\+\d{4}$/.exec(timestamp);
  if (found === null) return false;
  const [, day, month, year, hour, minute, second] = found;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+07:00`);
  return Math.abs(ms - clock.now().getTime()) <= minutes * 60_000;
}

function answer<T>(served: Served<T>, more: (value: T) => Readonly<Record<string, unknown>>): AxisAnswer {
  return 'value' in served ? success(more(served.value)) : refusal(served.errorCode, served.errorDesc);
}

function daysOf(param: Caller['param']): { readonly fromDate: string; readonly toDate: string } {
  return { fromDate: param('fromDate'), toDate: param('toDate') };
}

function receivedList(counter: Counter, { system, param }: Caller): AxisAnswer {
  if (param('servicetype') !== 'eDoc') return refusal('10', 'Tham so khong hop le');
  const served = counter.waiting(system, param('messagetype'), daysOf(param));
  return answer(served, (rows) => ({ data: rows.map(queueRow) }));
}

/** What waits of one kind, as a number. */
function received(counter: Counter, { system, param }: Caller, messageType: 'edoc' | 'status'): AxisAnswer {
  if (param('servicetype') !== 'eDoc') return refusal('10', 'Tham so khong hop le');
  return answer(counter.waiting(system, messageType, daysOf(param)), (rows) => ({ count: rows.length }));
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

async function sendEdoc(counter: Counter, { system, param, body, twist }: Caller, hashForm: HashForm): Promise<AxisAnswer> {
  if (param('servicetype') !== 'eDoc') return refusal('10', 'Tham so khong hop le');
  if (body.at(-2) !== 0x0d || body.at(-1) !== 0x0a) return refusal('21', 'Noi dung khong ket thuc bang CR LF');
  const file = body.slice(0, -2);
  if (!hashHolds(file, param('hash-file'), hashForm)) return refusal('10', 'Ma bam cua file khong dung');
  const message = { messageType: param('messagetype'), from: param('from'), file };
  return answer(await counter.send(system, message, twist), ({ docId }) => ({ DocId: docId }));
}

function hashHolds(file: Uint8Array, given: string, form: HashForm): boolean {
  if (form !== 'hex' && given === hashFileAsSdk(file)) return true;
  return form !== 'sdk' && given === createHash('sha256').update(file).digest('hex');
}

function sentList(counter: Counter, { system, param }: Caller): AxisAnswer {
  const query = { messageType: param('messagetype'), docId: param('docId'), ...daysOf(param) };
  return answer(counter.sent(system, query), (rows) => ({ data: rows.map(sentRow) }));
}

/** Put together as bytes: a large directory must not become one long text once more. */
function agencies(registry: Registry): AxisAnswer {
  const head = Buffer.from('{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":', 'utf8');
  return { status: 200, headers: jsonHead, body: Buffer.concat([head, registry.agencies(), Buffer.from('}')]) };
}
