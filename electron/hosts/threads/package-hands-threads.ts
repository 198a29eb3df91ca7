import { Worker } from 'node:worker_threads';
import type { Hands, Job, JobAnswer, JobListening, JobPart } from '../../services/handover/index.ts';
import type { BlobAccess } from '../../store/index.ts';
import { workerProgram } from './worker-program.ts';

export type PackageHandsData = { readonly blobs: BlobAccess; /** a folder of its own for what stands open during a job */ readonly work: string };
export type ToPackageHands = { readonly kind: 'job'; readonly job: Job } | { readonly kind: 'more' } | { readonly kind: 'cancel' };
export type FromPackageHands =
  | { readonly kind: 'moved'; readonly bytes: number }
  /** the next one comes when this was taken: ten thousand members at once would hold up whoever takes them */
  | { readonly kind: 'part'; readonly part: JobPart }
  | { readonly kind: 'done'; readonly answer: JobAnswer };

/** Trees of a METS at its bound (`usualLimits.xmlElements`) have about 1.5 GB, and an archival package is judged here too. */
const resourceLimits = { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 48 };

/**
 * A thread that stores, describes and archives packages for the core, one job after another; it is begun with the first job, and
 * with the next one when it ended before its time.
 */
export function packageHands(data: PackageHandsData, log: (line: string) => void, program = workerProgram('package-hands-worker')): Hands {
  let worker: Worker | undefined;
  let current: { readonly heard: (message: FromPackageHands) => void; readonly ended: (detail: string) => void } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function begun(): Worker {
    const mine = new Worker(program, { workerData: data, resourceLimits });
    const lost = (detail: string): void => {
      if (worker !== mine) return;
      worker = undefined;
      log(`a thread that works on packages ended: ${detail}`);
      current?.ended(detail);
    };
    mine.on('message', (message: FromPackageHands) => current?.heard(message));
    mine.on('error', (error) => {
      lost(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
    mine.on('exit', (code) => {
      lost(`exit ${String(code)}`);
    });
    return mine;
  }

  function run(job: Job, { signal, moved, part }: JobListening): ReturnType<Hands['do']> {
    return new Promise((resolve, reject) => {
      const mine = (worker ??= begun());
      const tell = (message: ToPackageHands): void => {
        mine.postMessage(message);
      };
      const cancel = (): void => {
        tell({ kind: 'cancel' });
      };
      const over = (): void => {
        signal?.removeEventListener('abort', cancel);
        current = undefined;
      };
      const taken = (message: Extract<FromPackageHands, { kind: 'part' }>): void => {
        try {
          part?.(message.part);
          tell({ kind: 'more' });
        } catch (error) {
          // Whoever takes the parts cannot go on: neither can the job, and what it would send is nobody's.
          over();
          worker = undefined;
          void mine.terminate();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      current = {
        heard: (message) => {
          if (message.kind === 'moved') moved?.(message.bytes);
          else if (message.kind === 'part') taken(message);
          else {
            over();
            resolve(message.answer);
          }
        },
        ended: (detail) => {
          over();
          resolve({ ok: false, failure: { code: 'thread', detail: detail.split('\n', 1)[0] ?? '' } });
        },
      };
      tell({ kind: 'job', job });
      signal?.addEventListener('abort', cancel);
      if (signal?.aborted === true) cancel();
    });
  }

  return {
    do: (job, listening = {}) => {
      const mine = last.then(() => run(job, listening));
      last = mine.catch(() => undefined);
      return mine;
    },
    end: async () => {
      await last;
      const mine = worker;
      worker = undefined;
      await mine?.terminate();
    },
  };
}
