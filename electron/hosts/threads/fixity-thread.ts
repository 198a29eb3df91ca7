import { Worker } from 'node:worker_threads';
import type { CheckedFile, CheckFiles, FileToCheck } from '../../services/keeping/index.ts';
import type { BlobAccess } from '../../store/index.ts';
import { workerProgram } from './worker-program.ts';

export type ToFixityThread = { readonly id: number; readonly files: readonly FileToCheck[]; readonly share: number };
export type FromFixityThread = { readonly id: number; readonly checked: readonly CheckedFile[] };

export type FixityThread = { readonly check: CheckFiles; readonly stop: () => Promise<void> };

type Waiting = { readonly resolve: (checked: readonly CheckedFile[]) => void; readonly reject: (error: unknown) => void };

/**
 * A thread of this process that reads stored files and compares them with their hashes, so that nobody waits for it. It is
 * started when there is something to read; one that ends before its time rejects what it had, and the next question starts
 * another.
 */
export function fixityThread(access: BlobAccess, log: (line: string) => void): FixityThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let count = 0;

  function ended(which: Worker, error: unknown): void {
    if (worker !== which) return;
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function started(): Worker {
    const made = new Worker(workerProgram('fixity-worker'), { workerData: access });
    made.unref();
    made.on('message', ({ id, checked }: FromFixityThread) => {
      const asked = waiting.get(id);
      waiting.delete(id);
      asked?.resolve(checked);
    });
    made.on('error', (error) => {
      log(`the fixity thread failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      ended(made, error);
    });
    made.on('exit', () => {
      ended(made, new Error('the fixity thread has ended'));
    });
    return made;
  }

  return {
    check: (files, share) =>
      new Promise((resolve, reject) => {
        worker ??= started();
        count += 1;
        waiting.set(count, { resolve, reject });
        worker.postMessage({ id: count, files, share } satisfies ToFixityThread);
      }),
    stop: async () => {
      await worker?.terminate();
    },
  };
}
