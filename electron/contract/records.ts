import { z } from 'zod';
import { command, eventStream, query } from './define.ts';
import { Day, Empty, FileRef, Id, Instant, Urgency } from './shared.ts';

export const IncomingState = z.enum(['arrived', 'registered']);
export type IncomingState = z.infer<typeof IncomingState>;

export const IncomingSummary = z.strictObject({
  id: Id,
  state: IncomingState,
  arrivedAt: Instant,
  /** số đến; null until registered */
  arrivalNumber: z.number().int().positive().nullable(),
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
  dueDate: Day.nullable(),
});
export type IncomingSummary = z.infer<typeof IncomingSummary>;

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

export const IncomingCounts = z.strictObject({
  arrived: z.number().int(),
  registered: z.number().int(),
});

export const records = {
  /** Newest first. `before` is the last id of the page already shown. */
  incomingList: query(
    z.strictObject({
      state: IncomingState.nullable(),
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
    z.strictObject({ id: Id }),
    z.strictObject({ id: Id, arrivalNumber: z.number().int().positive(), arrivalYear: z.number().int() }),
    ['not-found', 'already-registered'],
    { audited: true },
  ),
};

export const recordsEvents = {
  /** Which incoming documents came or changed. */
  incoming: eventStream(
    IncomingCounts,
    z.strictObject({ ids: z.array(Id), counts: IncomingCounts }),
  ),
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
