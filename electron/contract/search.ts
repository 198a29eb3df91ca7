import { z } from 'zod';
import { command, eventStream, query } from './define.ts';
import { Day, Empty, FileRef, Id, Instant, Urgency } from './shared.ts';

export const SearchRegister = z.enum(['incoming', 'outgoing']);
export type SearchRegister = z.infer<typeof SearchRegister>;

/** Where a document of either register may stand. */
export const DocumentStanding = z.enum([
  'arrived', 'registered', 'presented', 'assigned', 'in-progress', 'done', 'refused',
  'numbered', 'sealed', 'issued', 'voided',
  'recalled', 'replaced',
]);
export type DocumentStanding = z.infer<typeof DocumentStanding>;

/** Days are inclusive; an open end is null. */
export const DayRange = z.strictObject({ from: Day.nullable(), to: Day.nullable() });
export type DayRange = z.infer<typeof DayRange>;

/** Each narrows what is found; an empty list, '' or null narrows nothing. */
export const SearchFilters = z.strictObject({
  register: SearchRegister.nullable(),
  /** tên loại */
  kinds: z.array(z.string().trim().min(1).max(100)).max(40),
  standings: z.array(DocumentStanding).max(20),
  urgencies: z.array(Urgency).max(5),
  /** how incoming documents came */
  sources: z.array(z.enum(['axis', 'file', 'paper', 'register'])).max(4),
  issued: DayRange,
  /** of incoming documents */
  arrived: DayRange,
  /** words of the issuer's name, or its code; as typed, the space behind a word too */
  issuer: z.string().max(200),
  /** words of the unit or person that has it */
  holder: z.string().max(200),
  /** incoming documents that are not done: near due as the boards have it, or past their day */
  due: z.enum(['soon', 'overdue']).nullable(),
});
export type SearchFilters = z.infer<typeof SearchFilters>;

export const SearchQuestion = z.strictObject({
  text: z.string().max(500),
  filters: SearchFilters,
  /** `relevance`: number, then subject, then fields, then text, the newest first in each; `date`: the newest first */
  order: z.enum(['relevance', 'date']),
});
export type SearchQuestion = z.infer<typeof SearchQuestion>;

/** A piece of text with what was looked for told apart. */
export const Marked = z.array(z.strictObject({ text: z.string(), hit: z.boolean() }));
export type Marked = z.infer<typeof Marked>;

/** Where words were found. */
export const SearchPlace = z.enum([
  'number', 'subject', 'issuer', 'signer', 'recipients', 'kind', 'description', 'holder', 'handling', 'days', 'text',
]);
export type SearchPlace = z.infer<typeof SearchPlace>;

export const SearchHit = z.strictObject({
  id: Id,
  register: SearchRegister,
  standing: z.string(),
  /** number and notation, e.g. `123/QĐ-UBND` */
  code: Marked,
  /** số đến; null for what has none */
  arrivalNumber: z.number().int().nullable(),
  /** `yyyy-MM-dd`: of arrival, or of issue */
  day: Day,
  issuedDate: Day.nullable(),
  typeName: z.string(),
  subject: Marked,
  issuerName: z.string(),
  urgency: Urgency,
  dueDate: Day.nullable(),
  /** taken over from an old register */
  imported: z.boolean(),
  /** further places where it was found */
  found: z.array(z.strictObject({ place: SearchPlace, parts: Marked })),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** How complete the index is. */
export const IndexState = z.strictObject({
  /** changed documents that are not taken in yet */
  waiting: z.number().int().nonnegative(),
  /** while all documents are gone through: how many of how many; null otherwise */
  building: z.strictObject({ done: z.number().int(), total: z.number().int() }).nullable(),
});
export type IndexState = z.infer<typeof IndexState>;

export const FacetCount = z.strictObject({ value: z.string(), count: z.number().int() });
export type FacetCount = z.infer<typeof FacetCount>;

/** The fields that a result list may show and write out, as NĐ 30/2020 annex VI names them. */
export const ResultField = z.enum([
  'register', 'arrivalNumber', 'arrivalDate', 'code', 'issuedDate', 'typeName', 'subject', 'issuerName', 'signer', 'recipients', 'urgency',
  'dueDate', 'standing', 'holder', 'pageAmount', 'description',
]);
export type ResultField = z.infer<typeof ResultField>;

export const SavedSearch = z.strictObject({
  id: Id,
  name: z.string(),
  question: SearchQuestion,
  savedAt: Instant,
  savedBy: z.string(),
});
export type SavedSearch = z.infer<typeof SavedSearch>;

/** Excel, Word, pages that stay as they are, plain text (NĐ 30/2020 annex VI III.6 names .doc, .docx and .pdf). */
export const ExportForm = z.enum(['xlsx', 'docx', 'pdf', 'csv']);
export type ExportForm = z.infer<typeof ExportForm>;

export const search = {
  /** `after` is `next` of the page before; whatever is typed can be asked. */
  find: query(
    z.strictObject({ question: SearchQuestion, after: z.string().max(200).nullable(), limit: z.number().int().min(1).max(200) }),
    z.strictObject({
      items: z.array(SearchHit),
      next: z.string().nullable(),
      index: IndexState,
    }),
  ),
  /** What the newest 500 of the found are, the commonest first; and so how many there are, if not more. */
  facets: query(
    z.strictObject({ question: SearchQuestion }),
    z.strictObject({
      counted: z.number().int(),
      more: z.boolean(),
      registers: z.array(FacetCount),
      kinds: z.array(FacetCount),
      standings: z.array(FacetCount),
      issuers: z.array(FacetCount),
      years: z.array(FacetCount),
    }),
  ),
  state: query(Empty, IndexState),
  /** Goes through all documents anew, in the background. */
  rebuild: command(Empty, IndexState, [], { audited: { no: 'the index is made of what is in the registers' } }),
  saved: query(Empty, z.array(SavedSearch)),
  /** `id` null keeps a new one; else name and question of that one change. */
  save: command(
    z.strictObject({ id: Id.nullable(), name: z.string().trim().min(1).max(100), question: SearchQuestion }),
    SavedSearch,
    ['not-found', 'search-name-taken'],
    { audited: true },
  ),
  removeSaved: command(z.strictObject({ id: Id }), z.strictObject({ id: Id }), ['not-found'], { audited: true }),
  /** Writes what is found into a file, at most 50 000 rows, as text or on pages 5000, with the question and the time (NĐ 30/2020 annex VI III.6). */
  exportFound: command(
    z.strictObject({
      question: SearchQuestion,
      fields: z.array(ResultField).min(1).max(20),
      form: ExportForm,
      language: z.enum(['vi', 'en']),
    }),
    z.strictObject({ file: FileRef, rows: z.number().int(), more: z.boolean() }),
    ['nothing-found'],
    { audited: true },
  ),
};

export const searchEvents = {
  /** While the index is made, and once when it is whole. */
  index: eventStream(IndexState, IndexState),
};
