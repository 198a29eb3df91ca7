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

/** What a signature is over: pieces one after the other, bytes that are not in memory, or no more than their digest. */
export type Covered = readonly Uint8Array[] | SignedBytes | SignedBytes['digest'];

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
 * Checks the signature over `covered`: for a PDF the two parts that its ByteRange names. What lies inside the SignedData is
 * never taken in their place. `others` may hold the signer's certificate when it was not sent along. Where there are no
 * signed attributes the bytes themselves are needed: a digest alone leaves the signature `unsupported`.
 */
export function checkSignedData(signed: SignedData, covered: Covered, others: readonly Certificate[] = []): SignatureCheck {
  const { signer } = signed;
  const candidates = [...signed.certificates, ...others].filter((certificate) => isMeant(signer.id, certificate));
  const certificate = candidates.find((one) => bindingOf(signer, one) === 'yes') ?? candidates[0];
  const attributes = signer.signed;
  const expectedType = attributes?.contentType;
  return {
    certificate,
    digest: digestVerdict(signer, covered),
    contentType: attributes === undefined ? 'none' : expectedType === undefined ? 'missing' : expectedType === signed.contentType ? 'match' : 'differs',
    signature: certificate === undefined ? 'no-certificate' : signatureVerdict(signer, certificate, covered),
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

function digestVerdict(signer: SignerInfo, covered: Covered): SignatureCheck['digest'] {
  if (signer.signed === undefined) return 'none';
  if (signer.signed.messageDigest === undefined) return 'missing';
  if (signer.digest === undefined) return 'unsupported';
  return sameBytes(digestOver(signer.digest, covered), signer.signed.messageDigest) ? 'match' : 'differs';
}

/** Digest over what is covered. */
export function digestOver(digest: Digest, covered: Covered): Uint8Array {
  if (typeof covered === 'function') return covered(digest);
  if ('digest' in covered) return covered.digest(digest);
  const hash = createHash(digest);
  for (const piece of covered) hash.update(piece);
  return hash.digest();
}

function signatureVerdict(signer: SignerInfo, certificate: Certificate, covered: Covered): SignatureVerdict {
  const key = publicKeyOf(certificate);
  if (signer.signed === undefined) {
    const streamed = typeof covered === 'function' ? undefined : startSignatureCheck(signer.algorithm, key);
    if (streamed === undefined || typeof covered === 'function') return 'unsupported';
    if ('digest' in covered) covered.each(streamed.update);
    else for (const piece of covered) streamed.update(piece);
    return streamed.end(signer.signature);
  }
  const check = (bytes: Uint8Array): SignatureVerdict => checkSignature(signer.algorithm, key, [bytes], signer.signature);
  const { der, asSent } = signer.signed;
  const verdict = check(der);
  return verdict === 'bad' && !sameBytes(der, asSent) ? check(asSent) : verdict;
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
