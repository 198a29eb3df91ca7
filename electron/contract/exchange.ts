import { z } from 'zod';
import { command, eventStream, query } from './define.ts';
import { OutgoingFields, OutgoingState, StoredFile } from './records.ts';
import { Empty, FileRef, Id, Instant, Urgency } from './shared.ts';

export const OutboxState = z.enum(['waiting', 'sending', 'delivered', 'attention', 'cancelled']);
export type OutboxState = z.infer<typeof OutboxState>;

/** Why the last try of a row failed. */
export const OutboxFailure = z.enum(['axis-unreachable', 'axis-refused', 'axis-answer-unreadable', 'time-out']);
export type OutboxFailure = z.infer<typeof OutboxFailure>;

/** What a document message does (axis.md §2.3). */
export const DispatchKind = z.enum(['new', 'recall', 'update', 'replace']);
export type DispatchKind = z.infer<typeof DispatchKind>;

export const OutboxItem = z.strictObject({
  id: Id,
  state: OutboxState,
  /** null for a status */
  dispatch: DispatchKind.nullable(),
  /** edXML status code, e.g. `03`; '' for a document */
  statusCode: z.string(),
  /** what it speaks of, e.g. `7816/VPCP-TTĐT` */
  about: z.string(),
  recipients: z.array(z.strictObject({ organId: z.string(), name: z.string() })),
  /** our incoming or outgoing document; exactly one of both */
  incoming: Id.nullable(),
  outgoing: Id.nullable(),
  /** of our document; 0 for a status. Urgent ones go first */
  urgency: Urgency,
  /** a person put it before the others */
  movedUp: z.boolean(),
  createdAt: Instant,
  attempts: z.number().int(),
  nextTryAt: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  /** the last try may have got through; it is looked up before it is sent again */
  inDoubt: z.boolean(),
  /** null when none */
  lastFailure: OutboxFailure.nullable(),
  /** the axis' own words, for support */
  lastFailureDetail: z.string().nullable(),
});
export type OutboxItem = z.infer<typeof OutboxItem>;

/** How a recipient answered when we asked to take a document back or to update it. */
export const TakeBack = z.enum(['asked', 'agreed', 'refused']);
export type TakeBack = z.infer<typeof TakeBack>;

/** Why a recipient's row asks for attention. */
export const DeliveryAlarm = z.enum(['not-sent', 'no-receipt', 'refused', 'no-answer', 'take-back-refused']);
export type DeliveryAlarm = z.infer<typeof DeliveryAlarm>;

/** One recipient of one of our documents: a cell row of the status matrix. */
export const Delivery = z.strictObject({
  id: Id,
  document: Id,
  organId: z.string(),
  name: z.string(),
  /** when the axis took the message; null while it waits in the outbox */
  sentAt: Instant.nullable(),
  /** when its message was taken out of the outbox before it left */
  cancelledAt: Instant.nullable(),
  /** newest business status heard, '' before the first */
  statusCode: z.string(),
  statusAt: Instant.nullable(),
  statusNote: z.string(),
  takeBack: TakeBack.nullable(),
  takeBackAt: Instant.nullable(),
  /** minutes since the last thing that happened to it */
  ageMinutes: z.number().int().nonnegative(),
  alarm: DeliveryAlarm.nullable(),
  /** every status in the order heard */
  statuses: z.array(z.strictObject({ code: z.string(), saidAt: Instant.nullable(), heardAt: Instant, note: z.string() })),
  /** the document with which it answered, when one came */
  reply: z.strictObject({ id: Id, code: z.string() }).nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** One of our documents with the sums over its recipients. */
export const DeliveryLine = z.strictObject({
  document: Id,
  code: z.string(),
  subject: z.string(),
  issuedDate: z.iso.date(),
  state: OutgoingState,
  recipients: z.number().int(),
  sent: z.number().int(),
  /** those that have said at least 01 */
  arrived: z.number().int(),
  registered: z.number().int(),
  done: z.number().int(),
  refused: z.number().int(),
  alarms: z.number().int(),
});
export type DeliveryLine = z.infer<typeof DeliveryLine>;

const Recipient = z.strictObject({ organId: z.string().trim().min(1).max(35), name: z.string().trim().min(1).max(200) });
const Recipients = z.array(Recipient).min(1).max(2000);
const Reason = z.string().trim().min(1).max(500);
/** What may stop a document message before it is queued; `overtaken`: somebody else was faster, nothing was changed. */
const dispatchCodes = ['not-found', 'document-frozen', 'from-old-register', 'being-replaced', 'recipient-twice', 'not-edxml', 'overtaken'] as const;

/**
 * Why a message was set aside: it could not be read, its files are not all there, it speaks of a document that we do
 * not know, or that its sender has no part in, or (`filing-failed`) this program met a defect with it.
 */
export const QuarantineReason = z.enum([
  'not-xml',
  'truncated',
  'not-utf8',
  'doctype',
  'wrong-root',
  'missing-element',
  'invalid-value',
  'invalid-base64',
  'too-large',
  'attachment-missing',
  'same-id-other-content',
  'unknown-document',
  'not-a-party',
  'filing-failed',
]);
export type QuarantineReason = z.infer<typeof QuarantineReason>;

export const QuarantineItem = z.strictObject({
  id: Id,
  transportId: z.string(),
  from: z.string(),
  receivedAt: Instant,
  reason: QuarantineReason,
  /** with `filing-failed`, what a person reads out to support; else '' */
  incident: z.string(),
  /** bytes of the kept file */
  size: z.number().int(),
  messageType: z.enum(['edoc', 'status']),
  /** when somebody last had it read again */
  replayedAt: Instant.nullable(),
});

/** Why a message could not be fetched; `refused`: the axis said no, `unreadable`: what it answered was no message. */
export const WithheldFailure = z.enum(['refused', 'cut', 'time-out', 'too-large', 'unreadable']);
export type WithheldFailure = z.infer<typeof WithheldFailure>;

/** A message that the axis lists and that could not be fetched yet. It is tried again by itself. */
export const WithheldItem = z.strictObject({
  /** its id on the axis */
  transportId: z.string(),
  from: z.string(),
  tries: z.number().int(),
  firstFailedAt: Instant,
  lastFailedAt: Instant,
  nextTryAt: Instant,
  failure: WithheldFailure,
  /** the axis' own words or what was observed, for support */
  detail: z.string(),
});
export type WithheldItem = z.infer<typeof WithheldItem>;

/** One point in which a message deviates from the format (axis.md §2); it is taken in all the same. */
export const Deviation = z.strictObject({
  /** e.g. `To[2]/OrganId` */
  element: z.string(),
  rule: z.string(),
  /** what stands there, cut for showing */
  value: z.string(),
  /** the limit, the list or the day that it is held against; '' when none */
  limit: z.string(),
  /** where the rule is from, and how sure that is, by the tags of axis.md */
  source: z.string(),
  sure: z.string(),
});
export type Deviation = z.infer<typeof Deviation>;

export const exchange = {
  /** Polls the axis once now, and sends what waits. */
  receiveNow: command(
    Empty,
    z.strictObject({
      received: z.number().int(),
      duplicates: z.number().int(),
      quarantined: z.number().int(),
      sent: z.number().int(),
    }),
    ['axis-off', 'axis-unreachable', 'axis-refused', 'axis-answer-unreadable'],
    { audited: { no: 'each document stored and each status sent writes its own entry' } },
  ),
  outbox: query(Empty, z.array(OutboxItem)),
  /** Tries one row at once, whatever its next time. */
  sendNow: command(
    z.strictObject({ id: Id }),
    OutboxItem,
    [
      'not-found',
      'already-delivered',
      'row-cancelled',
      'not-its-turn',
      'axis-off',
      'axis-unreachable',
      'axis-refused',
      'axis-answer-unreadable',
    ],
    { audited: { no: 'the delivery writes its own entry' } },
  ),
  /**
   * Takes a row out of the queue that has surely not left. A recall, an update or a replacement only once it needs
   * attention: what it tells of has happened here already.
   */
  cancelSend: command(
    z.strictObject({ id: Id, reason: Reason }),
    OutboxItem,
    ['not-found', 'already-delivered', 'row-cancelled', 'in-doubt', 'sending-now', 'not-cancellable'],
    { audited: true },
  ),
  /** Puts a waiting row before the others. */
  moveUp: command(z.strictObject({ id: Id }), OutboxItem, ['not-found', 'already-delivered', 'row-cancelled', 'sending-now'], { audited: true }),
  /**
   * A person has found out, at the recipient, whether a message in doubt got through. `sent` true ends it as delivered,
   * false sends it again.
   */
  settleDoubt: command(
    z.strictObject({ id: Id, sent: z.boolean(), note: Reason }),
    OutboxItem,
    ['not-found', 'already-delivered', 'not-in-doubt', 'sending-now'],
    { audited: true },
  ),
  /** Sends an issued document to (more) recipients. Queued at once, whether the axis can be reached or not. */
  sendDocument: command(
    z.strictObject({ document: Id, recipients: Recipients }),
    z.array(Delivery),
    [...dispatchCodes, 'already-sent'],
    { audited: true },
  ),
  /**
   * Takes a document back from some or all (null) of its recipients, by status 13 or by a recall message. What has not
   * left yet is cancelled instead. When no recipient keeps it, the document is frozen.
   */
  recallDocument: command(
    z.strictObject({
      document: Id,
      form: z.enum(['status', 'message']),
      recipients: z.array(z.string().trim().min(1)).min(1).nullable(),
      reason: Reason,
    }),
    z.array(Delivery),
    [...dispatchCodes, 'nothing-sent', 'recipient-unknown', 'in-doubt'],
    { audited: true },
  ),
  /** Changes what our document says of itself and tells every recipient (business type 2). */
  updateDocument: command(
    z.strictObject({
      document: Id,
      changes: OutgoingFields.pick({
        typeName: true,
        subject: true,
        urgency: true,
        dueDate: true,
        signerName: true,
        signerPosition: true,
        signerCompetence: true,
        toPlaces: true,
        pageAmount: true,
      }).partial(),
      /** null keeps the files */
      files: z.array(StoredFile).min(1).max(100).nullable(),
      reason: Reason,
    }),
    z.array(Delivery),
    [...dispatchCodes, 'nothing-sent', 'nothing-changed', 'file-damaged'],
    { audited: true },
  ),
  /**
   * Sends an issued document in place of an earlier one (business type 3). That one takes no other act from now on and is
   * frozen when the message has left; should it be refused and cancelled, it is again what it was.
   */
  replaceDocument: command(
    z.strictObject({ document: Id, replaces: Id, reason: Reason }),
    z.array(Delivery),
    [...dispatchCodes, 'nothing-sent', 'already-sent'],
    { audited: true },
  ),
  /** The status matrix of one document. */
  deliveries: query(z.strictObject({ document: Id }), z.array(Delivery), ['not-found']),
  /**
   * Our sent documents, newest first; `alarms` only those with a recipient that asks for attention, `documents` only
   * these.
   */
  deliveryLines: query(
    z.strictObject({
      alarms: z.boolean(),
      documents: z.array(Id).max(500).nullable().default(null),
      before: Id.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    z.strictObject({ items: z.array(DeliveryLine), total: z.number().int(), alarms: z.number().int() }),
  ),
  /** A person has dealt with what a recipient's row asked attention for; the note says how. */
  settleAlarm: command(z.strictObject({ delivery: Id, note: Reason }), z.array(Delivery), ['not-found', 'no-alarm'], { audited: true }),
  /** Makes a delivery evidence file for one document, as JSON and as PDF: hashes, times, requests and answers in order. */
  makeEvidence: command(
    z.strictObject({ document: Id }),
    z.strictObject({ json: FileRef, pdf: FileRef }),
    ['not-found', 'nothing-sent'],
    { audited: true },
  ),
  /**
   * Messages that could not be read or used, newest first; each is kept as a file, which `/files/<id>` gives. `before` is
   * the last id of the page already shown.
   */
  quarantine: query(
    z.strictObject({ before: Id.nullable().default(null), limit: z.number().int().min(1).max(500).default(100) }),
    z.strictObject({ items: z.array(QuarantineItem), total: z.number().int() }),
  ),
  /** Reads a kept message again; what can be used now is filed as if it had just come. */
  replay: command(
    z.strictObject({ id: Id }),
    z.strictObject({ filed: z.boolean(), reason: QuarantineReason.nullable() }),
    ['not-found', 'already-filed', 'file-damaged'],
    { audited: true },
  ),
  /** How the message that brought a received document deviates from the format. */
  deviations: query(z.strictObject({ document: Id }), z.array(Deviation)),
  /**
   * Messages that the axis lists and does not hand over, the longest waiting first. `after` is the last one of the page
   * already shown.
   */
  withheld: query(
    z.strictObject({
      after: WithheldItem.pick({ firstFailedAt: true, transportId: true }).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    z.strictObject({ items: z.array(WithheldItem), total: z.number().int() }),
  ),
};

export const exchangeEvents = {
  /** Rows of the outbox that came or changed. */
  outbox: eventStream(z.array(OutboxItem), z.strictObject({ items: z.array(OutboxItem) })),
  /** Which of our documents have news from a recipient; the snapshot is the number of recipients that ask for attention. */
  deliveries: eventStream(z.number().int(), z.strictObject({ documents: z.array(Id), alarms: z.number().int() })),
};
