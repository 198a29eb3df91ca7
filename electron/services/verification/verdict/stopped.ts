import type { Verdict } from '#contract';
import { localTime } from './local-time.ts';
import { judgementOf, reason } from './reasons.ts';

/** Why a check gave no answer of its own; `lost`: the store could not give the file whole. */
export type StopReason = 'time' | 'memory' | 'crash' | 'stopped' | 'lost';

/** The verdict on a file whose check came to no end: nothing is known, and nothing is passed by it. */
export function stoppedVerdict(edition: string, at: Date, why: StopReason): Verdict {
  const reasons = [reason('check-stopped', { why })];
  return { version: 1, file: { size: 0, sha256: '', revisions: 0 }, checkedAt: localTime(at), anchors: edition, state: 'unknown', ...judgementOf(reasons), reasons, signatures: [] };
}
