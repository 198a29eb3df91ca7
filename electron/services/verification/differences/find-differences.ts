import { signaturesOf, type PdfFault, type PdfFile, type PdfSignature } from '../../../foundation/pdf/index.ts';
import type { Result } from '../../../foundation/outcome.ts';
import { differencesSince, type Differences, type DifferencesContext, type SigningRule } from './differences.ts';

/** What a verdict knows of a signature before it asks what came after it. */
export type SignerFacts = {
  /** object number of the dictionary; the revision that its ranges cover, null when they are wrong */
  readonly dictionary: number;
  readonly revision: number | null;
  /** digest, signature and ranges are right */
  readonly isSound: boolean;
  /** the whole verdict on it but for what came after; default: as `isSound` */
  readonly passes?: boolean;
  /** it does not pass because its chain or status is not known yet, and for nothing else */
  readonly isUndecided?: boolean;
  /** of the certificate; '' where it does not say */
  readonly organization: string;
  readonly budgetCode: string;
  readonly taxCode: string;
  /** SHA-256 of the certificate; without it nobody counts as the same signer */
  readonly certificate?: string;
};

const rulesKnown = new WeakMap<PdfFile, readonly SigningRule[]>();

/**
 * The analysis for a verdict: levels and locks are read from the file, whoever signed is told by certificates. `page` of a
 * change counts from 0. `inkIn` looks at rendered pages where there is a renderer.
 */
export function findDifferences(
  file: PdfFile,
  signedRevision: number,
  { current, signatures }: { readonly current: SignerFacts; readonly signatures: readonly SignerFacts[] },
  inkIn?: DifferencesContext<SignerFacts>['inkIn'],
): Result<Pick<Differences, 'changes' | 'overall'>, PdfFault> {
  const rules = rulesIn(file);
  if (!rules.ok) return rules;
  const later = signatures.map((one) => ({ dictionary: one.dictionary, revision: one.revision, isSound: one.isSound, passes: one.passes ?? one.isSound, isUndecided: one.isUndecided === true, agency: one }));
  return differencesSince(file, signedRevision, { rules: rules.value, agency: current, later, sameAgency: isSameAgency, sameSigner: isSameSigner, ...(inkIn === undefined ? {} : { inkIn }) });
}

function rulesIn(file: PdfFile): Result<readonly SigningRule[], PdfFault> {
  const known = rulesKnown.get(file);
  if (known !== undefined) return { ok: true, value: known };
  const listed = signaturesOf(file);
  if (!listed.ok) return listed;
  const rules = listed.value.signatures.flatMap((signature) => rulesOf(signature, signature.since));
  rulesKnown.set(file, rules);
  return { ok: true, value: rules };
}

/** What a signature demands (DocMDP, FieldMDP, the lock of its field); a level that is none counts as the strictest. */
export function rulesOf({ references, lock }: Pick<PdfSignature, 'references' | 'lock'>, since: number): readonly SigningRule[] {
  return [...references.map(({ level, rule }) => ({ level, rule })), { level: lock?.level, rule: lock }].map(({ level, rule }) => ({
    since,
    ...(level === undefined ? {} : { level: level === 2 || level === 3 ? level : 1 }),
    ...(rule === undefined ? {} : { lock: rule }),
  }));
}

/** By the codes that the State gives offices, budget before tax; by name only where a certificate has no code in common. */
function isSameAgency(one: SignerFacts, other: SignerFacts): boolean {
  for (const code of ['budgetCode', 'taxCode'] as const) if (one[code] !== '' && other[code] !== '') return one[code] === other[code];
  const plain = (name: string): string => name.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLocaleLowerCase('vi');
  return plain(one.organization) !== '' && plain(one.organization) === plain(other.organization);
}

function isSameSigner(one: SignerFacts, other: SignerFacts): boolean {
  return one.certificate !== undefined && one.certificate === other.certificate;
}
