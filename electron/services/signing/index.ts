export type { PageText } from './appearance/lines.ts';
export { readPicture, type Picture, type PictureRefusal, type PictureUse } from './appearance/picture.ts';
export { pngOf, previewOf } from './appearance/preview.ts';
export { showingFor, wishFor, type RoleOrder, type WantedPlace } from './appearance/showing.ts';
export { roomAround } from './appearance/signer-place.ts';
export {
  leftToSign,
  type BatchFile,
  type BatchSigner,
  type BatchStep,
  type FileEnd,
  type FileOutcome,
  type FileWork,
  type LeftFile,
  type TokenLine,
  type LeftBatch,
  type WorkFault,
} from './batch/job.ts';
export { endJournal } from './batch/journal.ts';
export { oneOfMany } from './batch/leftovers.ts';
export { signBatch, type BatchEnd, type BatchProgress, type RunningBatch } from './batch/sign-batch.ts';
export type { CompleteOrder, CompletePorts, SigningAside } from './batch/aside.ts';
export { doWork, type ReadPicture, type WorkAnswers, type WorkOrder } from './batch/work.ts';
export { chainOf } from './chain.ts';
export { attributesOf, finish } from './finish.ts';
export { issueFile, type Issued } from './issue/issue-file.ts';
export { copyPages, type CopiedFile, type CopyOrder } from './copying/copy-pages.ts';
export type { CopyRefusal } from './copying/refusal.ts';
export type { RolePlan, RoleWish } from './issue/role-plan.ts';
export { issueWish, planIssue, type IssueOrder, type IssuePlan } from './issue/issue-plan.ts';
export { complete, type Completed } from './long-term/complete.ts';
export type { EvidenceDeps } from './long-term/gather.ts';
export { levelOf, type SignatureLevel } from './long-term/level.ts';
export { discard, prepare, thisRun, type PreparedFile } from './prepare.ts';
export type { SigningRefusal } from './refusals.ts';
export { reservedPlaces, reserveFields, type ReservedPlaces } from './reserve/reserve.ts';
export { signFile, type Signed } from './sign-file.ts';
export type { FieldWish, SigningWish } from './wish.ts';
export { checkPictureWith } from './office/check-picture.ts';
export { createSigningOffice, type SigningOffice, type SigningOfficeDeps } from './office/office.ts';
export { pictureFileOf } from './office/pictures.ts';
export { hasPictures } from './office/pictures.store.ts';
export { signerChecksOf } from './signer-check/check.store.ts';
