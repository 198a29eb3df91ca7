import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../foundation/clock.ts';
import { lgspPaths } from '../../exchange/index.ts';
import { queueRow, sentRow, type Counter } from './counter.ts';
import type { Twist } from './faults.ts';
import { multipartFields } from './multipart.ts';
import { jsonAnswer, type AxisAnswer, type AxisRequest, type PracticeSystem } from './protocol.ts';
import type { Served } from './served.ts';

/** The two forms of a provincial broker's answers that were seen (axis.md §1.8 [S]). */
export type LgspWrapper = 'code' | 'success';

export type LgspSkinOptions = {
  readonly systems: readonly PracticeSystem[];
  readonly clock: Clock;
  readonly wrapper: LgspWrapper;
  /** how long a login holds, in seconds */
  readonly tokenSeconds: number;
  /** whether the broker knows the list of sent messages; without it, 404 */
  readonly sentList: boolean;
};

/** The practice axis behind a provincial broker's REST skin. */
export type LgspSkin = {
  /** The name of a call, for ordered misfortunes; undefined when the path is none of the skin's. */
  readonly nameOf: (path: string) => string | undefined;
  readonly handle: (request: AxisRequest, twist: Twist) => Promise<AxisAnswer>;
  readonly refusal: (errorCode: string, errorDesc: string) => AxisAnswer;
  /** Ends all logins before their time. */
  readonly expireLogins: () => void;
};

type Call = {
  readonly system: PracticeSystem;
  readonly query: (name: string) => string;
  readonly request: AxisRequest;
  readonly twist: Twist;
};
type Verb = { readonly method: 'GET' | 'POST'; readonly run: (call: Call) => Promise<AxisAnswer> | AxisAnswer };

/** Below which the paths of the skin begin. */
export const lgspBase = '/lgsp';

/**
 * The verbs as a provincial broker offers them (axis.md §1.8, first row [S]): login, bearer token and two headers on
 * every call, multipart in, answers in one of two wrappers. Every call but the login is judged by all three.
 */
export function lgspSkin(counter: Counter, options: LgspSkinOptions): LgspSkin {
  const logins = new Map<string, { readonly systemId: string; readonly untilMs: number }>();
  const now = (): number => options.clock.now().getTime();

  function wrapped(data: unknown, errorCode = '0', errorDesc = ''): AxisAnswer {
    const good = errorCode === '0';
    const outcome = options.wrapper === 'code' ? { code: good ? 200 : 400 } : { success: good };
    const message = good ? 'Thanh cong' : errorDesc;
    const errorDetail = good ? [] : [{ errorCode, errorDesc }];
    return jsonAnswer({ ...outcome, message, data, errorDetail });
  }

  const done = (more: Readonly<Record<string, unknown>> = {}): AxisAnswer =>
    wrapped({ status: 'OK', errorCode: '0', errorDesc: '', ...more });
  const refusal = (errorCode: string, errorDesc: string): AxisAnswer =>
    wrapped({ status: 'FAIL', errorCode, errorDesc, docId: null }, errorCode, errorDesc);
  const answer = <T>(served: Served<T>, good: (value: T) => AxisAnswer): AxisAnswer =>
    'value' in served ? good(served.value) : refusal(served.errorCode, served.errorDesc);

  /** The upper bound is only read: whether its day counts is not known. */
  function datesHold(call: Call): boolean {
    return ['fromDate', 'toDate'].every((name) => /^\d{4}\/\d{2}\/\d{2}$/.test(call.query(name)));
  }

  function login(request: AxisRequest): AxisAnswer {
    const given = objectOf(request.body);
    const system = options.systems.find(
      ({ lgsp }) =>
        lgsp !== undefined &&
        lgsp.username === given['username'] &&
        lgsp.password === given['password'] &&
        lgsp.applicationCode === given['applicationCode'],
    );
    if (system === undefined) return wrapped(null, '401', 'Sai ten dang nhap hoac mat khau');
    const token = randomUUID();
    logins.set(token, { systemId: system.systemId, untilMs: now() + options.tokenSeconds * 1000 });
    return wrapped({ token });
  }

  const verbs: Readonly<Record<string, Verb>> = {
    [lgspPaths.list]: {
      method: 'GET',
      run: (call) => {
        if (!datesHold(call)) return refusal('10', 'Ngay khong hop le');
        const days = { fromDate: call.query('fromDate'), toDate: '' };
        return answer(counter.waiting(call.system, call.query('messageType'), days), (rows) => wrapped(rows.map(queueRow)));
      },
    },
    [lgspPaths.fetch]: {
      method: 'GET',
      run: ({ system, query }) =>
        answer(counter.message(system, query('docId')), (bytes) => wrapped(Buffer.from(bytes).toString('base64'))),
    },
    [lgspPaths.acknowledge]: {
      method: 'POST',
      run: ({ system, request }) => {
        const { docId, status } = objectOf(request.body);
        return answer(counter.acknowledge(system, String(docId), String(status)), () => done());
      },
    },
    [lgspPaths.send]: {
      method: 'POST',
      run: async ({ system, request, twist }) => {
        const fields = multipartFields(request.headers['content-type'] ?? '', request.body);
        const file = fields?.get('edocFile');
        const messageType = Buffer.from(fields?.get('messageType') ?? []).toString('utf8');
        if (file === undefined) return refusal('21', 'Khong co edocFile');
        return answer(await counter.send(system, { messageType, from: undefined, file }, twist), done);
      },
    },
    [lgspPaths.sentList]: {
      method: 'GET',
      run: (call) => {
        if (!options.sentList) return nothing(404);
        if (!datesHold(call)) return refusal('10', 'Ngay khong hop le');
        const query = { messageType: call.query('messageType'), docId: '', fromDate: call.query('fromDate'), toDate: '' };
        return answer(counter.sent(call.system, query), (rows) => wrapped(rows.map(sentRow)));
      },
    },
  };

  return {
    nameOf: (path) => (path.startsWith(`${lgspBase}/`) ? path.slice(path.lastIndexOf('/') + 1) : undefined),
    async handle(request, twist) {
      const url = new URL(request.path, 'http://127.0.0.1');
      const path = url.pathname.slice(lgspBase.length);
      if (path === lgspPaths.login) return request.method === 'POST' ? login(request) : nothing(405);
      const verb = Object.hasOwn(verbs, path) ? verbs[path] : undefined;
      if (verb === undefined) return nothing(404);
      if (verb.method !== request.method) return nothing(405);
      const token = /^Bearer (.+)$/.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
      const known = logins.get(token);
      if (known === undefined || known.untilMs <= now()) return nothing(401);
      const system = options.systems.find(({ systemId }) => systemId === known.systemId);
      const { 'x-systemid': systemId, 'x-secretkey': secret } = request.headers;
      if (system === undefined || system.systemId !== systemId || system.secret !== secret) {
        return refusal('15', 'Sai SystemId hoac SecretKey');
      }
      return verb.run({ system, query: (name) => url.searchParams.get(name) ?? '', request, twist });
    },
    refusal,
    expireLogins: () => {
      logins.clear();
    },
  };
}

function nothing(status: number): AxisAnswer {
  return { status, headers: {}, body: new Uint8Array() };
}

function objectOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
