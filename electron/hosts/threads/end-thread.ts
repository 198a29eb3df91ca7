import type { Worker } from 'node:worker_threads';

/** What a thread of this program is told to end by; its port is closed then, and with nothing left to do it ends. */
export type EndOfThread = { readonly kind: 'end' };

/** Longer than any message takes to be stored or any small file to be judged. */
const longestEnd = 2_000;

/**
 * Lets a thread end by itself, which an idle one does at once; one that is deep in its work is ended after a while. Threads
 * are not ended from outside where it can be helped: processes of the tests went down by V8's own abort in a thread (Node 24.21).
 */
export async function endThread(worker: Worker): Promise<void> {
  // One that has ended says so no more.
  if (worker.threadId === -1) return;
  const exit = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      resolve();
    });
  });
  worker.postMessage({ kind: 'end' } satisfies EndOfThread);
  const timer = setTimeout(() => void worker.terminate(), longestEnd);
  await exit;
  clearTimeout(timer);
}
