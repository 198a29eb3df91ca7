import { parentPort, workerData } from 'node:worker_threads';
import { readFiles } from '../../services/keeping/fixity/read-files.ts';
import { blobsBeside, type BlobAccess } from '../../store/blobs.ts';
import type { FromFixityThread, ToFixityThread } from '../threads/fixity-thread.ts';

/** The fixity thread: reads stored files in slices, and lets the disk breathe between them. */
const blobs = blobsBeside(workerData as BlobAccess);

parentPort?.on('message', ({ id, files, share }: ToFixityThread) => {
  void readFiles(blobs, files, share).then((checked) => {
    parentPort?.postMessage({ id, checked } satisfies FromFixityThread);
  });
});
