import { Worker } from 'node:worker_threads';
import type { CheckedFile, CheckOptions, Described, PackageReport, SignatureState, SignedFile } from '../../services/packages/index.ts';
import type { Result } from '../../foundation/outcome.ts';
import { workerProgram } from './worker-program.ts';

/** A signed file as a thread tells of it: by its path, or with its bytes when it lies in a ZIP. */
export type SentFile = { readonly path: string; readonly source: { readonly kind: 'path'; readonly path: string } | { readonly kind: 'bytes'; readonly bytes: Uint8Array } };

export type ToPackageCheck =
  | { readonly kind: 'check'; readonly path: string; readonly profile: CheckOptions['profile']; readonly asksVerdicts: boolean }
  | { readonly kind: 'verdict'; readonly call: number; readonly state: SignatureState }
  | { readonly kind: 'more' }
  | { readonly kind: 'stop' };
export type FromPackageCheck =
  | { readonly kind: 'progress'; readonly progress: Parameters<NonNullable<CheckOptions['onProgress']>>[0] }
  | { readonly kind: 'ask'; readonly call: number; readonly file: SentFile }
  /** the report's long lists come before it, a part at a time: to take ten thousand documents at once is a quarter of a second */
  | { readonly kind: 'part'; readonly files: readonly CheckedFile[]; readonly described: readonly Described[] }
  | { readonly kind: 'report'; readonly report: PackageReport };

/** Who judges a file's signatures for the checks. */
export type JudgeFile = (file: SentFile) => Promise<SignatureState>;

export type PackageCheckThreads = {
  /** Checks a package aside; fails only when the thread ended before its time. */
  readonly check: (path: string, options?: CheckOptions) => Promise<Result<PackageReport, { readonly code: 'check-crashed'; readonly detail: string }>>;
  readonly close: () => Promise<void>;
};

type Options = {
  /** left out where nobody can judge signatures */
  readonly judge?: JudgeFile;
  readonly program?: string;
};

/** Trees of a METS at its bound (`usualLimits.xmlElements`) have about 1.5 GB. */
const resourceLimits = { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 48 };

/**
 * Checks packages in threads, one for each that is asked for, so that the thread of the core answers meanwhile: reading a METS of
 * ten thousand documents is one step of a second. Signatures are judged by whom the host names, not in the thread.
 */
export function packageCheckThreads({ judge, program = workerProgram('package-check-worker') }: Options = {}): PackageCheckThreads {
  const running = new Set<Worker>();

  async function answered(worker: Worker, { call, file }: Extract<FromPackageCheck, { kind: 'ask' }>): Promise<void> {
    const state = await (judge?.(file) ?? nobody).catch((error: unknown): SignatureState => ({ indication: 'unchecked', why: error instanceof Error ? error.message : String(error), signer: '' }));
    worker.postMessage({ kind: 'verdict', call, state } satisfies ToPackageCheck);
  }

  return {
    check: (path, { profile, onProgress, signal } = {}) =>
      new Promise((resolve) => {
        const worker = new Worker(program, { resourceLimits });
        running.add(worker);
        const files: CheckedFile[] = [];
        const described: Described[] = [];
        const stop = (): void => {
          worker.postMessage({ kind: 'stop' } satisfies ToPackageCheck);
        };
        const done = (answer: Awaited<ReturnType<PackageCheckThreads['check']>>): void => {
          signal?.removeEventListener('abort', stop);
          if (running.delete(worker)) void worker.terminate();
          resolve(answer);
        };
        worker.on('message', (message: FromPackageCheck) => {
          if (message.kind === 'progress') onProgress?.(message.progress);
          else if (message.kind === 'ask') void answered(worker, message);
          else if (message.kind === 'part') {
            files.push(...message.files);
            described.push(...message.described);
            worker.postMessage({ kind: 'more' } satisfies ToPackageCheck);
          } else done({ ok: true, value: { ...message.report, files, described } });
        });
        worker.on('error', (error) => {
          done({ ok: false, failure: { code: 'check-crashed', detail: error instanceof Error ? error.message : String(error) } });
        });
        worker.on('exit', (code) => {
          done({ ok: false, failure: { code: 'check-crashed', detail: `exit ${String(code)}` } });
        });
        worker.postMessage({ kind: 'check', path, profile, asksVerdicts: judge !== undefined } satisfies ToPackageCheck);
        signal?.addEventListener('abort', stop);
        if (signal?.aborted === true) stop();
      }),
    close: async () => {
      await Promise.all([...running].map((worker) => worker.terminate()));
    },
  };
}

const nobody: Promise<SignatureState> = Promise.resolve({ indication: 'unchecked', why: '', signer: '' });

/** Bytes of a signed file inside a ZIP that a verdict may hold at once; a larger one must be judged by itself. */
const mostBytes = 256 * 2 ** 20;

/** What is sent of a signed file: its path when it has one. Undefined for one inside a ZIP that is too large to hold. */
export async function sentFile({ path, size, diskPath, pieces }: SignedFile): Promise<SentFile | undefined> {
  if (diskPath !== null) return { path, source: { kind: 'path', path: diskPath } };
  if (size > mostBytes) return undefined;
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const piece of pieces()) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { path, source: { kind: 'bytes', bytes } };
}
