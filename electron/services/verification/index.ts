export { clientEvidence, noEvidence, noNetwork } from './evidence/clients.ts';
export { deskDecision, DeskPolicy, deskReasons, usualDeskPolicy } from './desk/desk-decision.ts';
export { renewalOf } from './kept/renewal.ts';
export { materialOf, newestVerdict, nextFiles, queueFile, renewUndecided, saveVerdict } from './kept/verdicts.store.ts';
export { notAnalysed, type EvidenceSource, type FindDifferences, type Material } from './ports.ts';
export type { Question, VerifyDeps } from './question.ts';
export { stoppedVerdict, type StopReason } from './verdict/stopped.ts';
export { verifyFile } from './verify-file.ts';
