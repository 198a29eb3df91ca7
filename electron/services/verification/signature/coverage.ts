import type { VerdictChange, VerificationReason } from '#contract';
import { catalogOf, entryOf, nameIn, viewOf, type Found, type PdfDictionary, type PdfFile } from '../../../foundation/pdf/index.ts';
import type { FindDifferences, SignatureFacts } from '../ports.ts';
import { reason } from '../verdict/reasons.ts';
import type { ReadSignature } from './read-signature.ts';

/** What the ranges leave out, before later revisions are looked at. */
export function rangeFindings(file: PdfFile, { signature, coverage }: ReadSignature): VerificationReason[] {
  const found = coverage.faults.map((fault) => (fault === 'file-repaired' ? reason('file-repaired') : reason(fault, rangeOf(coverage.byteRange))));
  const isLast = coverage.laterRevisions.length === 0;
  if (coverage.revision !== undefined && isLast && !coverage.coversFile) found.push(reason('tail-not-covered'));
  // Under two readings nobody can say which one a person sees.
  if (!signature.isInNewest && !file.isRepaired) found.push(reason(file.isHybrid ? 'signature-hidden' : 'signature-removed'));
  return found;
}

/**
 * Whether the file as it is now runs a script of its own when it is opened, or is a form that a program builds (XFA): then what is seen is
 * not settled by what was signed (ISO 32000-1 12.8.5 lists such content as an author's to attest). A remark: the bytes are whole.
 */
export function dynamicFindings(file: PdfFile): VerificationReason[] {
  const view = viewOf(file);
  const catalog = catalogOf(view);
  if (!catalog.ok) return [];
  const under = (parent: Found<PdfDictionary> | undefined, key: string): Found<PdfDictionary> | undefined => {
    const one = parent && entryOf(view, parent, key);
    return one?.ok === true && one.value?.value.kind === 'dictionary' ? { value: one.value.value, holder: one.value.holder } : undefined;
  };
  const opening = under(catalog.value, 'OpenAction');
  const isScripted = under(under(catalog.value, 'Names'), 'JavaScript') !== undefined || under(catalog.value, 'AA') !== undefined || (opening !== undefined && nameIn(opening.value, 'S') === 'JavaScript');
  const isBuilt = under(catalog.value, 'AcroForm')?.value.entries.has('XFA') === true;
  return isScripted || isBuilt ? [reason('content-dynamic')] : [];
}

function rangeOf(range: ReadSignature['coverage']['byteRange']): VerificationReason['params'] {
  return { range: range === undefined ? '' : range.join(' ') };
}

/** Part (2) after the signed revision: what was changed, and whether the signatures allow it. */
export function changeFindings(
  file: PdfFile,
  find: FindDifferences,
  read: ReadSignature,
  current: SignatureFacts,
  signatures: readonly SignatureFacts[],
): { readonly found: readonly VerificationReason[]; readonly changes: readonly VerdictChange[] } {
  const { revision, laterRevisions } = read.coverage;
  // A hybrid file may show something else by its other reading without any later revision.
  if (revision === undefined || (laterRevisions.length === 0 && !file.isHybrid)) return { found: [], changes: [] };
  const answer = find(file, revision, { current, signatures });
  if (!answer.ok) return { found: [reason('changes-unread', { fault: answer.failure.code, at: answer.failure.at })], changes: [] };
  const { changes, overall } = answer.value;
  if (changes.length === 0 && laterRevisions.length === 0) return { found: [], changes };
  const count = changes.filter((change) => change.class === overall).length;
  return { found: [reason(`changes-${overall}`, { count })], changes };
}
