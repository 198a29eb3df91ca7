export { clientEvidence, noEvidence, noNetwork } from './evidence/clients.ts';
export { notAnalysed, type Differences, type EvidenceSource, type FindDifferences, type SignatureFacts, type StoredCrl } from './ports.ts';
export type { Question, VerifyDeps } from './question.ts';
export { verifyFile } from './verify-file.ts';
export type { ExpectedAgency } from './who/signer.ts';
