import { parentPort, workerData } from 'node:worker_threads';
import { storeMessage } from '../../services/exchange/store-message.ts';
import { blobsBeside, type BlobAccess } from '../../store/blobs.ts';
import type { FromMessageThread, ToMessageThread } from '../threads/message-protocol.ts';

/** The message thread: reads small messages and puts them on disk beside the core, as many at once as it is given. */
const blobs = blobsBeside(workerData as BlobAccess);

function say(message: FromMessageThread): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (message: ToMessageThread) => {
  if (message.kind === 'end') {
    parentPort?.close();
    return;
  }
  const { id, bytes } = message;
  storeMessage(blobs, bytes).then(
    (whole) => {
      say({ kind: 'stored', id, whole });
    },
    (error: NodeJS.ErrnoException) => {
      say({ kind: 'failed', id, error, code: error.code });
    },
  );
});
say({ kind: 'ready' });
