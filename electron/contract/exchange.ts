import { z } from 'zod';
import { command, eventStream, query } from './define.ts';
import { Empty, Id, Instant } from './shared.ts';

export const OutboxState = z.enum(['waiting', 'sending', 'delivered', 'attention', 'cancelled']);
export type OutboxState = z.infer<typeof OutboxState>;

/** Why the last try of a row failed. */
export const OutboxFailure = z.enum(['axis-unreachable', 'axis-refused', 'axis-answer-unreadable', 'time-out']);
export type OutboxFailure = z.infer<typeof OutboxFailure>;

export const OutboxItem = z.strictObject({
  id: Id,
  state: OutboxState,
  /** edXML status code, e.g. `03` */
  statusCode: z.string(),
  /** what the status speaks of, e.g. `7816/VPCP-TTĐT` */
  about: z.string(),
  recipientOrganId: z.string(),
  recipientName: z.string(),
  createdAt: Instant,
  attempts: z.number().int(),
  nextTryAt: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  /** null when none */
  lastFailure: OutboxFailure.nullable(),
  /** the axis' own words, for support */
  lastFailureDetail: z.string().nullable(),
});
export type OutboxItem = z.infer<typeof OutboxItem>;

/**
 * Why a message was set aside: it could not be read, its files are not all there, or it is of a kind that this version
 * keeps whole and cannot act on yet.
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
  'status-not-handled',
  'business-type-1',
  'business-type-2',
  'business-type-3',
]);
export type QuarantineReason = z.infer<typeof QuarantineReason>;

export const QuarantineItem = z.strictObject({
  id: Id,
  transportId: z.string(),
  from: z.string(),
  receivedAt: Instant,
  reason: QuarantineReason,
  /** bytes of the kept file */
  size: z.number().int(),
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
    ['not-found', 'already-delivered', 'axis-off', 'axis-unreachable', 'axis-refused', 'axis-answer-unreadable'],
    { audited: { no: 'the delivery writes its own entry' } },
  ),
  /** Messages that could not be read; each is kept as a file. */
  quarantine: query(Empty, z.array(QuarantineItem)),
  /** Messages that the axis lists and does not hand over, the longest waiting first. */
  withheld: query(Empty, z.array(WithheldItem)),
};

export const exchangeEvents = {
  /** Rows of the outbox that came or changed. */
  outbox: eventStream(z.array(OutboxItem), z.strictObject({ items: z.array(OutboxItem) })),
};
