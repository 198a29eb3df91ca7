import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { DigestAside, Digested } from '../../services/packages/index.ts';
import { workerProgram } from './worker-program.ts';

export type FromPackageDigest = { readonly done: readonly Digested[]; readonly bytes: number };

/** One processor is left for the thread that judges METS and fields; disks are not quicker for more than four readers. */
const mostThreads = 3;

/** Threads that read files of a package while another one judges what they say of each other. */
export function digestThreads(program = workerProgram('package-digest-worker')): DigestAside {
  return async (order, tell) => {
    const count = Math.min(mostThreads, availableParallelism() - 1);
    await Promise.all(
      Array.from(
        { length: count },
        () =>
          new Promise<void>((resolve) => {
            const worker = new Worker(program, { workerData: order });
            worker.on('message', ({ done, bytes }: FromPackageDigest) => {
              tell(done, bytes);
            });
            // What it had taken and not told of is read by whoever asks for it.
            worker.on('error', () => {
              resolve();
            });
            worker.on('exit', () => {
              resolve();
            });
          }),
      ),
    );
  };
}
