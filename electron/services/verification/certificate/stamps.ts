import type { VerdictEvidence, VerdictTimestamp, VerificationReason } from '#contract';
import { checkTimestamp, type Certificate, type TimestampToken } from '../../trust/index.ts';
import type { Embedded } from '../evidence/embedded.ts';
import type { Token } from '../signature/read-signature.ts';
import { localTime } from '../verdict/local-time.ts';
import { effects, reason } from '../verdict/reasons.ts';
import { chainFindings, timestampFindings } from './algorithms.ts';
import { certificateState, harmless, within, type JudgeDeps } from './judge.ts';
import { commonName } from './trust-findings.ts';

/** A time-stamp that was judged; `found` with anything but remarks means that it proves no time. */
export type JudgedStamp = {
  readonly kind: VerdictTimestamp['kind'];
  readonly token: TimestampToken;
  readonly genTime: Date;
  readonly authority: Certificate | undefined;
  readonly found: readonly VerificationReason[];
  readonly isValid: boolean;
  readonly used: readonly VerdictEvidence[];
  readonly chain: readonly Certificate[];
  readonly fromFile: boolean;
};

/** When a time-stamp itself is proven to have existed, the earliest time it can have, and now. */
export type StampTime = { readonly existedAt: Date; readonly notBefore: Date | undefined; readonly now: Date };

/** How far the clocks of two authorities, or of one and this station, may differ. */
export const clockSkewMs = 5 * 60_000;

/** Judges a token over the value of a signature; undefined for what is no token, which `found` then tells. */
export async function judgeToken(
  deps: JudgeDeps,
  embedded: Embedded,
  token: Token,
  value: Uint8Array,
  time: StampTime,
): Promise<{ readonly stamp?: JudgedStamp; readonly found: readonly VerificationReason[] }> {
  if (!token.ok) return { found: [reason('timestamp-malformed', { detail: token.failure.code })] };
  const checked = within(deps.effort, () => checkTimestamp(token.value, [value], [...deps.certificates, ...embedded.certificates]));
  if (checked === undefined) return { found: [reason('check-stopped', { why: 'time' })] };
  const { check, imprint, usage, sound } = checked;
  const found: VerificationReason[] = [];
  if (imprint === 'differs') found.push(reason('timestamp-other-data'));
  else if (check.certificate !== undefined && !usage) found.push(reason('timestamp-usage', { authority: commonName(check.certificate) }));
  else if (!sound) found.push(reason('timestamp-unsound'));
  const stamp = await judgeStamp(deps, embedded, { kind: 'signature', token: token.value, authority: check.certificate }, time, found);
  return { stamp, found: stamp.found };
}

/** Judges whom a token comes from and whether it is still worth something; `before`: what was found of its mathematics. */
export async function judgeStamp(
  deps: JudgeDeps,
  embedded: Embedded,
  { kind, token, authority }: Pick<JudgedStamp, 'kind' | 'token' | 'authority'>,
  time: StampTime,
  before: readonly VerificationReason[],
): Promise<JudgedStamp> {
  const { genTime } = token;
  const found = [...before, ...orderFindings(genTime, time)];
  const none = { kind, token, genTime, authority, used: [], chain: [], fromFile: false };
  // What is not sound is not asked about: it would be traffic for a forger.
  if (authority === undefined || found.some(isGrave)) return { ...none, found, isValid: false };
  const own = { ...embedded, certificates: [...token.signed.certificates, ...embedded.certificates] };
  const state = await certificateState(deps, own, { certificate: authority, at: genTime, purpose: 'time-stamping' });
  const name = commonName(authority);
  if (state.path.state === 'incomplete') return { ...none, found: [...found, reason('timestamp-untrusted', { authority: name })], isValid: false };
  const problems = state.path.verdict.problems.map(({ code }) => reason('timestamp-untrusted', { authority: name, problem: code }));
  found.push(...problems.slice(0, 1));
  if (time.existedAt > authority.notAfter) found.push(reason('timestamp-expired', { authority: name, to: localTime(authority.notAfter) }));
  for (const { status, certificate } of state.statuses) {
    const subject = commonName(certificate);
    if (status.status === 'unknown') found.push(reason('timestamp-status-unknown', { authority: subject, why: status.why.join(' ') }));
    const revoked = status.status === 'revoked' ? status.revocation : status.status === 'good' ? status.revokedLater : undefined;
    const counts = revoked !== undefined && (status.status === 'revoked' || (revoked.at <= time.existedAt && !harmless.includes(revoked.reason)));
    if (counts) found.push(reason('timestamp-revoked', { authority: subject, since: localTime(revoked.at), reason: revoked.reason }));
  }
  const existedAt = time.existedAt < genTime ? genTime : time.existedAt;
  found.push(...timestampFindings([token.imprint.digest, token.signed.signer.digest], authority, existedAt, time.now), ...chainFindings(state.path.path, existedAt, time.now));
  return { ...none, found, isValid: !found.some(isGrave), used: state.used, chain: state.path.path, fromFile: state.fromFile };
}

function orderFindings(genTime: Date, { existedAt, notBefore, now }: StampTime): VerificationReason[] {
  const at = localTime(genTime);
  if (genTime.getTime() > now.getTime() + clockSkewMs) return [reason('timestamp-future', { at })];
  // It lies under a later proof, and above what it covers.
  const isOutOfOrder = genTime.getTime() > existedAt.getTime() + clockSkewMs || (notBefore !== undefined && genTime.getTime() + clockSkewMs < notBefore.getTime());
  return isOutOfOrder ? [reason('timestamp-order', { at })] : [];
}

export function isGrave({ code }: VerificationReason): boolean {
  return effects[code] !== 'remark';
}

/** Speaks against nothing: what would decide it has not been had yet. Somebody unknown looks the same while he cannot be looked up. */
export function isNotKnownYet({ code }: VerificationReason): boolean {
  return code === 'chain-incomplete' || code === 'status-unknown' || code === 'timestamp-status-unknown';
}

/** Sound, of a trusted root, and nothing known against it: only the authority's status could not be asked. It may be shown, and proves nothing. */
export function isUnchecked({ found }: JudgedStamp): boolean {
  const grave = found.filter(isGrave);
  return grave.length > 0 && grave.every(({ code }) => code === 'timestamp-status-unknown');
}

export function toldStamp({ kind, token, genTime, authority, isValid }: JudgedStamp): VerdictTimestamp {
  return { kind, at: localTime(genTime), authority: authority === undefined ? '' : commonName(authority), serial: token.serial, isValid };
}

