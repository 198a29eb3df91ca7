export type { AuditFact } from './entry.ts';
export { appendAudit, traceOf } from './audit.store.ts';
export { chainChecker, readLogLine, verifyChain, verifyChainByTurns, type ChainVerdict } from './chain.ts';
export { exportLog } from './export-log.ts';
