import type { DeskDecision, DeskPolicy, Verdict } from '#contract';

/**
 * Careful for a beginning: nothing is refused by a machine, and only what passed in full is not asked about. Documents
 * without a signature are daily work while paper and scans are about.
 */
export const usualDeskPolicy: DeskPolicy = {
  failed: 'ask',
  indeterminate: 'ask',
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
  if (verdict.indication === 'indeterminate') return { decision: policy.indeterminate, why: 'document-undetermined' };
  const signers = verdict.signatures.flatMap(({ kind, signer }) => (kind === 'signature' && signer !== null ? [signer] : []));
  const rows: DeskDecision[] = [];
  if (!signers.some(({ capacity }) => capacity === 'agency' || capacity === 'unit')) rows.push({ decision: policy.withoutAgency, why: 'not-from-agency' });
  const matches = signers.map(({ agency }) => agency.match);
  if (!matches.includes('yes')) {
    const isOther = matches.includes('no');
    rows.push(isOther ? { decision: policy.otherAgency, why: 'other-agency' } : { decision: policy.agencyUndetermined, why: 'agency-unknown' });
  }
  const order = ['refuse', 'ask', 'accept'];
  const [strictest] = rows.toSorted((a, b) => order.indexOf(a.decision) - order.indexOf(b.decision));
  return strictest === undefined || strictest.decision === 'accept' ? { decision: 'accept', why: 'document-passed' } : strictest;
}
