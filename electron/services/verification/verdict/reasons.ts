import type { Indication, SubIndication, VerdictPart, VerificationReason, VerificationReasonCode } from '#contract';

/** What a finding does to the result; a remark is told and changes nothing. */
type Effect = 'remark' | readonly [Exclude<Indication, 'passed'>, SubIndication];

const format = ['failed', 'FORMAT_FAILURE'] as const;
const unread = ['indeterminate', 'FORMAT_FAILURE'] as const;
const constraint = ['indeterminate', 'SIG_CONSTRAINTS_FAILURE'] as const;
const weak = ['indeterminate', 'CRYPTO_CONSTRAINTS_FAILURE'] as const;
const noTime = ['indeterminate', 'NO_POE'] as const;

/**
 * Result of every finding, in the words of EN 319 102-1 §5.1.3. `failed` where the signature cannot be one of these bytes,
 * or is proven to be worth nothing; `indeterminate` where more evidence, another reader or a person could decide. Where
 * signing.md §3 is stricter than the standard, its table holds.
 */
export const effects: Readonly<Record<VerificationReasonCode, Effect>> = {
  'not-a-pdf': unread,
  'file-damaged': unread,
  'file-distrusted': unread,
  'file-repaired': format,
  'file-encrypted': ['indeterminate', 'GENERIC'],
  'signatures-unread': unread,
  'signature-remains': ['indeterminate', 'SIGNED_DATA_NOT_FOUND'],
  'check-stopped': ['indeterminate', 'GENERIC'],
  'byte-range-missing': format,
  'byte-range-not-two': format,
  'byte-range-not-integer': format,
  'byte-range-not-from-zero': format,
  'byte-range-overlaps': format,
  'byte-range-outside': format,
  'byte-range-ends-elsewhere': format,
  'contents-missing': format,
  'contents-not-hexadecimal': format,
  'contents-compressed': format,
  'gap-not-contents': format,
  'dictionary-outside-range': format,
  'dictionary-not-in-revision': format,
  'shared-by-fields': format,
  'not-in-form': format,
  'tail-not-covered': format,
  'signature-removed': format,
  'signature-hidden': unread,
  'changes-forbidden': format,
  'changes-suspicious': constraint,
  'changes-undecided': ['indeterminate', 'TRY_LATER'],
  'changes-unread': unread,
  'changes-permitted': 'remark',
  'content-dynamic': 'remark',
  'covered-bytes-unread': ['indeterminate', 'SIGNED_DATA_NOT_FOUND'],
  'subfilter-unknown': ['indeterminate', 'GENERIC'],
  'cms-malformed': format,
  'cms-not-signed-data': format,
  'cms-signers': format,
  'cms-trailing': format,
  'cms-not-der': constraint,
  'cms-ber': 'remark',
  'cms-encapsulated': format,
  'cms-content-type': format,
  'attributes-missing': constraint,
  'attribute-content-type': format,
  'attribute-digest-missing': format,
  'digest-differs': ['failed', 'HASH_FAILURE'],
  'digest-unsupported': weak,
  'signature-bad': ['failed', 'SIG_CRYPTO_FAILURE'],
  'signature-unsupported': weak,
  'certificate-missing': ['indeterminate', 'NO_SIGNING_CERTIFICATE_FOUND'],
  'certificate-other': ['indeterminate', 'NO_SIGNING_CERTIFICATE_FOUND'],
  'certificate-reference-missing': constraint,
  'certificate-reference-absent': 'remark',
  'certificate-reference-unsupported': weak,
  'algorithms-disagree': format,
  'digest-weak': weak,
  'digest-weak-then': 'remark',
  'key-short': weak,
  'key-short-then': 'remark',
  'algorithm-not-listed': weak,
  'chain-incomplete': ['indeterminate', 'NO_CERTIFICATE_CHAIN_FOUND'],
  'chain-untrusted': ['indeterminate', 'NO_CERTIFICATE_CHAIN_FOUND'],
  'chain-problem': ['indeterminate', 'CHAIN_CONSTRAINTS_FAILURE'],
  'chain-cryptography': ['indeterminate', 'CERTIFICATE_CHAIN_GENERAL_FAILURE'],
  'certificate-digest-weak': weak,
  'certificate-not-yet-valid': ['failed', 'NOT_YET_VALID'],
  'certificate-expired': ['failed', 'EXPIRED'],
  'certificate-expired-no-proof': ['indeterminate', 'OUT_OF_BOUNDS_NO_POE'],
  'certificate-expired-since': 'remark',
  revoked: ['failed', 'REVOKED'],
  'revoked-no-proof': ['indeterminate', 'REVOKED_NO_POE'],
  'revoked-later': 'remark',
  'authority-revoked': ['indeterminate', 'REVOKED_CA_NO_POE'],
  'status-unknown': ['indeterminate', 'TRY_LATER'],
  'status-after-expiry': ['indeterminate', 'CERTIFICATE_CHAIN_GENERAL_FAILURE'],
  'timestamp-malformed': constraint,
  'timestamp-other-data': constraint,
  'timestamp-unsound': constraint,
  'timestamp-usage': constraint,
  'timestamp-untrusted': noTime,
  'timestamp-revoked': noTime,
  'timestamp-expired': noTime,
  'timestamp-status-unknown': ['indeterminate', 'TRY_LATER'],
  'timestamp-future': ['indeterminate', 'TIMESTAMP_ORDER_FAILURE'],
  'timestamp-order': ['indeterminate', 'TIMESTAMP_ORDER_FAILURE'],
  'timestamp-weak': weak,
  'timestamp-weak-then': 'remark',
  'timestamp-duplicate': 'remark',
  'time-claimed-only': 'remark',
  'time-arrival': 'remark',
  'time-unknown': 'remark',
  'claimed-seven-hours': 'remark',
  'clock-differs': 'remark',
};

/** One finding. */
export function reason(code: VerificationReasonCode, params: VerificationReason['params'] = {}): VerificationReason {
  return { code, params };
}

export type Judgement = { readonly indication: Indication; readonly subIndication: SubIndication | null };

/** The worst of several findings: what failed goes before what could not be decided; of equals, the first. */
export function judgementOf(reasons: readonly VerificationReason[]): Judgement {
  const weights = reasons.map(({ code }) => effects[code]).filter((effect) => effect !== 'remark');
  const [indication, subIndication] = weights.find(([one]) => one === 'failed') ?? weights[0] ?? ['passed', null];
  return { indication, subIndication };
}

/** A part of a verdict from all that was found for it. */
export function partOf(found: readonly VerificationReason[]): VerdictPart {
  const isRemark = ({ code }: VerificationReason): boolean => effects[code] === 'remark';
  return { ...judgementOf(found), reasons: found.filter((one) => !isRemark(one)), remarks: found.filter(isRemark) };
}
