import type { Candidate, DraftFields, FileSuggestions } from '#contract';
import { documentKinds } from './kinds.ts';

/** Fields of a draft that its own page tells. */
export const readFields = ['typeName', 'place', 'subject', 'signerName', 'signerPosition'] as const;
export type ReadField = (typeof readFields)[number];

/** What was read off the draft's file: for each field what may be chosen, the best first. */
export type ReadOff = Readonly<Record<ReadField, readonly Candidate[]>>;

export const nothingRead: ReadOff = { typeName: [], place: [], subject: [], signerName: [], signerPosition: [] };

const longest: Readonly<Record<ReadField, number>> = { typeName: 100, place: 50, subject: 500, signerName: 50, signerPosition: 100 };

/** What the page tells, as far as the form can take it: kinds that an office issues, and nothing that is too long for its field. */
export function readOff(suggestions: FileSuggestions | undefined): ReadOff {
  const of = (field: ReadField): readonly Candidate[] => {
    const found = suggestions?.fields.find((one) => one.field === field);
    const all = found === undefined ? [] : [...(found.best === null ? [] : [found.best]), ...found.others];
    const kinds: readonly string[] = documentKinds;
    return all
      // The page has it in capitals (NĐ 30/2020 annex I), and so has the draft; received documents are listed in small letters.
      .map((one) => (field === 'signerPosition' ? { ...one, value: one.value.toLocaleUpperCase('vi') } : one))
      .filter(({ value }) => value !== '' && value.length <= longest[field] && (field !== 'typeName' || kinds.includes(value)))
      .filter((one, at, list) => list.findIndex((other) => other.value === one.value) === at);
  };
  return { typeName: of('typeName'), place: of('place'), subject: of('subject'), signerName: of('signerName'), signerPosition: of('signerPosition') };
}

/**
 * What may be put into the fields that are empty: the best of each that is no mere guess. A kind counts as empty while it is the one
 * that every new draft begins with (`startKind`; null: it was chosen).
 */
export function fillable(read: ReadOff, fields: DraftFields, startKind: string | null): Partial<Record<ReadField, string>> {
  const found: Partial<Record<ReadField, string>> = {};
  for (const field of readFields) {
    const best = read[field].find(({ confidence }) => confidence !== 'doubtful')?.value;
    const empty = field === 'typeName' ? fields.typeName === startKind : fields[field].trim() === '';
    if (best !== undefined && empty && best !== fields[field]) found[field] = best;
  }
  return found;
}
