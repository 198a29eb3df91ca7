import type { SuggestedField } from '../../../electron/contract/index.ts';
import type { Suggestions } from '../../../electron/services/records/suggest/suggest.ts';
import type { DocumentFacts } from './facts.ts';

export type Wrong = { readonly document: string; readonly field: SuggestedField; readonly expected: string; readonly got: string };

/** Fields that paper shows in capitals only: their case is a guess and is not judged. */
const inCapitals = new Set<SuggestedField>(['signerPosition', 'signerCompetence']);

/** What a person reads off a made document. '' where there is nothing. */
export function expectedOf(facts: DocumentFacts): Partial<Record<SuggestedField, string>> {
  return {
    codeNumber: facts.number,
    codeNotation: facts.notation,
    issuedDate: facts.date,
    place: facts.place,
    issuerName: facts.agency,
    typeName: facts.kind === '' ? 'Công văn' : facts.kind,
    subject: facts.subject,
    signerName: facts.signer,
    signerPosition: facts.position,
    signerCompetence: facts.authority.join('; '),
    urgency: facts.urgency === 0 ? '' : String(facts.urgency),
    dueDate: facts.dueDate ?? '',
  };
}

/** Compares field by field, exactly but for the form of letters. */
export function judge(document: string, expected: Partial<Record<SuggestedField, string>>, suggestions: Suggestions): readonly Wrong[] {
  return Object.entries(expected).flatMap(([name, value]): Wrong[] => {
    const field = name as SuggestedField;
    const got = suggestions.fields.find((one) => one.field === field)?.best?.value ?? '';
    const same = (text: string): string => (inCapitals.has(field) ? text.normalize('NFC').toLowerCase() : text.normalize('NFC'));
    return same(got) === same(value) ? [] : [{ document, field, expected: value, got }];
  });
}

/** Exact matches per field, for people. */
export function tableOf(fields: readonly SuggestedField[], documents: number, wrong: readonly Wrong[]): string {
  return fields
    .map((field) => {
      const right = documents - wrong.filter((one) => one.field === field).length;
      return `${field.padEnd(17)} ${String(right)}/${String(documents)}  ${((100 * right) / documents).toFixed(1)} %`;
    })
    .join('\n');
}
