import { Worker } from 'node:worker_threads';
import type { BackupProgress } from '#contract';
import type { BackupJob, JobAnswer, RunJob } from '../../services/backup/index.ts';
import { workerProgram } from './worker-program.ts';

/** `over`: one 32-bit word; anything but 0 ends the job at its next breath, as it hears no message while it waits for disks. */
export type BackupThreadData = { readonly job: BackupJob; readonly over: SharedArrayBuffer };
export type FromBackupThread = { readonly kind: 'progress'; readonly now: BackupProgress } | { readonly kind: 'done'; readonly answer: JobAnswer<BackupJob> };

/** Names of one folder, lines that wait, and the buffers of a few files. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

/**
 * Does a job of the backups in a thread of its own, with calls that wait: a share that does not answer then keeps nobody but
 * this thread, also none of the threads that all of the core's files go through. It ends by itself after its job, or at the next
 * breath once it was given up.
 */
export function backupThread(log: (line: string) => void): RunJob {
  return (job, progress, signal) =>
    new Promise((resolve, reject) => {
      const over = new SharedArrayBuffer(4);
      const worker = new Worker(workerProgram('backup-worker'), { workerData: { job, over } satisfies BackupThreadData, resourceLimits });
      const giveUp = (): void => {
        Atomics.store(new Int32Array(over), 0, 1);
      };
      if (signal.aborted) giveUp();
      signal.addEventListener('abort', giveUp);
      worker.on('message', (message: FromBackupThread) => {
        if (message.kind === 'progress') progress(message.now);
        else resolve(message.answer as JobAnswer<typeof job>);
      });
      worker.on('error', (error) => {
        log(`the backup thread failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        reject(error instanceof Error ? error : new Error(String(error)));
      });
      worker.on('exit', (code) => {
        signal.removeEventListener('abort', giveUp);
        reject(new Error(`the backup thread has ended: ${String(code)}`));
      });
    });
}
