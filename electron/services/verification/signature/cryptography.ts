import type { VerificationReason } from '#contract';
import { checkSignedData, checkTimestamp, digestLength, type Certificate, type SignatureCheck, type SignedBytes, type SignedData } from '../../trust/index.ts';
import { reason } from '../verdict/reasons.ts';
import type { ReadSignature } from './read-signature.ts';

/** Part (1): what the mathematics says about the bytes that the ranges name. */
export type Cryptography = {
  readonly found: readonly VerificationReason[];
  /** the signer's, or the time-stamp authority's */
  readonly certificate: Certificate | undefined;
  readonly signed: SignedData | undefined;
  /** kind, digest and key, for people */
  readonly algorithm: string;
};

const data = '1.2.840.113549.1.7.1';

/** Judges the CMS of a signature over `bytes`; `others` may hold the signer's certificate where the CMS does not bring it. */
export function cryptographyOf(read: ReadSignature, bytes: SignedBytes, others: readonly Certificate[]): Cryptography {
  const { form, cms, signature } = read;
  const none = { certificate: undefined, signed: undefined, algorithm: '' };
  if (form === 'unknown') return { ...none, found: [reason('subfilter-unknown', { subFilter: signature.subFilter })] };
  // Contents that are missing or elsewhere are a matter of coverage, which tells of them.
  if (cms === undefined) return { ...none, found: [] };
  if (!cms.ok) return { ...none, found: [unreadable(cms.failure)] };
  const signed = cms.value;
  if (form === 'timestamp') return stampCryptography(read, signed, bytes, others);
  const content = form === 'sha1' ? [signed.content ?? new Uint8Array()] : bytes;
  const check = checkSignedData(signed, content, others);
  const found = [...shapeOf(signed, form), ...(form === 'sha1' ? digestInside(signed, bytes) : []), ...checked(signed, check, form)];
  return { found: read.range === undefined ? withoutBytes(found) : found, certificate: check.certificate, signed, algorithm: algorithmOf(signed, check.certificate) };
}

function unreadable(failure: Extract<NonNullable<ReadSignature['cms']>, { ok: false }>['failure']): VerificationReason {
  if (failure.code === 'signers') return reason('cms-signers', { count: failure.count });
  if (failure.code === 'not-signed-data') return reason('cms-not-signed-data', { type: failure.oid });
  return reason('cms-malformed', { what: failure.what, detail: failure.reason });
}

/** A detached signature has no content of its own, and nothing but zeros follows it (signing.md §3, §0.7). */
function shapeOf(signed: SignedData, form: ReadSignature['form']): VerificationReason[] {
  const found: VerificationReason[] = [];
  if (signed.after === 'junk') found.push(reason('cms-trailing'));
  if (form !== 'sha1' && form !== 'timestamp' && signed.content !== undefined) found.push(reason('cms-encapsulated'));
  if (form !== 'timestamp' && signed.contentType !== data) found.push(reason('cms-content-type', { type: signed.contentType }));
  // ISO 32000-1 12.8.3.3.1 wants DER too, and published documents of the government have BER: it is read to its end.
  if (signed.encoding === 'ber') found.push(reason(form === 'cades' ? 'cms-not-der' : 'cms-ber'));
  return found;
}

/** The old form signs the SHA-1 of the ranges, which lies inside as content: it must be that of these very bytes. */
function digestInside({ content }: SignedData, bytes: SignedBytes): VerificationReason[] {
  if (content === undefined) return [reason('cms-encapsulated')];
  return Buffer.compare(bytes.digest('sha1'), content) === 0 ? [] : [reason('digest-differs')];
}

function checked(signed: SignedData, check: SignatureCheck, form: ReadSignature['form']): VerificationReason[] {
  const found: VerificationReason[] = [];
  const { digest, contentType, signature, bound } = check;
  if (digest === 'differs') found.push(reason('digest-differs'));
  if (digest === 'missing') found.push(reason('attribute-digest-missing'));
  if (digest === 'unsupported') found.push(reason('digest-unsupported'));
  if (contentType === 'differs' || contentType === 'missing') found.push(reason('attribute-content-type'));
  if (signature === 'bad') found.push(reason('signature-bad'));
  if (signature === 'unsupported') found.push(reason('signature-unsupported', { algorithm: nameOf(signed) }));
  if (signature === 'no-certificate') found.push(reason('certificate-missing'));
  if (signed.signer.signed === undefined) found.push(reason('attributes-missing'));
  if (!check.algorithmsAgree) found.push(reason('algorithms-disagree', { digest: signed.signer.digest ?? '', algorithm: nameOf(signed) }));
  if (check.certificate === undefined) return found;
  if (bound === 'other-certificate') found.push(reason('certificate-other'));
  if (bound === 'unsupported') found.push(reason('certificate-reference-unsupported'));
  // All published signatures of the government that were seen are without one, in the form that does not demand it.
  if (bound === 'no-reference') found.push(reason(form === 'detached' || form === 'sha1' ? 'certificate-reference-absent' : 'certificate-reference-missing'));
  return found;
}

/** A document time-stamp: its imprint is over the ranges (ISO 32000-2 12.8.5). */
function stampCryptography(read: ReadSignature, signed: SignedData, bytes: SignedBytes, others: readonly Certificate[]): Cryptography {
  const none = { certificate: undefined, signed, algorithm: algorithmOf(signed, undefined) };
  const { token } = read;
  if (token?.ok !== true) return { ...none, found: [reason('timestamp-malformed', { detail: token === undefined ? 'missing' : token.failure.code })] };
  const { check, imprint, usage } = checkTimestamp(token.value, bytes, others);
  const found = [...shapeOf(signed, 'timestamp'), ...checked(signed, check, 'timestamp')];
  if (imprint === 'differs') found.push(reason('digest-differs'));
  if (imprint === 'unsupported') found.push(reason('digest-unsupported'));
  if (check.certificate !== undefined && !usage) found.push(reason('timestamp-usage'));
  const told = read.range === undefined ? withoutBytes(found) : found;
  return { found: told, certificate: check.certificate, signed, algorithm: algorithmOf(signed, check.certificate) };
}

/** Where the ranges cannot be read nothing was compared, and a digest that "differs" would say that something was. */
function withoutBytes(found: readonly VerificationReason[]): VerificationReason[] {
  return [...found.filter(({ code }) => code !== 'digest-differs'), reason('covered-bytes-unread')];
}

function nameOf({ signer: { algorithm } }: SignedData): string {
  return algorithm.kind === 'unknown' ? algorithm.oid : 'digest' in algorithm ? `${algorithm.kind} ${algorithm.digest}` : algorithm.kind;
}

function algorithmOf(signed: SignedData, certificate: Certificate | undefined): string {
  return [nameOf(signed), certificate?.key.name ?? ''].join(' ').trim();
}

/** A digest that no signature has, in the place of one that could not be computed. */
export const noDigest = new Uint8Array(digestLength.sha512 + 1);
