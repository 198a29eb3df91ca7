import { z } from 'zod';
import { AgencyIssues, AgencyKind } from './agency-issues.ts';
import { Confidence } from './calendar.ts';
import { command, query } from './define.ts';
import { Day, Empty, Id, Instant } from './shared.ts';

/** `copy`: bản sao y, trích sao, sao lục, which share one series (NĐ 30/2020 annex I part II). */
export const NumberRegister = z.enum(['incoming', 'outgoing', 'copy']);
export type NumberRegister = z.infer<typeof NumberRegister>;

/**
 * `taken`: a document has or had it. `reserved`: kept for a document to come. `released`: given back, it may be kept
 * again. `void`: never used any more. `skipped`: passed over because its number and symbol stood on a document already.
 */
export const NumberState = z.enum(['taken', 'reserved', 'released', 'void', 'skipped']);
export type NumberState = z.infer<typeof NumberState>;

/** Registers of old are taken over from 1976 on. */
const Year = z.number().int().min(1976).max(2199);
const Reason = z.string().trim().min(1).max(500);
const SeriesNumber = z.number().int().min(1).max(99_999_999);
/** The letter of an inserted number, `a` of 12a; '' else. */
const Suffix = z.string().regex(/^[a-z]?$/);

/** A series of the office as it is now; it need not have been opened yet. */
export const SeriesKey = z.strictObject({
  register: NumberRegister,
  /** which documents it numbers: '' for all that no other takes, else `kind:…`, `legal:…`, `group:…`, `body:…`, `book:…` */
  scope: z.string().max(80),
  year: Year,
});
export type SeriesKey = z.infer<typeof SeriesKey>;

/** One number of a series. */
export const NumberKey = z.strictObject({ ...SeriesKey.shape, number: SeriesNumber, suffix: Suffix });
export type NumberKey = z.infer<typeof NumberKey>;

/** A number as it is written on a document and in a register, NĐ 30/2020 annex I II.3.a: `05`, `12a`, `1180`. */
export function numberText(number: number, suffix = ''): string {
  return `${number < 10 ? '0' : ''}${String(number)}${suffix}`;
}

/** A book for incoming documents beside the register of the office. */
const IncomingBook = z.strictObject({
  id: z.string().min(1).max(40),
  name: z.string().trim().min(1).max(100),
  /** kinds of documents, and how names of senders begin: what is proposed for this book; the clerk has the last word */
  takes: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
});

/** What a head of office decides about the series (NĐ 30/2020 art. 15.1); the rest is fixed by the decree. */
export const NumberRules = z.strictObject({
  /** one series for all administrative kinds, one each, or one for each group and one for the rest */
  administrative: z.enum(['common', 'per-kind', 'groups']),
  groups: z
    .array(z.strictObject({ id: z.string().min(1).max(40), name: z.string().trim().min(1).max(100), kinds: z.array(z.string().min(1).max(20)).max(60) }))
    .max(20),
  /** books for incoming documents beside the one of the office, e.g. đơn thư */
  books: z.array(IncomingBook).max(20),
  /** an issue date before the one of the number before */
  timeOrder: z.enum(['refuse', 'warn']),
});
export type NumberRules = z.infer<typeof NumberRules>;

export const RuleVersion = z.strictObject({
  /** null: the rules that hold while the office has decided nothing */
  id: Id.nullable(),
  validFrom: Day.nullable(),
  rules: NumberRules,
  reason: z.string(),
  madeBy: z.string(),
  madeAt: Instant.nullable(),
});
export type RuleVersion = z.infer<typeof RuleVersion>;

export const SeriesRow = z.strictObject({
  ...SeriesKey.shape,
  /** null: no number was given yet, it opens with the first */
  id: Id.nullable(),
  /** of the kind, group, body or book; '' for the common series */
  name: z.string(),
  /** the office that had it, when it is one that this one follows; '' else */
  formerOffice: z.string(),
  /** last number given, 0 for none */
  last: z.number().int(),
  reserved: z.number().int(),
  released: z.number().int(),
  void: z.number().int(),
  skipped: z.number().int(),
  inserted: z.number().int(),
  /** numbers that were given outside the program */
  outside: z.number().int(),
  closedAt: Instant.nullable(),
  closedReason: z.string(),
  /** last day on which numbers of this past year may still be given */
  lateUntil: Day.nullable(),
  /** kept outside the program and taken over: it gives no numbers, and its gaps are not explained */
  imported: z.boolean(),
  /** the rules in force lead documents into it */
  current: z.boolean(),
  /** not of a legal-normative kind that such an agency does not issue, or begun all the same: shown before others are asked for */
  offered: z.boolean(),
});
export type SeriesRow = z.infer<typeof SeriesRow>;

export const NumberEntry = z.strictObject({
  number: SeriesNumber,
  suffix: Suffix,
  state: NumberState,
  /** issue or arrival date; null when not known (yet) */
  day: Day.nullable(),
  /** number and symbol as on the document; '' where there is none */
  code: z.string(),
  subject: z.string(),
  forWhom: z.string(),
  until: Day.nullable(),
  reason: z.string(),
  at: Instant.nullable(),
  by: z.string(),
});
export type NumberEntry = z.infer<typeof NumberEntry>;

/** A number that is kept for a document to come, and the days between which that document's date must lie. */
export const KeptNumber = z.strictObject({
  ...NumberKey.shape,
  forWhom: z.string(),
  until: Day.nullable(),
  reason: z.string(),
  from: Day,
  to: Day,
});
export type KeptNumber = z.infer<typeof KeptNumber>;

/** Numbers `first` to `last` that were given outside the program. */
export const NumberGap = z.strictObject({
  first: SeriesNumber,
  last: SeriesNumber,
  reason: z.string(),
  at: Instant,
  by: z.string(),
});
export type NumberGap = z.infer<typeof NumberGap>;

/**
 * `missing`: a number that nothing explains. `twice`: on two documents. `beyond-last`: higher than the last one given. `without-reason`: not on a
 * document and no reason. `no-document`: the register has no row for it. `not-in-book`: a register row whose number the
 * book does not know. `other-code`: its symbol is not held apart from
 * others. `out-of-order`: dated
 * before the number before it; this one is a hint and proves nothing wrong.
 */
export const NumberProblem = z.enum([
  'missing',
  'twice',
  'beyond-last',
  'without-reason',
  'no-document',
  'not-in-book',
  'other-code',
  'out-of-order',
]);
export type NumberProblem = z.infer<typeof NumberProblem>;

export const SeriesVerdict = z.strictObject({
  id: Id,
  ...SeriesKey.shape,
  name: z.string(),
  last: z.number().int(),
  taken: z.number().int(),
  /** taken for a document that is not issued yet */
  pending: z.number().int(),
  explained: z.number().int(),
  problems: z.array(z.strictObject({ kind: NumberProblem, number: z.string() })),
});
export type SeriesVerdict = z.infer<typeof SeriesVerdict>;

/** `title`: a State post that issues in its own name (TTg); `field`: in a công văn's symbol instead of a unit (VX). */
export const AbbreviationKind = z.enum(['kind', 'legal-kind', 'body', 'title', 'field']);
export type AbbreviationKind = z.infer<typeof AbbreviationKind>;

/** Begins with a capital; the letters after it may be small (TTg, QyĐ, TTr), as the decree's own are. */
const Letters = z.string().trim().regex(/^\p{Lu}[\p{L}\p{N}&.]{0,14}$/u);

export const DocumentKind = z.strictObject({
  /** stands for the kind in rules; the abbreviation where there is one */
  code: z.string(),
  name: z.string(),
  abbreviation: z.string(),
  group: z.enum(['administrative', 'legal', 'copy']),
  /** a thư công carries no number */
  numbered: z.boolean(),
  source: z.string(),
  confidence: Confidence,
});
export type DocumentKind = z.infer<typeof DocumentKind>;

export const Abbreviations = z.strictObject({
  office: z.string(),
  officeName: z.string(),
  kinds: z.array(DocumentKind),
  units: z.array(z.strictObject({ id: Id, name: z.string(), abbreviation: z.string() })),
  own: z.array(z.strictObject({ id: Id, category: AbbreviationKind, name: z.string(), abbreviation: z.string() })),
});
export type Abbreviations = z.infer<typeof Abbreviations>;

/** What may stand in the way of a number. Contracts of methods that take one declare these too. */
export const takeNumberCodes = [
  'kind-unknown',
  'kind-not-numbered',
  'abbreviation-missing',
  'issuer-part-unknown',
  'unit-needed',
  'symbol-too-long',
  'date-in-future',
  'date-before-last',
  'year-over',
  'series-closed',
] as const;

/** And when a number that was kept is to be used. */
export const heldNumberCodes = [...takeNumberCodes, 'code-taken', 'number-not-held', 'other-series', 'date-not-between'] as const;

const seriesCodes = ['series-unknown', 'series-closed', 'year-over'] as const;

export const numbers = {
  /** All series of a year, those of its rules that have given no number yet among them. */
  year: query(
    z.strictObject({ year: Year }),
    z.strictObject({
      year: Year,
      /** the year in Vietnam now */
      thisYear: Year,
      closedAt: Instant.nullable(),
      closedReason: z.string(),
      series: z.array(SeriesRow),
    }),
  ),
  /** Sổ số: the numbers of a series, highest first. `before` is the last one of the page already shown. */
  book: query(
    z.strictObject({
      series: Id,
      /** only what is not simply on a document */
      exceptions: z.boolean(),
      before: z.strictObject({ number: SeriesNumber, suffix: Suffix }).nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    z.strictObject({ entries: z.array(NumberEntry), gaps: z.array(NumberGap) }),
    ['series-unknown'],
  ),
  /** Proves every series of a year, or of all years: no number twice, every gap explained. Reads all of it. */
  check: query(z.strictObject({ year: Year.nullable() }), z.strictObject({ series: z.array(SeriesVerdict) })),
  /** The rules, newest first, and what the law says of each point. */
  rules: query(
    Empty,
    z.strictObject({
      current: RuleVersion,
      versions: z.array(RuleVersion),
      agency: AgencyIssues,
      law: z.array(z.strictObject({ point: z.string(), source: z.string(), confidence: Confidence })),
    }),
  ),
  abbreviations: query(Empty, Abbreviations),
  /** Number and symbol that a document would have if it were issued now. Takes nothing. */
  preview: query(
    z.strictObject({
      typeName: z.string().max(100),
      /** id of a unit or field, its name or its abbreviation */
      unit: z.string().max(200).nullable(),
      /** id, name or abbreviation of a council, board or team that issues under the seal */
      body: z.string().max(200).nullable(),
      /** name or abbreviation of a State post that issues in its own name; anything else changes nothing */
      signerAuthority: z.string().max(100),
      day: Day,
    }),
    z.strictObject({ register: NumberRegister, scope: z.string(), series: z.string(), codeNumber: z.string(), codeNotation: z.string() }),
    takeNumberCodes,
  ),
  /** Numbers of a series that are kept, lowest first. */
  kept: query(SeriesKey, z.array(KeptNumber)),
  /**
   * Books into which a document that came may be entered, the register of the office (id null) first, and which one the
   * rules of the office propose for it.
   */
  incomingBooks: query(
    z.strictObject({ typeName: z.string().max(100), issuerName: z.string().max(500) }),
    z.strictObject({ books: z.array(z.strictObject({ id: z.string().nullable(), name: z.string() })), proposed: z.string().nullable() }),
  ),
  saveRules: command(
    z.strictObject({ validFrom: Day, rules: NumberRules, reason: Reason }),
    RuleVersion,
    ['valid-from-past', 'kind-unknown', 'kind-twice'],
    { audited: true },
  ),
  /** What kind of agency the office is; only what is offered first follows from it. */
  saveAgencyKind: command(z.strictObject({ kind: AgencyKind }), AgencyIssues, [], { audited: true }),
  /** `category` and `id` null: the office's own; `unit`: of a unit; else one of the office's table, new without id. */
  saveAbbreviation: command(
    z.strictObject({
      category: z.enum(['office', 'unit', ...AbbreviationKind.options]),
      id: Id.nullable(),
      name: z.string().trim().max(150),
      abbreviation: Letters,
    }),
    Abbreviations,
    ['not-found', 'abbreviation-in-use', 'name-missing'],
    { audited: true },
  ),
  /** It is offered no more; documents and series that have it keep it. */
  endAbbreviation: command(z.strictObject({ id: Id, reason: Reason }), Abbreviations, ['not-found'], { audited: true }),
  /**
   * Goes on after a number that was given outside the program: when an office begins in mid-year, or after a while on
   * paper. What lies between is explained by the reason.
   */
  startAfter: command(z.strictObject({ ...SeriesKey.shape, last: SeriesNumber, reason: Reason }), SeriesRow, [...seriesCodes, 'below-last'], {
    audited: true,
  }),
  /**
   * Puts a last number right that was told too high: the series goes on after a lower one, 0 for from the beginning. Only what was
   * said to have been given outside the program is taken back; `numbers-in-the-way`: `numbers` above it (`count` in all) were given,
   * kept, given back or voided here.
   */
  setBack: command(
    z.strictObject({ ...SeriesKey.shape, last: z.number().int().min(0).max(99_999_999), reason: Reason }),
    SeriesRow,
    [...seriesCodes, 'not-below-last', 'numbers-in-the-way'],
    { audited: true },
  ),
  /** Giữ số: the next number, or one that was given back. */
  reserve: command(
    z.strictObject({
      ...SeriesKey.shape,
      number: SeriesNumber.nullable(),
      suffix: Suffix.default(''),
      forWhom: z.string().trim().min(1).max(150),
      until: Day.nullable(),
      reason: Reason,
    }),
    NumberEntry,
    [...seriesCodes, 'number-not-released'],
    { audited: true },
  ),
  /** Gives a kept number back. */
  release: command(z.strictObject({ ...NumberKey.shape, reason: Reason }), NumberEntry, [...seriesCodes, 'number-not-held'], {
    audited: true,
  }),
  /** Bỏ số: the next number, or one that is on no document of a register. It is never given again. */
  voidNumber: command(
    z.strictObject({ ...SeriesKey.shape, number: SeriesNumber.nullable(), suffix: Suffix.default(''), reason: Reason }),
    NumberEntry,
    [...seriesCodes, 'number-unknown', 'number-on-document'],
    { audited: true },
  ),
  /** Chèn số: the next letter after a number, kept for a document dated between its neighbours. */
  insert: command(
    z.strictObject({ ...SeriesKey.shape, after: SeriesNumber, day: Day, forWhom: z.string().trim().min(1).max(150), until: Day.nullable(), reason: Reason }),
    NumberEntry,
    [...seriesCodes, 'number-unknown', 'date-not-between', 'date-in-future', 'letters-used-up'],
    { audited: true },
  ),
  /** Lets numbers of last year be given until a day of this one, for what was signed then. */
  allowLate: command(
    z.strictObject({ ...SeriesKey.shape, until: Day, reason: Reason }),
    SeriesRow,
    [...seriesCodes, 'year-not-over', 'until-past'],
    { audited: true },
  ),
  /** Closes one series, e.g. when a council has ended. */
  closeSeries: command(z.strictObject({ ...SeriesKey.shape, reason: Reason }), SeriesRow, ['series-unknown', 'series-closed', 'reservations-open'], {
    audited: true,
  }),
  /** Takes the closing of a series of this year back. */
  reopenSeries: command(z.strictObject({ ...SeriesKey.shape, reason: Reason }), SeriesRow, ['series-unknown', 'series-not-closed', 'year-over', 'year-closed'], {
    audited: true,
  }),
  /** Closes all registers of a year: when it is over, or in the middle of it because the office ends. */
  closeYear: command(
    z.strictObject({ year: Year, officeEnds: z.boolean(), reason: Reason }),
    z.strictObject({ year: Year, closed: z.number().int() }),
    ['year-not-over', 'year-closed', 'reservations-open'],
    { audited: true },
  ),
  /** Takes the closing of this year back; what was closed with it is open again. */
  reopenYear: command(
    z.strictObject({ year: Year, reason: Reason }),
    z.strictObject({ year: Year, opened: z.number().int() }),
    ['year-over', 'year-not-closed'],
    { audited: true },
  ),
};
