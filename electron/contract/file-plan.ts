import { z } from 'zod';
import { legacyFileCodes } from './legacy.ts';
import { StoredFile } from './records.ts';
import { Day, Id, Instant } from './shared.ts';

const Year = z.number().int().min(1976).max(2199);
const Words = z.string().trim().max(500);
const Names = z.string().trim().max(200);

/** How long a dossier is kept, and what says so. `scheduleRow`: the row of the office's schedule that it was taken from. */
export const Retention = z.strictObject({
  kind: z.enum(['permanent', 'years']),
  /** null with `permanent` */
  years: z.number().int().min(1).max(999).nullable(),
  /** legal basis in words, e.g. `TT 10/2022/TT-BNV, nhóm 5` */
  basis: z.string().trim().max(300),
  scheduleRow: z.string().max(100).nullable(),
}).refine(({ kind, years }) => kind === 'permanent' || years !== null);
export type Retention = z.infer<typeof Retention>;

/** Người lập hồ sơ: by id where units and persons are kept, and by name. Given an id, the core writes its name of the day. */
export const DossierMaker = z.strictObject({ unit: Id.nullable(), unitName: Names, person: Id.nullable(), personName: Names });
export type DossierMaker = z.infer<typeof DossierMaker>;

/** Draft: is written. Approved: issued by the head; lines are only added, with a reason. Closed: the year is over. */
export const PlanState = z.enum(['draft', 'approved', 'closed']);
export type PlanState = z.infer<typeof PlanState>;

export const PlanAct = z.enum(['change', 'supplement', 'approve', 'withdraw', 'close', 'reopen']);
export type PlanAct = z.infer<typeof PlanAct>;

/** File numbers run through the whole list, or begin at 01 in each large heading (NĐ 30/2020 annex V part II). */
export const PlanNumbering = z.enum(['whole', 'heading']);
export type PlanNumbering = z.infer<typeof PlanNumbering>;

export const PlanSummary = z.strictObject({
  id: Id,
  year: z.number().int(),
  state: PlanState,
  version: z.number().int(),
  numbering: PlanNumbering,
  note: z.string(),
  copiedFrom: Id.nullable(),
  decisionNumber: z.string(),
  decisionDate: Day.nullable(),
  approver: z.string(),
  createdAt: Instant,
  createdBy: z.string(),
  approvedAt: Instant.nullable(),
  approvedBy: z.string(),
  closedAt: Instant.nullable(),
  closedBy: z.string(),
  entryTotal: z.number().int(),
  permanentTotal: z.number().int(),
  /** opened from it */
  dossierTotal: z.number().int(),
  may: z.array(PlanAct),
});
export type PlanSummary = z.infer<typeof PlanSummary>;

/** Đề mục. A large one has `parent` null. */
export const PlanHeading = z.strictObject({
  id: Id,
  parent: Id.nullable(),
  /** `I`, `II` of a large heading; `1`, `2` of a small one, beginning anew in each large one */
  mark: z.string(),
  /** in the symbols of its files, e.g. `TCCB`; '' of a small heading, which has its large one's */
  symbol: z.string(),
  title: z.string(),
});
export type PlanHeading = z.infer<typeof PlanHeading>;

export const PlanEntry = z.strictObject({
  id: Id,
  heading: Id,
  number: z.number().int(),
  /** số và ký hiệu hồ sơ, e.g. `01.TCCB` */
  notation: z.string(),
  title: z.string(),
  retention: Retention,
  maker: DossierMaker,
  note: z.string(),
  /** why it was added after the plan was issued; '' else */
  addedReason: z.string(),
  /** the newest dossier opened from it, and how many there are */
  dossier: Id.nullable(),
  dossiers: z.number().int(),
});
export type PlanEntry = z.infer<typeof PlanEntry>;

/** A plan as a tree laid flat: headings in their order, each large one before its small ones; entries by heading and order. */
export const PlanDetail = z.strictObject({ ...PlanSummary.shape, headings: z.array(PlanHeading), entries: z.array(PlanEntry) });
export type PlanDetail = z.infer<typeof PlanDetail>;

export const HeadingInput = z.strictObject({
  parent: Id.nullable(),
  symbol: z.string().trim().max(20),
  title: Words.min(1),
});
export type HeadingInput = z.infer<typeof HeadingInput>;

export const EntryInput = z.strictObject({
  heading: Id,
  /** null: the next number by the plan's rule */
  number: z.number().int().min(1).max(99_999).nullable(),
  title: Words.min(1),
  retention: Retention,
  maker: DossierMaker,
  note: Words,
});
export type EntryInput = z.infer<typeof EntryInput>;

/** What a column of a table with a file plan holds. */
export const PlanField = z.enum(['notation', 'title', 'retention', 'basis', 'unit', 'person', 'note', 'ignore']);
export type PlanField = z.infer<typeof PlanField>;

export const PlanSheet = z.strictObject({
  name: z.string(),
  hidden: z.boolean(),
  /** the row with the names of the columns, from 1; null when none was found */
  header: z.number().int().nullable(),
  columns: z.array(z.strictObject({ index: z.number().int(), letter: z.string(), head: z.string(), field: PlanField })),
  /** the first rows with something in them */
  first: z.array(z.strictObject({ row: z.number().int(), cells: z.array(z.string()) })),
});
export type PlanSheet = z.infer<typeof PlanSheet>;

/** Which rows become headings and entries of a draft plan. */
export const PlanTable = z.strictObject({
  plan: Id,
  file: StoredFile,
  sheet: z.string().max(100),
  header: z.number().int().min(1).max(1_048_576),
  columns: z.array(z.strictObject({ index: z.number().int().min(0).max(255), field: PlanField })).min(1).max(256),
});
export type PlanTable = z.infer<typeof PlanTable>;

/** Why a row cannot be taken over; each has a sentence `dossiers.problem.<code>`. */
export const PlanRowProblem = z.enum([
  'title-missing',
  'title-too-long',
  'retention-missing',
  'retention-unreadable',
  'notation-unreadable',
  'notation-twice',
  'notation-taken',
  'heading-missing',
  'cell-error',
]);
export type PlanRowProblem = z.infer<typeof PlanRowProblem>;

const Params = z.record(z.string(), z.union([z.string(), z.number()]));
export const PlanTablePreview = z.strictObject({
  counts: z.strictObject({ headings: z.number().int(), good: z.number().int(), bad: z.number().int(), skipped: z.number().int() }),
  /** all of the plan as it would be added, in order */
  headings: z.array(z.strictObject({ row: z.number().int(), large: z.boolean(), symbol: z.string(), title: z.string() })),
  good: z.array(z.strictObject({ row: z.number().int(), notation: z.string(), title: z.string(), retention: Retention, unitName: z.string(), personName: z.string(), note: z.string() })),
  bad: z.array(z.strictObject({ row: z.number().int(), cells: z.array(z.string()), problems: z.array(z.strictObject({ code: PlanRowProblem, column: z.string(), params: Params })) })),
});
export type PlanTablePreview = z.infer<typeof PlanTablePreview>;

export const planTableCodes = [...legacyFileCodes, 'not-found', 'columns-missing', 'plan-step'] as const;

/** A new plan, empty or with the lines of another one. */
export const NewPlan = z.strictObject({ year: Year, numbering: PlanNumbering, note: Words, copyFrom: Id.nullable() });
