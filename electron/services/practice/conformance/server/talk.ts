import { setTimeout as pause } from 'node:timers/promises';
import { wholeAnswer, type HttpPort } from '../../../exchange/index.ts';
import type { Clock } from '../../../../foundation/clock.ts';
import { documentXml, vietnamTime, type Party, type SampleDocument } from '../edxml-sample.ts';
import { Unmet } from '../rule.ts';
import { plainHash, sdkHash, signedHeaders, type Account, type WireCall } from '../wire.ts';

export type MessageType = 'edoc' | 'status';

export type ServerTarget = {
  /** address without the verb */
  readonly endpoint: string;
  readonly from: Party;
  readonly to: Party;
  readonly sender: Account;
  /** the account that `to` is registered under; may be the sender's */
  readonly receiver: Account;
  /** how long a sent message may take to show in a queue, in milliseconds */
  readonly patienceMs: number;
  /** how long one waits for a second copy that should not come */
  readonly settleMs: number;
};

export type Call = {
  readonly account?: Account;
  readonly method?: 'GET' | 'POST';
  readonly contentType?: string;
  readonly params?: WireCall['params'];
  readonly body?: Uint8Array;
  readonly at?: Date;
  readonly order?: WireCall['order'];
  /** spoils the finished headers */
  readonly spoil?: (headers: [string, string][]) => [string, string][];
};

export type Answer = {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** null when it is no JSON object */
  readonly json: Readonly<Record<string, unknown>> | null;
  /** it says OK */
  readonly accepted: boolean;
  /** it says anything else, in good order */
  readonly refused: boolean;
  /** what it said, for a person */
  readonly words: string;
};

export type Row = Readonly<Record<string, unknown>>;

/** A message was accepted, but is in no list of its receiver. */
export class NotListed extends Unmet {}

type Sending = {
  readonly messageType?: MessageType;
  readonly from?: string;
  readonly hash?: string;
  /** what follows the file; default CR LF */
  readonly tail?: string;
  readonly account?: Account;
};

type Where = {
  /** default: the receiver's documents */
  readonly account?: Account;
  readonly messageType?: MessageType;
  /** When no message is these bytes, takes the only new one from our sender, which the server may have changed. */
  readonly evenChanged?: boolean;
};

/** One case's talk with a server. */
export type Talk = {
  readonly target: ServerTarget;
  readonly now: () => Date;
  readonly call: (verb: string, call?: Call) => Promise<Answer>;
  /**
   * A document that nobody has seen yet, from `from` to `to`, and its bytes. Both spellings of its hash are one, so that
   * a server that takes only the other one fails at the rule about that, and at no other.
   */
  readonly fresh: (more?: Partial<SampleDocument>) => { readonly sample: SampleDocument; readonly bytes: Uint8Array };
  /** The same for bytes of another kind; `make` gives other ones at each try. */
  readonly neutral: (make: (attempt: number) => Uint8Array) => Uint8Array;
  /** A document the two spellings of whose hash differ. */
  readonly freshWithTwoHashes: () => Uint8Array;
  readonly send: (bytes: Uint8Array, how?: Sending) => Promise<Answer>;
  /** Rows of a queue. Throws Unmet when the list cannot be had. */
  readonly waiting: (messageType?: MessageType, account?: Account) => Promise<readonly Row[]>;
  /** Sends and waits for it in the receiver's queue. Throws Unmet when it is refused, NotListed when it does not come. */
  readonly deliver: (bytes?: Uint8Array, where?: Pick<Where, 'evenChanged'>) => Promise<{ readonly docId: string; readonly item: string; readonly row: Row; readonly bytes: Uint8Array }>;
  /** Rows of a queue, beside those of before, whose message is these bytes. */
  readonly copies: (bytes: Uint8Array, before: ReadonlySet<string>, where?: Where) => Promise<readonly Row[]>;
  /** Takes what this case put into queues out again. */
  readonly tidy: () => Promise<void>;
};

/** Begins a case's talk. `serial` tells cases apart in document numbers. */
export function talkWith(target: ServerTarget, ports: { readonly http: HttpPort; readonly clock: Clock }, serial: string): Talk {
  const seen = new Map<string, Account>();
  let samples = 0;

  async function call(verb: string, more: Call = {}): Promise<Answer> {
    const contentType = more.contentType ?? 'application/json';
    const headers = signedHeaders({
      account: more.account ?? target.sender,
      at: more.at ?? ports.clock.now(),
      contentType,
      params: more.params ?? [],
      ...(more.order === undefined ? {} : { order: more.order }),
    });
    const answer = await wholeAnswer(ports.http, {
      method: more.method ?? 'POST',
      url: `${target.endpoint}/${verb}`,
      headers: more.spoil === undefined ? headers : more.spoil(headers),
      body: more.body ?? null,
      timeoutMs: 60_000,
      // The address is typed for this one run; a secret never travels.
      allowPlainHttp: true,
      maxBytes: 256 * 1024 * 1024,
    });
    if (!answer.ok) throw new Error(`${verb}: ${answer.failure.code}`);
    return answerOf(answer.value.status, answer.value.headers['content-type'] ?? '', answer.value.body);
  }

  function sample(more: Partial<SampleDocument>): SampleDocument {
    samples += 1;
    const number = `${serial}${String(samples)}`;
    const date = vietnamTime(ports.clock.now()).slice(0, 10);
    return {
      from: target.from,
      to: [target.to],
      number,
      notation: 'KT-TVT',
      date,
      subject: `Thư kiểm tra kết nối số ${number}, đề nghị bỏ qua`,
      files: [{ name: `kiem-tra-${number}.pdf`, contentType: 'application/pdf', bytes: Buffer.from(`%PDF-1.4 kiểm tra ${number}`) }],
      ...more,
    };
  }

  function chosen<T>(make: (attempt: number) => T, fits: (made: T) => boolean): T {
    // One hash in eight has no byte below 0x10.
    for (let attempt = 0; attempt < 500; attempt += 1) {
      const made = make(attempt);
      if (fits(made)) return made;
    }
    throw new Unmet('no message with such a hash');
  }

  const hashIsOne = (bytes: Uint8Array): boolean => sdkHash(bytes) === plainHash(bytes);

  function document(more: Partial<SampleDocument>): ReturnType<Talk['fresh']> {
    const made = sample(more);
    return { sample: made, bytes: documentXml(made) };
  }

  function fresh(more: Partial<SampleDocument> = {}): ReturnType<Talk['fresh']> {
    return chosen(() => document(more), ({ bytes }) => hashIsOne(bytes));
  }

  function send(bytes: Uint8Array, how: Sending = {}): Promise<Answer> {
    return call('sendEdoc', {
      account: how.account ?? target.sender,
      contentType: 'application/octet-stream',
      params: [
        ['from', how.from ?? target.from.code],
        ['servicetype', 'eDoc'],
        ['messagetype', how.messageType ?? 'edoc'],
        ['hash-file', how.hash ?? sdkHash(bytes)],
      ],
      body: Buffer.concat([bytes, Buffer.from(how.tail ?? '\r\n')]),
    });
  }

  async function waiting(messageType: MessageType = 'edoc', account = target.receiver): Promise<readonly Row[]> {
    const answer = await call('getReceivedEdocList', { account, params: [['servicetype', 'eDoc'], ['messagetype', messageType]] });
    const rows = rowsOf(answer);
    if (rows === null) throw new Unmet(`getReceivedEdocList: ${answer.words}`);
    return rows;
  }

  async function copies(bytes: Uint8Array, before: ReadonlySet<string>, where: Where = {}): Promise<readonly Row[]> {
    const { account = target.receiver, messageType = 'edoc', evenChanged = false } = where;
    const fresh = (await waiting(messageType, account)).filter((row) => !before.has(textOf(row, 'docId')));
    const same: Row[] = [];
    for (const row of fresh) {
      const docId = textOf(row, 'docId');
      const fetched = await call('getEdoc', { account, params: [['docId', docId]], body: Buffer.from('{}') });
      if (!Buffer.from(textOf(fetched.json, 'data'), 'base64').equals(bytes)) continue;
      // Only what is surely ours is acknowledged: others may be writing to this agency too.
      seen.set(docId, account);
      same.push(row);
    }
    const likely = fresh.filter((row) => textOf(row, 'from') === target.from.code);
    return evenChanged && same.length === 0 && likely.length === 1 ? likely : same;
  }

  return {
    target,
    now: () => ports.clock.now(),
    call,
    fresh,
    neutral: (make) => chosen(make, hashIsOne),
    freshWithTwoHashes: () => chosen(() => document({}), ({ bytes }) => !hashIsOne(bytes)).bytes,
    send,
    waiting,
    copies,
    async deliver(given, where = {}) {
      const bytes = given ?? fresh().bytes;
      const before = idsOf(await waiting());
      const answer = await send(bytes);
      if (!answer.accepted) throw new Unmet(`sendEdoc: ${answer.words}`);
      for (let waitedMs = 0; ; waitedMs += 500) {
        const [row] = await copies(bytes, before, where);
        if (row !== undefined) return { docId: textOf(answer.json, 'DocId'), item: textOf(row, 'docId'), row, bytes };
        if (waitedMs >= target.patienceMs) throw new NotListed('sendEdoc OK, but the message is in no list');
        await pause(500);
      }
    },
    async tidy() {
      for (const [docId, account] of seen) {
        await call('updateStatus', { account, params: [['docid', docId], ['status', 'done']], body: Buffer.from('{}') }).catch(() => undefined);
      }
    },
  };
}

/** The ids of queue rows. */
export function idsOf(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(rows.map((row) => textOf(row, 'docId')));
}

/** A field of a row as text; '' when it is absent. */
export function textOf(row: Row | null, name: string): string {
  const value = row?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** `data` of an accepted list answer; null for anything else. */
export function rowsOf(answer: Answer): readonly Row[] | null {
  const data = answer.json?.['data'];
  if (!answer.accepted || !Array.isArray(data)) return null;
  return data.every((row) => typeof row === 'object' && row !== null) ? (data as Row[]) : null;
}

function answerOf(status: number, contentType: string, bytes: Uint8Array): Answer {
  const json = objectOf(bytes);
  const says = textOf(json, 'status');
  const code = textOf(json, 'ErrorCode');
  const accepted = status >= 200 && status < 300 && says.toUpperCase() === 'OK' && (code === '0' || code === '');
  const said = [says, code, textOf(json, 'ErrorDesc')].filter((part) => part !== '').join(' ');
  const words = `HTTP ${String(status)}${said === '' ? ` ${String(bytes.length)} byte ${contentType}` : ` ${said}`}`.trim();
  return { status, contentType, bytes, json, accepted, refused: !accepted && status < 500 && (json !== null || status >= 400), words };
}

function objectOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
