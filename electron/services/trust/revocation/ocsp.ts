import { createHash } from 'node:crypto';
import type { Result } from '../../../foundation/outcome.ts';
import { Asn1Fault, attempt, type Malformed } from '../asn1/fault.ts';
import { childrenOf, context, fieldsOf, inside, sameBytes, tags, wholeElement, type Element } from '../asn1/read.ts';
import { bitOctets, integerHex, octetsOf, oidOf, smallInteger, timeOf } from '../asn1/values.ts';
import { explicit, integer, nothing, octetString, oid, sequence } from '../asn1/write.ts';
import { checkSignature, digestOf, digestOid, signatureAlgorithmOf, type Digest, type SignatureAlgorithm } from '../certificate/algorithms.ts';
import { eachExtension, ocspSigning } from '../certificate/extensions.ts';
import { readName } from '../certificate/names.ts';
import { certificateOf, isSignedBy, publicKeyOf, type Certificate } from '../certificate/read-certificate.ts';
import { reasonOf, type Revocation } from './reasons.ts';

const basicResponse = '1.3.6.1.5.5.7.48.1.1';
const nonceOid = '1.3.6.1.5.5.7.48.1.2';
const archiveCutoffOid = '1.3.6.1.5.5.7.48.1.6';
const mostAnswers = 1000;

/** Hash of the CertID. Responders for the public know SHA-1 best (RFC 5019 §2.1.1); it protects nothing here. */
export type CertIdDigest = 'sha1' | 'sha256';

/** An OCSPRequest for one certificate (RFC 6960 §4.1.1). `nonce`: octets, or none. */
export function ocspRequest(certificate: Certificate, issuer: Certificate, nonce?: Uint8Array, digest: CertIdDigest = 'sha1'): Buffer {
  const hash = (bytes: Uint8Array): Buffer => octetString(createHash(digest).update(bytes).digest());
  const certId = sequence(
    sequence(oid(digestOid(digest)), nothing),
    hash(certificate.issuer.der),
    hash(issuer.keyOctets),
    integer(Buffer.from(certificate.serial, 'hex')),
  );
  const extensions = nonce === undefined ? [] : [explicit(2, sequence(sequence(oid(nonceOid), octetString(octetString(nonce)))))];
  return sequence(sequence(sequence(sequence(certId)), ...extensions));
}

/** One authorised answer about one certificate. */
export type OcspAnswer = {
  readonly status: 'good' | 'revoked' | 'unknown';
  /** of `revoked` only */
  readonly revocation: Revocation | undefined;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly producedAt: Date;
  /** how far back the responder remembers certificates that have run out (RFC 6960 §4.4.4) */
  readonly archiveCutoff: Date | undefined;
  readonly responder: Certificate;
  /** the issuer itself, or somebody it named; `noCheck`: whose own certificate need not be asked about */
  readonly authority: 'issuer' | 'delegated' | 'delegated-no-check';
  /** hex; undefined when the responder sent none back */
  readonly nonce: string | undefined;
};

/**
 * Why an answer says nothing about the certificate. `ocsp-status`: the responder's own refusal in RFC 6960's words.
 * `ocsp-other`: it speaks of other certificates. `ocsp-responder`: who signed may not speak for this issuer.
 */
export type OcspFailure =
  | Malformed
  | { readonly code: 'ocsp-status'; readonly status: string }
  | { readonly code: 'ocsp-other' }
  | { readonly code: 'ocsp-responder'; readonly why: 'not-found' | 'not-issued' | 'usage' | 'validity' }
  | { readonly code: 'ocsp-signature'; readonly verdict: 'bad' | 'unsupported' };

const refusals: Readonly<Record<number, string>> = { 1: 'malformedRequest', 2: 'internalError', 3: 'tryLater', 5: 'sigRequired', 6: 'unauthorized' };

/**
 * Reads an OCSPResponse and checks that somebody authorised signed it for this certificate: the issuer, or one whom
 * the issuer's key certified for it, within that certificate's validity when it answered (RFC 6960 §4.2.2.2). Whether
 * the answer is fresh is asked elsewhere, because it depends on the time that one wants to know about.
 */
export function readOcspAnswer(bytes: Uint8Array, certificate: Certificate, issuer: Certificate): Result<OcspAnswer, OcspFailure> {
  const read = attempt('OCSPResponse', () => answerOf(bytes, certificate, issuer));
  return read.ok ? read.value : read;
}

function answerOf(bytes: Uint8Array, certificate: Certificate, issuer: Certificate): Result<OcspAnswer, OcspFailure> {
  const outer = fieldsOf(wholeElement(bytes));
  const status = smallInteger(outer.next(tags.enumerated));
  if (status !== 0) return { ok: false, failure: { code: 'ocsp-status', status: refusals[status] ?? String(status) } };
  const body = fieldsOf(inside(outer.next(context(0)), tags.sequence));
  if (oidOf(body.next()) !== basicResponse) throw new Asn1Fault('value');
  const basic = basicOf(octetsOf(body.next(tags.octets)));
  const single = basic.singles.find((one) => isAbout(one.certId, certificate, issuer));
  if (single === undefined) return { ok: false, failure: { code: 'ocsp-other' } };
  const responder = responderOf(basic, issuer);
  if (!responder.ok) return responder;
  const verdict = checkSignature(basic.algorithm, publicKeyOf(responder.value.certificate), [basic.tbs], basic.signature);
  if (verdict !== 'good') return { ok: false, failure: { code: 'ocsp-signature', verdict } };
  const { producedAt, nonce } = basic;
  const { certId: _, ...facts } = single;
  return { ok: true, value: { ...facts, producedAt, nonce, responder: responder.value.certificate, authority: responder.value.authority } };
}

type Single = Pick<OcspAnswer, 'status' | 'revocation' | 'thisUpdate' | 'nextUpdate' | 'archiveCutoff'> & { readonly certId: Element };

type Basic = {
  readonly tbs: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
  readonly certificates: readonly Certificate[];
  readonly isResponder: (certificate: Certificate) => boolean;
  readonly producedAt: Date;
  readonly singles: readonly Single[];
  readonly nonce: string | undefined;
};

function basicOf(bytes: Uint8Array): Basic {
  const fields = fieldsOf(wholeElement(bytes));
  const tbs = fields.next(tags.sequence);
  const algorithm = signatureAlgorithmOf(fields.next());
  const signature = bitOctets(fields.next());
  const certificates = fields.optional(context(0));
  const data = fieldsOf(tbs);
  data.optional(context(0));
  const id = data.next();
  const producedAt = timeOf(data.next());
  const singles = childrenOf(data.next(tags.sequence));
  if (singles.length > mostAnswers) throw new Asn1Fault('too-many');
  const extensions = data.optional(context(1));
  const nonce = eachExtension(extensions === undefined ? undefined : inside(extensions)).find(({ oid: type }) => type === nonceOid);
  return {
    tbs: tbs.raw,
    algorithm,
    signature,
    certificates: certificates === undefined ? [] : childrenOf(inside(certificates)).slice(0, 10).map(certificateOf),
    isResponder: responderId(id),
    producedAt,
    singles: singles.map(singleOf),
    nonce: nonce === undefined ? undefined : nonceHex(nonce.value),
  };
}

function responderId(id: Element): Basic['isResponder'] {
  if (id.tag === context(1)) {
    const { key } = readName(inside(id));
    return ({ subject }) => subject.key === key;
  }
  if (id.tag !== context(2)) throw new Asn1Fault('tag');
  const hash = octetsOf(inside(id, tags.octets));
  return ({ keyOctets }) => sameBytes(createHash('sha1').update(keyOctets).digest(), hash);
}

/** RFC 6960 wants an OCTET STRING inside the extension; older responders put the bare octets there. */
function nonceHex(value: Uint8Array): string {
  const wrapped = attempt('Nonce', () => wholeElement(value, tags.octets).content);
  return Buffer.from(wrapped.ok ? wrapped.value : value).toString('hex');
}

function singleOf(element: Element): Single {
  const fields = fieldsOf(element);
  const certId = fields.next(tags.sequence);
  const status = fields.next();
  const thisUpdate = timeOf(fields.next());
  const next = fields.optional(context(0));
  const extensions = fields.optional(context(1));
  const cutoff = eachExtension(extensions === undefined ? undefined : inside(extensions)).find(({ oid: type }) => type === archiveCutoffOid);
  return {
    certId,
    ...statusOf(status),
    thisUpdate,
    nextUpdate: next === undefined ? undefined : timeOf(inside(next)),
    archiveCutoff: cutoff === undefined ? undefined : timeOf(wholeElement(cutoff.value)),
  };
}

function statusOf(element: Element): Pick<Single, 'status' | 'revocation'> {
  if (element.tag === context(0, false)) return { status: 'good', revocation: undefined };
  if (element.tag === context(2, false)) return { status: 'unknown', revocation: undefined };
  const fields = fieldsOf(element, context(1));
  const at = timeOf(fields.next());
  const reason = fields.optional(context(0));
  const revocation = { at, reason: reasonOf(reason === undefined ? 0 : smallInteger(inside(reason))), invaliditySince: undefined };
  return { status: 'revoked', revocation };
}

function isAbout(certId: Element, certificate: Certificate, issuer: Certificate): boolean {
  const fields = fieldsOf(certId);
  const digest: Digest | undefined = digestOf(fields.next());
  const name = octetsOf(fields.next(tags.octets));
  const key = octetsOf(fields.next(tags.octets));
  if (digest === undefined || integerHex(fields.next()) !== certificate.serial) return false;
  const hash = (bytes: Uint8Array): Buffer => createHash(digest).update(bytes).digest();
  const names = [certificate.issuer.der, issuer.subject.der];
  return names.some((der) => sameBytes(hash(der), name)) && sameBytes(hash(issuer.keyOctets), key);
}

function responderOf(
  basic: Basic,
  issuer: Certificate,
): Result<{ readonly certificate: Certificate; readonly authority: OcspAnswer['authority'] }, OcspFailure> {
  const refused = (why: Extract<OcspFailure, { code: 'ocsp-responder' }>['why']): Result<never, OcspFailure> => ({
    ok: false,
    failure: { code: 'ocsp-responder', why },
  });
  if (basic.isResponder(issuer)) return { ok: true, value: { certificate: issuer, authority: 'issuer' } };
  const certificate = basic.certificates.find(basic.isResponder);
  if (certificate === undefined) return refused('not-found');
  const { extensions, notBefore, notAfter } = certificate;
  if (certificate.issuer.key !== issuer.subject.key || isSignedBy(certificate, issuer) !== 'good') return refused('not-issued');
  if (extensions.extendedKeyUsage?.includes(ocspSigning) !== true || extensions.unknownCritical.length > 0) return refused('usage');
  if (extensions.keyUsage !== undefined && !extensions.keyUsage.has('digitalSignature') && !extensions.keyUsage.has('nonRepudiation')) return refused('usage');
  if (basic.producedAt < notBefore || basic.producedAt > notAfter) return refused('validity');
  return { ok: true, value: { certificate, authority: extensions.ocspNoCheck ? 'delegated-no-check' : 'delegated' } };
}
