import { parentPort, workerData } from 'node:worker_threads';
import { copyBatch } from '../../services/backup/copy-files.ts';
import { BackupFault } from '../../services/backup/place.ts';
import { sealedReader } from '../../store/sealed-file.ts';
import type { FromBackupLane, ToBackupLane } from '../threads/backup-lanes.ts';

/** A thread that copies stored files, one batch after the other. */
const given = new Int32Array(workerData as SharedArrayBuffer);
const toldEvery = 4 * 1024 * 1024;

function say(message: FromBackupLane): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (message: ToBackupLane) => {
  if (message.kind === 'end') {
    parentPort?.close();
    return;
  }
  let untold = 0;
  try {
    const copied = copyBatch(message.batch, sealedReader(message.batch.key), (bytes) => {
      if (Atomics.load(given, 0) !== 0) throw new BackupFault('backup-cancelled', {});
      untold += bytes;
      if (untold < toldEvery) return;
      say({ kind: 'told', bytes: untold });
      untold = 0;
    });
    say({ kind: 'told', bytes: untold });
    say({ kind: 'copied', copied });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (error instanceof BackupFault) say({ kind: 'fault', code: error.code, params: error.params, message: text });
    else say({ kind: 'fault', code: (error as NodeJS.ErrnoException).code ?? '', params: null, message: text });
  }
});
