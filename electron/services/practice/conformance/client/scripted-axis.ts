import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../../foundation/clock.ts';
import { jsonAnswer, refusal, success, type AxisAnswer, type AxisRequest } from '../../axis/protocol.ts';
import { textIn, vietnamTime } from '../edxml-sample.ts';

type MessageType = 'edoc' | 'status';

/** A call as it came. */
export type Recorded = {
  /** by the client's clock */
  readonly at: Date;
  readonly verb: string;
  readonly method: string;
  /** names in lower case */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** A message that the client sent and the script took. */
export type Sent = {
  readonly docId: string;
  readonly messageType: string;
  readonly from: string;
  readonly bytes: Uint8Array;
  readonly xml: string;
  readonly at: Date;
};

/** An answer that a case prescribes; `handled`: the call is carried out all the same, and its own answer thrown away. */
type Prescribed = { readonly verb: string; readonly answer: AxisAnswer; readonly handled: boolean; readonly fits: (call: Recorded) => boolean; left: number };

/** An axis that plays one case: it refuses nothing by itself, writes down every call, and answers as it is told. */
export type ScriptedAxis = {
  readonly handle: (request: AxisRequest) => Promise<AxisAnswer>;
  readonly calls: readonly Recorded[];
  readonly sent: readonly Sent[];
  /** Lets a message wait for the client; answers its docId. */
  readonly put: (messageType: MessageType, from: string, to: string, bytes: Uint8Array) => string;
  /** What the client said of a message, in order; empty while it said nothing. */
  readonly said: (docId: string) => readonly string[];
  /** Prescribes the answer of the next calls of a verb. `handled`: the call is carried out nevertheless. */
  readonly prescribe: (
    verb: string,
    answer: AxisAnswer,
    how?: { readonly times?: number; readonly handled?: boolean; readonly fits?: (call: Recorded) => boolean },
  ) => void;
  /** Called before each call of a verb is answered. */
  readonly before: (verb: string, hook: (call: Recorded) => Promise<void>) => void;
};

/** @param record keeps the calls of all cases of a run */
export function scriptedAxis(clock: Clock, record: (call: Recorded) => void): ScriptedAxis {
  const calls: Recorded[] = [];
  const sent: Sent[] = [];
  const queue = new Map<string, { readonly messageType: MessageType; readonly from: string; readonly to: string; readonly bytes: Uint8Array; readonly at: string; readonly said: string[] }>();
  const prescribed: Prescribed[] = [];
  const hooks: { readonly verb: string; readonly hook: (call: Recorded) => Promise<void> }[] = [];

  function param(call: Recorded, name: string): string {
    return call.headers[`xroadvnpt-${name.toLowerCase()}`] ?? '';
  }

  function list(call: Recorded): AxisAnswer {
    const rows = [...queue]
      .filter(([, item]) => item.messageType === param(call, 'messagetype') && !item.said.some((word) => word !== 'processing'))
      .map(([docId, item]) => ({
        docId,
        serviceType: 'eDoc',
        messageType: item.messageType,
        from: item.from,
        to: item.to,
        status: item.said.at(-1) ?? 'initial',
        status_desc: '',
        created_time: item.at,
        updated_time: item.at,
      }));
    return success({ data: rows });
  }

  function sentRows(call: Recorded): AxisAnswer {
    const rows = sent
      .filter(({ messageType }) => messageType === param(call, 'messagetype'))
      .flatMap(({ docId, messageType, from, xml, at }) => {
        const common = { serviceType: 'eDoc', messageType, senderDocId: docId, receiverDocId: `${docId}-n`, fromCode: from };
        const states = { sentTime: vietnamTime(at), receivedTime: '', sendStatus: 'done', sendStatusDesc: '', receiveStatus: 'initial', receiveStatusDesc: '' };
        if (messageType === 'status') {
          return [{ ...common, ...states, toCode: textIn(xml, 'ResponseFor', 'OrganId'), title: textIn(xml, 'Description'), notation: textIn(xml, 'ResponseFor', 'Code') }];
        }
        const notation = `${textIn(xml, 'Code', 'CodeNumber')}/${textIn(xml, 'Code', 'CodeNotation')}`;
        return receiversIn(xml).map((toCode) => ({ ...common, ...states, toCode, title: textIn(xml, 'Subject'), notation }));
      });
    return success({ data: rows });
  }

  function take(call: Recorded): AxisAnswer {
    // The last two bytes are CR LF; whether they are is a rule of its own.
    const bytes = Buffer.from(call.body).subarray(0, -2);
    const docId = randomUUID();
    sent.push({ docId, messageType: param(call, 'messagetype'), from: param(call, 'from'), bytes, xml: bytes.toString('utf8'), at: call.at });
    return success({ DocId: docId });
  }

  function usual(call: Recorded): AxisAnswer {
    const docId = param(call, 'docId');
    const item = queue.get(docId);
    switch (call.verb) {
      case 'getReceivedEdocList':
        return list(call);
      case 'getSentEdocList':
        return sentRows(call);
      case 'sendEdoc':
        return take(call);
      case 'getEdoc':
        return item === undefined ? unknown(docId) : success({ data: Buffer.from(item.bytes).toString('base64') });
      case 'downloadEdoc':
        return item === undefined ? unknown(docId) : { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: item.bytes };
      case 'updateStatus':
        if (item === undefined) return unknown(docId);
        item.said.push(param(call, 'status'));
        return success();
      case 'countReceiveEdoc':
      case 'countReceiveStatus': {
        const messageType = call.verb === 'countReceiveEdoc' ? 'edoc' : 'status';
        return success({ count: [...queue.values()].filter((one) => one.messageType === messageType && one.said.length === 0).length });
      }
      case 'getAgenciesList':
      case 'getAgenciesListQD20':
      case 'getSynchronizeUnit':
        return success({ data: [] });
      case 'registerAgency':
      case 'deleteAgency':
        return success();
      default:
        return jsonAnswer({}, 404);
    }
  }

  return {
    calls,
    sent,
    async handle(request) {
      const path = new URL(request.path, 'http://127.0.0.1').pathname;
      const call = { ...request, at: clock.now(), verb: path.slice(path.lastIndexOf('/') + 1) };
      calls.push(call);
      record(call);
      for (const { verb, hook } of hooks) if (verb === call.verb) await hook(call);
      const told = prescribed.find((one) => one.left > 0 && one.verb === call.verb && one.fits(call));
      if (told === undefined) return usual(call);
      told.left -= 1;
      if (told.handled) usual(call);
      return told.answer;
    },
    put(messageType, from, to, bytes) {
      const docId = randomUUID();
      queue.set(docId, { messageType, from, to, bytes, at: vietnamTime(clock.now()), said: [] });
      return docId;
    },
    said: (docId) => queue.get(docId)?.said ?? [],
    prescribe(verb, answer, { times = 1, handled = false, fits = () => true } = {}) {
      prescribed.push({ verb, answer, handled, fits, left: times });
    },
    before(verb, hook) {
      hooks.push({ verb, hook });
    },
  };
}

function unknown(docId: string): AxisAnswer {
  return refusal('21', `Khong tim thay van ban ${docId}`);
}

/** The codes of the `To` elements of a document. */
function receiversIn(xml: string): readonly string[] {
  return [...xml.matchAll(/<(?:\w+:)?To>([\s\S]*?)<\/(?:\w+:)?To>/g)].map(([, inner = '']) => textIn(inner, 'OrganId'));
}
