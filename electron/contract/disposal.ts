import { z } from 'zod';
import { RetentionPeriod } from './retention.ts';
import { Day, FileRef, Id, Instant } from './shared.ts';

/**
 * Where a list of what is worthless stands (TT 05/2025/TT-BNV art. 48–49): being made ("xem xét hủy"), before the council,
 * concluded by it, decided by the head, being destroyed, destroyed; or given up.
 */
export const DisposalState = z.enum(['drafting', 'council', 'concluded', 'decided', 'destroying', 'destroyed', 'cancelled']);
export type DisposalState = z.infer<typeof DisposalState>;

/** A step of the table; what is not in the table for a state cannot be done. */
export const DisposalAct = z.enum(['submit', 'conclude', 'appraise', 'send-back', 'decide', 'revoke', 'destroy', 'cancel']);
export type DisposalAct = z.infer<typeof DisposalAct>;

/** Why a dossier is on the list: its term is over, or it is there twice (TT 05/2025 art. 3.6). */
export const DisposalReason = z.enum(['expired', 'duplicate']);
export type DisposalReason = z.infer<typeof DisposalReason>;

/** `keep` takes a dossier out of what is destroyed; nobody having said anything is not a yes. */
export const DisposalOpinion = z.enum(['destroy', 'keep']);
export type DisposalOpinion = z.infer<typeof DisposalOpinion>;

export const CouncilMember = z.strictObject({ name: z.string().trim().min(1).max(100), position: z.string().trim().max(200), part: z.enum(['chair', 'secretary', 'member']) });
export type CouncilMember = z.infer<typeof CouncilMember>;

export const DisposalDecision = z.strictObject({
  /** số, ký hiệu of the decision */
  number: z.string().trim().min(1).max(60),
  day: Day,
  signer: z.string().trim().min(1).max(100),
  signerPosition: z.string().trim().max(200),
});
export type DisposalDecision = z.infer<typeof DisposalDecision>;

const Counts = {
  dossiers: z.number().int(),
  /** of which the council wants to keep */
  kept: z.number().int(),
  /** without an opinion yet */
  open: z.number().int(),
  /** through: destroyed */
  gone: z.number().int(),
};

export const Disposal = z.strictObject({
  id: Id,
  title: z.string(),
  state: DisposalState,
  createdAt: Instant,
  createdBy: z.string(),
  counts: z.strictObject(Counts),
  decision: DisposalDecision.nullable(),
  endedAt: Instant.nullable(),
});
export type Disposal = z.infer<typeof Disposal>;

export const DisposalStep = z.strictObject({
  id: Id,
  act: DisposalAct.or(z.enum(['create', 'destroyed'])),
  from: DisposalState.nullable(),
  to: DisposalState,
  at: Instant,
  by: z.string(),
  /** reason or conclusion, in words */
  note: z.string(),
  /** the paper that it stands on, e.g. the decision as it was signed */
  file: FileRef.nullable(),
});
export type DisposalStep = z.infer<typeof DisposalStep>;

export const DisposalDetail = z.strictObject({
  ...Disposal.shape,
  council: z.strictObject({ members: z.array(CouncilMember), metOn: Day, conclusion: z.string() }).nullable(),
  /** the opinion of the archives authority, for an office that gives to a historical archive (TT 05/2025 art. 49.4–49.6) */
  appraisal: z.strictObject({ agency: z.string(), number: z.string(), day: Day, opinion: z.string() }).nullable(),
  steps: z.array(DisposalStep),
  /** what may be done now */
  acts: z.array(DisposalAct),
});
export type DisposalDetail = z.infer<typeof DisposalDetail>;

export const DisposalItem = z.strictObject({
  id: Id,
  dossier: Id,
  code: z.string(),
  title: z.string(),
  period: RetentionPeriod,
  endedOn: Day.nullable(),
  /** null of a duplicate whose term is not over */
  expiredOn: Day.nullable(),
  documents: z.number().int(),
  pages: z.number().int(),
  reason: DisposalReason,
  /** tài liệu giấy hoặc vật mang tin khác (TT 05/2025 art. 48.5), and what else is to be said */
  note: z.string(),
  opinion: DisposalOpinion.nullable(),
  opinionNote: z.string(),
  opinionBy: z.string(),
  state: z.enum(['proposed', 'destroying', 'destroyed', 'kept']),
});
export type DisposalItem = z.infer<typeof DisposalItem>;

/** Why a document or a file of a dossier on the list is not destroyed with it. */
export const StaysBecause = z.enum(['other-dossier', 'other-document', 'unfinished', 'waits-to-be-sent']);
export type StaysBecause = z.infer<typeof StaysBecause>;

/** What would become of everything that is on the list, as things stand now. */
export const DisposalPreview = z.strictObject({
  dossiers: z.number().int(),
  documents: z.number().int(),
  files: z.number().int(),
  /** of contents that nothing else has */
  bytes: z.number().int(),
  stays: z.array(z.strictObject({ dossier: Id, document: Id, about: z.string(), because: StaysBecause })),
  staysCount: z.number().int(),
});
export type DisposalPreview = z.infer<typeof DisposalPreview>;

/** The trace of a file whose bytes are gone. */
export const DestroyedFile = z.strictObject({
  id: Id,
  disposal: Id,
  dossier: Id,
  dossierCode: z.string(),
  document: Id,
  about: z.string(),
  name: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  destroyedAt: Instant,
  /** something else has the same content, so its bytes are still here under that */
  contentStays: z.boolean(),
});
export type DestroyedFile = z.infer<typeof DestroyedFile>;

/**
 * What is printed of a disposal: the list (danh mục tài liệu hết giá trị), the explanation (bản thuyết minh), the council's
 * minutes (biên bản họp hội đồng), the draft of the decision (quyết định hủy), the minutes of the destruction (biên bản hủy).
 */
export const DisposalForm = z.enum(['list', 'explanation', 'council-minutes', 'decision', 'destruction-minutes']);
export type DisposalForm = z.infer<typeof DisposalForm>;
