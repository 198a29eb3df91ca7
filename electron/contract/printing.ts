import { z } from 'zod';
import { command, query } from './define.ts';
import { Day, Empty, FileRef, Id, Instant } from './shared.ts';

/** The books of NĐ 30/2020 annex IV: VI (văn bản đến), I (văn bản đi), VIII (theo dõi giải quyết văn bản đến). */
export const BookKind = z.enum(['incoming', 'outgoing', 'follow-up']);
export type BookKind = z.infer<typeof BookKind>;

/** A register of one year that has entries. */
export const Book = z.strictObject({
  /** of the number series; null for issued documents that were written down without one */
  series: Id.nullable(),
  register: z.enum(['incoming', 'outgoing']),
  year: z.number().int(),
  /** of the kind, group, body or book; '' for the common series */
  name: z.string(),
  documents: z.number().int(),
  /** taken over from an old register */
  imported: z.boolean(),
  /** 0 when there is no running order */
  first: z.number().int(),
  last: z.number().int(),
});
export type Book = z.infer<typeof Book>;

/** `csv` and `xlsx` have the same columns as the printed page. */
export const PrintFormat = z.enum(['pdf', 'xlsx', 'csv']);
export type PrintFormat = z.infer<typeof PrintFormat>;

export const PrintedKind = z.enum([
  'book',
  'handling-slip',
  'envelope',
  'dispatch-note',
  'report',
  'verdict',
  'file-plan',
  'dossier-documents',
  'dossier-list',
  'hand-over',
  'disposal',
  'fixity',
  'recovery-sheet',
]);
export type PrintedKind = z.infer<typeof PrintedKind>;

/** What was printed or saved from the system stays on record with its query (NĐ 30/2020 annex VI part I III.6). */
export const Printed = z.strictObject({
  ...FileRef.shape,
  kind: PrintedKind,
  madeAt: Instant,
  madeBy: z.string(),
});
export type Printed = z.infer<typeof Printed>;

/** One figure of a report, with the query that anybody can run again. */
export const Figure = z.strictObject({
  key: z.string(),
  label: z.string(),
  /** how far it is set in: 0 a total, 1 a part of the total above */
  level: z.number().int().min(0).max(2),
  value: z.number().int(),
  sql: z.string(),
});
export type Figure = z.infer<typeof Figure>;

export const ReportTable = z.strictObject({
  title: z.string(),
  heads: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  sql: z.string(),
});
export type ReportTable = z.infer<typeof ReportTable>;

/** What stands under the office's name on an envelope. */
export const EnvelopeSender = z.strictObject({
  address: z.string().trim().max(200),
  phone: z.string().trim().max(50),
  fax: z.string().trim().max(50),
  email: z.string().trim().max(100),
  website: z.string().trim().max(100),
});
export type EnvelopeSender = z.infer<typeof EnvelopeSender>;

const Span = z.strictObject({ from: Day, to: Day });
export const ReportKind = z.enum(['incoming', 'outgoing']);
export const Report = z.strictObject({
  kind: ReportKind,
  ...Span.shape,
  figures: z.array(Figure),
  tables: z.array(ReportTable),
});
export type Report = z.infer<typeof Report>;

export const printing = {
  /** Newest year first. */
  books: query(Empty, z.array(Book)),
  /**
   * Makes a book, whole or a part of it by numbers or days, both ends included. Numbers that no document has stand in it
   * with their reason.
   */
  makeBook: command(
    z.strictObject({
      kind: BookKind,
      series: Id.nullable(),
      year: z.number().int(),
      firstNumber: z.number().int().positive().nullable(),
      lastNumber: z.number().int().positive().nullable(),
      from: Day.nullable(),
      to: Day.nullable(),
      /** quyển số */
      volume: z.string().trim().max(10),
      format: PrintFormat,
    }),
    Printed,
    ['not-found', 'nothing-to-print'],
    { audited: true },
  ),
  /** Phiếu giải quyết văn bản đến (annex IV.VII). */
  makeHandlingSlip: command(z.strictObject({ incoming: Id }), Printed, ['not-found', 'no-arrival-number'], { audited: true }),
  /** As it was on the envelopes made last. */
  envelopeSender: query(Empty, EnvelopeSender),
  /** Bì văn bản (annex IV.II), one for each addressee. */
  makeEnvelopes: command(
    z.strictObject({
      outgoing: z.array(Id).min(1).max(50),
      size: z.enum(['C4', 'C5', 'DL']),
      from: EnvelopeSender,
      to: z.array(z.strictObject({ name: z.string().trim().min(1).max(200), address: z.string().trim().max(300) })).min(1).max(200),
    }),
    Printed,
    ['not-found'],
    { audited: true },
  ),
  /** Phiếu gửi that goes with paper documents. */
  makeDispatchNote: command(
    z.strictObject({ outgoing: z.array(Id).min(1).max(100), to: z.string().trim().min(1).max(200), code: z.string().trim().max(40) }),
    Printed,
    ['not-found'],
    { audited: true },
  ),
  /** Báo cáo tình hình giải quyết văn bản đến, văn bản đi (annex VI part I V.2, V.4); days of arrival, of issue. */
  report: query(z.strictObject({ kind: ReportKind, ...Span.shape }), Report, ['days-reversed']),
  makeReport: command(z.strictObject({ kind: ReportKind, ...Span.shape, format: PrintFormat }), Printed, ['days-reversed'], { audited: true }),
  printedGet: query(z.strictObject({ id: Id }), Printed, ['not-found']),
  /** What was printed, newest first; `before` is the last id already shown. */
  printed: query(z.strictObject({ before: Id.nullable(), limit: z.number().int().min(1).max(200) }), z.array(Printed)),
};
