import type { BackupProgress } from '#contract';
import { sealedReader, storeFaultOf } from '../../store/index.ts';
import { copyBatch, type Lanes } from './copy-files.ts';
import { listGenerations } from './generations.ts';
import { judgeFolder, tryToWrite } from './judge-folder.ts';
import { atPlace, BackupFault, checkPlace } from './place.ts';
import type { BackupJob, DoneOf, JobAnswer, Watch } from './ports.ts';
import { restoreGeneration } from './restore-generation.ts';
import { verifyGeneration } from './verify-generation.ts';
import { writeGeneration } from './write-generation.ts';

/** One lane, in the thread that asks. */
const ownLane: Lanes = { count: 1, copy: (batch, told) => Promise.resolve(copyBatch(batch, sealedReader(batch.key), told)) };

/** Thrown where a job was given up. */
class GivenUp extends Error {}

/** Does one job to its end, in a thread that may wait for disks. `isOver`: whether it was given up. */
export async function doJob<J extends BackupJob>(job: J, progress: (now: BackupProgress) => void, isOver: () => boolean, lanes: Lanes = ownLane): Promise<JobAnswer<J>> {
  const watch: Watch = {
    progress,
    breathe: () => {
      if (isOver()) throw new GivenUp();
    },
  };
  try {
    return { ok: true, value: (await done(job, watch, lanes)) as DoneOf<J> };
  } catch (error) {
    if (error instanceof GivenUp) return { ok: false, failure: { code: 'backup-cancelled', params: {} } };
    if (error instanceof BackupFault) return { ok: false, failure: { code: error.code, params: error.params } };
    const { code = '' } = error as { code?: string };
    // What is read from is the folder; what is written to in a restore is this machine's own.
    if (job.kind === 'restore' && /^(EIO|ENODEV|ENXIO|ESTALE|ENOENT|ENOTDIR|ETIMEDOUT)$/.test(code)) return { ok: false, failure: { code: 'backup-place-gone', params: { folder: job.place } } };
    const fault = storeFaultOf(error);
    if (fault !== undefined) return { ok: false, failure: { code: fault, params: {} } };
    throw error;
  }
}

function done(job: BackupJob, watch: Watch, lanes: Lanes): unknown {
  switch (job.kind) {
    case 'check':
      checkPlace(job.place, job.profile);
      tryToWrite(job.place);
      return null;
    case 'judge':
      return judgeFolder(job);
    case 'write':
      return writeGeneration(job, watch, lanes);
    case 'list':
      return atPlace(job.place, 0, () => listGenerations(job.place, job.keyCheck));
    case 'verify':
      return verifyGeneration(job, watch);
    case 'restore':
      return restoreGeneration(job, watch, lanes);
  }
}
