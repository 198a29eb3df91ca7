import { Worker } from 'node:worker_threads';
import type { Result } from '../../foundation/outcome.ts';
import type { BuildFailure, BuildOrder, BuildProgress, BuiltPackage } from '../../services/packages/index.ts';
import type { BlobAccess } from '../../store/index.ts';
import { workerProgram } from './worker-program.ts';

export type ToPackageBuild = { readonly kind: 'cancel' };
export type FromPackageBuild =
  | { readonly kind: 'progress'; readonly now: BuildProgress }
  | { readonly kind: 'done'; readonly answer: Result<BuiltPackage, BuildFailure> };
export type PackageBuildData = { readonly blobs: BlobAccess; readonly order: BuildOrder };

/** The thread ended before the package was made; what it had finished stays beside the target. */
export type PackageBuildEnded = { readonly code: 'packages-thread-ended'; readonly detail: string };

export type PackageBuildThreads = {
  /** Packages are built one after the other: two would only take the disk from each other. */
  readonly build: (order: BuildOrder, listening?: { readonly progress?: (now: BuildProgress) => void; readonly signal?: AbortSignal }) => Promise<Result<BuiltPackage, BuildFailure | PackageBuildEnded>>;
  readonly close: () => Promise<void>;
};

/** Two lanes of buffers, the plan and the content of ten thousand documents. */
const resourceLimits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 };

/** Builds packages in a thread of their own, one for each, so that nobody else waits for digests and disks. */
export function packageBuildThreads(blobs: BlobAccess, log: (line: string) => void, program = workerProgram('package-build-worker')): PackageBuildThreads {
  const closing = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  function run(order: BuildOrder, progress: (now: BuildProgress) => void, signal: AbortSignal): Promise<Result<BuiltPackage, BuildFailure | PackageBuildEnded>> {
    if (signal.aborted) return Promise.resolve({ ok: false, failure: { code: 'packages-cancelled' } });
    return new Promise((resolve) => {
      const worker = new Worker(program, { workerData: { blobs, order } satisfies PackageBuildData, resourceLimits });
      const cancel = (): void => {
        worker.postMessage({ kind: 'cancel' } satisfies ToPackageBuild);
      };
      const ended = (detail: string): void => {
        signal.removeEventListener('abort', cancel);
        resolve({ ok: false, failure: { code: 'packages-thread-ended', detail } });
      };
      signal.addEventListener('abort', cancel);
      worker.on('message', (message: FromPackageBuild) => {
        if (message.kind === 'progress') {
          progress(message.now);
          return;
        }
        signal.removeEventListener('abort', cancel);
        resolve(message.answer);
      });
      worker.on('error', (error) => {
        const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
        log(`a thread that builds a package failed: ${words}`);
        ended(error instanceof Error ? error.message : words);
      });
      worker.on('exit', (code) => {
        ended(`exit ${String(code)}`);
      });
    });
  }

  return {
    build: (order, { progress = () => undefined, signal } = {}) => {
      const stop = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
      const mine = last.then(() => run(order, progress, stop));
      last = mine;
      return mine;
    },
    close: async () => {
      closing.abort();
      await last;
    },
  };
}
