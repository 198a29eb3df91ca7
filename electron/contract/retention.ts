import { z } from 'zod';
import { Confidence } from './calendar.ts';
import { Day, FileRef, Id, Instant } from './shared.ts';

/** Thời hạn bảo quản: vĩnh viễn, or a number of years (NĐ 30/2020 art. 29; Luật Lưu trữ 33/2024 art. 15). */
export const RetentionPeriod = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('permanent') }),
  z.strictObject({ kind: z.literal('years'), years: z.number().int().min(1).max(999) }),
]);
export type RetentionPeriod = z.infer<typeof RetentionPeriod>;

/** A table of retention periods (bảng thời hạn bảo quản), as it was imported; its rows never change. */
export const RetentionSchedule = z.strictObject({
  id: Id,
  name: z.string(),
  /** the act that it stands in, e.g. `TT 10/2022/TT-BNV (19/12/2022)` */
  source: z.string(),
  confidence: Confidence,
  validFrom: Day,
  /** last day on which it holds; null: no end is known */
  validTo: Day.nullable(),
  rows: z.number().int(),
  /** the file as it was; its bytes are at `/files/<id>` */
  file: FileRef,
  importedAt: Instant,
  importedBy: z.string(),
  note: z.string(),
  /** holds today */
  current: z.boolean(),
});
export type RetentionSchedule = z.infer<typeof RetentionSchedule>;

export const RetentionRow = z.strictObject({
  id: Id,
  schedule: Id,
  ordinal: z.number().int(),
  /** as the table numbers it, e.g. `I.3`; '' where it does not */
  code: z.string(),
  group: z.string(),
  description: z.string(),
  period: RetentionPeriod,
  /** the period as it stands in the file, e.g. `20 năm` */
  periodText: z.string(),
  /** article or table row of the act; '' for the schedule's own source */
  basis: z.string(),
  note: z.string(),
});
export type RetentionRow = z.infer<typeof RetentionRow>;

/** What a column of the imported file holds. */
export const RetentionField = z.enum(['code', 'group', 'description', 'period', 'basis', 'note', 'ignore']);
export type RetentionField = z.infer<typeof RetentionField>;

/** Why a row of the file cannot be taken over. Each has a sentence `keeping.rowProblem.<code>`. */
export const RetentionProblem = z.enum(['period-missing', 'period-unreadable', 'description-missing', 'code-twice', 'too-long', 'cell-error', 'formula-without-value']);
export type RetentionProblem = z.infer<typeof RetentionProblem>;

const RowNumber = z.number().int().min(1).max(1_048_576);

/** A sheet as it looks from its first rows. */
export const RetentionSheet = z.strictObject({
  /** '' of a text file */
  name: z.string(),
  hidden: z.boolean(),
  /** the row with the names of the columns; null when none was found */
  header: RowNumber.nullable(),
  columns: z.array(z.strictObject({ index: z.number().int(), letter: z.string(), head: z.string(), field: RetentionField })),
  /** the first rows with something in them, to choose the header by */
  first: z.array(z.strictObject({ row: z.number().int(), cells: z.array(z.string()) })),
});
export type RetentionSheet = z.infer<typeof RetentionSheet>;

export const RetentionColumns = z.array(z.strictObject({ index: z.number().int().min(0).max(255), field: RetentionField })).min(1).max(256);
export const RetentionHeader = RowNumber;

export const RetentionPreview = z.strictObject({
  good: z.number().int(),
  bad: z.number().int(),
  /** rows without a period, that name the group of those below them */
  groups: z.number().int(),
  permanent: z.number().int(),
  /** the first of each */
  rows: z.array(z.strictObject({ row: z.number().int(), code: z.string(), group: z.string(), description: z.string(), period: RetentionPeriod, periodText: z.string() })),
  problems: z.array(z.strictObject({ row: z.number().int(), cells: z.array(z.string()), problem: RetentionProblem })),
});
export type RetentionPreview = z.infer<typeof RetentionPreview>;

/** What comes to its end: the term of a dossier, or the time in which it is handed in to the archive (nộp lưu). */
export const DeadlineKind = z.enum(['expiry', 'hand-in']);
export type DeadlineKind = z.infer<typeof DeadlineKind>;

/**
 * How the day is counted. `expiry`: `years` from the end of the year in which the work ended (Luật Lưu trữ 33/2024 art. 15), or
 * from the day itself. `hand-in`: 60 days (TT 05/2025 art. 19.1), one year from the day (NĐ 30/2020 art. 30), or one year
 * from the end of the year (Luật Lưu trữ 33/2024 art. 17).
 */
export const RetentionRule = z.enum(['from-year-end', 'from-day', 'sixty-days', 'year-from-day', 'year-from-year-end']);
export type RetentionRule = z.infer<typeof RetentionRule>;

/** A rule that may be chosen, with where it comes from. */
export const DeadlineChoice = z.strictObject({ kind: DeadlineKind, rule: RetentionRule, basis: z.string(), confidence: Confidence, usual: z.boolean() });
export type DeadlineChoice = z.infer<typeof DeadlineChoice>;

/** The office's own choice; kept as a setting. */
export const RetentionSettings = z.strictObject({
  expiry: RetentionRule.extract(['from-year-end', 'from-day']),
  handIn: RetentionRule.extract(['sixty-days', 'year-from-day', 'year-from-year-end']),
  /** days before its end on which a deadline is called soon */
  expiryLeadDays: z.number().int().min(1).max(3650),
  handInLeadDays: z.number().int().min(1).max(365),
  /** the office gives to a historical archive (lưu trữ lịch sử): the opinion of the archives authority is asked before a disposal (TT 05/2025 art. 49.4, 49.6) */
  depositsToHistorical: z.boolean(),
});
export type RetentionSettings = z.infer<typeof RetentionSettings>;

/** A dossier and a day that comes to it. Nothing is blocked by it. */
export const DossierDeadline = z.strictObject({
  dossier: Id,
  /** số và ký hiệu hồ sơ */
  code: z.string(),
  title: z.string(),
  kind: DeadlineKind,
  period: RetentionPeriod,
  /** basis of the period, as the dossier has it */
  periodBasis: z.string(),
  /** the day on which the work ended, and from which is counted */
  endedOn: Day,
  /** the first day on which the term is over, or the last one for handing in */
  due: Day,
  state: z.enum(['overdue', 'soon', 'later']),
  rule: RetentionRule,
  ruleBasis: z.string(),
  ruleConfidence: Confidence,
  documents: z.number().int(),
  /** the disposal list that it is on; null for none */
  disposal: z.strictObject({ id: Id, title: z.string() }).nullable(),
});
export type DossierDeadline = z.infer<typeof DossierDeadline>;

export const DeadlineCounts = z.strictObject({ overdue: z.number().int(), soon: z.number().int(), later: z.number().int() });
export type DeadlineCounts = z.infer<typeof DeadlineCounts>;

/** How many dossiers come to a day in each month. */
export const RetentionMonth = z.strictObject({ year: z.number().int(), month: z.number().int().min(1).max(12), expiry: z.number().int(), handIn: z.number().int() });
export type RetentionMonth = z.infer<typeof RetentionMonth>;
