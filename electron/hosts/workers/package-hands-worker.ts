import { parentPort, workerData } from 'node:worker_threads';
import { doJob, type Job, type JobAnswer } from '../../services/handover/index.ts';
import { blobsBeside, storeFaultOf } from '../../store/index.ts';
import type { FromPackageHands, PackageHandsData, ToPackageHands } from '../threads/package-hands-threads.ts';
import { packageSchemas } from '../package-schemas.ts';

/** Works on packages for the thread that started it, which ends it. */
const port = parentPort;
if (port === null) throw new Error('this is a worker thread');
const data = workerData as PackageHandsData;
const blobs = blobsBeside(data.blobs);
let cancelled = new AbortController();
let taken: (() => void) | undefined;
/** milliseconds between two words on the progress */
const progressPause = 100;

const tell = (message: FromPackageHands): void => {
  port.postMessage(message);
};

port.on('message', (message: ToPackageHands) => {
  if (message.kind === 'cancel') cancelled.abort();
  else if (message.kind === 'more') taken?.();
  else void work(message.job);
});

/** What the disk of the profile refuses is an answer; anything else ends the thread, and is told with it. */
async function answered(job: Job, deps: Parameters<typeof doJob>[1]): Promise<JobAnswer> {
  try {
    return await doJob(job, deps);
  } catch (error) {
    const fault = storeFaultOf(error);
    if (fault === undefined) throw error;
    return { ok: false, failure: { code: 'store', fault } };
  }
}

async function work(job: Job): Promise<void> {
  cancelled = new AbortController();
  let bytes = 0;
  let told = performance.now();
  const answer = await answered(job, {
    blobs,
    schemas: packageSchemas,
    work: data.work,
    signal: cancelled.signal,
    moved: (more) => {
      bytes += more;
      if (performance.now() - told < progressPause) return;
      told = performance.now();
      tell({ kind: 'moved', bytes });
      bytes = 0;
    },
    part: (part) =>
      new Promise((resolve) => {
        taken = resolve;
        tell({ kind: 'part', part });
      }),
  });
  if (bytes > 0) tell({ kind: 'moved', bytes });
  tell({ kind: 'done', answer });
}
