import { z } from 'zod';
import { Confidence } from './calendar.ts';
import { command, eventStream, query } from './define.ts';
import { CouncilMember, DestroyedFile, Disposal, DisposalDecision, DisposalDetail, DisposalForm, DisposalItem, DisposalOpinion, DisposalPreview, DisposalReason } from './disposal.ts';
import { BadFile, FixityReport, FixitySettings, FixityState, RepairResult } from './fixity.ts';
import { legacyFileCodes } from './legacy.ts';
import { Printed, PrintFormat } from './printing.ts';
import { StoredFile } from './records.ts';
import {
  DeadlineChoice,
  DeadlineCounts,
  DeadlineKind,
  DossierDeadline,
  RetentionColumns,
  RetentionHeader,
  RetentionMonth,
  RetentionPreview,
  RetentionRow,
  RetentionSchedule,
  RetentionSettings,
  RetentionSheet,
} from './retention.ts';
import { Day, Empty, Id, Instant } from './shared.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Words = z.string().trim().max(200);
const Reason = z.string().trim().min(1).max(500);
const Name = z.string().trim().min(1).max(200);
const Page = { after: z.string().max(200).nullable(), limit: z.number().int().min(1).max(500) };
const page = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item), /** give as `after` for what follows; null at the end */ next: z.string().nullable() });
const of = z.strictObject({ disposal: Id });

/** `without`: rows of the file that somebody has seen and leaves out, such as terms that are neither permanent nor a number of years. */
const ScheduleQuestion = z.strictObject({ file: StoredFile, sheet: z.string().max(100), header: RetentionHeader, columns: RetentionColumns, without: z.array(RetentionHeader).max(5000) });
const tableCodes = [...legacyFileCodes, 'columns-missing'] as const;

/** A step was asked for that the list's state does not have; `state` says where it stands. */
const stepCodes = ['not-found', 'disposal-state'] as const;

export const keeping = {
  // Bảng thời hạn bảo quản.
  schedules: query(Empty, z.array(RetentionSchedule)),
  /** What a file that came through `staging` looks like: its sheets, and what their columns may hold. */
  lookAtSchedule: query(z.strictObject({ file: StoredFile }), z.array(RetentionSheet), legacyFileCodes),
  /** Reads every row and says what would become of it. Writes nothing. */
  previewSchedule: query(ScheduleQuestion, RetentionPreview, tableCodes),
  /**
   * Takes a table over as a new version; all of its rows or nothing. `replaces`: the version that ends the day before it begins.
   * - `schedule-rows-bad`: `count` rows cannot be read; the preview names them
   * - `schedule-days`: it would end before it begins, or begin before the one that it replaces
   */
  importSchedule: command(
    z.strictObject({
      ...ScheduleQuestion.shape,
      name: Name,
      source: z.string().trim().min(1).max(300),
      confidence: Confidence,
      validFrom: Day,
      validTo: Day.nullable(),
      replaces: Id.nullable(),
      note: z.string().trim().max(500),
    }),
    RetentionSchedule,
    [...tableCodes, 'schedule-rows-bad', 'schedule-empty', 'schedule-days', 'not-found'],
    { audited: true },
  ),
  /** Says until which day a table holds. Its rows stay, as dossiers may name them. */
  endSchedule: command(z.strictObject({ schedule: Id, validTo: Day, reason: Reason }), RetentionSchedule, ['not-found', 'schedule-days'], { audited: true }),
  /**
   * Rows with all of these words, written with or without accents; '' for all, in the table's own order. `schedule` null: of
   * every table that holds on `day`.
   */
  findRows: query(z.strictObject({ schedule: Id.nullable(), day: Day, words: Words, ...Page }), page(RetentionRow)),
  row: query(z.strictObject({ row: Id }), z.strictObject({ row: RetentionRow, schedule: RetentionSchedule }), ['not-found']),

  // Hạn.
  retentionSettings: query(Empty, z.strictObject({ settings: RetentionSettings, choices: z.array(DeadlineChoice) })),
  saveRetentionSettings: command(RetentionSettings, RetentionSettings, [], { audited: true }),
  /** Dossiers by the day that comes to them, the earliest first; from `from` to `to`, both included. `listed` false: not those on a disposal list. */
  deadlines: query(
    z.strictObject({ kind: DeadlineKind, from: Day.nullable(), to: Day, listed: z.boolean().default(true), ...Page }),
    z.strictObject({ ...page(DossierDeadline).shape, counts: DeadlineCounts }),
  ),
  /** Whole years, every month of them. */
  calendar: query(z.strictObject({ fromYear: z.number().int().min(1900).max(2300), toYear: z.number().int().min(1900).max(2300) }), z.array(RetentionMonth), ['years-reversed']),

  // Hủy tài liệu hết giá trị (TT 05/2025/TT-BNV art. 48–49).
  disposals: query(z.strictObject(Page), page(Disposal)),
  disposal: query(of, DisposalDetail, ['not-found']),
  items: query(z.strictObject({ disposal: Id, ...Page }), page(DisposalItem), ['not-found']),
  /** What would go and what stays, and why. */
  disposalPreview: query(of, DisposalPreview, ['not-found']),
  /** The trace of what was destroyed, newest list first; of one list, or of all. */
  destroyed: query(z.strictObject({ disposal: Id.nullable(), ...Page }), page(DestroyedFile)),
  /** `expired`: with every dossier whose term is over and that is on no list (TT 05/2025 art. 48.3). */
  createDisposal: command(z.strictObject({ title: Name, expired: z.boolean() }), DisposalDetail, [], { audited: true }),
  /**
   * Puts dossiers on the list ("xem xét hủy"), all or none. Refused with the first one's `code` (number and symbol):
   * - `dossier-permanent`: it is kept for good
   * - `dossier-not-expired`: as `expired`, and its term runs until `due`
   * - `dossier-not-closed`, `dossier-frozen`, `dossier-in-handover`, `dossier-listed` (on the list `other`), `dossier-destroyed`, `dossier-missing`
   */
  addDossiers: command(
    z.strictObject({ disposal: Id, dossiers: z.array(Id).min(1).max(1000), reason: DisposalReason }),
    DisposalDetail,
    [...stepCodes, 'dossier-missing', 'dossier-permanent', 'dossier-not-expired', 'dossier-not-closed', 'dossier-frozen', 'dossier-in-handover', 'dossier-listed', 'dossier-destroyed'],
    { audited: true },
  ),
  removeItem: command(z.strictObject({ item: Id }), DisposalDetail, stepCodes, { audited: true }),
  noteItem: command(z.strictObject({ item: Id, note: z.string().trim().max(500) }), DisposalItem, stepCodes, { audited: true }),
  /** To the council. */
  submit: command(of, DisposalDetail, [...stepCodes, 'disposal-empty'], { audited: true }),
  /** What the council says of dossiers; `by`: a member's name. */
  giveOpinion: command(
    z.strictObject({ items: z.array(Id).min(1).max(1000), opinion: DisposalOpinion, note: z.string().trim().max(500), by: z.string().trim().min(1).max(100) }),
    z.array(DisposalItem),
    stepCodes,
    { audited: true },
  ),
  /** Ends the council's work. `opinions-missing`: `count` dossiers have none; `nothing-to-destroy`: all are to be kept. */
  conclude: command(
    z.strictObject({ disposal: Id, members: z.array(CouncilMember).min(1).max(20), metOn: Day, conclusion: z.string().trim().min(1).max(2000), file: StoredFile.nullable() }),
    DisposalDetail,
    [...stepCodes, 'opinions-missing', 'nothing-to-destroy', 'day-in-future', 'file-damaged'],
    { audited: true },
  ),
  /** Notes the opinion of the archives authority. */
  appraise: command(
    z.strictObject({ disposal: Id, agency: Name, number: z.string().trim().min(1).max(60), day: Day, opinion: z.string().trim().min(1).max(2000), file: StoredFile.nullable() }),
    DisposalDetail,
    [...stepCodes, 'day-in-future', 'file-damaged'],
    { audited: true },
  ),
  /** Back to being made, with a reason; the council's opinions go. */
  sendBack: command(z.strictObject({ disposal: Id, reason: Reason }), DisposalDetail, stepCodes, { audited: true }),
  /**
   * Writes the head's decision down with its file. `appraisal-missing`: the office gives to a historical archive, and the opinion
   * of the archives authority is not noted; `decision-early`: dated before the council met.
   */
  decide: command(
    z.strictObject({ disposal: Id, decision: DisposalDecision, file: StoredFile }),
    DisposalDetail,
    [...stepCodes, 'appraisal-missing', 'decision-early', 'day-in-future', 'file-damaged'],
    { audited: true },
  ),
  /** The decision is taken back before anything was destroyed. */
  revoke: command(z.strictObject({ disposal: Id, reason: Reason }), DisposalDetail, stepCodes, { audited: true }),
  /**
   * Begins to destroy, for good; `disposals` tells how it goes on, also over a restart. `number` is the decision's, typed once
   * more. Things may have changed since the decision: `dossier-permanent`, `dossier-frozen`, `dossier-in-handover`, `dossier-not-expired`, with the
   * dossier's `code`; then nothing is destroyed.
   */
  destroy: command(
    z.strictObject({ disposal: Id, number: z.string().trim() }),
    DisposalDetail,
    [...stepCodes, 'decision-number', 'dossier-permanent', 'dossier-frozen', 'dossier-in-handover', 'dossier-not-expired', 'dossier-not-closed'],
    { audited: true },
  ),
  cancelDisposal: command(z.strictObject({ disposal: Id, reason: Reason }), DisposalDetail, stepCodes, { audited: true }),
  printDisposal: command(z.strictObject({ disposal: Id, form: DisposalForm, format: PrintFormat }), Printed, [...stepCodes, 'format-not-for-form'], { audited: true }),

  // Kiểm tra toàn vẹn.
  fixity: query(Empty, FixityState),
  reports: query(z.strictObject(Page), page(FixityReport)),
  /** `open`: those that are not mended. */
  badFiles: query(z.strictObject({ open: z.boolean(), ...Page }), page(BadFile)),
  /** Begins at once, or goes on with the one that is under way. */
  checkNow: command(Empty, FixityState, [], { audited: { no: 'each check is noted at its beginning and its end' } }),
  stopCheck: command(Empty, FixityState, [], { audited: { no: 'the end of the check that it ends is noted' } }),
  saveFixitySettings: command(FixitySettings, FixityState, [], { audited: true }),
  /** Files that came through `staging`: what has the SHA-256 and the size of a bad one mends it, nothing else does. */
  repair: command(z.strictObject({ files: z.array(StoredFile).min(1).max(100) }), z.array(RepairResult), [], { audited: { no: 'each file that is mended writes its own entry' } }),
  /** A person has seen that the file is lost, and says what is done about it. */
  noteLoss: command(z.strictObject({ sha256: Sha256, reason: Reason }), BadFile, ['not-found', 'already-repaired'], { audited: true }),
};

const DisposalProgress = z.strictObject({ disposal: Id, done: z.number().int(), total: z.number().int() });

export const keepingEvents = {
  /** What is being destroyed now; null: nothing. */
  disposals: eventStream(DisposalProgress.nullable(), z.strictObject({ changed: z.array(Id), progress: DisposalProgress.nullable() })),
  fixity: eventStream(FixityState, FixityState),
  /** Dossiers whose term is over, or soon. */
  deadlines: eventStream(z.strictObject({ at: Instant, expiry: DeadlineCounts, handIn: DeadlineCounts }), z.strictObject({ at: Instant, expiry: DeadlineCounts, handIn: DeadlineCounts })),
};
