import { randomUUID } from 'node:crypto';
import { fail, ok, type Outcome } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import { base64Decoder } from '../edxml/base64.ts';
import { wireInstant } from '../edxml/values.ts';
import type {
  AxisFailureCode,
  AxisTransport,
  HttpAnswer,
  HttpFailureCode,
  HttpPort,
  HttpRequest,
  HttpStreamAnswer,
} from '../ports.ts';
import { directoryLists, takeRows } from './agency-rows.ts';
import { failed, noAnswer, unreadable } from './answers.ts';
import { lgspDataOf, lgspDocIdOf, lgspOk, lgspQueueOf, lgspSentOf, lgspUnauthorised } from './lgsp-answer.ts';
import { lgspLogin } from './lgsp-login.ts';
import { lgspSendBody } from './lgsp-multipart.ts';
import { uploadMs } from './message-body.ts';
import { wholeAnswer } from './whole-answer.ts';

/**
 * Where the verbs are below the broker's address (axis.md §1.8, first row [S]). The one place to change for a broker
 * that has them elsewhere. `sentList` is a guess, as no broker's list of sent messages is known [NF]: it is asked for
 * nevertheless, because a broker that passes the axis' verb on settles a doubt by itself, and one that does not
 * answers with a failure, after which nothing in doubt is sent again and a person is told.
 */
export const lgspPaths = {
  login: '/api/lgspedoc/login',
  list: '/v1/syncReceivedEdocList',
  fetch: '/v1/getEdoc',
  acknowledge: '/v1/updateStatus',
  send: '/v1/sendEdoc',
  sentList: '/v1/getSentEdocList',
  // Not known of any broker [NF]; empty = not offered.
  agencies: '',
} as const;

export type LgspOptions = {
  /** address below which `lgspPaths` begin, e.g. `https://lgsp.example.vn/edoc` */
  readonly endpoint: string;
  readonly systemId: string;
  readonly secret: string;
  readonly username: string;
  readonly password: string;
  readonly applicationCode: string;
  readonly http: HttpPort;
  readonly clock: Clock;
  readonly allowPlainHttp: boolean;
  /** milliseconds for one call, sending a message with it; default 60 s (axis.md §1.7) */
  readonly timeoutMs?: number;
  /** milliseconds of silence after which fetching a message is given up, fifteen times that for all of it; default 60 s */
  readonly idleMs?: number;
  /** where the directory of agencies is below the address; default `lgspPaths.agencies`, '' = not offered */
  readonly agenciesPath?: string;
  /** bytes of the largest message taken in; default 200 MiB, as no limit is known (axis.md §1.7) */
  readonly maxMessageBytes?: number;
};

type Call = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly contentType?: string;
  readonly body?: HttpRequest['body'];
  readonly messageSha256?: string;
  readonly timeoutMs?: number;
  readonly idleMs?: number;
  readonly maxBytes?: number;
};

const listBytes = 32 * 1024 * 1024;
const directoryBytes = 64 * 1024 * 1024;
const dayMs = 24 * 3_600_000;
/** The broker's list is asked for by day [S]. A station that was off for longer than this misses what came before. */
const listDays = 90;

/**
 * The axis behind a provincial broker (LGSP) with a REST skin, as one integrator describes it (axis.md §1.8, first row;
 * all of it secondary knowledge [S], nothing measured). The sender is told by the message itself. Repeats a call once,
 * when the broker refused its token and so did nothing; any other repetition is the outbox' decision.
 */
export function lgspTransport(options: LgspOptions): AxisTransport {
  const endpoint = options.endpoint.replace(/\/+$/, '');
  const timeoutMs = options.timeoutMs ?? 60_000;
  const idleMs = options.idleMs ?? 60_000;
  const maxMessageBytes = options.maxMessageBytes ?? 200 * 1024 * 1024;
  const { username, password, applicationCode, http, clock, allowPlainHttp } = options;
  const url = `${endpoint}${lgspPaths.login}`;
  const login = lgspLogin({ url, username, password, applicationCode, http, clock, allowPlainHttp, timeoutMs });

  function requestOf(call: Call, token: string): HttpRequest {
    const query = (call.query ?? []).map(([name, value]) => `${name}=${queryValue(value)}`).join('&');
    return {
      method: call.method,
      url: `${endpoint}${call.path}${query === '' ? '' : `?${query}`}`,
      headers: [
        ['Authorization', `Bearer ${token}`],
        ['X-SystemId', options.systemId],
        ['X-SecretKey', options.secret],
        ['Accept', 'application/json'],
        ...(call.contentType === undefined ? [] : [['Content-Type', call.contentType] as const]),
      ],
      body: call.body ?? null,
      ...(call.messageSha256 === undefined ? {} : { messageSha256: call.messageSha256 }),
      timeoutMs: call.timeoutMs ?? timeoutMs,
      ...(call.idleMs === undefined ? {} : { idleMs: call.idleMs }),
      allowPlainHttp,
      maxBytes: call.maxBytes ?? listBytes,
    };
  }

  async function ask(call: Call): Promise<Outcome<HttpAnswer, AxisFailureCode>> {
    for (const lastTry of [false, true]) {
      const token = await login.token();
      if (!token.ok) return token;
      const answer = await wholeAnswer(http, requestOf(call, token.value));
      if (!answer.ok) return noAnswer(answer.failure);
      if (!lgspUnauthorised(answer.value)) return answer;
      login.forget(token.value);
      if (lastTry) break;
    }
    return failed('axis-refused', { errorCode: '401', errorDesc: 'token', outcomeUnknown: 0 });
  }

  return {
    connections: 1,

    async list(messageType) {
      const now = clock.now().getTime();
      const query = [
        ['messageType', messageType],
        ['fromDate', dayOf(now - listDays * dayMs)],
        // Whether the last day counts as a whole is not known: tomorrow covers today.
        ['toDate', dayOf(now + dayMs)],
      ] as const;
      const answer = await ask({ method: 'GET', path: lgspPaths.list, query });
      if (!answer.ok) return answer;
      const rows = lgspQueueOf(answer.value);
      // A list by days may go on showing what is done.
      return rows.ok ? ok(rows.value.filter((row) => row.status.toLowerCase() !== 'done')) : rows;
    },

    // Held whole, unlike the axis' own form: the wrapper's letters around the Base64 are not known well enough.
    async fetch(docId, write) {
      // Base64 in JSON: a third larger than the message.
      const maxBytes = Math.ceil(maxMessageBytes * 1.4) + 65_536;
      const query = [['docId', docId]] as const;
      const limits = { timeoutMs: idleMs * 15, idleMs, maxBytes };
      const answer = await ask({ method: 'GET', path: lgspPaths.fetch, query, ...limits });
      if (!answer.ok) return answer;
      const data = lgspDataOf(answer.value);
      if (!data.ok) return data;
      const decoder = base64Decoder();
      const decoded = decoder.push(data.value);
      if (!('bytes' in decoded) || !decoder.complete()) return unreadable('data', answer.value);
      await write(decoded.bytes);
      return ok(null);
    },

    async acknowledge(docId, state) {
      const body = Buffer.from(JSON.stringify({ docId, status: state }), 'utf8');
      const contentType = 'application/json; charset=utf-8';
      const answer = await ask({ method: 'POST', path: lgspPaths.acknowledge, contentType, body });
      if (!answer.ok) return answer;
      const said = lgspOk(answer.value);
      return said.ok ? ok(null) : said;
    },

    async send(message) {
      const boundary = `tvt-${randomUUID()}`;
      const answer = await ask({
        method: 'POST',
        path: lgspPaths.send,
        contentType: `multipart/form-data; boundary=${boundary}`,
        body: lgspSendBody({
          boundary,
          messageType: message.messageType,
          fileName: `${randomUUID()}.edxml`,
          file: message.body,
        }),
        messageSha256: message.body.sha256,
        timeoutMs: timeoutMs + uploadMs(message.body.size),
      });
      return answer.ok ? lgspDocIdOf(answer.value) : answer;
    },

    async sentList({ messageType, fromDate }) {
      const now = clock.now().getTime();
      const query = [
        ['messageType', messageType],
        ['fromDate', fromDate ?? dayOf(now - listDays * dayMs)],
        ['toDate', dayOf(now + dayMs)],
      ] as const;
      const answer = await ask({ method: 'GET', path: lgspPaths.sentList, query });
      return answer.ok ? lgspSentOf(answer.value) : answer;
    },

    // Held whole: what stands around the rows is not known well enough to be read as it comes.
    async agencies(take) {
      const path = options.agenciesPath ?? lgspPaths.agencies;
      if (path === '') return fail('not-offered');
      const answer = await ask({ method: 'GET', path, timeoutMs: timeoutMs * 3, maxBytes: directoryBytes });
      if (!answer.ok) return answer;
      return takeRows(ok(heldAnswer(answer.value)), directoryLists.agencies, lgspOk, take);
    },

    agenciesQd20: () => Promise.resolve(fail('not-offered')),

    unitChanges: () => Promise.resolve(fail('not-offered')),
  };
}

/** An answer that is there already, in the form of one on its way. */
function heldAnswer({ status, headers, body }: HttpAnswer): HttpStreamAnswer {
  async function* whole(): AsyncGenerator<Outcome<Uint8Array, HttpFailureCode>> {
    yield ok(body);
  }
  return { status, headers, body: whole(), abort: () => undefined };
}

/** `yyyy/MM/dd` in Vietnam, where the broker stands. */
function dayOf(ms: number): string {
  return wireInstant(new Date(ms)).slice(0, 10);
}

/** The slashes of a date stay, as the broker's guide writes them; RFC 3986 allows them in a query. */
function queryValue(value: string): string {
  return encodeURIComponent(value).replaceAll('%2F', '/');
}
