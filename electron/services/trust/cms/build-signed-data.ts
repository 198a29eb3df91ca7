import { createHash } from 'node:crypto';
import { attempt } from '../asn1/fault.ts';
import { context, fieldsOf, tags, wholeElement } from '../asn1/read.ts';
import { explicit, integer, nothing, octetString, oid, sequence, setOf, tlv } from '../asn1/write.ts';
import { digestOid } from '../certificate/algorithms.ts';
import type { Certificate, KeyFacts } from '../certificate/read-certificate.ts';
import { oids } from './oids.ts';

/** Digests that we sign with (TT 15/2025/TT-BKHCN Phụ lục I; SHA-1 is not among them). */
export type SigningDigest = 'sha256' | 'sha384' | 'sha512';
export type SigningKind = 'rsa-v1.5' | 'rsa-pss' | 'ecdsa';

/** How the token signs. One digest serves the document, the attributes and the reference to the certificate. */
export type SigningWay = { readonly kind: SigningKind; readonly digest: SigningDigest };

/** A signature that is ready to be made. */
export type PreparedSignature = {
  readonly way: SigningWay;
  readonly certificate: Certificate;
  /** the signed attributes in DER as they are signed, with the tag of a SET; tokens that hash themselves take this */
  readonly attributes: Buffer;
  /** digest of `attributes` by `way.digest`, for tokens that sign a digest */
  readonly toSign: Buffer;
};

/** Octets of a digest. */
export const digestLength: Readonly<Record<SigningDigest, number>> = { sha256: 32, sha384: 48, sha512: 64 };

const digestNull = (digest: SigningDigest): Buffer => sequence(oid(digestOid(digest)), nothing);
/** RFC 5754 §2: without parameters. */
const digestIdentifier = (digest: SigningDigest): Buffer => sequence(oid(digestOid(digest)));

const rsaWith: Readonly<Record<SigningDigest, string>> = {
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
};
const ecdsaWith: Readonly<Record<SigningDigest, string>> = {
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
};

/**
 * The AlgorithmIdentifier of a signature. RSA v1.5 by the identifier that names its digest (RFC 5754 §3.2) with NULL;
 * PSS with all parameters written out, its salt as long as the digest (RFC 4055 §3.1); ECDSA without any (RFC 5754 §3.3).
 */
export function signatureIdentifier({ kind, digest }: SigningWay): Buffer {
  if (kind === 'rsa-v1.5') return sequence(oid(rsaWith[digest]), nothing);
  if (kind === 'ecdsa') return sequence(oid(ecdsaWith[digest]));
  const hash = digestNull(digest);
  const mask = sequence(oid('1.2.840.113549.1.1.8'), hash);
  return sequence(
    oid('1.2.840.113549.1.1.10'),
    sequence(explicit(0, hash), explicit(1, mask), explicit(2, integer(digestLength[digest]))),
  );
}

function keyFits(key: KeyFacts, kind: SigningKind): boolean {
  return kind === 'ecdsa' ? key.kind === 'ec' : key.kind === 'rsa' || (kind === 'rsa-pss' && key.kind === 'rsa-pss');
}

/**
 * First step: what the token is to sign. `contentDigest` is that of the two ranges of the PDF, by `way.digest`. The
 * attributes are those of PAdES (EN 319 142-1 §6.3): content-type, message-digest, signing-certificate-v2; the claimed
 * time stands in the PDF's /M, a signing-time attribute is forbidden beside it. Throws for a key that cannot sign so,
 * which is the caller's mistake.
 */
export function prepareSignature(certificate: Certificate, contentDigest: Uint8Array, way: SigningWay): PreparedSignature {
  if (!keyFits(certificate.key, way.kind)) throw new Error(`${certificate.key.name} cannot sign ${way.kind}`);
  if (contentDigest.length !== digestLength[way.digest]) throw new Error(`not a ${way.digest} digest`);
  const attributes = setOf(
    attribute(oids.contentType, oid(oids.data)),
    attribute(oids.messageDigest, octetString(contentDigest)),
    attribute(oids.signingCertificateV2, sequence(sequence(certificateReference(certificate, way.digest)))),
  );
  return { way, certificate, attributes, toSign: createHash(way.digest).update(attributes).digest() };
}

/** ESSCertIDv2 (RFC 5035 §4); SHA-256 is its default and therefore not written. */
function certificateReference(certificate: Certificate, digest: SigningDigest): Buffer {
  const hash = octetString(createHash(digest).update(certificate.der).digest());
  const issuerName = tlv(context(4), certificate.issuer.der);
  const issuerSerial = sequence(sequence(issuerName), integer(Buffer.from(certificate.serial, 'hex')));
  return digest === 'sha256' ? sequence(hash, issuerSerial) : sequence(digestIdentifier(digest), hash, issuerSerial);
}

function attribute(type: string, ...values: readonly Uint8Array[]): Buffer {
  return sequence(oid(type), setOf(...values));
}

export type Assembly = {
  /** as the token gave it; ECDSA as r and s side by side or already in DER */
  readonly signature: Uint8Array;
  /** embedded beside the signer's: the issuers, so that a reader without network has the chain */
  readonly chain: readonly Certificate[];
  /** time-stamp token over `signatureValue`; makes the signature one with a time (EN 319 142-1 §6.3, level T) */
  readonly timestamp?: Uint8Array;
};

/** Second step: the CMS for /Contents, in DER. */
export function assembleSignedData(prepared: PreparedSignature, { signature, chain, timestamp }: Assembly): Buffer {
  const { certificate, way } = prepared;
  const signerInfo = sequence(
    integer(1),
    sequence(certificate.issuer.der, integer(Buffer.from(certificate.serial, 'hex'))),
    digestIdentifier(way.digest),
    withTag(prepared.attributes, context(0)),
    signatureIdentifier(way),
    octetString(signatureValue(way, certificate.key, signature)),
    ...(timestamp === undefined ? [] : [withTag(setOf(attribute(oids.timestampToken, timestamp)), context(1))]),
  );
  const unique = new Map([certificate, ...chain].map(({ sha256, der }) => [sha256, der]));
  return sequence(
    oid(oids.signedData),
    explicit(
      0,
      sequence(
        integer(1),
        setOf(digestIdentifier(way.digest)),
        sequence(oid(oids.data)),
        withTag(setOf(...unique.values()), context(0)),
        setOf(signerInfo),
      ),
    ),
  );
}

function withTag(element: Buffer, tag: number): Buffer {
  const bytes = Buffer.from(element);
  bytes[0] = tag;
  return bytes;
}

/**
 * The signature as CMS holds it, which is also what a time-stamp is asked for. A PKCS#11 token gives ECDSA as r and s
 * side by side (PKCS#11 v3.1 §6.3.12); CMS wants Ecdsa-Sig-Value in DER (RFC 5754 §3.3).
 */
export function signatureValue(way: SigningWay, key: KeyFacts, signature: Uint8Array): Uint8Array {
  if (way.kind !== 'ecdsa' || isEcdsaDer(signature)) return signature;
  const half = Math.ceil(key.bits / 8);
  if (signature.length !== 2 * half) throw new Error(`an ECDSA signature of ${String(signature.length)} octets`);
  return sequence(integer(signature.subarray(0, half)), integer(signature.subarray(half)));
}

function isEcdsaDer(signature: Uint8Array): boolean {
  const read = attempt('Ecdsa-Sig-Value', () => {
    const fields = fieldsOf(wholeElement(signature));
    fields.next(tags.integer);
    fields.next(tags.integer);
    fields.end();
  });
  return read.ok;
}

/** A real token is 3.75 KB with its authority's chain (signing.md §1.3); twice that leaves room for a longer chain. */
const usualTimestampBytes = 8192;

/**
 * Octets that the CMS will take at most, from the real certificates; /Contents needs two characters for each. `timestampBytes`:
 * room for a token, 0 when none is wanted.
 */
export function signedDataSize(prepared: PreparedSignature, chain: readonly Certificate[], timestampBytes = usualTimestampBytes): number {
  const { kind } = prepared.way;
  const { bits } = prepared.certificate.key;
  const longest = kind === 'ecdsa' ? Buffer.alloc(2 * Math.ceil(bits / 8), 0xff) : Buffer.alloc(Math.ceil(bits / 8));
  const without = assembleSignedData(prepared, { signature: longest, chain });
  if (timestampBytes === 0) return without.length;
  const withToken = assembleSignedData(prepared, { signature: longest, chain, timestamp: octetString(Buffer.alloc(timestampBytes)) });
  return withToken.length;
}
