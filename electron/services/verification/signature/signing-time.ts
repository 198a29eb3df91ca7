import type { VerdictTime, VerificationReason } from '#contract';
import { clockSkewMs, type JudgedStamp } from '../certificate/stamps.ts';
import { localTime, pdfTime } from '../verdict/local-time.ts';
import { reason } from '../verdict/reasons.ts';

const hour = 3_600_000;
const sevenHours = 7 * hour;
/** Clocks of offices were 4 minutes slow and 13 fast in published documents. */
const clockErrorMs = 30 * 60_000;

export type Claims = {
  /** /M of the dictionary and signing-time of the CMS */
  readonly inFile: Date | undefined;
  readonly inSignature: Date | undefined;
  /** the claim to be shown, without the +7 h quirk where that is plain */
  readonly best: Date | undefined;
  /** no later than what was meant: for asking whether the signer says that it was after something */
  readonly earliest: Date | undefined;
};

/**
 * What the signer's machine claims. Some tools write local time marked as UTC into the CMS, while /M names its zone
 * (signing.md §1.3, NĐ 335/2025 as published): where both differ by seven hours, /M is right.
 */
export function claimsOf(stated: Readonly<Record<string, string>>, inSignature: Date | undefined): Claims {
  const inFile = pdfTime(stated['M']);
  const isShifted = inFile !== undefined && inSignature !== undefined && isSevenHours(inSignature.getTime() - inFile.getTime());
  const best = isShifted ? inFile : (inSignature ?? inFile);
  const unsure = inSignature === undefined ? undefined : new Date(inSignature.getTime() - sevenHours);
  return { inFile, inSignature, best, earliest: inFile === undefined ? unsure : inSignature !== undefined && inSignature < inFile ? inSignature : inFile };
}

function isSevenHours(difference: number): boolean {
  return Math.abs(difference - sevenHours) < clockErrorMs;
}

/** The time of signing by the best that is known, and what is odd about the claims. */
export function timeOf(claims: Claims, stamp: JudgedStamp | undefined, arrivedAt: Date | undefined): { readonly time: VerdictTime; readonly found: readonly VerificationReason[] } {
  const { inFile, inSignature, best } = claims;
  const told = (at: Date | undefined): string | null => (at === undefined ? null : localTime(at));
  const [at, source] = stamp !== undefined ? ([stamp.genTime, stamp.isValid ? 'timestamp' : 'timestamp-unchecked'] as const) : best !== undefined ? ([best, 'claimed'] as const) : arrivedAt !== undefined ? ([arrivedAt, 'arrival'] as const) : ([undefined, 'none'] as const);
  const found: VerificationReason[] = [];
  if (source === 'claimed') found.push(reason('time-claimed-only', { at: told(at) ?? '' }));
  if (source === 'arrival') found.push(reason('time-arrival', { at: told(at) ?? '' }));
  if (source === 'none') found.push(reason('time-unknown'));
  const measure = stamp?.genTime ?? inFile;
  const shifted = inSignature !== undefined && measure !== undefined && isSevenHours(inSignature.getTime() - measure.getTime());
  if (shifted) found.push(reason('claimed-seven-hours', { claimed: localTime(inSignature), at: localTime(measure) }));
  const claim = shifted ? new Date(inSignature.getTime() - sevenHours) : best;
  if (stamp !== undefined && claim !== undefined && Math.abs(claim.getTime() - stamp.genTime.getTime()) >= clockSkewMs) {
    const minutes = Math.round((claim.getTime() - stamp.genTime.getTime()) / 60_000);
    found.push(reason('clock-differs', { minutes, claimed: localTime(claim), at: localTime(stamp.genTime) }));
  }
  return { time: { at: told(at), source, claimedInFile: told(inFile), claimedInSignature: told(inSignature) }, found };
}
