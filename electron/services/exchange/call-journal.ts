import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, type Hash } from 'node:crypto';
import type { Outcome } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import type { HttpFailureCode, HttpPort, HttpRequest, HttpStreamAnswer } from './ports.ts';

/** One request and what came back, as the delivery evidence shows them. Secrets are left out. */
export type CallNote = {
  /** instant at which it left */
  readonly at: string;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly (readonly [name: string, value: string])[];
  readonly requestBytes: number;
  /** of a message that was sent; null for other calls */
  readonly requestSha256: string | null;
  /** HTTP status; null when there was no answer */
  readonly status: number | null;
  readonly answerHeaders: Readonly<Record<string, string>>;
  readonly answerBytes: number;
  readonly answerSha256: string;
  /** the beginning of the answer */
  readonly answerText: string;
  /** why there is no whole answer; '' when there is */
  readonly failure: string;
  readonly endedAt: string;
};

export type CallJournal = {
  /** the way to the network, over which calls are noted */
  readonly http: HttpPort;
  /** Runs `work` and answers the calls that were made in it, in order. */
  readonly during: <T>(work: () => Promise<T>) => Promise<{ readonly value: T; readonly calls: readonly CallNote[] }>;
};

const keptAnswerBytes = 4096;
/** Headers that carry a secret or stand for a login. The HMAC of a call is no secret: it proves what was sent. */
const secretHeaders: ReadonlySet<string> = new Set(['authorization', 'x-secretkey', 'proxy-authorization', 'cookie']);

/** Notes calls while somebody wants them; outside of `during` nothing is kept. */
export function callJournal(http: HttpPort, clock: Clock): CallJournal {
  const running = new AsyncLocalStorage<CallNote[]>();

  const noting: HttpPort = async (request) => {
    const notes = running.getStore();
    if (notes === undefined) return http(request);
    const begun = begin(request, instantOf(clock));
    const end = (more: Partial<CallNote>): void => {
      notes.push({ ...begun, ...more, endedAt: instantOf(clock) });
    };
    const answer = await http(request);
    if (!answer.ok) {
      end({ failure: failureText(answer.failure) });
      return answer;
    }
    const secrets = request.headers.filter(([name]) => secretHeaders.has(name.toLowerCase())).map(([, value]) => value);
    return { ok: true, value: { ...answer.value, body: listened(answer.value, end, { whole: request.secretAnswer ?? false, parts: secrets }) } };
  };

  return {
    http: noting,
    async during(work) {
      const calls: CallNote[] = [];
      const value = await running.run(calls, work);
      return { value, calls };
    },
  };
}

function begin(request: HttpRequest, at: string): CallNote {
  const { body } = request;
  return {
    at,
    method: request.method,
    url: request.url,
    requestHeaders: request.headers.filter(([name]) => !secretHeaders.has(name.toLowerCase())),
    requestBytes: body === null ? 0 : 'open' in body ? body.size : body.length,
    requestSha256: request.messageSha256 ?? null,
    status: null,
    answerHeaders: {},
    answerBytes: 0,
    answerSha256: '',
    answerText: '',
    failure: '',
    endedAt: at,
  };
}

/** Passes an answer's body on and notes it when it has ended, however it ends. */
async function* listened(
  answer: HttpStreamAnswer,
  end: (more: Partial<CallNote>) => void,
  secret: { readonly whole: boolean; readonly parts: readonly string[] },
): AsyncGenerator<Outcome<Uint8Array, HttpFailureCode>> {
  const hash: Hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let bytes = 0;
  let failure = 'not read to its end';
  try {
    for await (const piece of answer.body) {
      if (piece.ok) {
        hash.update(piece.value);
        bytes += piece.value.length;
        if (head.length < keptAnswerBytes) {
          head = Buffer.concat([head, piece.value.subarray(0, keptAnswerBytes - head.length)]);
        }
      } else failure = failureText(piece.failure);
      yield piece;
      if (!piece.ok) return;
    }
    failure = '';
  } finally {
    end({
      status: answer.status,
      answerHeaders: withoutSecrets(answer.headers, secret.parts),
      answerBytes: bytes,
      answerSha256: secret.whole ? '' : hash.digest('hex'),
      answerText: secret.whole ? '' : blotted(head.toString('utf8'), secret.parts),
      failure,
    });
  }
}

function withoutSecrets(headers: Readonly<Record<string, string>>, parts: readonly string[]): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'set-cookie' && !secretHeaders.has(name.toLowerCase()));
  return Object.fromEntries(kept.map(([name, value]) => [name, blotted(value, parts)]));
}

/** An error page may repeat the request's headers. */
function blotted(text: string, parts: readonly string[]): string {
  const words = parts.flatMap((value) => [value, value.replace(/^(Bearer|Basic) /i, '')]).filter((word) => word.length >= 4);
  return words.reduce((left, word) => left.replaceAll(word, '***'), text);
}

function failureText(failure: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> }): string {
  return `${failure.code} ${String(failure.params?.['detail'] ?? '')}`.trim();
}
