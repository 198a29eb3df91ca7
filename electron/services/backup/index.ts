export { createBackup, shownOf, type BackupService, type HostBackup } from './backup.ts';
export { adoptRestored } from './restored.ts';
export type { BackupJob, JobAnswer, RunJob, VerifyDone } from './ports.ts';
