import { z } from 'zod';
import type { Verdict } from '#contract';

const Answer = z.enum(['accept', 'ask', 'refuse']);

/**
 * What the desk does with a verdict: the agency's own choice, kept as a setting. `accept` lets the document in, `ask` puts it
 * before a person, `refuse` proposes to send it back with status 02. Nothing in it can make a verdict pass.
 */
export const DeskPolicy = z.strictObject({
  failed: z.enum(['ask', 'refuse']),
  indeterminate: Answer,
  none: Answer,
  /** the file could not be read well enough to say whether it is signed */
  unknown: z.enum(['ask', 'refuse']),
  /** passed, but not by the agency that sent it, or nobody can say; persons of the agency count as the agency */
  otherAgency: Answer,
  agencyUndetermined: Answer,
  /** passed, and no signature in it is an agency's */
  withoutAgency: Answer,
});
export type DeskPolicy = z.infer<typeof DeskPolicy>;

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

/** Why; a sentence stands in the catalogue under `verification.desk.<why>`. */
export const deskReasons = ['document-passed', 'document-failed', 'document-undetermined', 'no-signature', 'unreadable', 'other-agency', 'agency-unknown', 'not-from-agency'] as const;
export type DeskReason = (typeof deskReasons)[number];

export type DeskDecision = { readonly decision: z.infer<typeof Answer>; readonly why: DeskReason };

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
