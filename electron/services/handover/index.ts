export { archivePaperOf } from './copies/papers.ts';
export { createHandover, type HandoverService, type HostHandover } from './handlers.ts';
export type { HandoverDeps } from './ports.ts';
export { doJob } from './aside/do-job.ts';
export type { Hands, Job, JobAnswer, JobListening, JobPart } from './aside/jobs.ts';
