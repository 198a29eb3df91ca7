import type { Result } from '../../../foundation/outcome.ts';
import { attempt } from '../asn1/fault.ts';
import { context, fieldsOf, sameBytes, tags, wholeElement, type Element } from '../asn1/read.ts';
import { booleanOf, integerHex, octetsOf, oidOf, smallInteger, timeOf } from '../asn1/values.ts';
import { digestOf, type Digest } from '../certificate/algorithms.ts';
import { timeStamping } from '../certificate/extensions.ts';
import type { Certificate } from '../certificate/read-certificate.ts';
import { checkSignedData, digestOver, isSound, type SignatureCheck, type SignedBytes } from './check-signed-data.ts';
import { oids } from './oids.ts';
import { readSignedData, type SignedData, type SignedDataFailure } from './read-signed-data.ts';

/** A time-stamp token (RFC 3161 §2.4.2), read and not yet checked. */
export type TimestampToken = {
  readonly signed: SignedData;
  readonly policy: string;
  readonly imprint: { readonly digest: Digest | undefined; readonly hash: Uint8Array };
  readonly serial: string;
  readonly genTime: Date;
  /** how far genTime may be from the truth, in milliseconds; undefined when the authority does not say */
  readonly accuracyMs: number | undefined;
  readonly ordering: boolean;
  /** hex; undefined when the request had none */
  readonly nonce: string | undefined;
};

/** `not-timestamp`: a SignedData about something else. */
export type TimestampFailure = SignedDataFailure | { readonly code: 'not-timestamp'; readonly oid: string };

/** Reads a token, as it stands in an unsigned attribute, in a document time-stamp or in an authority's answer. */
export function readTimestamp(bytes: Uint8Array): Result<TimestampToken, TimestampFailure> {
  const signed = readSignedData(bytes);
  if (!signed.ok) return signed;
  const { contentType, content } = signed.value;
  if (contentType !== oids.tstInfo || content === undefined) return { ok: false, failure: { code: 'not-timestamp', oid: contentType } };
  return attempt('TSTInfo', () => tokenOf(signed.value, content));
}

function tokenOf(signed: SignedData, content: Uint8Array): TimestampToken {
  const fields = fieldsOf(wholeElement(content));
  smallInteger(fields.next(tags.integer));
  const policy = oidOf(fields.next());
  const imprint = fieldsOf(fields.next());
  const digest = digestOf(imprint.next());
  const hash = octetsOf(imprint.next(tags.octets));
  const serial = integerHex(fields.next());
  const genTime = timeOf(fields.next());
  const accuracy = fields.optional(tags.sequence);
  const ordering = fields.optional(tags.boolean);
  const nonce = fields.optional(tags.integer);
  return {
    signed,
    policy,
    imprint: { digest, hash },
    serial,
    genTime,
    accuracyMs: accuracy === undefined ? undefined : milliseconds(accuracy),
    ordering: ordering !== undefined && booleanOf(ordering),
    nonce: nonce === undefined ? undefined : integerHex(nonce),
  };
}

function milliseconds(accuracy: Element): number {
  const fields = fieldsOf(accuracy);
  const part = (tag: number): number => {
    const found = fields.optional(tag);
    return found === undefined ? 0 : smallInteger(found);
  };
  return part(tags.integer) * 1000 + part(context(0, false)) + part(context(1, false)) / 1000;
}

export type TimestampCheck = {
  readonly check: SignatureCheck;
  readonly imprint: 'match' | 'differs' | 'unsupported';
  /** RFC 3161 §2.3: extendedKeyUsage timeStamping, alone and critical */
  readonly usage: boolean;
  /** all of it: the authority signed this time for these bytes with a certificate for time-stamps */
  readonly sound: boolean;
};

/** Checks a token against the bytes that it is said to be about. Whether its authority is to be trusted is another question. */
export function checkTimestamp(token: TimestampToken, stamped: readonly Uint8Array[] | SignedBytes, others: readonly Certificate[] = []): TimestampCheck {
  const check = checkSignedData(token.signed, [token.signed.content ?? new Uint8Array()], others);
  const { digest, hash } = token.imprint;
  const imprint = digest === undefined ? 'unsupported' : sameBytes('digest' in stamped ? stamped.digest(digest) : digestOver(digest, stamped), hash) ? 'match' : 'differs';
  const usage = check.certificate !== undefined && isForTimestamps(check.certificate);
  return { check, imprint, usage, sound: isSoundToken(check) && imprint === 'match' && usage };
}

/** Whether the authority's own signature on a token holds; it must name its certificate (RFC 3161 §2.4.2, RFC 5816). */
export function isSoundToken(check: SignatureCheck): boolean {
  return isSound(check) && check.bound === 'yes';
}

/** Tokens over the signature of a SignedData, as they stand in its unsigned attributes (RFC 3161 appendix A). */
export function timestampsOf({ signer }: SignedData): readonly Uint8Array[] {
  return signer.unsigned.get(oids.timestampToken) ?? [];
}

/** Whether a certificate is one for time-stamps and for nothing else (RFC 3161 §2.3). */
export function isForTimestamps({ extensions }: Certificate): boolean {
  const { extendedKeyUsage, extendedKeyUsageCritical } = extensions;
  return extendedKeyUsageCritical && extendedKeyUsage?.length === 1 && extendedKeyUsage[0] === timeStamping;
}
