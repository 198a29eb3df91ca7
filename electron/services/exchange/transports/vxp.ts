import { ok, type Outcome } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import type { AxisFailureCode, AxisTransport, HttpAnswer, HttpPort, HttpRequest } from '../ports.ts';
import { directoryLists, takeRows } from './agency-rows.ts';
import { failed, noAnswer, unaskable } from './answers.ts';
import { docIdOf, okAnswer, queueOf, sentOf } from './vxp-answer.ts';
import { messageFetcher } from './vxp-fetch.ts';
import { wholeAnswer } from './whole-answer.ts';
import { uploadMs } from './message-body.ts';
import { fitsHeader, hexAsSdk, vxpHeaders, vxpSendBody, type VxpCall } from './vxp-envelope.ts';

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
  /** milliseconds for one call, sending a message with it; default 60 s (axis.md §1.7) */
  readonly timeoutMs?: number;
  /** milliseconds of silence after which fetching a message is given up, fifteen times that for all of it; default 60 s */
  readonly idleMs?: number;
  /** bytes of the largest message taken in; default 512 MiB, as the axis' own limit is not known (axis.md §1.7) */
  readonly maxMessageBytes?: number;
};

type Call = Pick<VxpCall, 'contentType' | 'params'> &
  Pick<HttpRequest, 'method' | 'body' | 'timeoutMs' | 'maxBytes' | 'messageSha256' | 'repeatable'> & { readonly verb: string };

const emptyObject = Buffer.from('{}');
const listBytes = 32 * 1024 * 1024;
/** The vendor's SDK may be set to 1 to 10 connections (axis.md §1.7). */
const connections = 6;
/** 125 000 agencies are about 20 MB; read row by row, so the limit is no matter of memory. */
const directoryBytes = 256 * 1024 * 1024;

/**
 * The axis spoken to the way VNPT's SDK does (axis.md §1.2–1.4), without its quirks of leaking a local path and of
 * reusing headers. Never repeats a call: that is the outbox' decision.
 */
export function vxpTransport(options: VxpOptions): AxisTransport {
  const endpoint = options.endpoint.replace(/\/+$/, '');
  const timeoutMs = options.timeoutMs ?? 60_000;
  const idleMs = options.idleMs ?? 60_000;
  const maxMessageBytes = options.maxMessageBytes ?? 512 * 1024 * 1024;

  function requestOf({ verb, contentType, params, ...rest }: Call): HttpRequest {
    const { systemId, secret } = options;
    const headers = vxpHeaders({ systemId, secret, at: options.clock.now(), contentType, params });
    return { ...rest, url: `${endpoint}/${verb}`, headers, allowPlainHttp: options.allowPlainHttp };
  }

  async function post(call: Omit<Call, 'method'>): Promise<Outcome<HttpAnswer, AxisFailureCode>> {
    const answer = await wholeAnswer(options.http, requestOf({ ...call, method: 'POST' }));
    return answer.ok ? answer : noAnswer(answer.failure);
  }

  function ask(
    verb: string,
    params: VxpCall['params'],
    body: Uint8Array | null,
    repeatable = true,
  ): Promise<Outcome<HttpAnswer, AxisFailureCode>> {
    return post({ verb, contentType: 'application/json', params, body, timeoutMs, maxBytes: listBytes, repeatable });
  }

  /** A list of the directory, which the axis may take long to begin and longer to send. */
  function askRows(verb: string, params: VxpCall['params']): ReturnType<HttpPort> {
    const limits = { timeoutMs: timeoutMs * 15, maxBytes: directoryBytes };
    const call = { verb, method: 'POST', contentType: 'application/json', params, body: null, ...limits } as const;
    return options.http({ ...requestOf(call), idleMs: timeoutMs * 3 });
  }

  const fetch = messageFetcher({
    maxMessageBytes,
    call: (verb, method, docId, maxBytes) => {
      const body = method === 'GET' ? null : emptyObject;
      // Never over a kept connection: an answer that an axis or a gateway gave twice would be taken for this message.
      const limits = { timeoutMs: idleMs * 15, maxBytes };
      const call = { verb, method, contentType: 'application/json', params: [['docId', docId]], body, ...limits } as const;
      return options.http({ ...requestOf(call), idleMs });
    },
  });

  return {
    connections,

    async list(messageType) {
      const params = [['servicetype', 'eDoc'], ['messagetype', messageType]] as const;
      const answer = await ask('getReceivedEdocList', params, null);
      return answer.ok ? queueOf(answer.value) : answer;
    },

    async fetch(docId, write, again) {
      return fitsHeader(docId) ? fetch(docId, write, again) : failed('axis-answer-unreadable', unaskable);
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
          ['hash-file', hexAsSdk(Buffer.from(message.body.sha256, 'hex'))],
        ],
        body: vxpSendBody(message.body),
        messageSha256: message.body.sha256,
        timeoutMs: timeoutMs + uploadMs(message.body.size),
        maxBytes: listBytes,
      });
      return answer.ok ? docIdOf(answer.value) : answer;
    },

    async sentList(query) {
      const dates: VxpCall['params'] = query.fromDate === undefined ? [] : [['fromDate', query.fromDate]];
      const params = [['servicetype', 'eDoc'], ['messagetype', query.messageType], ...dates] as const;
      // What this list does not name is sent again: it must not be another call's answer that came late or twice.
      const answer = await ask('getSentEdocList', params, null, false);
      return answer.ok ? sentOf(answer.value) : answer;
    },

    async agencies(take) {
      return takeRows(await askRows('getAgenciesList', []), directoryLists.agencies, okAnswer, take);
    },

    async agenciesQd20(level, take) {
      const asked = await askRows('getAgenciesListQD20', [['level', String(level)]]);
      return takeRows(asked, directoryLists.pairs, okAnswer, take);
    },

    async unitChanges(take) {
      return takeRows(await askRows('getSynchronizeUnit', []), directoryLists.changes, okAnswer, take);
    },
  };
}
