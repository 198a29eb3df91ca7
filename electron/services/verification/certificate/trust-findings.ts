import type { VerificationReason } from '#contract';
import { namePart, type Certificate, type StatusAt } from '../../trust/index.ts';
import { localTime } from '../verdict/local-time.ts';
import { reason } from '../verdict/reasons.ts';
import { chainFindings } from './algorithms.ts';
import type { CertificateState } from './judge.ts';

/** What is proven of the time of a signature. */
export type ProvenTime = {
  /** the earliest time at which it is proven to have existed; now when nothing proves an earlier one */
  readonly existedAt: Date;
  readonly isProven: boolean;
  /** the latest time before which it is proven not to have existed: it covers what was made then */
  readonly notBefore: Date | undefined;
  /** what the signer's machine says of its own signature, read so that the +7 h quirk cannot make it later than it was */
  readonly claimedAt: Date | undefined;
  readonly now: Date;
};

const validity = ['not-yet-valid', 'expired'];
const broken = ['signature', 'unsupported-signature', 'name'];

/**
 * What path and status of a signer's certificate say about the signature (EN 319 102-1 §5.6.2, past signature validation):
 * a time that is proven puts the question to that time; without one only now can be asked about.
 */
export function trustFindings({ path, statuses }: CertificateState, certificate: Certificate, time: ProvenTime): VerificationReason[] {
  if (path.state === 'incomplete') {
    const params = { issuer: commonName(path.last, 'issuer'), subject: commonName(path.last) };
    if (path.gaveUp) return [reason('check-stopped', { why: 'time' })];
    return [reason(path.untrusted ? 'chain-untrusted' : 'chain-incomplete', params), ...validityFindings(certificate, time)];
  }
  const { verdict, path: chain } = path;
  const found: VerificationReason[] = [];
  for (const { code, at } of verdict.problems) {
    if (at === 0 && validity.includes(code)) continue;
    const params = { problem: code, subject: commonName(chain[at] ?? certificate) };
    found.push(reason(broken.includes(code) ? 'chain-cryptography' : 'chain-problem', params));
  }
  found.push(...validityFindings(certificate, time), ...chainFindings(chain, time.existedAt, time.now));
  for (const [index, { certificate: one, status }] of statuses.entries()) found.push(...(index === 0 ? ownStatus(one, status, time) : authorityStatus(one, status)));
  return found;
}

function validityFindings({ notBefore, notAfter }: Certificate, { existedAt, isProven, notBefore: lower, now }: ProvenTime): VerificationReason[] {
  const params = { from: localTime(notBefore), to: localTime(notAfter) };
  // It existed before the certificate did: whoever made it had no right to the name yet.
  if (existedAt < notBefore) return [reason('certificate-not-yet-valid', params)];
  if (existedAt <= notAfter) return now > notAfter && isProven ? [reason('certificate-expired-since', params)] : [];
  return [reason(lower !== undefined && lower > notAfter ? 'certificate-expired' : 'certificate-expired-no-proof', params)];
}

function ownStatus(certificate: Certificate, status: StatusAt, time: ProvenTime): VerificationReason[] {
  const subject = commonName(certificate);
  if (status.status === 'good') {
    const later = status.revokedLater;
    return later === undefined ? [] : [reason('revoked-later', { subject, since: localTime(later.at), reason: later.reason })];
  }
  if (status.status === 'revoked') {
    const params = { subject, since: localTime(status.since), reason: status.revocation.reason };
    // Either it covers what was made after the revocation, or the signer itself says that it came after it.
    const isAfter = [time.notBefore, time.claimedAt].some((lower) => lower !== undefined && lower >= status.since);
    return [reason(isAfter ? 'revoked' : 'revoked-no-proof', params)];
  }
  return [unknownStatus(subject, status.why)];
}

function authorityStatus(certificate: Certificate, status: StatusAt): VerificationReason[] {
  const subject = commonName(certificate);
  if (status.status === 'good') return [];
  if (status.status === 'revoked') return [reason('authority-revoked', { subject, since: localTime(status.since), reason: status.revocation.reason })];
  return [unknownStatus(subject, status.why)];
}

function unknownStatus(subject: string, why: readonly string[]): VerificationReason {
  const isOnlyLate = why.length > 0 && why.every((one) => one === 'after-expiry');
  return reason(isOnlyLate ? 'status-after-expiry' : 'status-unknown', { subject, why: why.join(' ') });
}

export function commonName(certificate: Certificate, whose: 'subject' | 'issuer' = 'subject'): string {
  const name = certificate[whose];
  return namePart(name, 'CN') ?? namePart(name, 'O') ?? '';
}
