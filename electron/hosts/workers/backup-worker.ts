import { parentPort, workerData } from 'node:worker_threads';
import { doJob } from '../../services/backup/job.ts';
import { backupLanes } from '../threads/backup-lanes.ts';
import type { BackupThreadData, FromBackupThread } from '../threads/backup-thread.ts';

/** The backup thread: does one job and ends. It waits for disks, so that nobody else has to. */
const { job, over } = workerData as BackupThreadData;
const given = new Int32Array(over);
const lanes = backupLanes(over);
const toldEveryMs = 100;
let toldAt = 0;
let phase = '';

function say(message: FromBackupThread): void {
  parentPort?.postMessage(message);
}

const answer = await doJob(
  job,
  (now) => {
    if (now.phase === phase && performance.now() - toldAt < toldEveryMs) return;
    toldAt = performance.now();
    phase = now.phase;
    say({ kind: 'progress', now });
  },
  () => Atomics.load(given, 0) !== 0,
  lanes,
);
lanes.end();
say({ kind: 'done', answer });
parentPort?.close();
