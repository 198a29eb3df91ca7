import { z } from 'zod';
import { Confidence } from './calendar.ts';
import { command, query } from './define.ts';
import { IncomingState, StoredFile } from './records.ts';
import { Day, Empty, FileRef, Id, Instant, Urgency } from './shared.ts';

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

/** Whether a file has text to read, or why not (see `electron/services/records/text/pdf-text.ts`). */
export const FileTextState = z.enum(['read', 'scan', 'empty', 'too-large', 'encrypted', 'broken', 'too-costly', 'lost', 'no-pdf']);
export type FileTextState = z.infer<typeof FileTextState>;

export const FileSuggestions = z.strictObject({
  state: FileTextState,
  pages: z.number().int(),
  fields: z.array(Suggestion),
  /** a stamp of State secrecy on the first page: such a document must not be on a machine with a network */
  secret: z.strictObject({ words: z.string(), place: PagePlace }).nullable(),
});
export type FileSuggestions = z.infer<typeof FileSuggestions>;

/** A file that waits to be entered as an incoming document. Its bytes are at `/files/<id>`. */
export const IntakeFile = z.strictObject({
  ...FileRef.shape,
  addedAt: Instant,
  /** an edXML message: its envelope has the fields (`messageFiles`) */
  message: z.boolean(),
});
export type IntakeFile = z.infer<typeof IntakeFile>;

/**
 * What a clerk enters of a document that did not come over the axis: NĐ 30/2020 annex VI part II, with its lengths. File
 * code and ordinal in the file come with the file; arrival number with the register. Page counts above the decree's three
 * digits are met, and taken.
 */
export const IncomingFields = z.strictObject({
  codeNumber: z.string().trim().max(11),
  codeNotation: z.string().trim().max(30),
  issuedDate: Day.nullable(),
  place: z.string().trim().max(50),
  typeName: z.string().trim().min(1).max(100),
  subject: z.string().trim().min(1).max(500),
  issuerName: z.string().trim().min(1).max(200),
  issuerOrganId: z.string().trim().max(35),
  /** ngày đến */
  arrivedOn: Day,
  signerName: z.string().trim().max(50),
  signerPosition: z.string().trim().max(100),
  signerCompetence: z.string().trim().max(100),
  urgency: Urgency,
  dueDate: Day.nullable(),
  /** đơn vị hoặc người nhận */
  holders: z.string().trim().max(1000),
  language: z.string().trim().max(30),
  pageAmount: z.number().int().min(1).max(65_535).nullable(),
  description: z.string().trim().max(500),
});
export type IncomingFields = z.infer<typeof IncomingFields>;

/** Why two documents look like one: the sender's id; number, symbol and issuer; the same file. */
export const DuplicateReason = z.enum(['document-id', 'code', 'file']);
export type DuplicateReason = z.infer<typeof DuplicateReason>;

export const Duplicate = z.strictObject({
  id: Id,
  reasons: z.array(DuplicateReason),
  state: IncomingState,
  codeNumber: z.string(),
  codeNotation: z.string(),
  issuedDate: Day.nullable(),
  issuerName: z.string(),
  subject: z.string(),
  arrivedAt: Instant,
  arrivalNumber: z.number().int().nullable(),
  arrivalYear: z.number().int().nullable(),
});
export type Duplicate = z.infer<typeof Duplicate>;

/** A kind of document that arrives, and how it begins a symbol; '' when it does not. */
export const ArrivingKind = z.strictObject({
  name: z.string(),
  abbreviation: z.string(),
  /** what names it, and how sure that is; '' for what is only met in practice */
  source: z.string(),
  confidence: Confidence,
});
export type ArrivingKind = z.infer<typeof ArrivingKind>;

export const intake = {
  /** Kinds of documents to choose from; any other may be written. */
  kinds: query(Empty, z.array(ArrivingKind)),
  /** Files that wait to be entered, oldest first. */
  files: query(Empty, z.array(IntakeFile)),
  /** Lets a file that came through `staging` wait to be entered. */
  takeFile: command(z.strictObject({ file: StoredFile }), IntakeFile, ['file-damaged'], { audited: true }),
  /** Puts a waiting file away without entering it; its bytes are destroyed unless something else has them. */
  discardFile: command(z.strictObject({ id: Id }), Empty, ['not-found'], { audited: true }),
  /** What the text of a stored PDF says of the document's fields. */
  suggest: query(z.strictObject({ file: Id }), FileSuggestions, ['not-found']),
  /** Documents that may be the same as one that is being entered. */
  findDuplicates: query(
    z.strictObject({
      codeNumber: z.string().max(100),
      codeNotation: z.string().max(100),
      issuerName: z.string().max(500),
      issuerOrganId: z.string().max(100),
      issuedDate: Day.nullable(),
      files: z.array(Id).max(100),
    }),
    z.array(Duplicate),
  ),
  /** Documents that may be the same as one that we have. */
  duplicatesOf: query(z.strictObject({ id: Id }), z.array(Duplicate), ['not-found']),
  /** Writes down a document that came on paper or as a file; with `register` it takes the next arrival number at once. */
  addIncoming: command(
    z.strictObject({
      fields: IncomingFields,
      source: z.enum(['paper', 'file']),
      /** waiting files in their order, the document itself first; none for paper without a scan */
      files: z.array(Id).max(100),
      register: z.boolean(),
      /** where it is registered, as in `records.registerIncoming` */
      book: z.string().max(40).nullable().optional(),
    }),
    z.strictObject({ id: Id, arrivalNumber: z.number().int().nullable(), arrivalYear: z.number().int().nullable() }),
    ['file-not-waiting', 'file-missing', 'arrival-in-future', 'issued-after-arrival', 'due-before-issue', 'secret-refused', 'series-closed', 'series-unknown'],
    { audited: true },
  ),
};
