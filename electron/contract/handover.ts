import { z } from 'zod';
import { command, eventStream, query } from './define.ts';
import { DriveChoice, packageBuildFailures } from './packages.ts';
import { Printed } from './printing.ts';
import { StoredFile } from './records.ts';
import { Day, Empty, Id, Instant } from './shared.ts';

/**
 * Đợt nộp lưu. Draft: dossiers are chosen. Checked: looked at, and every remark was shown. Packaging: content is taken down and
 * packages are being built. Packaged: all are whole. Handed: given to the archive. The last three are what its minutes said.
 */
export const BatchState = z.enum(['draft', 'checked', 'packaging', 'packaged', 'handed', 'accepted', 'partly-refused', 'refused', 'cancelled']);
export type BatchState = z.infer<typeof BatchState>;
export const BatchAct = z.enum(['change', 'check', 'package', 'withdraw', 'hand', 'answer', 'cancel']);
export type BatchAct = z.infer<typeof BatchAct>;

/**
 * Lần tiếp nhận. Open: packages are taken in, checked and decided. Taking: what was accepted is on its way into the holdings, also after
 * the program ended amid it; nothing is decided then, and `conclude` goes on. Concluded: all of it is held.
 */
export const ReceiptState = z.enum(['open', 'taking', 'concluded']);
export type ReceiptState = z.infer<typeof ReceiptState>;

const Words = z.string().trim().max(500);
const Name = z.string().trim().max(200);
const Count = z.number().int().nonnegative();
const Params = z.record(z.string(), z.union([z.string(), z.number()]));
/** Code of an office or archive: mã định danh, mã phông. */
const PartyCode = z.string().trim().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,34}$/);
const Signer = z.strictObject({ name: Name, position: Name });

/** What both sides say of a hand-over (NĐ 30/2020 annex V part V; TT 05/2025 art. 22.2.đ). */
const Frame = {
  /** tên khối tài liệu */
  title: Words.min(1),
  /** mã đăng ký yêu cầu thu nộp; '' none */
  agreement: z.string().trim().max(60),
  /** số lần nộp */
  turn: z.number().int().min(1).max(99),
  giver: Signer,
  taker: Signer,
  /** thiết bị: how many, what they are */
  media: Words,
  note: z.string().trim().max(2000),
};
export const BatchFields = z.strictObject({ ...Frame, archive: z.strictObject({ name: Name.min(1), code: PartyCode }) });
export type BatchFields = z.infer<typeof BatchFields>;
export const ReceiptFields = z.strictObject({
  ...Frame,
  sender: z.strictObject({ name: Name.min(1), code: PartyCode }),
  /** tổng số hồ sơ theo đăng ký; null: not registered before */
  registered: z.number().int().min(0).max(100_000).nullable(),
});
export type ReceiptFields = z.infer<typeof ReceiptFields>;

export const HandoverTotals = z.strictObject({ dossiers: Count, documents: Count, files: Count, bytes: Count, permanent: Count, accepted: Count, refused: Count });
export type HandoverTotals = z.infer<typeof HandoverTotals>;

export const BatchSummary = z.strictObject({
  id: Id,
  state: BatchState,
  version: z.number().int(),
  title: z.string(),
  archiveName: z.string(),
  turn: z.number().int(),
  createdAt: Instant,
  handedOn: Day.nullable(),
  totals: HandoverTotals,
});
export type BatchSummary = z.infer<typeof BatchSummary>;
export const BatchDetail = z.strictObject({
  ...BatchSummary.shape,
  fields: BatchFields,
  createdBy: z.string(),
  checkedAt: Instant.nullable(),
  /** the folder that packages lie in; '' none yet */
  folder: z.string(),
  packagedAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  /** số biên bản of the archive */
  minutesNumber: z.string(),
  /** packages that are whole */
  built: Count,
  may: z.array(BatchAct),
});
export type BatchDetail = z.infer<typeof BatchDetail>;

export const HandoverDecision = z.enum(['accepted', 'refused']);
export type HandoverDecision = z.infer<typeof HandoverDecision>;

export const BatchItem = z.strictObject({
  id: Id,
  ordinal: z.number().int(),
  dossier: Id,
  fileCode: z.string(),
  title: z.string(),
  retention: z.enum(['permanent', 'years']),
  documents: Count,
  /** OBJID; '' until the content is taken down */
  objectId: z.string(),
  builtAt: Instant.nullable(),
  /** of METS.xml, which names all the rest; '' until it is built */
  sha256: z.string(),
  files: Count,
  bytes: Count,
  answer: HandoverDecision.nullable(),
  answerReason: z.string(),
});
export type BatchItem = z.infer<typeof BatchItem>;

/**
 * What is to be seen before packages are made; each has a sentence `handover.remark.<code>`. `stops`: no package can be made.
 * `dossier`: a remark of the dossier itself, `dossiers.remark.<params.of>`; `params.code` is then the document's, `params.dossierCode` the dossier's.
 */
export const HandoverRemarkCode = z.enum(['not-closed', 'already-handed', 'in-disposal', 'in-other-batch', 'empty', 'agreement-missing', 'office-code', 'bytes-missing', 'bytes-damaged', 'no-file', 'verdict-failed', 'verdict-unsure', 'verdict-none', 'content', 'dossier', 'both-registers']);
export type HandoverRemarkCode = z.infer<typeof HandoverRemarkCode>;
export const HandoverRemark = z.strictObject({
  key: z.string(),
  code: HandoverRemarkCode,
  stops: z.boolean(),
  dossier: Id.nullable(),
  /** place of the document in the dossier; 0: the dossier as a whole */
  ordinal: Count,
  params: Params,
});
export type HandoverRemark = z.infer<typeof HandoverRemark>;

/** xác thực, toàn vẹn, khả dụng, trùng lặp (TT 05/2025 art. 24); `unsure`: nothing says no, and nothing says yes. */
export const HandoverAspect = z.enum(['passed', 'failed', 'unsure']);
export type HandoverAspect = z.infer<typeof HandoverAspect>;
/** Each has a sentence `handover.reason.<code>`; `rule`: a rule of the validator, `package.rule.<params.rule>`. */
export const HandoverReasonCode = z.enum(['rule', 'signature-failed', 'signature-unsure', 'in-same-receipt', 'held-code', 'held-package', 'held-content', 'held-files', 'code-other-office', 'no-dossier', 'unreadable', 'by-hand']);
export const HandoverReason = z.strictObject({ code: HandoverReasonCode, file: z.string(), params: Params });
export type HandoverReason = z.infer<typeof HandoverReason>;
const Aspects = { authenticity: HandoverAspect, integrity: HandoverAspect, readability: HandoverAspect };

export const ReceiptSummary = z.strictObject({ id: Id, state: ReceiptState, version: z.number().int(), title: z.string(), senderName: z.string(), turn: z.number().int(), startedAt: Instant, totals: HandoverTotals });
export type ReceiptSummary = z.infer<typeof ReceiptSummary>;
export const ReceiptDetail = z.strictObject({
  ...ReceiptSummary.shape,
  fields: ReceiptFields,
  startedBy: z.string(),
  concludedAt: Instant.nullable(),
  concludedBy: z.string(),
  minutesNumber: z.string(),
  /** tổng số gói tin; đạt; không đạt; trùng; not yet decided */
  packages: Count,
  passed: Count,
  failed: Count,
  duplicates: Count,
  undecided: Count,
  /** tổng số hồ sơ đã duyệt nộp, all receipts of this sender (TT 05/2025 art. 23.1.e) */
  acceptedEver: Count,
  /** packages of this receipt that are held, and those of them that an AIP was made of */
  held: Count,
  archived: Count,
});
export type ReceiptDetail = z.infer<typeof ReceiptDetail>;
export const ReceivedPackage = z.strictObject({
  id: Id,
  ordinal: z.number().int(),
  name: z.string(),
  objectId: z.string(),
  fileCode: z.string(),
  title: z.string(),
  permanent: z.boolean(),
  sha256: z.string(),
  documents: Count,
  files: Count,
  bytes: Count,
  passed: z.boolean(),
  ...Aspects,
  duplicate: z.enum(['none', 'same-receipt', 'held']),
  reasons: z.array(HandoverReason),
  decision: HandoverDecision.nullable(),
  decisionReason: z.string(),
  /** what it became here; null until it is held */
  dossier: Id.nullable(),
});
export type ReceivedPackage = z.infer<typeof ReceivedPackage>;
export const ReceivedFile = z.strictObject({ path: z.string(), size: Count, sha256: z.string(), passed: z.boolean(), ...Aspects, reasons: z.array(HandoverReason) });
export type ReceivedFile = z.infer<typeof ReceivedFile>;

export const HandoverRun = z.strictObject({
  what: z.enum(['packaging', 'checking', 'taking', 'making', 'judging', 'archiving']),
  /** of the batch or receipt; of its own for packages made or judged by hand; archiving: of the received package */
  id: Id,
  done: Count,
  of: Count,
  bytesDone: Count,
  bytesOf: Count,
  secondsLeft: Count.nullable(),
});
export type HandoverRun = z.infer<typeof HandoverRun>;
export const HandoverRunning = z.strictObject({ /** folder of this machine that packages are put in and read from; null: none */ place: z.string().nullable(), /** the shell can show where a package lies (`packages.show`) */ showsFiles: z.boolean(), running: HandoverRun.nullable() });
export type HandoverRunning = z.infer<typeof HandoverRunning>;

/** What the two minutes say otherwise; each has a sentence `handover.differ.<what>`. */
export const MinutesDifferenceKind = z.enum(['missing', 'extra', 'undecided', 'digest', 'code', 'documents', 'files', 'bytes', 'no-reason', 'twice', 'agreement', 'turn', 'sender', 'archive']);
export const MinutesDifference = z.strictObject({ what: MinutesDifferenceKind, /** code of the dossier; '' of the minutes as a whole */ code: z.string(), ours: z.string(), theirs: z.string(), /** it keeps the minutes from being taken over */ stops: z.boolean() });
export type MinutesDifference = z.infer<typeof MinutesDifference>;
const MinutesSide = z.strictObject({ number: z.string(), day: z.string(), totals: HandoverTotals });
/** Both sides' minutes beside each other. */
export const MinutesComparison = z.strictObject({ ours: MinutesSide, theirs: MinutesSide, differences: z.array(MinutesDifference), /** what was refused, as the archive says it */ refused: z.array(z.strictObject({ code: z.string(), title: z.string(), reason: z.string() })) });
export type MinutesComparison = z.infer<typeof MinutesComparison>;

const ById = z.strictObject({ id: Id });
const Edited = { id: Id, version: z.number().int() };
const batchCodes = ['not-found', 'batch-changed', 'batch-step'] as const;
const receiptCodes = ['not-found', 'receipt-changed', 'receipt-step'] as const;
const entry = { audited: true } as const;
const page = { after: Count, limit: z.number().int().min(1).max(1000) };

/** Why packages were not made; what is whole of them stays and is not made again. `remarks-stop`: `code` is the dossier that is not what was checked. */
export const packagingCodes = [...batchCodes, 'handover-running', 'handover-no-place', 'handover-remarks-unseen', 'remarks-stop', ...packageBuildFailures] as const;
/** - `handover-place-gone`: `folder` cannot be read; `no-packages`: nothing lies there; `handover-thread`: a check crashed (`detail`) */
export const takingCodes = [...receiptCodes, 'handover-running', 'handover-no-place', 'no-packages', 'handover-place-gone', 'handover-cancelled', 'handover-thread'] as const;
/** - `package-changed`: it is not what was checked any more; `package-gone`: it does not lie there any more; `handover-thread`: the thread crashed (`detail`) */
export const concludingCodes = [...receiptCodes, 'handover-running', 'no-packages', 'handover-cancelled', 'packages-undecided', 'package-changed', 'package-gone', 'no-dossier', 'handover-thread'] as const;
/** - `minutes-unreadable`: no minutes of this form; `minutes-other`: of no batch here; `minutes-differ`: another package (`code`) than was built */
export const minutesCodes = [...batchCodes, 'minutes-unreadable', 'minutes-other', 'minutes-differ', 'file-damaged'] as const;
export const MinutesFormat = z.enum(['pdf', 'json']);

/** Nộp lưu: both sides of it (NĐ 30/2020 art. 30, annex V; TT 05/2025/TT-BNV chapter IV). */
export const handover = {
  running: query(Empty, HandoverRunning),
  /** Gives the running work up; what is whole of it stays. */
  stop: command(Empty, HandoverRunning, [], { audited: { no: 'the end of the work is noted when it comes' } }),

  /** Newest first; `before` is the last id already shown. */
  batches: query(z.strictObject({ before: Id.nullable(), limit: z.number().int().min(1).max(200) }), z.array(BatchSummary)),
  batch: query(ById, BatchDetail, ['not-found']),
  items: query(z.strictObject({ batch: Id, ...page }), z.array(BatchItem), ['not-found']),
  /** Closed dossiers that no batch has and no archive took over, oldest first. */
  candidates: query(
    z.strictObject({ retention: z.enum(['permanent', 'years']).nullable(), catalog: z.number().int().nullable(), after: Id.nullable(), limit: z.number().int().min(1).max(10_000) }),
    z.array(z.strictObject({ id: Id, catalog: z.number().int(), notation: z.string(), title: z.string(), retention: z.enum(['permanent', 'years']), years: z.number().int().nullable(), members: Count, endDate: Day.nullable() })),
  ),
  make: command(z.strictObject({ fields: BatchFields, dossiers: z.array(Id).max(10_000) }), BatchDetail, ['not-found', 'dossier-taken'], entry),
  save: command(z.strictObject({ ...Edited, fields: BatchFields }), BatchDetail, batchCodes, entry),
  addDossiers: command(z.strictObject({ ...Edited, dossiers: z.array(Id).min(1).max(10_000) }), BatchDetail, [...batchCodes, 'dossier-taken'], entry),
  removeDossiers: command(z.strictObject({ ...Edited, dossiers: z.array(Id).min(1).max(10_000) }), BatchDetail, batchCodes, entry),
  /** Reads every file once; the batch is checked when nothing stops it. */
  check: command(z.strictObject(Edited), z.strictObject({ batch: BatchDetail, remarks: z.array(HandoverRemark) }), [...batchCodes, 'batch-empty', 'handover-running', 'handover-cancelled'], entry),
  /** What the last check found. */
  remarks: query(ById, z.array(HandoverRemark), ['not-found']),
  /** Makes, or goes on making, one package for each dossier in the host's folder, and answers when all are whole. */
  package: command(z.strictObject({ ...Edited, /** the key of every remark */ seen: z.array(z.string().max(200)).max(100_000), output: z.enum(['zip', 'folder']), /** where a batch that has no folder yet gets one */ drive: DriveChoice }), BatchDetail, packagingCodes, entry),
  /** Back to draft; packages that were made do not count any more. */
  withdraw: command(z.strictObject({ ...Edited, reason: Words.min(1) }), BatchDetail, batchCodes, entry),
  hand: command(z.strictObject({ ...Edited, day: Day }), BatchDetail, batchCodes, entry),
  cancel: command(z.strictObject({ ...Edited, reason: Words.min(1) }), BatchDetail, batchCodes, entry),
  /** Mục lục hồ sơ, tài liệu nộp lưu; permanent and term dossiers are two lists. */
  makeList: command(z.strictObject({ id: Id, retention: z.enum(['permanent', 'years']), format: z.enum(['pdf', 'xlsx', 'csv']) }), Printed, ['not-found', 'no-access', 'nothing-to-print'], entry),
  /** Biên bản giao nhận as this side knows it. */
  makeMinutes: command(z.strictObject({ id: Id, format: MinutesFormat }), Printed, ['not-found', 'batch-step'], entry),
  /** Reads the archive's minutes; dossiers that it accepted are handed over from then on. */
  importMinutes: command(z.strictObject({ file: StoredFile }), BatchDetail, minutesCodes, entry),
  /** The same from minutes on paper: what is named was refused, the rest accepted. */
  enterMinutes: command(z.strictObject({ ...Edited, number: z.string().trim().max(60), refused: z.array(z.strictObject({ item: Id, reason: Words.min(1) })).max(10_000) }), BatchDetail, batchCodes, entry),

  /** Lays minutes of the other side beside ours, for a batch or a receipt; nothing is written. */
  compareMinutes: query(z.strictObject({ side: z.enum(['giving', 'receiving']), id: Id, file: StoredFile }), MinutesComparison, ['not-found', 'minutes-unreadable', 'minutes-other', 'file-damaged']),

  receipts: query(z.strictObject({ before: Id.nullable(), limit: z.number().int().min(1).max(200) }), z.array(ReceiptSummary)),
  receipt: query(ById, ReceiptDetail, ['not-found']),
  packages: query(z.strictObject({ receipt: Id, ...page }), z.array(ReceivedPackage), ['not-found']),
  /** Files of a package in the order of their paths; `after` is the last path already shown. */
  files: query(z.strictObject({ package: Id, after: z.string(), limit: z.number().int().min(1).max(1000) }), z.array(ReceivedFile), ['not-found']),
  startReceipt: command(z.strictObject({ fields: ReceiptFields }), ReceiptDetail, [], entry),
  saveReceipt: command(z.strictObject({ ...Edited, fields: ReceiptFields }), ReceiptDetail, receiptCodes, entry),
  /** Checks every package in `tiep-nhan` of the host's folder, or in the folders of packages on a drive, that no receipt has looked at yet, and answers when all are. */
  takeIn: command(z.strictObject({ id: Id, drive: DriveChoice }), ReceiptDetail, takingCodes, entry),
  /** `packages` null: all that are undecided: what passed and is no duplicate is accepted, the rest refused for what was found. */
  decide: command(
    z.strictObject({ ...Edited, packages: z.array(Id).min(1).max(10_000).nullable(), decision: HandoverDecision.nullable(), reason: Words }),
    ReceiptDetail,
    [...receiptCodes, 'refusal-reason-needed', 'not-acceptable'],
    entry,
  ),
  /**
   * Takes what was accepted into the holdings, file by file, and writes the minutes' number. Called again it goes on. `archive`: each package
   * also becomes an AIP (TT 05/2025/TT-BNV art. 25.3.a); one that none can be made of is held all the same.
   */
  conclude: command(z.strictObject({ ...Edited, number: z.string().trim().max(60), archive: z.boolean() }), ReceiptDetail, concludingCodes, entry),
  /** Biên bản giao nhận with the totals of TT 05/2025 art. 23–25, for people or for the giving side's station. */
  makeReceiptMinutes: command(z.strictObject({ id: Id, format: MinutesFormat }), Printed, ['not-found', 'receipt-step'], entry),
};

export const handoverEvents = {
  progress: eventStream(HandoverRunning, HandoverRunning),
};
