import { z } from 'zod';
import { command, eventStream, query } from './define.ts';
import { NumberKey, SeriesKey } from './numbers.ts';
import { OutgoingState, SignerAuthority, StoredFile } from './records.ts';
import { Day, Empty, FileRef, Id, Instant, Urgency } from './shared.ts';

/**
 * How far a document is that has no number yet. `numbered`: it is a row of the register since; `discarded`: given up,
 * and kept.
 */
export const DraftState = z.enum(['draft', 'submitted', 'content-checked', 'form-checked', 'signed', 'numbered', 'discarded']);
export type DraftState = z.infer<typeof DraftState>;

/** Everything that may be done to a document of ours in its life (NĐ 30/2020 art. 10 to 18). */
export const LifeAct = z.enum([
  'change',
  'submit',
  'check-content',
  'check-form',
  'sign',
  'return',
  'discard',
  'number',
  'seal',
  'issue',
  'void',
  'recall',
  'replace',
]);
export type LifeAct = z.infer<typeof LifeAct>;

export type LifeState = DraftState | OutgoingState;

/** Parts of the list, in the order of a document's way. */
export const LifeTab = z.enum(['draft', 'checking', 'signing', 'numbering', 'issuing', 'issued', 'ended']);
export type LifeTab = z.infer<typeof LifeTab>;

export const LifeCounts = z.strictObject({
  draft: z.number().int(),
  checking: z.number().int(),
  signing: z.number().int(),
  numbering: z.number().int(),
  issuing: z.number().int(),
  issued: z.number().int(),
  ended: z.number().int(),
});
export type LifeCounts = z.infer<typeof LifeCounts>;

/** Main: the document itself, one PDF. Source: what it was converted from; kept, never sent. */
export const DraftFileRole = z.enum(['main', 'attachment', 'source']);
export type DraftFileRole = z.infer<typeof DraftFileRole>;

const Recipient = z.strictObject({ organId: z.string().trim().min(1).max(35), name: z.string().trim().min(1).max(200) });
const PaperRecipient = z.strictObject({ name: z.string().trim().min(1).max(200), copies: z.number().int().min(1).max(999) });

/**
 * What a draft says of itself: the fields of NĐ 30/2020 annex VI part I with their lengths, and what the exchange needs
 * beside. All may be empty while it is written; `missing` of the detail tells what must be there before it is submitted.
 */
export const DraftFields = z.strictObject({
  typeName: z.string().trim().max(100),
  subject: z.string().trim().max(500),
  place: z.string().trim().max(50),
  urgency: Urgency,
  /** độ mật: anything but 0 is refused, as state secrets must not enter a networked station */
  secrecy: z.number().int().min(0).max(3),
  /** hạn trả lời */
  dueDate: Day.nullable(),
  language: z.string().trim().max(30),
  pageAmount: z.number().int().min(1).max(65_535).nullable(),
  description: z.string().trim().max(500),
  /** drafting unit: its id, where units are kept, and its name; or the field that a công văn's symbol names instead */
  unit: Id.nullable(),
  unitName: z.string().trim().max(200),
  /** council or board that issues under the office's seal; '' for the office itself */
  body: z.string().trim().max(200),
  signerAuthority: SignerAuthority,
  /** as printed above the name, e.g. `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, without the position */
  authorityLines: z.array(z.string().trim().min(1).max(100)).max(4),
  signerPosition: z.string().trim().max(100),
  signerName: z.string().trim().max(50),
  /** nơi nhận, as printed */
  toPlaces: z.array(z.string().trim().min(1).max(150)).max(200),
  /** who gets it over the axis */
  recipients: z.array(Recipient).max(2000),
  /** who gets it on paper */
  paperRecipients: z.array(PaperRecipient).max(500),
  issuedAmount: z.number().int().min(0).max(65_535).nullable(),
  keepUnit: z.string().trim().max(200),
  fileCatalog: z.number().int().min(1900).max(9999).nullable(),
  fileNotation: z.string().trim().max(20),
  repliesTo: Id.nullable(),
  corrects: Id.nullable(),
  replaces: Id.nullable(),
});
export type DraftFields = z.infer<typeof DraftFields>;

const DraftFile = z.strictObject({ ...FileRef.shape, role: DraftFileRole });
export type DraftFile = z.infer<typeof DraftFile>;
const DraftFileInput = z.strictObject({ ...StoredFile.shape, role: DraftFileRole });
const DraftFiles = z.array(DraftFileInput).max(100);

/** How a signature or seal came onto a document: signed with another program, by hand on paper, or here (`signing.start`). */
const SealForm = z.enum(['file', 'paper', 'program']);
/** How one is noted that was not made here. */
const GivenForm = SealForm.exclude(['program']);

/**
 * What is known of a file that came back signed, without having checked any signature. `continues`: it begins with the
 * very bytes of the file before, as an incremental signature does; null: there was nothing to compare.
 */
export const SignedFacts = z.strictObject({
  form: SealForm,
  continues: z.boolean().nullable(),
  /** signature fields named in the file; counted, not checked */
  signatures: z.number().int().nonnegative(),
});
export type SignedFacts = z.infer<typeof SignedFacts>;

export const DraftAct = z.strictObject({
  id: Id,
  version: z.number().int(),
  act: z.enum(['submit', 'comment', 'check-content', 'check-form', 'sign', 'return', 'reopen']),
  at: Instant,
  person: z.string(),
  /** who wrote it down */
  actor: z.string(),
  comment: z.string(),
  hints: z.array(z.string()),
  signed: SignedFacts.nullable(),
  /** it holds no longer: the draft changed or came back since */
  voidedAt: Instant.nullable(),
});
export type DraftAct = z.infer<typeof DraftAct>;

const Named = z.strictObject({ id: Id, code: z.string(), subject: z.string() });

export const DraftDetail = z.strictObject({
  id: Id,
  state: DraftState,
  version: z.number().int(),
  fields: DraftFields,
  /** in the order of sending, the document first */
  files: z.array(DraftFile),
  createdAt: Instant,
  createdBy: z.string(),
  changedAt: Instant,
  changedBy: z.string(),
  returnedReason: z.string(),
  signedAt: Instant.nullable(),
  acts: z.array(DraftAct),
  may: z.array(LifeAct),
  /** what must be filled in before it can be submitted: field names, or `main` for the document's file */
  missing: z.array(z.string()),
  repliesTo: Named.nullable(),
  corrects: Named.nullable(),
  replaces: Named.nullable(),
  /** its rows of the register: the present one last; those before it were voided */
  documents: z.array(z.strictObject({ id: Id, code: z.string(), state: OutgoingState })),
});
export type DraftDetail = z.infer<typeof DraftDetail>;

export const LifeItem = z.strictObject({
  id: Id,
  kind: z.enum(['draft', 'document']),
  state: z.union([DraftState, OutgoingState]),
  /** number and symbol; '' before it has one */
  code: z.string(),
  typeName: z.string(),
  subject: z.string(),
  urgency: Urgency,
  dueDate: Day.nullable(),
  signerName: z.string(),
  unitName: z.string(),
  /** a draft: when it last changed; a document: its date at noon in Vietnam */
  at: Instant,
  /** a draft came back and waits for its drafter */
  returned: z.boolean(),
  /** given to the outbox, or handed over on paper */
  sent: z.boolean(),
  /** taken over from an old register */
  imported: z.boolean(),
});
export type LifeItem = z.infer<typeof LifeItem>;

const Words = z.string().trim().max(500);
const Reason = Words.min(1);
/** Whose act it is; '' for whoever is at the desk. */
const Person = z.string().trim().max(100);
const step = ['not-found', 'wrong-step'] as const;
const entry = { audited: true } as const;

export const NumberOutcome = z.strictObject({
  draft: Id,
  /** the new row of the register; null when it got no number */
  document: z.strictObject({ id: Id, codeNumber: z.string(), codeNotation: z.string() }).nullable(),
  /** why not, with the sentence of that code: `wrong-step`, `date-before-last`, or what the series says; null when it did */
  failure: z.strictObject({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
});
export type NumberOutcome = z.infer<typeof NumberOutcome>;

const sendCodes = ['not-edxml', 'document-frozen', 'already-sent', 'overtaken', 'recipient-twice', 'nothing-to-send'] as const;

export const DraftingSettings = z.strictObject({
  /** content and form are checked by two persons (NĐ 30/2020 art. 12) */
  twoPersons: z.boolean(),
});
export type DraftingSettings = z.infer<typeof DraftingSettings>;

export const drafting = {
  /** Newest first. `before` is the last id of the page already shown. */
  list: query(
    z.strictObject({ tab: LifeTab, before: Id.nullable(), limit: z.number().int().min(1).max(500) }),
    z.strictObject({ items: z.array(LifeItem), counts: LifeCounts }),
  ),
  /** What an id stands for: a draft, or a row of the register; of a numbered draft its newest row. */
  locate: query(z.strictObject({ id: Id }), z.strictObject({ kind: z.enum(['draft', 'document']), id: Id }), ['not-found']),
  get: query(z.strictObject({ id: Id }), DraftDetail, ['not-found']),
  /** Every version, oldest first (NĐ 30/2020 annex VI III.5.a). */
  versions: query(
    z.strictObject({ id: Id }),
    z.array(z.strictObject({ version: z.number().int(), at: Instant, by: z.string(), fields: DraftFields, files: z.array(DraftFile) })),
    ['not-found'],
  ),
  /** What a new draft begins with: nothing of its own, or what follows from another document. */
  prefill: query(
    z.discriminatedUnion('as', [
      z.strictObject({ as: z.literal('new') }),
      z.strictObject({ as: z.literal('reply'), incoming: Id }),
      z.strictObject({ as: z.enum(['correction', 'replacement']), document: Id }),
    ]),
    z.strictObject({ fields: DraftFields, about: Named.nullable() }),
    ['not-found'],
  ),
  create: command(
    z.strictObject({ fields: DraftFields, files: DraftFiles }),
    DraftDetail,
    ['secret-refused', 'file-damaged', 'main-not-pdf', 'main-twice', 'recipient-twice', 'not-found'],
    entry,
  ),
  /** Puts a new version in place. Checks of the one before hold no longer. `version` is the one that was shown. */
  save: command(
    z.strictObject({ id: Id, version: z.number().int(), fields: DraftFields, files: DraftFiles }),
    DraftDetail,
    [...step, 'draft-changed', 'secret-refused', 'file-damaged', 'main-not-pdf', 'main-twice', 'recipient-twice'],
    entry,
  ),
  discard: command(z.strictObject({ id: Id, reason: Reason }), DraftDetail, step, entry),
  /** Hands a draft over to be checked. */
  submit: command(z.strictObject({ id: Id, comment: Words }), DraftDetail, [...step, 'draft-incomplete'], entry),
  comment: command(z.strictObject({ id: Id, text: Reason, person: Person }), DraftDetail, ['not-found', 'draft-closed'], entry),
  /** The head of the drafting unit answers for the content (NĐ 30/2020 art. 12.1). */
  checkContent: command(
    z.strictObject({ id: Id, version: z.number().int(), person: Person, comment: Words }),
    DraftDetail,
    [...step, 'draft-changed'],
    entry,
  ),
  /** The person charged with it answers for form and procedure (art. 12.2). `hints`: what the program had remarked. */
  checkForm: command(
    z.strictObject({
      id: Id,
      version: z.number().int(),
      person: Person,
      comment: Words,
      hints: z.array(z.string().max(60)).max(50),
    }),
    DraftDetail,
    [...step, 'draft-changed', 'same-person'],
    entry,
  ),
  /**
   * Notes that the competent person has signed: outside this program, as a file that came back, or by hand on paper with
   * or without a scan. No signature is checked. What is signed here is noted by `signing.start`.
   */
  sign: command(
    z.strictObject({
      id: Id,
      version: z.number().int(),
      form: GivenForm,
      /** the signed PDF, or the scan; null only with `paper` */
      file: StoredFile.nullable(),
    }),
    DraftDetail,
    [...step, 'draft-changed', 'file-needed', 'file-damaged', 'main-not-pdf', 'file-same'],
    entry,
  ),
  /** Gives a draft back to its drafter; its checks, and the signature, hold no longer. */
  returnDraft: command(z.strictObject({ id: Id, reason: Reason }), DraftDetail, step, entry),
  /** Symbol and series that some drafts would have on a day; nothing is taken. Drafts that cannot have a number are left out. */
  numberPreview: query(
    z.strictObject({ drafts: z.array(Id).min(1).max(200), day: Day }),
    z.array(z.strictObject({ draft: Id, notation: z.string(), series: SeriesKey })),
  ),
  /**
   * Gives each of some signed drafts the next number of its series and the date, and makes it a row of the register, each
   * in a transaction of its own: one that cannot have a number does not hold up the others. `kept`: drafts that take a
   * number which was kept, in place of the next one.
   */
  number: command(
    z.strictObject({
      drafts: z.array(Id).min(1).max(200),
      day: Day,
      kept: z.array(z.strictObject({ draft: Id, number: NumberKey })).max(200).optional(),
    }),
    z.array(NumberOutcome),
    ['date-ahead'],
    entry,
  ),
  /** Gives up a number that has not gone out. It stays in the register and is never given again; the draft begins anew. */
  voidNumber: command(z.strictObject({ document: Id, reason: Reason }), DraftDetail, step, entry),
  /** Notes the agency's signature or the seal on paper; none is checked. */
  seal: command(
    z.strictObject({ document: Id, form: GivenForm, file: StoredFile.nullable() }),
    z.strictObject({ document: Id, signed: SignedFacts }),
    [...step, 'file-needed', 'file-damaged', 'main-not-pdf', 'file-same'],
    entry,
  ),
  /** Issues a document; with `send` it goes to the outbox for its electronic recipients in the same transaction. */
  issue: command(
    z.strictObject({ document: Id, send: z.boolean() }),
    z.strictObject({ document: Id, queued: z.number().int() }),
    [...step, ...sendCodes],
    entry,
  ),
  /** Sends an issued document to those of its electronic recipients that have not been sent it. */
  send: command(
    z.strictObject({ document: Id }),
    z.strictObject({ document: Id, queued: z.number().int() }),
    [...step, ...sendCodes],
    entry,
  ),
  /** Notes that the paper copies were handed over. */
  paperSent: command(z.strictObject({ document: Id, note: Words }), z.strictObject({ document: Id }), [...step, 'nothing-on-paper'], entry),
  /**
   * Takes back a document that never went over the axis: its paper copies are asked back by hand (NĐ 30/2020 art. 18.4.a),
   * and it is frozen.
   */
  recallPaper: command(z.strictObject({ document: Id, reason: Reason }), z.strictObject({ document: Id }), [...step, 'went-electronically'], entry),
  /** Whether texts can be made into PDF here. */
  converter: query(Empty, z.strictObject({ available: z.boolean() })),
  /** Makes a PDF of a text file that is in the store. */
  convert: command(
    z.strictObject({ file: StoredFile }),
    StoredFile,
    ['converter-missing', 'converter-failed', 'time-out', 'file-damaged', 'not-a-text'],
    { audited: { no: 'the draft that takes the file up writes its entry' } },
  ),
  settings: query(Empty, DraftingSettings),
  saveSettings: command(DraftingSettings, DraftingSettings, [], entry),
};

export const draftingEvents = {
  /** Which drafts and documents of ours came or changed, and how many are in each part of the list. */
  life: eventStream(LifeCounts, z.strictObject({ ids: z.array(Id), counts: LifeCounts })),
};
