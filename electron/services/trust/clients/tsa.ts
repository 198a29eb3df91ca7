import { entropy } from '../../../foundation/entropy.ts';
import type { Result } from '../../../foundation/outcome.ts';
import { attempt, type Malformed } from '../asn1/fault.ts';
import { childrenOf, fieldsOf, sameBytes, tags, wholeElement, type Element } from '../asn1/read.ts';
import { integerHex, namedBits, smallInteger, textOf } from '../asn1/values.ts';
import { boolean, integer, nothing, octetString, oid, sequence } from '../asn1/write.ts';
import { digestOid } from '../certificate/algorithms.ts';
import { checkSignedData, digestOver, type Covered } from '../cms/check-signed-data.ts';
import type { SigningDigest } from '../cms/build-signed-data.ts';
import { isForTimestamps, isSoundToken, readTimestamp, type TimestampFailure, type TimestampToken } from '../cms/timestamp.ts';
import { fetchWhole, type CallFailure, type ClientDeps } from './call.ts';

/**
 * How long an authority may take. 2 to 131 seconds were measured by some, 11 to 23 ms by others (signing.md §1.3): the
 * limit is long, and whoever asks shows that it is waiting.
 */
const usualTimeoutMs = 180_000;
/** A token with a chain is under 10 KB. */
const largestAnswer = 1024 * 1024;
const nonceOctets = 8;

export type TimestampRequest = {
  readonly url: string;
  readonly digest: SigningDigest;
  /** what the time is wanted for: the signatureValue, or the ranges of the document */
  readonly stamped: Covered;
  /** dotted; default: the authority's own choice */
  readonly policy?: string;
  readonly timeoutMs?: number;
};

/**
 * - `refused`: the authority said no (RFC 3161 §2.4.2), with its words and its reasons by their names there
 * - `not-bound`: a token for something else than what was asked for
 * - `unsound`: the token's own signature does not hold
 * - `usage`: not signed with a certificate for time-stamps
 */
export type TsaFailure =
  | CallFailure
  | TimestampFailure
  | Malformed
  | { readonly code: 'refused'; readonly status: string; readonly words: string; readonly reasons: readonly string[] }
  | { readonly code: 'not-bound'; readonly what: 'imprint' | 'nonce' | 'policy' }
  | { readonly code: 'unsound' }
  | { readonly code: 'usage' };

export type Stamped = {
  /** the token, for the unsigned attribute or the document time-stamp */
  readonly der: Uint8Array;
  readonly token: TimestampToken;
  /** genTime less the station's time when the answer came; far off, one of the two clocks is wrong */
  readonly clockDifferenceMs: number;
};

const statuses = ['granted', 'grantedWithMods', 'rejection', 'waiting', 'revocationWarning', 'revocationNotification'];
const reasonNames: Readonly<Record<number, string>> = {
  0: 'badAlg',
  2: 'badRequest',
  5: 'badDataFormat',
  14: 'timeNotAvailable',
  15: 'unacceptedPolicy',
  16: 'unacceptedExtension',
  17: 'addInfoNotAvailable',
  25: 'systemFailure',
};

/**
 * Asks an authority for the time of something (RFC 3161 §2.4, over HTTP §3.4). A token is handed on only when it answers
 * this request and its signature holds; whether its authority is trusted is asked with `findPath`.
 */
export async function requestTimestamp(deps: Omit<ClientDeps, 'cache'>, wanted: TimestampRequest): Promise<Result<Stamped, TsaFailure>> {
  const hash = digestOver(wanted.digest, wanted.stamped);
  const nonce = entropy(nonceOctets);
  const timeoutMs = wanted.timeoutMs ?? usualTimeoutMs;
  const answer = await fetchWhole(deps, {
    url: wanted.url,
    headers: [['Content-Type', 'application/timestamp-query'], ['Accept', 'application/timestamp-reply']],
    body: requestOf(wanted, hash, nonce),
    timeoutMs,
    idleMs: timeoutMs,
    maxBytes: largestAnswer,
  });
  if (!answer.ok) return answer;
  const arrived = deps.clock.now();
  const der = tokenIn(answer.value);
  if (!der.ok) return der;
  const token = readTimestamp(der.value);
  if (!token.ok) return token;
  const wrong = unbound(token.value, wanted, hash, nonce);
  if (wrong !== undefined) return { ok: false, failure: wrong };
  return { ok: true, value: { der: der.value, token: token.value, clockDifferenceMs: token.value.genTime.getTime() - arrived.getTime() } };
}

function requestOf({ digest, policy }: TimestampRequest, hash: Uint8Array, nonce: Uint8Array): Buffer {
  return sequence(
    integer(1),
    sequence(sequence(oid(digestOid(digest)), nothing), octetString(hash)),
    ...(policy === undefined ? [] : [oid(policy)]),
    integer(nonce),
    boolean(true),
  );
}

/** TimeStampResp (RFC 3161 §2.4.2). */
function tokenIn(bytes: Uint8Array): Result<Uint8Array, TsaFailure> {
  const read = attempt('TimeStampResp', (): Result<Uint8Array, TsaFailure> => {
    const fields = fieldsOf(wholeElement(bytes));
    const info = fieldsOf(fields.next());
    const status = smallInteger(info.next(tags.integer));
    if (status > 1) return { ok: false, failure: { code: 'refused', status: statuses[status] ?? String(status), ...refusal(info) } };
    return { ok: true, value: fields.next(tags.sequence).raw };
  });
  return read.ok ? read.value : read;
}

function refusal(info: ReturnType<typeof fieldsOf>): { readonly words: string; readonly reasons: readonly string[] } {
  const text: Element | undefined = info.optional(tags.sequence);
  const bits = info.optional(tags.bits);
  return {
    words: text === undefined ? '' : childrenOf(text).map(textOf).join(' ').slice(0, 500),
    reasons: bits === undefined ? [] : namedBits(bits).map((bit) => reasonNames[bit] ?? String(bit)),
  };
}

function unbound(token: TimestampToken, { digest, policy }: TimestampRequest, hash: Uint8Array, nonce: Uint8Array): TsaFailure | undefined {
  if (token.imprint.digest !== digest || !sameBytes(token.imprint.hash, hash)) return { code: 'not-bound', what: 'imprint' };
  if (token.nonce !== integerHex(wholeElement(integer(nonce)))) return { code: 'not-bound', what: 'nonce' };
  if (policy !== undefined && token.policy !== policy) return { code: 'not-bound', what: 'policy' };
  // RFC 3161 §2.4.2: we asked for the certificate, so it is inside.
  const check = checkSignedData(token.signed, [token.signed.content ?? new Uint8Array()]);
  if (!isSoundToken(check)) return { code: 'unsound' };
  return check.certificate !== undefined && isForTimestamps(check.certificate) ? undefined : { code: 'usage' };
}
