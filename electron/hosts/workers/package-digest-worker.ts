import { parentPort, workerData } from 'node:worker_threads';
import { digestPlaces, type DigestOrder } from '../../services/packages/index.ts';
import type { FromPackageDigest } from '../threads/package-digest-threads.ts';

/** Reads files of a package that nobody has taken yet, for the thread that checks it, and ends. */
const port = parentPort;
if (port === null) throw new Error('this is a worker thread');
await digestPlaces(workerData as DigestOrder, (done, bytes) => {
  port.postMessage({ done, bytes } satisfies FromPackageDigest);
});
