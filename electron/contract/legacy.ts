import { z } from 'zod';
import { command, eventStream, query } from './define.ts';
import { StoredFile } from './records.ts';
import { Empty, FileRef, Id, Instant } from './shared.ts';

/** The registers of NĐ 30/2020 annex IV that are taken over: VI (văn bản đến), I (văn bản đi). */
export const LegacyRegister = z.enum(['incoming', 'outgoing']);
export type LegacyRegister = z.infer<typeof LegacyRegister>;

/**
 * What a column of an old register holds. `note`: something that the program has no field for; it goes into the remarks with
 * the column's name before it. `ignore`: nothing that is worth keeping, such as a running number of the rows.
 */
export const LegacyField = z.enum([
  'arrivedOn',
  'arrivalNumber',
  'issuerName',
  'code',
  'codeNumber',
  'codeNotation',
  'issuedDate',
  'typeName',
  'subject',
  'signerName',
  'holders',
  'toPlaces',
  'keepUnit',
  'unitName',
  'issuedAmount',
  'pageAmount',
  'transferred',
  'receivedBy',
  'description',
  'secrecy',
  'note',
  'ignore',
]);
export type LegacyField = z.infer<typeof LegacyField>;

/** The fields that each register can have, in the order of its columns. */
export const legacyFields: Readonly<Record<LegacyRegister, readonly LegacyField[]>> = {
  incoming: [
    'arrivedOn', 'arrivalNumber', 'issuerName', 'code', 'codeNumber', 'codeNotation', 'issuedDate', 'typeName', 'subject', 'signerName',
    'holders', 'pageAmount', 'transferred', 'receivedBy', 'description', 'secrecy', 'note', 'ignore',
  ],
  outgoing: [
    'code', 'codeNumber', 'codeNotation', 'issuedDate', 'typeName', 'subject', 'signerName', 'toPlaces', 'keepUnit', 'unitName',
    'issuedAmount', 'pageAmount', 'transferred', 'receivedBy', 'description', 'secrecy', 'note', 'ignore',
  ],
};

export const LegacyColumn = z.strictObject({
  /** from 0 */
  index: z.number().int().min(0).max(255),
  field: LegacyField,
});
export type LegacyColumn = z.infer<typeof LegacyColumn>;

const Row = z.number().int().min(1).max(1_048_576);
const Year = z.number().int().min(1976).max(2199);

/** A sheet as it looks from its first rows. */
export const LegacySheet = z.strictObject({
  /** '' of a text file */
  name: z.string(),
  hidden: z.boolean(),
  /** the row with the names of the columns, and how many rows they take; null when none was found */
  header: z.strictObject({ row: Row, rows: z.number().int().min(1).max(2) }).nullable(),
  register: LegacyRegister.nullable(),
  year: Year.nullable(),
  columns: z.array(
    z.strictObject({
      index: z.number().int(),
      /** A, B, … */
      letter: z.string(),
      /** as it stands above the column; '' for none */
      head: z.string(),
      /** what it looks like, in each register */
      incoming: LegacyField,
      outgoing: LegacyField,
    }),
  ),
  /** the first rows with something in them, to choose the header by */
  first: z.array(z.strictObject({ row: Row, cells: z.array(z.string()) })),
});
export type LegacySheet = z.infer<typeof LegacySheet>;

/** `macros`: there are some; values are read, and none of them is run. */
export const LegacyNote = z.enum(['macros', 'dates-of-1904']);
export const LegacyFile = z.strictObject({
  kind: z.enum(['xlsx', 'csv']),
  notes: z.array(LegacyNote),
  sheets: z.array(LegacySheet),
});
export type LegacyFile = z.infer<typeof LegacyFile>;

/** Which rows are to be taken over, as what. */
export const LegacyQuestion = z.strictObject({
  file: StoredFile,
  sheet: z.string().max(100),
  header: z.strictObject({ row: Row, rows: z.number().int().min(1).max(2) }),
  columns: z.array(LegacyColumn).min(1).max(256),
  register: LegacyRegister,
  year: Year,
  /** incoming: a book beside the register of the office, e.g. đơn thư; '' for the register itself */
  book: z.string().trim().max(60),
  /** outgoing of a past year: each kind had a running order of its own */
  perKind: z.boolean(),
});
export type LegacyQuestion = z.infer<typeof LegacyQuestion>;

/** Why a row cannot be taken over. Each has a sentence `legacy.problem.<code>`. */
export const LegacyProblemCode = z.enum([
  'number-missing',
  'number-unreadable',
  'number-twice',
  'number-taken',
  'number-not-free',
  'code-missing',
  'code-unreadable',
  'code-twice',
  'code-taken',
  'day-missing',
  'day-unreadable',
  'day-impossible',
  'day-without-year',
  'day-in-future',
  'subject-missing',
  'too-long',
  'secret',
  'merged',
  'cell-error',
  'formula-without-value',
  'became-date',
  'nothing-above',
  'series-closed',
]);
export type LegacyProblemCode = z.infer<typeof LegacyProblemCode>;

const Params = z.record(z.string(), z.union([z.string(), z.number()]));
export const LegacyProblem = z.strictObject({
  code: LegacyProblemCode,
  field: LegacyField.nullable(),
  /** letter of the column; '' for the row as a whole */
  column: z.string(),
  params: Params,
});
export type LegacyProblem = z.infer<typeof LegacyProblem>;

/** What is taken over as it stands, and is worth a look. Each has a sentence `legacy.hint.<code>`. */
export const LegacyHintCode = z.enum(['same-document', 'issued-after-arrival', 'number-jumps', 'days-turned-round', 'repeated-above']);
export const LegacyHint = z.strictObject({ row: z.number().int(), code: LegacyHintCode, params: Params });
export type LegacyHint = z.infer<typeof LegacyHint>;

export const LegacyPreview = z.strictObject({
  counts: z.strictObject({
    /** rows with something in them, below the header */
    rows: z.number().int(),
    good: z.number().int(),
    bad: z.number().int(),
    /** in the program already, or twice in the file */
    known: z.number().int(),
    otherYear: z.number().int(),
    /** headings between the rows, sums, repeated column names */
    skipped: z.number().int(),
    hints: z.number().int(),
  }),
  /** the first of each */
  good: z.array(z.strictObject({ row: z.number().int(), fields: z.partialRecord(LegacyField, z.string()) })),
  bad: z.array(z.strictObject({ row: z.number().int(), cells: z.array(z.string()), problems: z.array(LegacyProblem) })),
  hints: z.array(LegacyHint),
  skipped: z.array(z.strictObject({ row: z.number().int(), text: z.string() })),
  otherYears: z.array(z.strictObject({ year: z.number().int(), rows: z.number().int() })),
  /** where the numbers go */
  series: z.array(
    z.strictObject({
      name: z.string(),
      /** a register of its own, marked as taken over; else the one that the program goes on with */
      old: z.boolean(),
      rows: z.number().int(),
      first: z.number().int(),
      last: z.number().int(),
      /** the number that the program gives next; null for a register of its own */
      next: z.number().int().nullable(),
    }),
  ),
  /** so many numbers stand on two documents of different symbols: perhaps each kind had a running order of its own */
  sharedNumbers: z.number().int(),
});
export type LegacyPreview = z.infer<typeof LegacyPreview>;

export const LegacyImport = z.strictObject({
  id: Id,
  /** the file as it was; its bytes are at `/files/<id>` */
  file: FileRef,
  sheet: z.string(),
  register: LegacyRegister,
  year: z.number().int(),
  startedAt: Instant,
  /** null while it is under way, or when it broke off */
  finishedAt: Instant.nullable(),
  by: z.string(),
  rows: z.number().int(),
  added: z.number().int(),
  known: z.number().int(),
  bad: z.number().int(),
  otherYear: z.number().int(),
  undoneAt: Instant.nullable(),
  undoneBy: z.string(),
});
export type LegacyImport = z.infer<typeof LegacyImport>;

/** Bytes of a file at most: a register of 100 000 rows has some 10 MB. */
export const legacyFileBytes = 64 * 1024 * 1024;

/** Why a file cannot be read as a table. */
export const legacyFileCodes = [
  'file-damaged',
  'file-too-large',
  'table-empty',
  'table-too-large',
  'table-xls',
  'table-xlsb',
  'table-password',
  'table-html',
  'table-unknown',
  'table-damaged',
  'table-bomb',
  'table-encoding',
  'table-old-font',
  'table-too-wide',
  'sheet-unknown',
] as const;
const questionCodes = [...legacyFileCodes, 'columns-missing', 'year-to-come', 'import-running', 'import-stopped'] as const;

const Progress = z.strictObject({
  phase: z.enum(['idle', 'checking', 'writing', 'undoing']),
  /** rows so far */
  rows: z.number().int(),
  /** percent of the phase; null when not known */
  percent: z.number().int().nullable(),
});
export type LegacyProgress = z.infer<typeof Progress>;

export const legacy = {
  /** What a file that came through `staging` looks like: its sheets, where their columns are named, what these may hold. */
  look: query(z.strictObject({ file: StoredFile }), LegacyFile, legacyFileCodes),
  /** Reads every row and says what would become of it. Writes nothing. */
  preview: query(LegacyQuestion, LegacyPreview, questionCodes),
  /**
   * Takes the good rows over. What breaks off is completed by the same call again: what is here already is left alone.
   */
  run: command(LegacyQuestion, LegacyImport, questionCodes, { audited: true }),
  /** Ends what is under way after the rows at hand; what was written stays. */
  stop: command(Empty, Empty, [], { audited: { no: 'the import that it ends writes its own entry' } }),
  /** The rows that cannot be taken over, as a table with their reasons, to be mended and imported again. */
  saveBad: command(
    z.strictObject({ question: LegacyQuestion, format: z.enum(['xlsx', 'csv']) }),
    FileRef,
    [...questionCodes, 'nothing-bad'],
    { audited: { no: 'a copy of rows of a file that its owner has; nothing of the store leaves' } },
  ),
  /** Newest first. */
  imports: query(Empty, z.array(LegacyImport)),
  /** Takes a whole import out again, while nothing was built on its documents. */
  undo: command(z.strictObject({ id: Id }), LegacyImport, ['not-found', 'import-undone', 'import-built-on', 'import-running'], { audited: true }),
};

export const legacyEvents = {
  progress: eventStream(Progress, Progress),
};
