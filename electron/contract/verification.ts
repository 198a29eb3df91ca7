import { z } from 'zod';

/** Main result of a validation (EN 319 102-1 §5.1.3). Only `passed` is believed. */
export const Indication = z.enum(['passed', 'failed', 'indeterminate']);
export type Indication = z.infer<typeof Indication>;

/** Why a validation did not pass, in the words of EN 319 102-1 §5.1.3. */
export const SubIndication = z.enum([
  'FORMAT_FAILURE',
  'HASH_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'REVOKED',
  'EXPIRED',
  'NOT_YET_VALID',
  'SIG_CONSTRAINTS_FAILURE',
  'CHAIN_CONSTRAINTS_FAILURE',
  'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE',
  'TIMESTAMP_ORDER_FAILURE',
  'NO_SIGNING_CERTIFICATE_FOUND',
  'NO_CERTIFICATE_CHAIN_FOUND',
  'REVOKED_NO_POE',
  'REVOKED_CA_NO_POE',
  'OUT_OF_BOUNDS_NO_POE',
  'NO_POE',
  'TRY_LATER',
  'SIGNED_DATA_NOT_FOUND',
  'GENERIC',
]);
export type SubIndication = z.infer<typeof SubIndication>;

/** About the file as a whole: how it could be read, and what else lies in it. */
const fileReasons = [
  'not-a-pdf',
  'file-damaged',
  'file-distrusted',
  'file-repaired',
  'file-encrypted',
  'signatures-unread',
  'signature-remains',
  'check-stopped',
] as const;

/** Which bytes a signature covers; the names are those of the PDF reader's coverage faults. */
const coverageReasons = [
  'byte-range-missing',
  'byte-range-not-two',
  'byte-range-not-integer',
  'byte-range-not-from-zero',
  'byte-range-overlaps',
  'byte-range-outside',
  'byte-range-ends-elsewhere',
  'contents-missing',
  'contents-not-hexadecimal',
  'contents-compressed',
  'gap-not-contents',
  'dictionary-outside-range',
  'dictionary-not-in-revision',
  'shared-by-fields',
  'not-in-form',
  'tail-not-covered',
  'signature-removed',
  'signature-hidden',
  'changes-forbidden',
  'changes-suspicious',
  'changes-undecided',
  'changes-unread',
  'changes-permitted',
  'content-dynamic',
] as const;

/** The CMS inside, and the mathematics. */
const cryptographyReasons = [
  'covered-bytes-unread',
  'subfilter-unknown',
  'cms-malformed',
  'cms-not-signed-data',
  'cms-signers',
  'cms-trailing',
  'cms-not-der',
  'cms-ber',
  'cms-encapsulated',
  'cms-content-type',
  'attributes-missing',
  'attribute-content-type',
  'attribute-digest-missing',
  'digest-differs',
  'digest-unsupported',
  'signature-bad',
  'signature-unsupported',
  'certificate-missing',
  'certificate-other',
  'certificate-reference-missing',
  'certificate-reference-absent',
  'certificate-reference-unsupported',
  'algorithms-disagree',
  'digest-weak',
  'digest-weak-then',
  'key-short',
  'key-short-then',
  'algorithm-not-listed',
] as const;

/** Certificate path, status and time. */
const trustReasons = [
  'chain-incomplete',
  'chain-untrusted',
  'chain-problem',
  'chain-cryptography',
  'certificate-digest-weak',
  'certificate-not-yet-valid',
  'certificate-expired',
  'certificate-expired-no-proof',
  'certificate-expired-since',
  'revoked',
  'revoked-no-proof',
  'revoked-later',
  'authority-revoked',
  'status-unknown',
  'status-after-expiry',
  'timestamp-malformed',
  'timestamp-other-data',
  'timestamp-unsound',
  'timestamp-usage',
  'timestamp-untrusted',
  'timestamp-revoked',
  'timestamp-expired',
  'timestamp-status-unknown',
  'timestamp-future',
  'timestamp-order',
  'timestamp-weak',
  'timestamp-weak-then',
  'timestamp-duplicate',
  'time-claimed-only',
  'time-arrival',
  'time-unknown',
  'claimed-seven-hours',
  'clock-differs',
] as const;

/** Everything that a verdict may say; each has a sentence in the catalogues, `verification.reason.<code>`. */
export const VerificationReasonCode = z.enum([...fileReasons, ...coverageReasons, ...cryptographyReasons, ...trustReasons]);
export type VerificationReasonCode = z.infer<typeof VerificationReasonCode>;

/** One finding with its facts; times in `params` are written as everywhere in a verdict. */
export const VerificationReason = z.strictObject({ code: VerificationReasonCode, params: z.record(z.string(), z.union([z.string(), z.number()])) });
export type VerificationReason = z.infer<typeof VerificationReason>;

/** Time in Vietnam, `2026-07-23T08:38:50+07:00`. */
const LocalTime = z.iso.datetime({ offset: true });

const Judged = { indication: Indication, subIndication: SubIndication.nullable() };

/** One of the three parts of a verdict (signing.md §3); none stands in for another. `remarks` change no result. */
export const VerdictPart = z.strictObject({ ...Judged, reasons: z.array(VerificationReason), remarks: z.array(VerificationReason) });
export type VerdictPart = z.infer<typeof VerdictPart>;

/** A certificate that was used; the DER is kept beside the verdict, by this hash. */
export const VerdictCertificate = z.strictObject({
  sha256: z.string(),
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  validFrom: LocalTime,
  validTo: LocalTime,
  key: z.string(),
});
export type VerdictCertificate = z.infer<typeof VerdictCertificate>;

/** What told the status of a certificate: an OCSP answer or a list of revoked ones, by the SHA-256 of its bytes. */
export const VerdictEvidence = z.strictObject({
  kind: z.enum(['ocsp', 'crl']),
  sha256: z.string(),
  /** subject of the certificate that was asked about */
  about: z.string(),
  issuedAt: LocalTime,
  nextAt: LocalTime.nullable(),
  /** from the file itself, or from outside of it: asked now or kept from earlier */
  from: z.enum(['file', 'outside']),
});
export type VerdictEvidence = z.infer<typeof VerdictEvidence>;

/** Who the certificate says it is. */
export const VerdictSigner = z.strictObject({
  name: z.string(),
  organization: z.string(),
  unit: z.string(),
  email: z.string(),
  /** budget code (mã số đơn vị có quan hệ với ngân sách) and tax code; '' where the certificate has none */
  budgetCode: z.string(),
  taxCode: z.string(),
  /** by the rules of `who/capacity.ts`; `unknown` rather than guessed */
  capacity: z.enum(['person', 'agency', 'unit', 'portal', 'unknown']),
  /** whether it is the agency that was expected; `by`: what was compared */
  agency: z.strictObject({ match: z.enum(['yes', 'no', 'undetermined']), by: z.enum(['budget', 'tax', 'name', 'nothing']) }),
  certificate: VerdictCertificate,
});
export type VerdictSigner = z.infer<typeof VerdictSigner>;

export const VerdictTime = z.strictObject({
  /** the best that is known, null when nothing is */
  at: LocalTime.nullable(),
  /**
   * proven by an authority; told by one whose status could not be asked; claimed by the signer's machine; or no later than the
   * arrival at this station
   */
  source: z.enum(['timestamp', 'timestamp-unchecked', 'claimed', 'arrival', 'none']),
  /** /M of the dictionary, and the attribute of the CMS, as they claim */
  claimedInFile: LocalTime.nullable(),
  claimedInSignature: LocalTime.nullable(),
});
export type VerdictTime = z.infer<typeof VerdictTime>;

export const VerdictTimestamp = z.strictObject({
  kind: z.enum(['signature', 'document']),
  at: LocalTime,
  authority: z.string(),
  serial: z.string(),
  isValid: z.boolean(),
});
export type VerdictTimestamp = z.infer<typeof VerdictTimestamp>;

/** A change of a later revision, as the difference analysis names it. */
export const VerdictChange = z.strictObject({
  class: z.enum(['permitted', 'undecided', 'suspicious', 'forbidden']),
  code: z.string(),
  rule: z.string(),
  revision: z.number().int(),
  object: z.number().int().exactOptional(),
  /** from 0 */
  page: z.number().int().exactOptional(),
  /** left, bottom, right, top in points */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).exactOptional(),
  field: z.string().exactOptional(),
});
export type VerdictChange = z.infer<typeof VerdictChange>;

export const SignatureVerdict = z.strictObject({
  ...Judged,
  field: z.string(),
  kind: z.enum(['signature', 'document-timestamp']),
  subFilter: z.string(),
  isCertification: z.boolean(),
  /** PAdES level that what is in the file reaches; null when it is no PAdES signature */
  level: z.enum(['B', 'T', 'LT', 'LTA']).nullable(),
  cryptography: VerdictPart,
  coverage: VerdictPart,
  trust: VerdictPart,
  /** 0 is the oldest; null when the range ends with none */
  revision: z.number().int().nullable(),
  coversFile: z.boolean(),
  byteRange: z.array(z.number()).nullable(),
  changes: z.array(VerdictChange),
  /** kind, digest and key: `rsa-v1.5 sha256 RSA-3072` */
  algorithm: z.string(),
  /** the signature itself (RFC 5652 §5.3), Base64; left out where it could not be read, and in reports of before */
  value: z.string().exactOptional(),
  signer: VerdictSigner.nullable(),
  time: VerdictTime,
  timestamps: z.array(VerdictTimestamp),
  /** end entity first */
  chain: z.array(VerdictCertificate),
  evidence: z.array(VerdictEvidence),
  /** what the dictionary says; signed, and of no weight by itself */
  stated: z.record(z.string(), z.string()),
});
export type SignatureVerdict = z.infer<typeof SignatureVerdict>;

/** The report on one file; its shape is described in docs/verification.md and only grows. */
export const Verdict = z.strictObject({
  version: z.literal(1),
  file: z.strictObject({ size: z.number().int(), sha256: z.string(), revisions: z.number().int() }),
  checkedAt: LocalTime,
  /** edition of the table of anchors */
  anchors: z.string(),
  /** `none` only where there is surely no signature; `unknown` where the file could not be read well enough to say so */
  state: z.enum(['signed', 'none', 'unknown']),
  /** of the document as it is shown: all parts of all signatures. A file without a signature never passes. */
  ...Judged,
  reasons: z.array(VerificationReason),
  signatures: z.array(SignatureVerdict),
});
export type Verdict = z.infer<typeof Verdict>;

/** What is known of the signatures of a stored file, in short: `state` of the newest verdict; `waiting`: none yet. */
export const FileFinding = z.strictObject({ state: z.enum(['signed', 'none', 'unknown', 'waiting']), indication: Indication.nullable() });
export type FileFinding = z.infer<typeof FileFinding>;
