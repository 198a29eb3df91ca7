import { createHash } from 'node:crypto';
import { sameBytes } from '../asn1/read.ts';
import { checkSignature, startSignatureCheck, type Digest, type SignatureVerdict } from '../certificate/algorithms.ts';
import { publicKeyOf, type Certificate } from '../certificate/read-certificate.ts';
import type { SignedData, SignerId, SignerInfo } from './read-signed-data.ts';

/** The bytes that a signature is over, where they are not in memory: digested or handed on piece by piece. */
export type SignedBytes = {
  readonly digest: (digest: Digest) => Uint8Array;
  readonly each: (use: (piece: Uint8Array) => void) => void;
};

/** What a SignedData says about given bytes. Each part is told apart; `isSound` puts them together. */
export type SignatureCheck = {
  /** the signer's certificate, from the signature or from those given */
  readonly certificate: Certificate | undefined;
  /** messageDigest against the bytes; `none`: there are no signed attributes and the signature itself covers the bytes */
  readonly digest: 'match' | 'differs' | 'missing' | 'unsupported' | 'none';
  readonly contentType: 'match' | 'differs' | 'missing' | 'none';
  readonly signature: SignatureVerdict | 'no-certificate';
  /** whether the signature names its certificate by hash, so that no other of the same key can be put in its place */
  readonly bound: 'yes' | 'no-reference' | 'other-certificate' | 'unsupported';
  /** the digest of the SignerInfo is that of its signature algorithm */
  readonly algorithmsAgree: boolean;
  /** content lies inside the signature; for a detached one it must not (signing.md §0.7) */
  readonly encapsulated: boolean;
};

/**
 * Checks the signature over `pieces`, one after the other: for a PDF the two parts that its ByteRange names. What lies
 * inside the SignedData is never taken in their place. `others` may hold the signer's certificate when it was not sent along.
 */
export function checkSignedData(signed: SignedData, content: readonly Uint8Array[] | SignedBytes, others: readonly Certificate[] = []): SignatureCheck {
  const { signer } = signed;
  const bytes = 'digest' in content ? content : inMemory(content);
  const candidates = [...signed.certificates, ...others].filter((certificate) => isMeant(signer.id, certificate));
  const certificate = candidates.find((one) => bindingOf(signer, one) === 'yes') ?? candidates[0];
  const attributes = signer.signed;
  const expectedType = attributes?.contentType;
  return {
    certificate,
    digest: digestVerdict(signer, bytes),
    contentType: attributes === undefined ? 'none' : expectedType === undefined ? 'missing' : expectedType === signed.contentType ? 'match' : 'differs',
    signature: certificate === undefined ? 'no-certificate' : signatureVerdict(signer, certificate, bytes),
    bound: certificate === undefined ? 'no-reference' : bindingOf(signer, certificate),
    algorithmsAgree: !('digest' in signer.algorithm) || signer.algorithm.digest === signer.digest,
    encapsulated: signed.content !== undefined,
  };
}

/**
 * Whether every part of a check is as it must be. Says nothing about whose certificate it is; a signature without a
 * reference to it is sound and never PAdES baseline, which `bound` tells.
 */
export function isSound(check: SignatureCheck): boolean {
  return (
    (check.digest === 'match' || check.digest === 'none') &&
    (check.contentType === 'match' || check.contentType === 'none') &&
    check.signature === 'good' &&
    (check.bound === 'yes' || check.bound === 'no-reference') &&
    check.algorithmsAgree
  );
}

function inMemory(pieces: readonly Uint8Array[]): SignedBytes {
  return {
    digest: (digest) => digestOver(digest, pieces),
    each(use) {
      for (const piece of pieces) use(piece);
    },
  };
}

function digestVerdict(signer: SignerInfo, bytes: SignedBytes): SignatureCheck['digest'] {
  if (signer.signed === undefined) return 'none';
  if (signer.signed.messageDigest === undefined) return 'missing';
  if (signer.digest === undefined) return 'unsupported';
  return sameBytes(bytes.digest(signer.digest), signer.signed.messageDigest) ? 'match' : 'differs';
}

/** Digest over several pieces, one after the other. */
export function digestOver(digest: Digest, pieces: readonly Uint8Array[]): Buffer {
  const hash = createHash(digest);
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

function signatureVerdict(signer: SignerInfo, certificate: Certificate, bytes: SignedBytes): SignatureVerdict {
  const key = publicKeyOf(certificate);
  const check = (pieces: readonly Uint8Array[]): SignatureVerdict => checkSignature(signer.algorithm, key, pieces, signer.signature);
  if (signer.signed === undefined) {
    const streamed = startSignatureCheck(signer.algorithm, key);
    if (streamed === undefined) return 'unsupported';
    bytes.each(streamed.update);
    return streamed.end(signer.signature);
  }
  const { der, asSent } = signer.signed;
  const verdict = check([der]);
  return verdict === 'bad' && !sameBytes(der, asSent) ? check([asSent]) : verdict;
}

function isMeant(id: SignerId, certificate: Certificate): boolean {
  if (id.kind === 'key-id') return certificate.extensions.subjectKeyId === id.keyId;
  return certificate.serial === id.serial && certificate.issuer.key === id.issuerKey;
}

/** Where there are references of both kinds, both must be to this certificate. */
function bindingOf(signer: SignerInfo, certificate: Certificate): SignatureCheck['bound'] {
  const references = signer.signed?.signingCertificates ?? [];
  if (references.length === 0) return 'no-reference';
  const verdicts = references.map(({ digest, hash }) =>
    digest === undefined ? 'unsupported' : sameBytes(digestOver(digest, [certificate.der]), hash) ? 'yes' : 'other-certificate',
  );
  if (verdicts.includes('other-certificate')) return 'other-certificate';
  return verdicts.includes('unsupported') ? 'unsupported' : 'yes';
}
