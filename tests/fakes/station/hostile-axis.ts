import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A message that waits at a hostile axis; the row of the list may say anything. */
export type Waiting = { readonly row: Readonly<Record<string, unknown>>; readonly bytes: Uint8Array };

export type HostileCall = {
  readonly verb: string;
  /** parameters of the call, names in lower case and without prefix, bytes of the header as UTF-8 */
  readonly params: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** What is answered in place of the axis: JSON or bytes with a status, headers; null when the socket was dealt with. */
export type HostileAnswer = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string | Uint8Array };

export type HostileAxis = {
  readonly endpoint: string;
  readonly queues: { readonly edoc: Waiting[]; readonly status: Waiting[] };
  /** messages that it took, in order */
  readonly sent: { readonly messageType: string; readonly from: string; readonly body: Buffer }[];
  /** `docId state` of every acknowledgement that it took */
  readonly acknowledged: string[];
  readonly calls: HostileCall[];
  /**
   * Answers a call otherwise than an axis would: undefined leaves it to the axis, null says that the socket was dealt
   * with. `usual` does what the axis would have done and tells its answer.
   */
  twist: (call: HostileCall, usual: () => HostileAnswer, socket: Socket) => HostileAnswer | null | undefined | Promise<HostileAnswer | null | undefined>;
  readonly close: () => Promise<void>;
};

const json = (body: unknown): HostileAnswer => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const yes = { status: 'OK', ErrorCode: '0', ErrorDesc: '' };

/** The plain verbs of the national axis (axis.md §1.3) over connections that are kept, with a hook before each answer. */
export async function hostileAxis(): Promise<HostileAxis> {
  const server = createServer({ keepAliveTimeout: 10_000, maxHeaderSize: 256 * 1024 }, (request, response) => {
    void serve(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const axis: HostileAxis = {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    queues: { edoc: [], status: [] },
    sent: [],
    acknowledged: [],
    calls: [],
    twist: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };

  function queueOf(params: HostileCall['params']): Waiting[] {
    return params['messagetype'] === 'status' ? axis.queues.status : axis.queues.edoc;
  }

  function found(docId: string | undefined): Waiting | undefined {
    return [...axis.queues.edoc, ...axis.queues.status].find(({ row }) => String(row['docId']) === docId);
  }

  function usual({ verb, params, body }: HostileCall): HostileAnswer {
    switch (verb) {
      case 'getReceivedEdocList':
        return json({ ...yes, data: queueOf(params).map(({ row }) => row) });
      case 'downloadEdoc': {
        const one = found(params['docid']);
        return one === undefined ? { status: 404, body: 'Not found' } : { headers: { 'content-type': 'application/octet-stream' }, body: one.bytes };
      }
      case 'getEdoc': {
        const one = found(params['docid']);
        return one === undefined ? json({ status: 'FAIL', ErrorCode: '10' }) : json({ ...yes, data: Buffer.from(one.bytes).toString('base64') });
      }
      case 'updateStatus': {
        axis.acknowledged.push(`${params['docid'] ?? ''} ${params['status'] ?? ''}`);
        for (const queue of [axis.queues.edoc, axis.queues.status]) {
          const at = queue.findIndex(({ row }) => String(row['docId']) === params['docid']);
          if (at !== -1) queue.splice(at, 1);
        }
        return json(yes);
      }
      case 'sendEdoc':
        axis.sent.push({ messageType: params['messagetype'] ?? '', from: params['from'] ?? '', body: body.subarray(0, -2) });
        return json({ ...yes, DocId: `sent-${String(axis.sent.length)}` });
      case 'getSentEdocList':
        return json({ ...yes, data: axis.sent.flatMap((one, at) => (one.messageType === params['messagetype'] ? sentRows(one, at + 1) : [])) });
      default:
        return json({ status: 'FAIL', ErrorCode: '99', ErrorDesc: verb });
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const prefix = 'xroadvnpt-';
    const params = Object.fromEntries(
      Object.entries(request.headers)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length), Buffer.from(String(value), 'latin1').toString('utf8')]),
    );
    const call: HostileCall = { verb: request.url?.split('/').at(-1) ?? '', params, body: Buffer.concat(pieces) };
    axis.calls.push(call);
    const twisted = await axis.twist(call, () => usual(call), request.socket);
    if (twisted === null || request.socket.destroyed) return;
    const answer = twisted ?? usual(call);
    const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
    response.writeHead(answer.status ?? 200, { 'content-length': body.length, ...answer.headers }).end(body);
  }

  return axis;
}

/** Rows of the list of sent messages: number and receiver are read out of the message. */
function sentRows({ messageType, from, body }: HostileAxis['sent'][number], at: number): unknown[] {
  const text = body.toString('utf8');
  const first = (name: string, within = text): string => new RegExp(`<(?:\\w+:)?${name}>([^<]*)<`).exec(within)?.[1] ?? '';
  const receivers = [...text.matchAll(/<(?:\w+:)?To>.*?<(?:\w+:)?OrganId>([^<]*)</gs)].map((match) => match[1] ?? '');
  const about = /<(?:\w+:)?ResponseFor>.*?<\/(?:\w+:)?ResponseFor>/s.exec(text)?.[0] ?? '';
  const status = messageType === 'status';
  const notation = status ? first('Code', about) : `${first('CodeNumber')}/${first('CodeNotation')}`;
  return (status ? [first('OrganId', about)] : receivers).map((toCode) => ({
    serviceType: 'eDoc', messageType, senderDocId: `sent-${String(at)}`, receiverDocId: `in-${String(at)}`, fromCode: from, toCode, title: '', notation,
    sentTime: null, receivedTime: null, sendStatus: 'done', sendStatusDesc: '', receiveStatus: 'initial', receiveStatusDesc: '',
  }));
}

/** A row of the list as an axis writes it. */
export function listed(docId: unknown, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { docId, serviceType: 'eDoc', messageType: 'edoc', from: 'G09', to: 'H29.99', status: 'initial', status_desc: '', created_time: '2026/11/22 07:59:00', updated_time: '', ...more };
}
