import { z } from 'zod';
import { command, query } from './define.ts';
import { IncomingState } from './records.ts';
import { Day, Empty, FileRef, Id, Instant, Urgency } from './shared.ts';

/** Who may take a step: văn thư, lãnh đạo, người xử lý. */
export const HandlingRole = z.enum(['clerk', 'leader', 'officer']);
export type HandlingRole = z.infer<typeof HandlingRole>;

/**
 * What can be done to a received document. `record-direction`: the clerk writes down what a leader decided on paper;
 * `reassign`: the leader gives the work to others; `return`: back to the sender although it is in the register.
 */
export const HandlingAct = z.enum([
  'register',
  'refuse',
  'present',
  'take-back',
  'direct',
  'record-direction',
  'reassign',
  'progress',
  'finish',
  'reopen',
  'return',
  'recall',
  'replace',
]);
export type HandlingAct = z.infer<typeof HandlingAct>;

const Name = z.string().trim().max(200);

/** A unit or a person of this office: by id when it is known, and by its name in any case. */
export const Party = z.strictObject({
  unit: Id.nullable(),
  unitName: Name,
  person: Id.nullable(),
  personName: Name,
});
export type Party = z.infer<typeof Party>;

export const AssignmentState = z.enum(['given', 'received', 'working', 'done', 'withdrawn']);
export type AssignmentState = z.infer<typeof AssignmentState>;

/** Chủ trì, phối hợp. */
export const AssignmentPart = z.enum(['lead', 'joint']);

export const Assignment = z.strictObject({
  id: Id,
  direction: Id,
  part: AssignmentPart,
  ...Party.shape,
  /** a day of its own; null: the document's holds */
  deadline: Day.nullable(),
  /** the day that holds */
  due: Day.nullable(),
  /** working days until then, 0 on the day, negative after it; null when ended or without a day */
  dueDays: z.number().int().nullable(),
  state: AssignmentState,
  /** ngày chuyển */
  transferredOn: Day.nullable(),
  /** ký nhận */
  receivedAt: Instant.nullable(),
  receivedBy: z.string(),
  endedAt: Instant.nullable(),
  endedNote: z.string(),
});
export type Assignment = z.infer<typeof Assignment>;

export const Direction = z.strictObject({
  id: Id,
  text: z.string(),
  leader: Id.nullable(),
  leaderName: z.string(),
  delegatedAs: z.string(),
  givenOn: Day,
  /** written down from paper by the clerk */
  fromPaper: z.boolean(),
  recordedAt: Instant,
  recordedBy: z.string(),
});
export type Direction = z.infer<typeof Direction>;

export const HandlingStep = z.strictObject({
  act: HandlingAct,
  from: IncomingState,
  to: IncomingState,
  at: Instant,
  by: z.string(),
  note: z.string(),
  party: z.string(),
  /** what the sender was told; '' for nothing */
  statusCode: z.string(),
});
export type HandlingStep = z.infer<typeof HandlingStep>;

/** Answered by a document of ours; filed; needs no answer. */
export const HandlingResult = z.enum(['answered', 'filed', 'no-answer']);
export type HandlingResult = z.infer<typeof HandlingResult>;

/** Where the day comes from: the direction, a rule of the office, or what the sender asks for. */
export const DueBasis = z.enum(['directed', 'rule', 'sender']);

const OwnDocument = z.strictObject({ id: Id, code: z.string(), subject: z.string() });

export const HandlingDetail = z.strictObject({
  id: Id,
  standing: IncomingState,
  /** what may be done next by whoever sits here, the usual step first */
  next: z.array(HandlingAct),
  /** the one of these that this person's work goes on with; null when it is another's turn or there is nothing to be done */
  usual: HandlingAct.nullable(),
  /** whose turn it is; empty when the way has ended */
  turn: z.array(HandlingRole),
  /** to whom it was presented */
  leader: Id.nullable(),
  leaderName: z.string(),
  due: Day.nullable(),
  dueDays: z.number().int().nullable(),
  dueBasis: DueBasis.nullable(),
  /** false: a day on the way is not announced, or its year has no table */
  dueCertain: z.boolean(),
  /** what the rules of the office would give from today on; null when none fits */
  proposed: z.strictObject({ day: Day, workingDays: z.number().int(), note: z.string() }).nullable(),
  /** days so many working days from today, to choose from */
  offers: z.array(z.strictObject({ workingDays: z.number().int(), day: Day })),
  /** oldest first */
  directions: z.array(Direction),
  /** oldest first, those withdrawn as well */
  assignments: z.array(Assignment),
  /** oldest first */
  steps: z.array(HandlingStep),
  result: HandlingResult.nullable(),
  doneAt: Instant.nullable(),
  /** our documents that answer this one */
  answeredBy: z.array(OwnDocument),
});
export type HandlingDetail = z.infer<typeof HandlingDetail>;

/** What became of one of several documents that were to be presented. */
export const PresentOutcome = z.strictObject({
  id: Id,
  /** why it was not, with the sentence of that code; null when it was */
  failure: z.strictObject({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
});
export type PresentOutcome = z.infer<typeof PresentOutcome>;

/** A rule of the office's own working rules; '' and null fit every document. No act sets such days. */
export const DeadlineRule = z.strictObject({
  typeName: z.string().trim().max(100),
  urgency: Urgency.nullable(),
  /** code or name of the sender */
  issuer: z.string().trim().max(200),
  workingDays: z.number().int().min(0).max(250),
  /** where it stands, e.g. `Quy chế làm việc, Điều 12` */
  note: z.string().trim().max(300),
});
export type DeadlineRule = z.infer<typeof DeadlineRule>;

export const HandlingSettings = z.strictObject({
  /** working days before its day at which work is called near due */
  soonDays: z.number().int().min(0).max(30),
  rules: z.array(DeadlineRule).max(200),
  /** leaders of this office decide on paper: the clerk, who has presented a document, goes on by writing down what came back */
  paperDirections: z.boolean(),
});
export type HandlingSettings = z.infer<typeof HandlingSettings>;

export const BoardBy = z.enum(['unit', 'person']);
export const BoardWhich = z.enum(['overdue', 'soon', 'later', 'undated']);
export type BoardWhich = z.infer<typeof BoardWhich>;

const BoardCounts = z.strictObject({
  overdue: z.number().int(),
  soon: z.number().int(),
  later: z.number().int(),
  /** without a day */
  undated: z.number().int(),
});

export const BoardRow = z.strictObject({
  /** the unit's or person's id, or its name when it has none; '' for work given to a unit without a person */
  key: z.string(),
  name: z.string(),
  ...BoardCounts.shape,
});
export type BoardRow = z.infer<typeof BoardRow>;

export const BoardItem = z.strictObject({
  /** of the assignment */
  id: Id,
  document: Id,
  about: z.string(),
  subject: z.string(),
  issuerName: z.string(),
  arrivalNumber: z.number().int().nullable(),
  part: AssignmentPart,
  unitName: z.string(),
  personName: z.string(),
  state: AssignmentState,
  due: Day.nullable(),
  dueDays: z.number().int().nullable(),
});
export type BoardItem = z.infer<typeof BoardItem>;

/** A drawing in millimetres from its top left corner; type sizes in points, `y` of a text is its baseline, `width` how long it is. */
export const StampPicture = z.strictObject({
  width: z.number(),
  height: z.number(),
  lines: z.array(z.strictObject({ x1: z.number(), y1: z.number(), x2: z.number(), y2: z.number() })),
  texts: z.array(z.strictObject({ text: z.string(), x: z.number(), y: z.number(), width: z.number(), size: z.number(), bold: z.boolean() })),
});
export type StampPicture = z.infer<typeof StampPicture>;

const Reason = z.string().trim().min(1).max(500);
const Note = z.string().trim().max(2000);

/** Codes that every step may answer with. */
const stepCodes = ['not-found', 'document-closed', 'step-not-allowed', 'not-your-step', 'reason-needed'] as const;

export const handling = {
  get: query(z.strictObject({ id: Id }), HandlingDetail, ['not-found']),
  /** Units and persons of today, in their order, for the forms. */
  parties: query(
    Empty,
    z.strictObject({
      units: z.array(z.strictObject({ id: Id, name: z.string() })),
      persons: z.array(
        z.strictObject({ id: Id, name: z.string(), position: z.string(), unit: Id.nullable(), unitName: z.string(), leader: z.boolean() }),
      ),
    }),
  ),
  /** Presents a registered document to a leader (trình, NĐ 30/2020 art. 23). */
  present: command(
    z.strictObject({ id: Id, leader: Id.nullable(), leaderName: Name, note: Note }),
    HandlingDetail,
    [...stepCodes, 'leader-missing'],
    { audited: true },
  ),
  /** The same with several, each in a transaction of its own: one that cannot be presented does not hold up the others. */
  presentMany: command(
    z.strictObject({ ids: z.array(Id).min(1).max(200), leader: Id.nullable(), leaderName: Name, note: Note }),
    z.array(PresentOutcome),
    ['leader-missing'],
    { audited: true },
  ),
  /** Takes a presented document back to the clerk's desk, with a reason. */
  takeBack: command(z.strictObject({ id: Id, reason: Reason }), HandlingDetail, stepCodes, { audited: true }),
  /**
   * A leader's direction with who leads, who joins and by when (NĐ 30/2020 art. 23); status 04 goes out by itself, once.
   * `fromPaper`: the clerk writes down what stands on the paper. `withdraw`: those who have the work now are relieved of
   * it, which needs a reason; else the new ones come beside them.
   */
  direct: command(
    z.strictObject({
      id: Id,
      text: z.string().trim().max(4000),
      leader: Id.nullable(),
      leaderName: Name,
      /** KT., TL., TUQ. …; '' in the leader's own right */
      delegatedAs: z.string().trim().max(20),
      givenOn: Day,
      fromPaper: z.boolean(),
      /** null leaves the day that holds */
      deadline: Day.nullable(),
      assignees: z.array(z.strictObject({ part: AssignmentPart, ...Party.shape, deadline: Day.nullable() })).min(1).max(50),
      withdraw: z.boolean(),
      reason: z.string().trim().max(500),
    }),
    HandlingDetail,
    [...stepCodes, 'one-lead-needed', 'assignee-missing', 'assignee-twice', 'deadline-past', 'given-later', 'leader-missing'],
    { audited: true },
  ),
  /** Notes that paper or file went over and who signed for it (ngày chuyển, ký nhận: columns 8 and 9 of the register). */
  transfer: command(
    z.strictObject({ assignment: Id, transferredOn: Day, receivedBy: z.string().trim().min(1).max(200) }),
    HandlingDetail,
    ['not-found', 'assignment-ended', 'given-later'],
    { audited: true },
  ),
  /** Notes how far the work is; status 05 goes out by itself, once. */
  progress: command(z.strictObject({ id: Id, note: Note }), HandlingDetail, stepCodes, { audited: true }),
  /** One of those who have the work is done with its part; the document goes on. */
  endPart: command(z.strictObject({ assignment: Id, note: Note }), HandlingDetail, ['not-found', 'assignment-ended'], { audited: true }),
  /** Ends the work with its result; status 06 goes out by itself, once. `answer` is our document when it was answered. */
  finish: command(
    z.strictObject({ id: Id, result: HandlingResult, answer: Id.nullable(), note: Note }),
    HandlingDetail,
    [...stepCodes, 'answer-missing'],
    { audited: true },
  ),
  reopen: command(z.strictObject({ id: Id, reason: Reason }), HandlingDetail, stepCodes, { audited: true }),
  /** Returns a registered document to its sender (NĐ 30/2020 art. 21.2, QĐ 28/2018 art. 9.1); its number stays. Status 02. */
  returnToSender: command(z.strictObject({ id: Id, reason: Reason }), HandlingDetail, stepCodes, { audited: true }),
  /** Sets another day for the document, or for one of those who have the work. */
  setDeadline: command(
    z.strictObject({ id: Id, assignment: Id.nullable(), deadline: Day.nullable(), reason: Reason }),
    HandlingDetail,
    ['not-found', 'document-closed', 'assignment-ended', 'deadline-past'],
    { audited: true },
  ),
  /** Our documents that could be the answer: those that name it first, then the newest. */
  answers: query(z.strictObject({ id: Id, text: z.string().max(100) }), z.array(z.strictObject({ ...OwnDocument.shape, linked: z.boolean() })), [
    'not-found',
  ]),
  /** Received documents that one of our documents answers, oldest first. */
  answeredBy: query(
    z.strictObject({ outgoing: Id }),
    z.array(z.strictObject({ id: Id, code: z.string(), arrivalNumber: z.number().int().nullable() })),
  ),
  settings: query(Empty, HandlingSettings),
  saveSettings: command(HandlingSettings, HandlingSettings, [], { audited: true }),
  /** How the open work stands, by unit or by person. */
  board: query(
    z.strictObject({ by: BoardBy }),
    z.strictObject({ today: Day, soonUntil: Day, certain: z.boolean(), total: BoardCounts, rows: z.array(BoardRow) }),
  ),
  /** The work behind a number of the board, the earliest day first. `after` is the last id of the page already shown. */
  boardList: query(
    z.strictObject({ by: BoardBy, key: z.string().nullable(), which: BoardWhich, after: Id.nullable(), limit: z.number().int().min(1).max(500) }),
    z.array(BoardItem),
  ),
  /** Where the arrival mark of a file's first page stands, in millimetres from the page's top left corner. */
  placeStamp: command(
    z.strictObject({ file: Id, x: z.number().min(0).max(1000), y: z.number().min(0).max(1000) }),
    z.strictObject({ x: z.number(), y: z.number() }),
    ['not-found'],
    { audited: { no: 'only where a mark is drawn over the page; the file itself is never touched' } },
  ),
  /** The arrival mark of a file and where it was moved to; null while its document is not registered. */
  stamp: query(
    z.strictObject({ file: Id }),
    z.strictObject({ picture: StampPicture, place: z.strictObject({ x: z.number(), y: z.number() }).nullable() }).nullable(),
    ['not-found'],
  ),
  /**
   * Makes a PDF to print with the arrival mark (dấu ĐẾN, NĐ 30/2020 annex IV form V). It is kept in memory until others
   * were made; the stored file stays as it came. `at`: where the window found room for the mark; a moved one goes before.
   */
  printCopy: command(
    z.strictObject({ file: Id, at: z.strictObject({ x: z.number().min(0).max(1000), y: z.number().min(0).max(1000) }).nullable() }),
    FileRef,
    ['not-found', 'no-arrival-number', 'file-damaged', 'file-not-printable'],
    { audited: true },
  ),
};
