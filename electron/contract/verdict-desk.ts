import { z } from 'zod';
import { Confidence } from './calendar.ts';
import { command, eventStream, query } from './define.ts';
import { Printed } from './printing.ts';
import { Empty, FileRef, Id, Instant } from './shared.ts';
import { Verdict } from './verification.ts';

/** What the desk does: let in, put before a person, propose to send back with status 02. */
export const DeskAct = z.enum(['accept', 'ask', 'refuse']);
export type DeskAct = z.infer<typeof DeskAct>;

/** Why; a sentence stands in the catalogue under `verification.desk.<why>`. */
export const DeskReason = z.enum(['document-passed', 'document-failed', 'document-undetermined', 'status-waits', 'no-signature', 'unreadable', 'other-agency', 'agency-unknown', 'not-from-agency']);
export type DeskReason = z.infer<typeof DeskReason>;

export const DeskDecision = z.strictObject({ decision: DeskAct, why: DeskReason });
export type DeskDecision = z.infer<typeof DeskDecision>;

/**
 * What the desk does with a verdict: the agency's own choice, kept as a setting. Nothing in it can make a verdict pass, and
 * what failed or could not be read is never let in without a person.
 */
export const DeskPolicy = z.strictObject({
  failed: DeskAct.exclude(['accept']),
  indeterminate: DeskAct,
  /** whole, of a known authority, and only whether its certificate is still good could not be asked yet */
  unchecked: DeskAct,
  none: DeskAct,
  /** the file could not be read well enough to say whether it is signed */
  unknown: DeskAct.exclude(['accept']),
  /** passed, but not by the agency that sent it, or nobody can say; persons of the agency count as the agency */
  otherAgency: DeskAct,
  agencyUndetermined: DeskAct,
  /** passed, and no signature in it is an agency's */
  withoutAgency: DeskAct,
});
export type DeskPolicy = z.infer<typeof DeskPolicy>;

/** How a document came: a letter on paper is not expected to be signed digitally. */
export const DeskSource = z.enum(['axis', 'file', 'paper']);
export type DeskSource = z.infer<typeof DeskSource>;

/** One policy for each way in. */
export const DeskPolicies = z.strictObject({ axis: DeskPolicy, file: DeskPolicy, paper: DeskPolicy });
export type DeskPolicies = z.infer<typeof DeskPolicies>;

/** A row of the policy's table, with the rule that it follows. */
export const DeskRule = z.strictObject({
  row: DeskPolicy.keyof(),
  /** what may be chosen */
  acts: z.array(DeskAct),
  /** the default by way in */
  usual: z.strictObject({ axis: DeskAct, file: DeskAct, paper: DeskAct }),
  /** article; '' for the program's own caution */
  source: z.string(),
  confidence: Confidence,
});
export type DeskRule = z.infer<typeof DeskRule>;

/** What is known of the signatures of one file of a document. */
export const FileVerdict = z.strictObject({
  file: FileRef,
  /** `waiting`: a look is under way or comes; what is known from before stands meanwhile. `other`: no PDF, never looked at. */
  state: z.enum(['waiting', 'done', 'other']),
  /** the newest result; `online`: the authorities could be asked */
  result: z.strictObject({ id: z.string(), at: Instant, online: z.boolean(), verdict: Verdict }).nullable(),
  decision: DeskDecision.nullable(),
});
export type FileVerdict = z.infer<typeof FileVerdict>;

/** A result that came after the document was registered, or that somebody registered against. */
export const VerdictAlarm = z.strictObject({
  ...DeskDecision.shape,
  raisedAt: Instant,
  settledAt: Instant.nullable(),
  settledBy: z.string(),
  reason: z.string(),
});
export type VerdictAlarm = z.infer<typeof VerdictAlarm>;

export const DocumentVerdicts = z.strictObject({
  /** of a file of a dossier's own that of its member */
  document: Id,
  direction: z.enum(['incoming', 'outgoing', 'dossier']),
  files: z.array(FileVerdict),
  /** the strictest of the files'; null while nothing is known, and for documents of our own and files of dossiers */
  decision: DeskDecision.nullable(),
  /** some file was not looked at yet */
  pending: z.boolean(),
  alarm: VerdictAlarm.nullable(),
  /** what status 02 may say to the sender, in Vietnamese; '' when nothing speaks against the document */
  returnReason: z.string(),
});
export type DocumentVerdicts = z.infer<typeof DocumentVerdicts>;

export const verification = {
  /** The verdicts on the files of an incoming or outgoing document, or on a file of a dossier's own by its member's id. */
  ofDocument: query(z.strictObject({ document: Id }), DocumentVerdicts, ['not-found']),
  /**
   * Which of these incoming documents somebody should look at because of their signatures, for lists: before registering those that
   * the rule asks about or refuses, afterwards those with an unsettled alarm. Others are left out.
   */
  marks: query(z.strictObject({ documents: z.array(Id).max(100) }), z.array(z.strictObject({ document: Id, ...DeskDecision.shape }))),
  /** Puts all its PDFs before the others in the queue. The results come by the stream. */
  again: command(z.strictObject({ document: Id }), z.strictObject({ queued: z.number().int() }), ['not-found'], { audited: { no: 'each result is kept with its time' } }),
  /** A person has seen a result that came late; says what was done about it. */
  settleAlarm: command(z.strictObject({ document: Id, reason: z.string().trim().min(1).max(500) }), DocumentVerdicts, ['not-found', 'already-decided'], { audited: true }),
  policy: query(Empty, z.strictObject({ policies: DeskPolicies, rules: z.array(DeskRule) })),
  savePolicy: command(DeskPolicies, DeskPolicies, [], { audited: true }),
  /** Phiếu kết quả kiểm tra chữ ký số of one file as PDF, and the report that it names as JSON (TT 15/2025/TT-BKHCN art. 6). */
  makeSheet: command(z.strictObject({ document: Id, file: Id }), z.strictObject({ sheet: Printed, report: Printed }), ['not-found', 'not-checked'], { audited: true }),
};

export const verificationEvents = {
  /** Documents about whose files something new is known, and how many files wait; the snapshot is that number. */
  verdicts: eventStream(z.number().int(), z.strictObject({ documents: z.array(Id), waiting: z.number().int() })),
};
