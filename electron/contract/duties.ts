import { z } from 'zod';
import { Confidence } from './calendar.ts';
import { command, eventStream, query } from './define.ts';
import { Empty, Id, Instant, Urgency } from './shared.ts';

/** What the office owes: notice of receipt, entry in the register, the work on a document, sending what was issued, an answer to a recall. */
export const DutyKind = z.enum(['receipt-notice', 'registration', 'handling', 'sending', 'recall-answer']);
export type DutyKind = z.infer<typeof DutyKind>;

/** In time; to be done soon; past its end and still open; done, but after its end. */
export const DutyState = z.enum(['ok', 'soon', 'overdue', 'done-late']);
export type DutyState = z.infer<typeof DutyState>;

/** How the end of a duty follows from the day it began. */
export const DutyRule = z.enum([
  'same-day',
  'next-working-day-after-hours',
  'next-working-day',
  'next-working-morning',
  'at-once',
  'set-day',
]);
export type DutyRule = z.infer<typeof DutyRule>;

export const DutyItem = z.strictObject({
  /** kind and subject, e.g. `registration:0198…` */
  id: z.string(),
  kind: DutyKind,
  subjectId: Id,
  /** what it is about: number and notation, subject, other side */
  about: z.string(),
  title: z.string(),
  party: z.string(),
  urgency: Urgency,
  since: Instant,
  due: Instant,
  state: DutyState,
  doneAt: Instant.nullable(),
  /** article, e.g. `NĐ 30/2020/NĐ-CP Điều 21.2` */
  basis: z.string(),
  basisConfidence: Confidence,
  rule: DutyRule,
  /** how sure it is that the article is to be read so */
  ruleConfidence: Confidence,
  /** false: a day on the way is not announced, or the year has no table */
  certain: z.boolean(),
  /** where the clerk does it */
  open: z.strictObject({ section: z.enum(['incoming', 'outgoing', 'outbox']), id: Id }),
});
export type DutyItem = z.infer<typeof DutyItem>;

export const DutyCounts = z.strictObject({
  /** open, neither soon nor overdue */
  ok: z.number().int(),
  soon: z.number().int(),
  overdue: z.number().int(),
  /** done after their end within the last 30 days */
  doneLate: z.number().int(),
});
export type DutyCounts = z.infer<typeof DutyCounts>;

export const DutySettings = z.strictObject({
  /** working minutes before its end at which a duty is called soon */
  leadMinutes: z.number().int().min(5).max(4800),
  /** minutes by the clock that "at once" gives for an urgent document */
  urgentMinutes: z.number().int().min(5).max(1440),
  /** receipt notice of what arrives outside working hours: still that day, or by the end of the next working day */
  receiptAfterHours: z.enum(['same-day', 'next-working-day']),
  /** when "the next working morning" ends: with the morning shift, or at 12:00 */
  morningEnds: z.enum(['shift', 'noon']),
});
export type DutySettings = z.infer<typeof DutySettings>;

export const duties = {
  /** What is owed, most pressing first, at most 500 of each state; the counts are whole. */
  list: query(Empty, z.strictObject({ at: Instant, counts: DutyCounts, items: z.array(DutyItem) })),
  settings: query(Empty, DutySettings),
  saveSettings: command(DutySettings, DutySettings, [], { audited: true }),
};

export const dutiesEvents = {
  /** Told when a duty came, went, or changed its state. */
  counts: eventStream(DutyCounts, DutyCounts),
};
