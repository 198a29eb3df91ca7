import type { DeskDecision, DeskPolicy, Verdict } from '#contract';

/**
 * Careful for a beginning: nothing is refused by a machine, and only what passed in full is not asked about. Documents
 * without a signature are daily work while paper and scans are about. What lacks nothing but an answer of the authority is let
 * in, so that a day without network is a day of work: it is looked at again, and a bad answer then is an alarm.
 */
export const usualDeskPolicy: DeskPolicy = {
  failed: 'ask',
  indeterminate: 'ask',
  unchecked: 'accept',
  none: 'ask',
  unknown: 'ask',
  otherAgency: 'ask',
  agencyUndetermined: 'accept',
  withoutAgency: 'accept',
};

/** What a policy makes of a verdict. The strictest row that fits decides. */
export function deskDecision(policy: DeskPolicy, verdict: Verdict): DeskDecision {
  if (verdict.state === 'none') return { decision: policy.none, why: 'no-signature' };
  if (verdict.indication === 'failed') return { decision: policy.failed, why: 'document-failed' };
  if (verdict.state === 'unknown') return { decision: policy.unknown, why: 'unreadable' };
  const waits = onlyStatusWaits(verdict);
  if (verdict.indication === 'indeterminate' && !waits) return { decision: policy.indeterminate, why: 'document-undetermined' };
  const signers = verdict.signatures.flatMap(({ kind, signer }) => (kind === 'signature' && signer !== null ? [signer] : []));
  const rows: DeskDecision[] = waits ? [{ decision: policy.unchecked, why: 'status-waits' }] : [];
  if (!signers.some(({ capacity }) => capacity === 'agency' || capacity === 'unit')) rows.push({ decision: policy.withoutAgency, why: 'not-from-agency' });
  const matches = signers.map(({ agency }) => agency.match);
  if (!matches.includes('yes')) {
    const isOther = matches.includes('no');
    rows.push(isOther ? { decision: policy.otherAgency, why: 'other-agency' } : { decision: policy.agencyUndetermined, why: 'agency-unknown' });
  }
  const order = ['refuse', 'ask', 'accept'];
  const [strictest] = rows.toSorted((a, b) => order.indexOf(a.decision) - order.indexOf(b.decision));
  if (strictest !== undefined && strictest.decision !== 'accept') return strictest;
  return { decision: 'accept', why: waits ? 'status-waits' : 'document-passed' };
}

/** Chains lead to known roots, and all that stands against any signature is that an authority could not be asked for a status. */
function onlyStatusWaits({ indication, reasons, signatures }: Verdict): boolean {
  if (indication !== 'indeterminate' || reasons.length > 0) return false;
  const lacking = signatures.flatMap(({ cryptography, coverage, trust }) => [...cryptography.reasons, ...coverage.reasons, ...trust.reasons]);
  return lacking.every(({ code }) => code === 'status-unknown' || code === 'timestamp-status-unknown' || code === 'changes-undecided');
}
