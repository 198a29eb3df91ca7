export { createHandover, type HandoverService, type HostHandover } from './handlers.ts';
export { doJob } from './aside/do-job.ts';
export type { Hands, Job, JobAnswer, JobListening, JobPart } from './aside/jobs.ts';
