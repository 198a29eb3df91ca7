import { z } from 'zod';
import { command, eventStream, query } from './define.ts';
import { DossierSheet, DossierTable, dossierTableCodes, DossierTablePreview } from './dossier-table.ts';
import {
  DossierMaker,
  EntryInput,
  HeadingInput,
  NewPlan,
  PlanDetail,
  PlanNumbering,
  PlanSheet,
  PlanSummary,
  PlanTable,
  planTableCodes,
  PlanTablePreview,
  Retention,
} from './file-plan.ts';
import { legacyFileCodes } from './legacy.ts';
import { PrintFormat, Printed } from './printing.ts';
import { StoredFile } from './records.ts';
import { Role } from './rights.ts';
import { Marked } from './search.ts';
import { Day, Empty, FileRef, Id, Instant } from './shared.ts';
import { FileFinding } from './verification.ts';

/**
 * Open: is being made. Closed: the work is done; nothing in it changes any more. Locked (đóng băng): neither changed nor
 * opened again until it is unlocked. Discarded: opened by mistake and empty; its row stays.
 */
export const DossierState = z.enum(['open', 'closed', 'locked', 'discarded']);
export type DossierState = z.infer<typeof DossierState>;

export const DossierAct = z.enum(['change', 'close', 'reopen', 'lock', 'unlock', 'discard', 'access']);
export type DossierAct = z.infer<typeof DossierAct>;

const Words = z.string().trim().max(500);
const Reason = Words.min(1);
const Catalog = z.number().int().min(1900).max(2199);

/** What a person writes of a dossier (NĐ 30/2020 annex VI part III; TT 05/2025 SIP_hoso). */
export const DossierFields = z.strictObject({
  /** năm hình thành */
  catalog: Catalog,
  /** số và ký hiệu, e.g. `01.TCCB` */
  notation: z.string().trim().min(1).max(40).regex(/^[^\s/\\]+$/u),
  title: z.string().trim().min(1).max(500),
  retention: Retention,
  maker: DossierMaker,
  /** chế độ sử dụng; what is secret is not kept here */
  useMode: z.enum(['public', 'conditional']),
  /** TT 05/2025 codes, several joined by `;` : 01 Việt, 02 Anh, … 11 khác */
  language: z.string().regex(/^(0[1-9]|1[01])(;(0[1-9]|1[01]))*$/),
  keyword: z.string().trim().max(100),
  /** ký hiệu thông tin */
  infoSign: z.string().trim().max(30),
  /** 01 tốt, 02 bình thường, 03 hỏng */
  condition: z.enum(['01', '02', '03']),
  /** hồ sơ giấy that belongs to it: its code, its sheets */
  paperCode: z.string().trim().max(100),
  paperSheets: z.number().int().min(0).max(999_999).nullable(),
  description: z.string().trim().max(2000),
  startDate: Day.nullable(),
  endDate: Day.nullable(),
});
export type DossierFields = z.infer<typeof DossierFields>;

export const DossierSummary = z.strictObject({
  id: Id,
  state: DossierState,
  catalog: z.number().int(),
  notation: z.string(),
  title: z.string(),
  retention: Retention,
  maker: DossierMaker,
  startDate: Day.nullable(),
  endDate: Day.nullable(),
  /** the year at whose end its term is over; null: permanent, or not ended */
  keepUntil: z.number().int().nullable(),
  /** documents and files of its own */
  members: z.number().int(),
  plan: Id.nullable(),
  entry: Id.nullable(),
  access: z.enum(['office', 'named']),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  handedOverAt: Instant.nullable(),
  /** xem xét hủy; hủy */
  disposal: z.enum(['review', 'destroyed']).nullable(),
});
export type DossierSummary = z.infer<typeof DossierSummary>;

export const DossierDetail = z.strictObject({
  ...DossierSummary.shape,
  fields: DossierFields,
  version: z.number().int(),
  /** by the days of the documents, or as somebody put them */
  arranged: z.enum(['time', 'hand']),
  /** of all its documents, as far as known */
  pages: z.number().int(),
  firstDay: Day.nullable(),
  lastDay: Day.nullable(),
  openedBy: z.string(),
  changedAt: Instant,
  changedBy: z.string(),
  closedBy: z.string(),
  lockedAt: Instant.nullable(),
  lockedBy: z.string(),
  lockedReason: z.string(),
  may: z.array(DossierAct),
});
export type DossierDetail = z.infer<typeof DossierDetail>;

export const DossierCounts = z.strictObject({ open: z.number().int(), closed: z.number().int(), locked: z.number().int(), discarded: z.number().int() });
export type DossierCounts = z.infer<typeof DossierCounts>;

/** What a person writes of a file that is no document of the registers. */
export const OwnFileFields = z.strictObject({
  typeName: z.string().trim().max(100),
  codeNumber: z.string().trim().max(11),
  codeNotation: z.string().trim().max(30),
  issuedDate: Day.nullable(),
  issuerName: z.string().trim().max(200),
  subject: z.string().trim().min(1).max(500),
  pageAmount: z.number().int().min(1).max(65_535).nullable(),
});
export type OwnFileFields = z.infer<typeof OwnFileFields>;

/** What is noted of a member within this dossier alone. */
export const MemberNotes = z.strictObject({
  /** tờ số, trang số */
  sheet: z.string().trim().max(30),
  note: Words,
  /** 01 gốc điện tử, 02 số hóa, 03 hỗn hợp */
  origin: z.enum(['01', '02', '03']),
  /** bút tích */
  autograph: z.string().trim().max(2000),
});
export type MemberNotes = z.infer<typeof MemberNotes>;

export const DossierMember = z.strictObject({
  id: Id,
  /** place from 1 without gaps */
  ordinal: z.number().int(),
  kind: z.enum(['incoming', 'outgoing', 'file']),
  /** null of a file of the dossier's own */
  document: Id.nullable(),
  codeNumber: z.string(),
  codeNotation: z.string(),
  issuedDate: Day.nullable(),
  typeName: z.string(),
  subject: z.string(),
  issuerName: z.string(),
  pageAmount: z.number().int().nullable(),
  /** state of the document in its register; '' of a file */
  standing: z.string(),
  ...MemberNotes.shape,
  access: z.enum(['dossier', 'named']),
  /** whoever asks may not read it: only its place is told */
  hidden: z.boolean(),
  files: z.array(FileRef),
  /** names and hashes stay, bytes are gone */
  filesDestroyed: z.boolean(),
  /** on a file of its own; null of documents, whose register has theirs, and of what is no PDF */
  finding: FileFinding.nullable(),
  addedAt: Instant,
  addedBy: z.string(),
  handedOverAt: Instant.nullable(),
});
export type DossierMember = z.infer<typeof DossierMember>;

/** Why a dossier is suggested; each has a sentence `dossiers.why.<code>`. Strongest first. */
export const SuggestionReasonCode = z.enum(['thread', 'chosen-before', 'issuer-kind', 'issuer', 'words-before', 'title-words', 'maker', 'kind', 'file-code']);
export const SuggestionReason = z.strictObject({ code: SuggestionReasonCode, params: z.record(z.string(), z.union([z.string(), z.number()])) });
export type SuggestionReason = z.infer<typeof SuggestionReason>;
export const DossierSuggestion = z.strictObject({
  /** an open dossier, or an entry of the year's plan that none was opened from */
  dossier: Id.nullable(),
  entry: Id.nullable(),
  catalog: z.number().int(),
  notation: z.string(),
  title: z.string(),
  score: z.number().int(),
  reasons: z.array(SuggestionReason).min(1),
});
export type DossierSuggestion = z.infer<typeof DossierSuggestion>;

/** A dossier that was found by its code or title. */
export const DossierHit = z.strictObject({
  id: Id,
  state: DossierState,
  catalog: z.number().int(),
  notation: Marked,
  title: Marked,
  maker: DossierMaker,
  members: z.number().int(),
  access: z.enum(['office', 'named']),
});
export type DossierHit = z.infer<typeof DossierHit>;

/** What may be missing or wrong; each has a sentence `dossiers.remark.<code>`. */
export const RemarkCode = z.enum([
  'empty',
  'maker-missing',
  'basis-missing',
  'document-after-end',
  'answer-missing',
  'thread-missing',
  'work-open',
  'not-issued',
  'annex-missing',
  'file-missing',
  'file-destroyed',
  'unsigned',
  'verdict-failed',
  'verdict-unsure',
  'verdict-waiting',
  'number-missing',
  'date-missing',
  'same-content',
  'document-ended',
]);
export const DossierRemark = z.strictObject({
  /** stable while the remark holds; what `close` wants back in `seen` */
  key: z.string(),
  code: RemarkCode,
  member: Id.nullable(),
  ordinal: z.number().int().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type DossierRemark = z.infer<typeof DossierRemark>;

export const AccessName = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), id: Id }),
  z.strictObject({ kind: z.literal('unit'), id: Id }),
  z.strictObject({ kind: z.literal('role'), role: Role }),
]);
export type AccessName = z.infer<typeof AccessName>;
/** Of a dossier: all of the office, or who is named. Of a member: as the dossier, or who is named. Archivists and the maker may always. */
export const AccessRule = z.strictObject({ named: z.array(AccessName).max(200).nullable() });
export type AccessRule = z.infer<typeof AccessRule>;
const Reader = z.strictObject({ person: Id, name: z.string(), unitName: z.string() });
export const AccessChange = z.strictObject({
  wins: z.array(Reader),
  loses: z.array(Reader),
  readers: z.number().int(),
  /** names exactly this change; `saveAccess` wants it back */
  seen: z.string(),
});
export type AccessChange = z.infer<typeof AccessChange>;

const ById = z.strictObject({ id: Id });
const Edited = { id: Id, version: z.number().int() };
const planCodes = ['not-found', 'plan-changed', 'plan-step'] as const;
const dossierCodes = ['not-found', 'no-access', 'dossier-changed', 'dossier-step'] as const;
const readCodes = ['not-found', 'no-access'] as const;
const entry = { audited: true } as const;
const DocumentRef = z.strictObject({ kind: z.enum(['incoming', 'outgoing']), id: Id });

export const dossiers = {
  /** Newest year first. */
  plans: query(Empty, z.array(PlanSummary)),
  plan: query(ById, PlanDetail, ['not-found']),
  createPlan: command(NewPlan, PlanDetail, ['not-found', 'plan-exists'], entry),
  savePlan: command(z.strictObject({ ...Edited, numbering: PlanNumbering, note: Words }), PlanDetail, planCodes, entry),
  /** `heading` null: a new one, at the end. In an approved plan new ones need `reason`. */
  saveHeading: command(z.strictObject({ ...Edited, heading: Id.nullable(), fields: HeadingInput, reason: Words }), PlanDetail, [...planCodes, 'reason-needed', 'symbol-twice', 'heading-depth'], entry),
  saveEntry: command(z.strictObject({ ...Edited, entry: Id.nullable(), fields: EntryInput, reason: Words }), PlanDetail, [...planCodes, 'reason-needed', 'notation-taken'], entry),
  /** Puts a heading among its siblings, or an entry into a heading; `before` null: at the end. Numbers stay. */
  moveInPlan: command(
    z.strictObject({ ...Edited, what: z.enum(['heading', 'entry']), node: Id, into: Id.nullable(), before: Id.nullable() }),
    PlanDetail,
    [...planCodes, 'heading-depth', 'notation-taken'],
    entry,
  ),
  removeFromPlan: command(z.strictObject({ ...Edited, what: z.enum(['heading', 'entry']), node: Id }), PlanDetail, [...planCodes, 'heading-not-empty'], entry),
  /** Numbers all entries anew in their order, by the plan's rule. */
  renumberPlan: command(z.strictObject(Edited), PlanDetail, planCodes, entry),
  /** Notes the decision of the head that issued it (NĐ 30/2020 art. 28). */
  approvePlan: command(
    z.strictObject({ ...Edited, decisionNumber: z.string().trim().min(1).max(60), decisionDate: Day, approver: z.string().trim().min(1).max(100) }),
    PlanDetail,
    [...planCodes, 'plan-empty', 'maker-missing'],
    entry,
  ),
  /** Back to draft, while no dossier was opened from it. */
  withdrawPlan: command(z.strictObject({ ...Edited, reason: Reason }), PlanDetail, [...planCodes, 'plan-in-use'], entry),
  closePlan: command(z.strictObject({ ...Edited, reason: Words }), PlanDetail, planCodes, entry),
  reopenPlan: command(z.strictObject({ ...Edited, reason: Reason }), PlanDetail, planCodes, entry),
  lookAtPlanTable: query(z.strictObject({ file: StoredFile }), z.strictObject({ sheets: z.array(PlanSheet) }), legacyFileCodes),
  /** Writes nothing. */
  previewPlanTable: query(PlanTable, PlanTablePreview, planTableCodes),
  /** Adds headings and good rows to a draft plan in one transaction; bad rows are left out and told. */
  importPlanTable: command(PlanTable, z.strictObject({ plan: PlanDetail, preview: PlanTablePreview }), planTableCodes, entry),
  /** Danh mục hồ sơ in the form of annex V part II. */
  makePlan: command(z.strictObject({ plan: Id, format: PrintFormat }), Printed, ['not-found', 'nothing-to-print'], entry),

  /** Dossiers of another system or of the years before, and their documents, from a table. Writes nothing. */
  lookAtDossierTable: query(z.strictObject({ file: StoredFile }), z.strictObject({ sheets: z.array(DossierSheet) }), legacyFileCodes),
  /** Writes nothing. */
  previewDossierTable: query(DossierTable, DossierTablePreview, dossierTableCodes),
  /** Opens good rows as dossiers, or puts them as documents of the registers into open ones; what is here is left alone, so that it can be done again. */
  importDossierTable: command(DossierTable, DossierTablePreview, dossierTableCodes, entry),

  /** Newest first; `before` is the last id of the page already shown. Words: of code, title, maker and heading, with or without accents. */
  list: query(
    z.strictObject({
      catalog: Catalog.nullable(),
      plan: Id.nullable(),
      entry: Id.nullable(),
      /** opened from an entry of this heading or of one below it */
      heading: Id.nullable().optional(),
      state: DossierState.nullable(),
      unit: Id.nullable(),
      person: Id.nullable(),
      /** years, or 0 for permanent */
      retention: z.number().int().min(0).max(999).nullable(),
      words: z.string().trim().max(200),
      before: Id.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    /** counts: of the year when one is asked for, else of all years */
    z.strictObject({ items: z.array(DossierSummary), counts: DossierCounts, catalogs: z.array(z.number().int()) }),
  ),
  /** By code and title, as the general search reads what is typed: with accents just so, without for any. A code first, then the newest; what may not be read is not found. */
  find: query(z.strictObject({ text: z.string().max(500), limit: z.number().int().min(1).max(50) }), z.strictObject({ items: z.array(DossierHit), more: z.boolean() })),
  get: query(ById, DossierDetail, readCodes),
  /** In their order; `after` is the last place already shown, 0 at first. */
  members: query(z.strictObject({ dossier: Id, after: z.number().int().min(0), limit: z.number().int().min(1).max(1000) }), z.strictObject({ items: z.array(DossierMember), total: z.number().int() }), readCodes),
  /** The dossiers that a document stands in; those that may not be read are left out. */
  ofDocument: query(z.strictObject({ document: Id }), z.array(DossierSummary)),
  /** Where a document may belong; best first, at most ten, nothing is taken. The same question has the same answer. */
  suggest: query(
    z.union([
      z.strictObject({ document: Id }),
      /** before it is entered */
      z.strictObject({ issuerName: z.string().max(300), typeName: z.string().max(100), subject: z.string().max(1000), repliesTo: Id.nullable(), fileNotation: z.string().max(40), catalog: Catalog }),
    ]),
    z.array(DossierSuggestion),
    ['not-found'],
  ),
  /** What a new dossier begins with. `documents`: what belongs to the work that it is opened from, in their order. */
  prefill: query(
    z.discriminatedUnion('as', [
      z.strictObject({ as: z.literal('new'), catalog: Catalog }),
      z.strictObject({ as: z.literal('entry'), entry: Id }),
      z.strictObject({ as: z.literal('document'), document: Id, entry: Id.nullable() }),
    ]),
    z.strictObject({ fields: DossierFields, entry: Id.nullable(), documents: z.array(DocumentRef) }),
    ['not-found', 'plan-step'],
  ),
  open: command(
    z.strictObject({ entry: Id.nullable(), fields: DossierFields, documents: z.array(DocumentRef).max(500) }),
    DossierDetail,
    ['not-found', 'plan-step', 'notation-taken', 'end-before-start', 'document-not-registered'],
    entry,
  ),
  save: command(z.strictObject({ ...Edited, fields: DossierFields }), DossierDetail, [...dossierCodes, 'notation-taken', 'end-before-start'], entry),
  /** Documents that are in it already are passed over. By time: each finds its place; by hand: at the end. */
  addDocuments: command(z.strictObject({ dossier: Id, documents: z.array(DocumentRef).min(1).max(1000) }), z.strictObject({ dossier: DossierDetail, added: z.number().int(), already: z.number().int() }), [...dossierCodes, 'document-not-registered'], entry),
  addFile: command(z.strictObject({ dossier: Id, file: StoredFile, fields: OwnFileFields, notes: MemberNotes }), DossierDetail, [...dossierCodes, 'file-damaged'], entry),
  saveMember: command(z.strictObject({ ...Edited, member: Id, notes: MemberNotes, /** of a file of its own; null leaves it */ fields: OwnFileFields.nullable() }), DossierDetail, dossierCodes, entry),
  removeMembers: command(z.strictObject({ ...Edited, members: z.array(Id).min(1).max(1000), reason: Reason }), DossierDetail, dossierCodes, entry),
  /** `time` arranges all anew by the documents' days. */
  arrange: command(z.strictObject({ ...Edited, by: z.enum(['time', 'hand']) }), DossierDetail, dossierCodes, entry),
  /** Puts members, in the given order, so that the first stands at place `to`; the dossier is arranged by hand from then on. */
  moveMembers: command(z.strictObject({ ...Edited, members: z.array(Id).min(1).max(1000), to: z.number().int().min(1) }), DossierDetail, dossierCodes, entry),
  /** What is missing or wrong; `endDate`: the day that it is to be closed on. */
  check: query(z.strictObject({ id: Id, endDate: Day.optional() }), z.array(DossierRemark), readCodes),
  /** Refused with `remarks-unseen` unless `seen` holds the key of every remark that holds now. */
  close: command(z.strictObject({ ...Edited, endDate: Day, seen: z.array(z.string().max(120)).max(20_000) }), DossierDetail, [...dossierCodes, 'remarks-unseen', 'end-before-start'], entry),
  reopen: command(z.strictObject({ ...Edited, reason: Reason }), DossierDetail, [...dossierCodes, 'dossier-handed-over', 'dossier-in-disposal'], entry),
  lock: command(z.strictObject({ ...Edited, reason: Reason }), DossierDetail, dossierCodes, entry),
  unlock: command(z.strictObject({ ...Edited, reason: Reason }), DossierDetail, dossierCodes, entry),
  /** Gives up a dossier that was opened by mistake and is empty. */
  discard: command(z.strictObject({ ...Edited, reason: Reason }), DossierDetail, [...dossierCodes, 'dossier-not-empty'], entry),

  /** Who may read; `member` null: the dossier as a whole. */
  access: query(z.strictObject({ dossier: Id, member: Id.nullable() }), z.strictObject({ rule: AccessRule, readers: z.array(Reader) }), readCodes),
  /** Who would win or lose the right to read by a change (NĐ 30/2020 annex VI part I III.3). Writes nothing. */
  previewAccess: query(z.strictObject({ dossier: Id, member: Id.nullable(), rule: AccessRule }), AccessChange, [...readCodes, 'person-unknown']),
  /** Refused with `access-unseen` unless `seen` is that of the preview which still holds. */
  saveAccess: command(z.strictObject({ dossier: Id, member: Id.nullable(), rule: AccessRule, reason: Reason, seen: z.string().max(100) }), DossierDetail, [...dossierCodes, 'person-unknown', 'access-unseen'], entry),

  /** Everything that was done to a plan or a dossier, oldest first. */
  history: query(
    ById,
    z.array(z.strictObject({ id: Id, act: z.string(), at: Instant, by: z.string(), reason: z.string(), detail: z.record(z.string(), z.unknown()) })),
    readCodes,
  ),
  /** Mục lục văn bản, tài liệu trong hồ sơ (annex V part IV). */
  makeDocumentList: command(z.strictObject({ dossier: Id, format: PrintFormat }), Printed, [...readCodes, 'nothing-to-print'], entry),
  /** Mục lục hồ sơ, tài liệu nộp lưu (annex V part III); permanent and term dossiers are two lists. */
  makeDossierList: command(z.strictObject({ dossiers: z.array(Id).min(1).max(10_000), retention: z.enum(['permanent', 'years']), format: PrintFormat }), Printed, ['not-found', 'nothing-to-print'], entry),
};

export const dossiersEvents = {
  /** What changed; the snapshot counts dossiers of all years. */
  changed: eventStream(DossierCounts, z.strictObject({ dossiers: z.array(Id), plans: z.array(Id), counts: DossierCounts })),
};
