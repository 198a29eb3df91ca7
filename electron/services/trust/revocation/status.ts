import type { Certificate } from '../certificate/read-certificate.ts';
import type { Crl } from './crl.ts';
import type { OcspAnswer } from './ocsp.ts';
import type { Revocation } from './reasons.ts';

/** Authentic evidence about one certificate: each was checked against its issuer's key when it was read. */
export type Evidence =
  | { readonly kind: 'ocsp'; readonly answer: OcspAnswer }
  | { readonly kind: 'crl'; readonly crl: Crl };

/**
 * Why evidence does not decide.
 * - `none`: there is none
 * - `stale`: it was no longer valid at the time in question, and a later one is not at hand
 * - `after-expiry`: issued when the certificate had already run out; issuers drop those from their lists
 * - `out-of-scope`: a list of other kinds of certificates, or the part of a list that others belong to
 * - `unknown-to-responder`: the responder does not know the certificate
 */
export type WhyUnknown = 'none' | 'stale' | 'after-expiry' | 'out-of-scope' | 'unknown-to-responder';

/** Status of a certificate at a time. `thisUpdate`: of the evidence that decided. */
export type StatusAt =
  | { readonly status: 'good'; readonly by: Evidence['kind']; readonly thisUpdate: Date; readonly revokedLater: Revocation | undefined }
  | {
      readonly status: 'revoked';
      readonly by: Evidence['kind'];
      readonly thisUpdate: Date;
      /** since when its signatures count for nothing: the revocation, or earlier when the key was lost earlier */
      readonly since: Date;
      readonly revocation: Revocation;
    }
  | { readonly status: 'unknown'; readonly why: readonly WhyUnknown[] };

export type StatusQuestion = {
  readonly certificate: Certificate;
  /** the time in question: that of a time-stamp, or now when no time is proven */
  readonly at: Date;
  readonly evidence: readonly Evidence[];
  /** how far the clocks of issuer and station may differ; milliseconds, default five minutes */
  readonly skewMs?: number;
  /** how long evidence without nextUpdate counts; milliseconds, default one day */
  readonly withoutNextMs?: number;
};

const day = 86_400_000;

type Reading = { readonly by: Evidence['kind']; readonly thisUpdate: Date; readonly revocation: Revocation | undefined };

/**
 * What is known of a certificate at a time (RFC 5280 §6.3, RFC 6960 §3.2). Evidence from after that time decides best,
 * because it also knows what was revoked meanwhile with effect for then; evidence from before it counts while it is
 * valid. A revocation that is known wins over any evidence that does not know of it. Nothing known is never "good".
 */
export function statusAt({ certificate, at, evidence, skewMs = 300_000, withoutNextMs = day }: StatusQuestion): StatusAt {
  const why = new Set<WhyUnknown>();
  const readings: Reading[] = [];
  for (const piece of evidence) {
    const read = readingOf(piece, certificate);
    if (typeof read === 'string') {
      why.add(read);
      continue;
    }
    const unusable = read.revocation === undefined ? weakness(piece, read.thisUpdate) : undefined;
    if (unusable === undefined) readings.push(read);
    else why.add(unusable);
  }

  function weakness(piece: Evidence, thisUpdate: Date): WhyUnknown | undefined {
    const nextUpdate = piece.kind === 'ocsp' ? piece.answer.nextUpdate : piece.crl.facts.nextUpdate;
    const until = nextUpdate ?? new Date(thisUpdate.getTime() + withoutNextMs);
    if (until.getTime() + skewMs < at.getTime()) return 'stale';
    if (thisUpdate > certificate.notAfter && !remembers(piece, certificate.notAfter)) return 'after-expiry';
    return undefined;
  }

  const known = readings.find(({ revocation }) => revocation !== undefined && effectOf(revocation) <= at);
  if (known?.revocation !== undefined) {
    const { by, thisUpdate, revocation } = known;
    return { status: 'revoked', by, thisUpdate, since: effectOf(revocation), revocation };
  }
  const newest = readings.toSorted((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  const later = newest.find(({ revocation }) => revocation !== undefined);
  const deciding = later ?? newest[0];
  if (deciding === undefined) return { status: 'unknown', why: why.size === 0 ? ['none'] : [...why] };
  return { status: 'good', by: deciding.by, thisUpdate: deciding.thisUpdate, revokedLater: later?.revocation };
}

/** A key that was in other hands signed for them from then on, whenever it was told. */
function effectOf({ at, reason, invaliditySince }: Revocation): Date {
  const keyLost = reason === 'keyCompromise' || reason === 'cACompromise' || reason === 'aACompromise';
  return keyLost && invaliditySince !== undefined && invaliditySince < at ? invaliditySince : at;
}

function readingOf(piece: Evidence, certificate: Certificate): Reading | WhyUnknown {
  if (piece.kind === 'ocsp') {
    const { status, thisUpdate, revocation } = piece.answer;
    return status === 'unknown' ? 'unknown-to-responder' : { by: 'ocsp', thisUpdate, revocation };
  }
  const { facts, find } = piece.crl;
  const isAuthority = certificate.extensions.authority;
  if (facts.issuer.key !== certificate.issuer.key) return 'out-of-scope';
  if (facts.scope !== 'all' && (facts.scope === 'authorities') !== isAuthority) return 'out-of-scope';
  const revocation = find(certificate.serial);
  // One part of a list in parts knows nothing of certificates whose revocation stands in another (RFC 5280 §6.3.3 (b)(2)(i)).
  const isOther = facts.points !== undefined && !facts.points.some((url) => certificate.extensions.crlUrls.includes(url));
  if (isOther && revocation === undefined) return 'out-of-scope';
  // A base list has this reason in error only; it says that the certificate is not revoked any more.
  return { by: 'crl', thisUpdate: facts.thisUpdate, revocation: revocation?.reason === 'removeFromCRL' ? undefined : revocation };
}

function remembers(piece: Evidence, expiry: Date): boolean {
  return piece.kind === 'ocsp' && piece.answer.archiveCutoff !== undefined && piece.answer.archiveCutoff <= expiry;
}
