import type { VerdictChange } from '#contract';
import type { FieldRule, PdfFault, PdfFile } from '../../foundation/pdf/index.ts';
import type { Result } from '../../foundation/outcome.ts';
import type { Certificate, Crl } from '../trust/index.ts';

/** A list of revoked certificates that lies on the disk: read and checked, and where its file is. */
export type StoredCrl = { readonly crl: Crl; readonly path: string };

/**
 * Where certificates and their status come from beside the file itself. A host fills it: over the network with a cache, or
 * from the cache alone. What it hands on is checked again as if a stranger had sent it, but for lists, which are checked
 * with their issuer's key while they are read. Never rejects: what cannot be had is not there.
 */
export type EvidenceSource = {
  /** certificates that may have issued this one */
  readonly issuers: (certificate: Certificate) => Promise<readonly Certificate[]>;
  /** OCSP answers as DER, and lists of this issuer */
  readonly status: (certificate: Certificate, issuer: Certificate) => Promise<{ readonly ocsps: readonly Uint8Array[]; readonly crls: readonly StoredCrl[] }>;
};

/** Something a verdict stands on; `der` is null for a list that is known by its hash only. */
export type Material = { readonly kind: 'certificate' | 'ocsp' | 'crl'; readonly sha256: string; readonly der: Uint8Array | null };

/** What the analysis of changes may build on of a signature of the file. */
export type SignatureFacts = {
  /** field names, as in the verdict */
  readonly fields: readonly string[];
  /** object number of the dictionary, and the revision that the signature covers up to; null when it covers none soundly */
  readonly dictionary: number;
  readonly revision: number | null;
  readonly kind: 'signature' | 'document-timestamp';
  readonly isCertification: boolean;
  /** digest, signature and ranges are right */
  readonly isSound: boolean;
  /** its whole verdict but for what came after it */
  readonly passes: boolean;
  /** it does not pass because its chain or status is not known yet, and for nothing else */
  readonly isUndecided: boolean;
  /** of DocMDP, and of the lock of its field: what it permits afterwards */
  readonly levels: readonly number[];
  /** of FieldMDP and of the lock of its field */
  readonly locks: readonly FieldRule[];
  /** SHA-256 of the signer's certificate; '' without one */
  readonly certificate: string;
  /** of the signer: what two certificates of one agency have in common; '' where the certificate does not say */
  readonly organization: string;
  readonly budgetCode: string;
  readonly taxCode: string;
};

export type Differences = { readonly changes: readonly VerdictChange[]; readonly overall: VerdictChange['class'] };

/**
 * What later revisions did to the file as of `signedRevision`. `signatures` are all of the file, `current` the one that is
 * asked about.
 */
export type FindDifferences = (
  file: PdfFile,
  signedRevision: number,
  context: { readonly current: SignatureFacts; readonly signatures: readonly SignatureFacts[] },
) => Result<Differences, PdfFault>;

/** Stands in where no analysis is built in: whatever came later is suspicious, so that nothing passes by omission. */
export const notAnalysed: FindDifferences = (file, signedRevision) => ({
  ok: true,
  value: {
    changes: file.revisions.slice(signedRevision + 1).map(({ index }) => ({ class: 'suspicious', code: 'not-analysed', rule: 'none', revision: index })),
    overall: signedRevision + 1 < file.revisions.length ? 'suspicious' : 'permitted',
  },
});
