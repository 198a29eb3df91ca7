import { z } from 'zod';

/** Fields of an incoming document that a PDF's text can tell (NĐ 30/2020 annex VI part II). */
export const SuggestedField = z.enum([
  'codeNumber',
  'codeNotation',
  'issuedDate',
  'place',
  'issuerName',
  'typeName',
  'subject',
  'signerName',
  'signerPosition',
  'signerCompetence',
  'urgency',
  'pageAmount',
  'dueDate',
]);
export type SuggestedField = z.infer<typeof SuggestedField>;

/** Where a value was read. Fractions (0 to 1) of the page as it is shown: left, top, right, bottom. */
export const PagePlace = z.strictObject({
  /** from 1 */
  page: z.number().int().positive(),
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
});
export type PagePlace = z.infer<typeof PagePlace>;

/** How far a suggestion can be relied on: as the decree lays it out; nearly so; a guess that a person must look at. */
export const SuggestionConfidence = z.enum(['sure', 'likely', 'doubtful']);
export type SuggestionConfidence = z.infer<typeof SuggestionConfidence>;

export const Candidate = z.strictObject({
  /** dates as `yyyy-MM-dd`, urgency and pages as digits */
  value: z.string(),
  confidence: SuggestionConfidence,
  /** which rule found it, for tests and support */
  rule: z.string(),
  places: z.array(PagePlace).readonly(),
});
export type Candidate = z.infer<typeof Candidate>;

export const Suggestion = z.strictObject({
  field: SuggestedField,
  /** null: nothing that one could put in unasked, only others to choose from */
  best: Candidate.nullable(),
  others: z.array(Candidate).readonly(),
});
export type Suggestion = z.infer<typeof Suggestion>;
