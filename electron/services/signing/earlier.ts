import { permissionsOf, signaturesOf, viewOf, type FieldRule, type PdfFile } from '../../foundation/pdf/index.ts';
import { damaged, read, Refused } from './refusals.ts';

/** What the signatures that a file has already leave to those who come after. */
export type Earlier = {
  readonly isSigned: boolean;
  readonly isCertified: boolean;
  /** of FieldMDP and of the locks of signed fields */
  readonly locks: readonly FieldRule[];
};

/**
 * Reads what earlier signatures allow, in whatever revision they stand; refuses a file that may not be changed at all.
 * A certification that the catalog names and no field leads to counts as the strictest, as its level was not read.
 */
export function earlierSignatures(file: PdfFile): Earlier {
  const { signatures, unread } = read(signaturesOf(file));
  if (unread.length > 0) throw damaged(unread.map(({ fault }) => fault));
  const named = read(permissionsOf(viewOf(file))).has('DocMDP');
  const levels = signatures.flatMap(({ references, lock }) => [...references.map(({ level }) => level), lock?.level]);
  const certifying = signatures.some(({ isCertification }) => isCertification);
  if (levels.includes(1) || (named && !certifying)) throw new Refused({ code: 'changes-forbidden' });
  const locks = signatures.flatMap(({ references, lock }) => [...references.map(({ rule }) => rule), lock]);
  return {
    isSigned: signatures.length > 0,
    isCertified: certifying,
    locks: locks.filter((lock) => lock !== undefined),
  };
}

/** Whether a rule is about this field; a name stands for the fields below it too. What the rule says wrongly locks. */
export function isLocked({ action, fields }: FieldRule, name: string): boolean {
  const isNamed = fields.some((field) => name === field || name.startsWith(`${field}.`));
  if (action === 'Include') return isNamed;
  return action === 'Exclude' ? !isNamed : true;
}
