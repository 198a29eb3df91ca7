import { workerData } from 'node:worker_threads';

/**
 * A thread beside a program that may be made to take any amount of memory: ends the whole process when it holds more
 * than `limit` bytes. The program itself may be too busy to look.
 */
const { limit } = workerData as { readonly limit: number };
setInterval(() => {
  if (process.memoryUsage.rss() > limit) process.kill(process.pid, 'SIGKILL');
}, 50);
