import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * A restore, or only its last act, in a process that loses its power at the nth call of the file system of a kind: before it is
 * done. Exits 0 when it came to its end.
 */
const { kind, nth, job, profile } = JSON.parse(fs.readFileSync(0, 'utf8')) as { kind: 'renameSync' | 'fdatasyncSync'; nth: number; job: Record<string, unknown> | null; profile: string };
let calls = 0;
const real = fs[kind] as (...given: unknown[]) => void;
(fs as unknown as Record<string, unknown>)[kind] = (...given: unknown[]): void => {
  calls += 1;
  if (calls === nth) process.kill(process.pid, 'SIGKILL');
  real(...given);
};
syncBuiltinESMExports();

// Loaded after the calls were replaced.
const { doJob } = await import('../../../electron/services/backup/job.ts');
const { finishRestore } = await import('../../../electron/store/index.ts');
if (job !== null) {
  const machineKey = Buffer.from(job['machineKey'] as string, 'hex');
  const answer = await doJob({ ...job, machineKey } as unknown as Parameters<typeof doJob>[0], () => undefined, () => false);
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
}
const finished = finishRestore(profile);
if (!finished.ok) throw new Error(finished.failure.code);
