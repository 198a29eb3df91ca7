export { clientEvidence, noEvidence, noNetwork } from './evidence/clients.ts';
export { deskDecision, DeskPolicy, deskReasons, usualDeskPolicy, type DeskDecision } from './desk/desk-decision.ts';
export { renewalOf } from './kept/renewal.ts';
export { materialOf, newestVerdict, nextFiles, queueFile, renewUndecided, saveVerdict, type KeptVerdict, type NewVerdict, type QueuedFile } from './kept/verdicts.store.ts';
export { notAnalysed, type Differences, type EvidenceSource, type FindDifferences, type Material, type SignatureFacts, type StoredCrl } from './ports.ts';
export type { Question, VerifyDeps } from './question.ts';
export { stoppedVerdict, type StopReason } from './verdict/stopped.ts';
export { verifyFile } from './verify-file.ts';
export type { ExpectedAgency } from './who/signer.ts';
