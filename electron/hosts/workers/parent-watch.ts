import { workerData } from 'node:worker_threads';
import { isAlive } from '../../foundation/process-alive.ts';

/**
 * A thread beside a program that may hang inside foreign code: ends the whole process when the one that started it is
 * gone. The program itself would never hear of it.
 */
const { parent } = workerData as { readonly parent: number };
// Electron on Linux may put a process of its own between the two; its number says nothing then.
const isDirect = process.ppid === parent;
setInterval(() => {
  if ((isDirect && process.ppid !== parent) || !isAlive(parent)) process.kill(process.pid, 'SIGKILL');
}, 1000);
