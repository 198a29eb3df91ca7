import { mkdir, rm } from 'node:fs/promises';
import { archive, useCopy } from './archive.ts';
import { describe } from './describe.ts';
import type { Job, JobAnswer, JobDeps } from './jobs.ts';
import { storeFiles } from './store-files.ts';

/** Does one job. The folder of work is there for those that need one, and gone after it. */
export async function doJob(job: Job, deps: JobDeps): Promise<JobAnswer> {
  if (job.kind === 'store') return storeFiles(job, deps);
  if (job.kind === 'describe') return describe(job, deps);
  await rm(deps.work, { recursive: true, force: true });
  await mkdir(deps.work, { recursive: true, mode: 0o700 });
  try {
    return await (job.kind === 'archive' ? archive(job, deps) : useCopy(job, deps));
  } finally {
    await rm(deps.work, { recursive: true, force: true });
  }
}
