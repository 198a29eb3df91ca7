import { z } from 'zod';
import { command, eventStream, query } from './define.ts';
import { NumberKey } from './numbers.ts';
import { Day, Empty, FileRef, Id, Instant, Urgency } from './shared.ts';

/**
 * Where a document stands: arrived, in the register, before a leader, given to somebody, being worked on, done.
 * `refused`: returned to the sender. `recalled`: taken back by the sender, our files are destroyed. `replaced`: another
 * document of the sender stands in its place.
 */
export const IncomingState = z.enum([
  'arrived',
  'registered',
  'presented',
  'assigned',
  'in-progress',
  'done',
  'refused',
  'recalled',
  'replaced',
]);
export type IncomingState = z.infer<typeof IncomingState>;

/** What a sender may ask about a document that we have. */
export const ChangeKind = z.enum(['recall', 'update']);
export type ChangeKind = z.infer<typeof ChangeKind>;

/** A sender's request to take back or to update a document of ours (axis.md §2.8: both take-back forms). */
export const ChangeRequest = z.strictObject({
  id: Id,
  kind: ChangeKind,
  /** `status`: the short form, status 13; `message`: a document message of business type 1 or 2 */
  form: z.enum(['status', 'message']),
  reason: z.string(),
  askedAt: Instant,
  state: z.enum(['open', 'agreed', 'refused']),
  decidedAt: Instant.nullable(),
  decidedBy: z.string().nullable(),
  /** why we refused; '' otherwise */
  decisionReason: z.string(),
  /** what an update would change, as `field`, before, after; empty for a recall */
  changes: z.array(z.strictObject({ field: z.string(), before: z.string(), after: z.string() })),
});
export type ChangeRequest = z.infer<typeof ChangeRequest>;

export const IncomingSummary = z.strictObject({
  id: Id,
  state: IncomingState,
  arrivedAt: Instant,
  /** số đến; null until registered */
  arrivalNumber: z.number().int().positive().nullable(),
  /** `a` of an inserted number 12a; '' else */
  arrivalSuffix: z.string(),
  arrivalYear: z.number().int().nullable(),
  /** CodeNumber, e.g. `7816` */
  codeNumber: z.string(),
  /** CodeNotation, e.g. `VPCP-TTĐT` */
  codeNotation: z.string(),
  issuedDate: Day.nullable(),
  typeName: z.string(),
  subject: z.string(),
  issuerName: z.string(),
  urgency: Urgency,
  /** by when the sender wants an answer */
  dueDate: Day.nullable(),
  /** by when the work must be done: as directed, else by the office's rules, else the sender's day */
  due: Day.nullable(),
  /** working days until then, 0 on the day, negative after it; null when the work has ended or has no day */
  dueDays: z.number().int().nullable(),
  /** đơn vị hoặc người nhận, in words of the register */
  holders: z.string(),
  /** the sender asks for something that nobody has decided yet */
  openChange: ChangeKind.nullable(),
  /** taken over from an old register: what became of it then is not known here */
  imported: z.boolean(),
});
export type IncomingSummary = z.infer<typeof IncomingSummary>;

/** Where an entry of an old register stood. */
export const ImportedFrom = z.strictObject({
  import: Id,
  /** of the file */
  name: z.string(),
  sheet: z.string(),
  /** row of the sheet, from 1 */
  line: z.number().int(),
  at: Instant,
  by: z.string(),
  /** ngày chuyển: a day as `yyyy-MM-dd`, or the words that stood there */
  transferred: z.string(),
  /** ký nhận */
  receivedBy: z.string(),
});
export type ImportedFrom = z.infer<typeof ImportedFrom>;

export const IncomingDetail = z.strictObject({
  ...IncomingSummary.shape,
  issuerOrganId: z.string(),
  documentId: z.string(),
  signerName: z.string(),
  signerPosition: z.string(),
  signerCompetence: z.string(),
  place: z.string(),
  toPlaces: z.array(z.string()),
  pageAmount: z.number().int().nullable(),
  registeredAt: Instant.nullable(),
  registeredBy: z.string().nullable(),
  /** when and why it was refused, recalled or replaced; null while it stands */
  closedAt: Instant.nullable(),
  closedReason: z.string(),
  /** ghi chú */
  description: z.string(),
  /** from the axis, from a file, on paper, or out of an old register, which does not say how it came */
  source: z.enum(['axis', 'file', 'paper', 'register']),
  importedFrom: ImportedFrom.nullable(),
  /** the document that replaced this one, when it came */
  replacedBy: Id.nullable(),
  /** the documents that this one replaced */
  replaces: z.array(z.strictObject({ id: Id, code: z.string() })),
  /** our documents that this one answers */
  answers: z.array(z.strictObject({ id: Id, code: z.string() })),
  /** newest first */
  changeRequests: z.array(ChangeRequest),
  /** the files of a recalled document are destroyed; their names and hashes stay */
  filesDestroyed: z.boolean(),
  files: z.array(FileRef),
});
export type IncomingDetail = z.infer<typeof IncomingDetail>;

export const TraceEntry = z.strictObject({
  seq: z.number().int(),
  at: Instant,
  actor: z.string(),
  action: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type TraceEntry = z.infer<typeof TraceEntry>;

const count = z.number().int();
const byState = {
  arrived: count,
  registered: count,
  presented: count,
  assigned: count,
  'in-progress': count,
  done: count,
  refused: count,
  recalled: count,
  replaced: count,
} satisfies Record<IncomingState, unknown>;

export const IncomingCounts = z.strictObject({
  ...byState,
  /** open, and past the day by when the work must be done */
  overdue: z.number().int(),
  /** open, and within the office's near-due days */
  soon: z.number().int(),
  /** requests of senders that wait for a decision */
  openChanges: z.number().int(),
});
export type IncomingCounts = z.infer<typeof IncomingCounts>;

/**
 * A row of the outgoing register: numbered and dated, sealed, issued. `recalled`, `replaced` and `voided` documents are
 * frozen: nothing about them changes any more (NĐ 30/2020 annex VI III.8).
 */
export const OutgoingState = z.enum(['numbered', 'sealed', 'issued', 'recalled', 'replaced', 'voided']);
export type OutgoingState = z.infer<typeof OutgoingState>;

/** Quyền hạn ký (NĐ 30/2020 art. 13, annex I II.7.a); '' for the head who signs as such. */
export const SignerAuthority = z.enum(['', 'TM.', 'Q.', 'KT.', 'TL.', 'TUQ.']);
export type SignerAuthority = z.infer<typeof SignerAuthority>;

/** The fields of an issued document, as NĐ 30/2020 annex VI part I and edXML name them. */
export const OutgoingFields = z.strictObject({
  codeNumber: z.string().trim().min(1).max(11),
  codeNotation: z.string().trim().min(1).max(30),
  issuedDate: Day,
  place: z.string().trim().max(50),
  typeName: z.string().trim().min(1).max(100),
  subject: z.string().trim().min(1).max(500),
  urgency: Urgency,
  dueDate: Day.nullable(),
  signerName: z.string().trim().min(1).max(50),
  signerPosition: z.string().trim().max(100),
  signerCompetence: z.string().trim().max(400),
  /** nơi nhận, as printed */
  toPlaces: z.array(z.string().trim().min(1).max(150)).max(200),
  pageAmount: z.number().int().min(1).max(65_535).nullable(),
  /** a paper copy follows */
  paper: z.boolean(),
});
export type OutgoingFields = z.infer<typeof OutgoingFields>;

/** An old register has words of its own lengths, and not always all of them. */
const asRegistered = { codeNumber: z.string(), codeNotation: z.string(), typeName: z.string(), subject: z.string(), signerName: z.string() };

export const OutgoingSummary = z.strictObject({
  id: Id,
  state: OutgoingState,
  documentId: z.string(),
  ...OutgoingFields.omit({ toPlaces: true, pageAmount: true, paper: true }).shape,
  ...asRegistered,
  /** null until it is issued */
  issuedAt: Instant.nullable(),
  /** taken over from an old register */
  imported: z.boolean(),
});
export type OutgoingSummary = z.infer<typeof OutgoingSummary>;

export const OutgoingDetail = z.strictObject({
  ...OutgoingSummary.shape,
  ...OutgoingFields.pick({ pageAmount: true, paper: true }).shape,
  /** nơi nhận, as printed */
  toPlaces: z.array(z.string()),
  importedFrom: ImportedFrom.nullable(),
  issuedBy: z.string(),
  /** the incoming document that it answers */
  repliesTo: Id.nullable(),
  frozenAt: Instant.nullable(),
  frozenReason: z.string(),
  /** the document that replaced this one; while the state is `issued`, the one whose message is yet to leave */
  replacedBy: Id.nullable(),
  /** the draft that it was; null when it was written down as issued elsewhere */
  draft: Id.nullable(),
  signerAuthority: SignerAuthority,
  unitName: z.string(),
  drafter: z.string(),
  body: z.string(),
  language: z.string(),
  description: z.string(),
  issuedAmount: z.number().int().nullable(),
  /** đơn vị, người nhận bản lưu */
  keepUnit: z.string(),
  fileCatalog: z.number().int().nullable(),
  fileNotation: z.string(),
  /** who shall get it over the axis, and on paper */
  plannedTo: z.array(z.strictObject({ organId: z.string(), name: z.string() })),
  paperTo: z.array(z.strictObject({ name: z.string(), copies: z.number().int() })),
  signedAt: Instant.nullable(),
  numberedAt: Instant.nullable(),
  numberedBy: z.string(),
  sealedAt: Instant.nullable(),
  sealedBy: z.string(),
  /** first given to the outbox; or, without electronic recipients, handed over on paper */
  sentAt: Instant.nullable(),
  paperSentAt: Instant.nullable(),
  /** when its recipients were last told of changed data */
  updatedAt: Instant.nullable(),
  /** documents of ours that it puts right or shall take the place of, and those that do so with it */
  corrects: Id.nullable(),
  correctedBy: z.array(z.strictObject({ id: Id, code: z.string() })),
  replaces: Id.nullable(),
  files: z.array(FileRef),
});
export type OutgoingDetail = z.infer<typeof OutgoingDetail>;

/** A file that was put into the store before, by its host. */
export const StoredFile = FileRef.omit({ id: true });
export type StoredFile = z.infer<typeof StoredFile>;

export const records = {
  /**
   * Newest first; with `due` only what is overdue or near due, the earliest day first. `before` is the last id of the page
   * already shown, `openChange` only what a sender asks about.
   */
  incomingList: query(
    z.strictObject({
      state: IncomingState.nullable(),
      openChange: z.boolean().default(false),
      due: z.enum(['overdue', 'soon']).nullable().default(null),
      /** only what is presented to the person who is signed in, whatever the other filters say; nothing where nobody is */
      mine: z.boolean().optional(),
      before: Id.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    z.strictObject({ items: z.array(IncomingSummary), total: z.number().int(), counts: IncomingCounts }),
  ),
  incomingGet: query(z.strictObject({ id: Id }), IncomingDetail, ['not-found']),
  /** Everything that happened to a document, oldest first. */
  trace: query(z.strictObject({ id: Id }), z.array(TraceEntry), ['not-found']),
  /** Takes the next arrival number, writes the register row, the audit entry and status 03, all or nothing. */
  registerIncoming: command(
    z.strictObject({
      id: Id,
      /** a book by its id in the rules, null for the register of the office; absent: the one that the rules propose */
      book: z.string().max(40).nullable().optional(),
      /** a number that was kept or inserted for it */
      held: NumberKey.optional(),
      /** why it is registered although the desk's rule on its signatures asks or refuses; kept in the log */
      despite: z.string().trim().min(1).max(500).optional(),
    }),
    z.strictObject({ id: Id, arrivalNumber: z.number().int().positive(), arrivalSuffix: z.string(), arrivalYear: z.number().int() }),
    [
      'not-found',
      'already-registered',
      'document-closed',
      'series-unknown',
      'series-closed',
      'year-over',
      'number-not-held',
      'other-series',
      'verdict-asks',
      'verdict-refuses',
    ],
    { audited: true },
  ),
  /** Returns a document to its sender with a reason (QĐ 28/2018 art. 9.1); status 02 goes out by itself. */
  refuseIncoming: command(
    z.strictObject({ id: Id, reason: z.string().trim().min(1).max(500) }),
    IncomingDetail,
    ['not-found', 'already-registered', 'document-closed'],
    { audited: true },
  ),
  /**
   * Decides what a sender asked for; status 15 or 16 goes out by itself. To agree to a recall destroys our files of the
   * document and keeps what is known of it (QĐ 28/2018 art. 9.2, NĐ 30/2020 annex VI III.8). A refusal needs a reason.
   */
  decideChange: command(
    z.strictObject({ request: Id, agree: z.boolean(), reason: z.string().trim().max(500) }),
    IncomingDetail,
    ['not-found', 'already-decided', 'reason-needed'],
    { audited: true },
  ),
  /** Newest first. `before` is the last id of the page already shown. */
  outgoingList: query(
    z.strictObject({
      state: OutgoingState.nullable(),
      before: Id.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    z.strictObject({ items: z.array(OutgoingSummary), total: z.number().int() }),
  ),
  outgoingGet: query(z.strictObject({ id: Id }), OutgoingDetail, ['not-found']),
  /**
   * Writes down a document that was issued: signed, numbered and dated. Its files are in the store already. The number
   * must be free among those of the year.
   */
  recordOutgoing: command(
    z.strictObject({
      ...OutgoingFields.shape,
      files: z.array(StoredFile).min(1).max(100),
      repliesTo: Id.nullable(),
    }),
    OutgoingDetail,
    ['number-taken', 'agency-missing', 'not-found', 'file-damaged'],
    { audited: true },
  ),
};

export const recordsEvents = {
  /** Which incoming documents came or changed. */
  incoming: eventStream(
    IncomingCounts,
    z.strictObject({ ids: z.array(Id), counts: IncomingCounts }),
  ),
  /** Which of our documents came or changed; the snapshot is their number. */
  outgoing: eventStream(z.number().int(), z.strictObject({ ids: z.array(Id), total: z.number().int() })),
};

export const audit = {
  /** Recomputes the whole chain. */
  verify: query(
    Empty,
    z.strictObject({
      entries: z.number().int(),
      /** hash of the newest entry, to be written down outside the machine */
      head: z.string(),
      /** first entry that does not fit, null when the chain is whole */
      brokenAt: z.number().int().nullable(),
    }),
  ),
};
