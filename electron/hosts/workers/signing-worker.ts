import { parentPort } from 'node:worker_threads';
import { doWork, thisRun, type WorkOrder } from '../../services/signing/index.ts';
import type { FromSigningThread } from '../signing-threads.ts';

/** A signing thread: prepares and finishes files, one order at a time, each synchronously. */
function say(message: FromSigningThread): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (order: WorkOrder) => {
  say({ kind: 'done', answer: doWork(order) });
});
// Copies that this thread made are finished by it: another one would digest them anew.
say({ kind: 'ready', run: thisRun });
