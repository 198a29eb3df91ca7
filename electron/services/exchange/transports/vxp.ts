import { ok, type Outcome } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import { decodeBase64 } from '../edxml/base64.ts';
import type { AxisFailureCode, AxisTransport, HttpAnswer, HttpPort } from '../ports.ts';
import { noAnswer, unreadable } from './answers.ts';
import { dataOf, docIdOf, okAnswer, queueOf, sentOf } from './vxp-answer.ts';
import { hashFileAsSdk, vxpHeaders, vxpSendBody, type VxpCall } from './vxp-envelope.ts';

export type VxpOptions = {
  /** e.g. `http://10.0.0.5:8080/XrdAdapter/adapter` */
  readonly endpoint: string;
  /** code of the centre, e.g. `00.21.W00` */
  readonly systemId: string;
  readonly secret: string;
  readonly http: HttpPort;
  readonly clock: Clock;
  /** the adapter often stands in the special-purpose network without TLS (axis.md §1.1) */
  readonly allowPlainHttp: boolean;
  /** milliseconds; default 60 s (axis.md §1.7), three times that where a whole message travels */
  readonly timeoutMs?: number;
  /** bytes of the largest message taken in; default 200 MiB, as the axis' own limit is not known (axis.md §1.7) */
  readonly maxMessageBytes?: number;
};

type Call = Pick<VxpCall, 'contentType' | 'params'> & {
  readonly verb: string;
  readonly body: Uint8Array | null;
  readonly timeoutMs: number;
  readonly maxBytes: number;
};

const emptyObject = Buffer.from('{}');
const listBytes = 32 * 1024 * 1024;

/**
 * The axis spoken to the way VNPT's SDK does (axis.md §1.2–1.4), without its quirks of leaking a local path and of
 * reusing headers. Never repeats a call: that is the outbox' decision.
 */
export function vxpTransport(options: VxpOptions): AxisTransport {
  const endpoint = options.endpoint.replace(/\/+$/, '');
  const timeoutMs = options.timeoutMs ?? 60_000;
  const maxMessageBytes = options.maxMessageBytes ?? 200 * 1024 * 1024;

  async function post(call: Call): Promise<Outcome<HttpAnswer, AxisFailureCode>> {
    const answer = await options.http({
      method: 'POST',
      url: `${endpoint}/${call.verb}`,
      headers: vxpHeaders({
        systemId: options.systemId,
        secret: options.secret,
        at: options.clock.now(),
        contentType: call.contentType,
        params: call.params,
      }),
      body: call.body,
      timeoutMs: call.timeoutMs,
      allowPlainHttp: options.allowPlainHttp,
      maxBytes: call.maxBytes,
    });
    return answer.ok ? answer : noAnswer(answer.failure);
  }

  function ask(
    verb: string,
    params: VxpCall['params'],
    body: Uint8Array | null,
    more: Partial<Call> = {},
  ): Promise<Outcome<HttpAnswer, AxisFailureCode>> {
    return post({ verb, contentType: 'application/json', params, body, timeoutMs, maxBytes: listBytes, ...more });
  }

  return {
    async list(messageType) {
      const params = [['servicetype', 'eDoc'], ['messagetype', messageType]] as const;
      const answer = await ask('getReceivedEdocList', params, null);
      return answer.ok ? queueOf(answer.value) : answer;
    },

    async fetch(docId) {
      // Base64 in JSON: a third larger than the message.
      const maxBytes = Math.ceil(maxMessageBytes * 1.4) + 65_536;
      const answer = await ask('getEdoc', [['docId', docId]], emptyObject, { timeoutMs: timeoutMs * 3, maxBytes });
      if (!answer.ok) return answer;
      const data = dataOf(answer.value);
      if (!data.ok) return data;
      const bytes = decodeBase64(data.value);
      return bytes === null ? unreadable('data', answer.value) : ok(bytes);
    },

    async acknowledge(docId, state) {
      const answer = await ask('updateStatus', [['docid', docId], ['status', state]], emptyObject);
      if (!answer.ok) return answer;
      const said = okAnswer(answer.value);
      return said.ok ? ok(null) : said;
    },

    async send(message) {
      const answer = await post({
        verb: 'sendEdoc',
        contentType: 'application/octet-stream',
        params: [
          ['from', message.from],
          ['servicetype', 'eDoc'],
          ['messagetype', message.messageType],
          ['hash-file', hashFileAsSdk(message.body)],
        ],
        body: vxpSendBody(message.body),
        timeoutMs: timeoutMs * 3,
        maxBytes: listBytes,
      });
      return answer.ok ? docIdOf(answer.value) : answer;
    },

    async sentList(query) {
      const dates: VxpCall['params'] = query.fromDate === undefined ? [] : [['fromDate', query.fromDate]];
      const params = [['servicetype', 'eDoc'], ['messagetype', query.messageType], ...dates] as const;
      const answer = await ask('getSentEdocList', params, null);
      return answer.ok ? sentOf(answer.value) : answer;
    },
  };
}
