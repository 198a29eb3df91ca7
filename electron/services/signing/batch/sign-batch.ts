import { rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Result } from '../../../foundation/outcome.ts';
import type { ClientDeps } from '../../trust/index.ts';
import type { SignedFile } from '../finish.ts';
import type { PreparedFile } from '../prepare.ts';
import { onDisk, refusals, type SigningRefusal } from '../refusals.ts';
import type { Missing } from '../missing.ts';
import { stamped, type Signed, type Stamp } from '../sign-file.ts';
import type { BatchFile, BatchSigner, BatchStep, FileEnd, FileOutcome, FileWork, TokenLine, TokenSignature, WorkFault } from './job.ts';
import { beginJournal, betweenName, copyName, endJournal, scrapNames } from './journal.ts';
import { lookAhead } from './look-ahead.ts';
import { tokenQueue, type TokenQueue } from './token-queue.ts';

export type BatchDeps<F> = Omit<ClientDeps, 'cache'> & {
  readonly work: FileWork;
  /** Called once, when the first file is ready; never when none is. Whoever holds a PIN that was not asked for overwrites it. */
  readonly openToken: (onSigned: (one: TokenSignature) => void) => TokenLine<F>;
  /**
   * What follows on a file that has ended, before another one is begun in its place: a signed one is put where it belongs and
   * removed here. `open`: that could not be done now; the journal stays, so that a later start does it. Does not throw.
   */
  readonly settle?: (file: BatchFile, outcome: FileOutcome<F>) => Promise<'settled' | 'open'>;
  /** must not throw */
  readonly onProgress?: (progress: BatchProgress<F>) => void;
};

export type SigningBatch = {
  readonly signer: BatchSigner;
  /** in the order in which they are signed */
  readonly files: readonly BatchFile[];
  /** address of the authority for steps at level T */
  readonly tsa: string | null;
  /** the folder in which the batch is noted while it runs; `clearLeft` looks there */
  readonly journals: string;
};

/** `ended`: files that have an outcome, of `total`. */
export type BatchProgress<F> = { readonly id: string; readonly ended: number; readonly total: number } & (
  | { readonly kind: 'prepared' | 'signed'; readonly step: number }
  | { readonly kind: 'ended'; readonly outcome: FileOutcome<F> }
);

export type BatchEnd<F> = {
  /** each file of the batch, in its order */
  readonly files: readonly FileEnd<F>[];
  /** why the token ended the batch; null when it did not */
  readonly token: F | null;
};

export type RunningBatch<F> = {
  /** Before the next document: what the token has begun is finished, the rest is untouched. */
  readonly cancel: () => void;
  readonly end: Promise<BatchEnd<F>>;
};

/** After so many times without an answer one after the other, the authority is not asked again: each may take minutes. */
const unreachableInARow = 3;

/**
 * Signs many files with one PIN. Files are prepared and finished in threads beside the token, no more at once than
 * `lookAhead` bounds, so that the token has nothing to wait for. The first failure of the token ends the batch; nothing is
 * tried twice. Every file ends signed or untouched, with its cause; a batch that is killed is cleared up by `clearLeft`.
 */
export function signBatch<F>(deps: BatchDeps<F>, batch: SigningBatch): RunningBatch<F> {
  const files = batch.files.map((file) => ({ ...file, source: resolve(file.source), target: resolve(file.target) }));
  const queue = tokenQueue(deps.openToken);
  return { cancel: queue.cancel, end: run(deps, { ...batch, files }, queue) };
}

async function run<F>(deps: BatchDeps<F>, batch: SigningBatch, queue: TokenQueue<F>): Promise<BatchEnd<F>> {
  const { files } = batch;
  const outcomes = new Map<BatchFile, FileOutcome<F>>();
  const total = files.length;
  const told = (file: BatchFile, outcome: FileOutcome<F>): void => {
    outcomes.set(file, outcome);
    deps.onProgress?.({ kind: 'ended', id: file.id, ended: outcomes.size, total, outcome });
  };
  const journal = refusals(() => onDisk('target-unwritable', () => beginJournal(batch.journals, files, deps.clock.now())));
  if (!journal.ok) {
    for (const file of files) told(file, { kind: 'refused', step: 0, refusal: journal.failure });
    return { files: ended(files, outcomes), token: await queue.close() };
  }
  const progress = (file: BatchFile, kind: 'prepared' | 'signed', step: number): void => {
    deps.onProgress?.({ kind, id: file.id, step, ended: outcomes.size, total });
  };
  const work: Work<F> = { deps, batch, queue, progress, ...journal.value, unreachable: 0, isOpen: false };
  let token: F | null = null;
  try {
    await eachFile(work, told);
  } finally {
    // Whatever happens here, the token does not stay logged in.
    token = await queue.close();
  }
  await cleared(work, files.filter((file) => outcomes.get(file)?.kind !== 'signed'));
  return { files: ended(files, outcomes), token };
}

/** Begins the files one after the other as there is room, and waits for all. */
async function eachFile<F>(work: Work<F>, told: (file: BatchFile, outcome: FileOutcome<F>) => void): Promise<void> {
  const { queue, batch } = work;
  const room = lookAhead();
  const twice = targetsTwice(batch.files);
  const running: Promise<void>[] = [];
  for (const [index, file] of batch.files.entries()) {
    const leave = await room.enter(await sizeOf(file));
    running.push(
      (async () => {
        const outcome = queue.ended() ?? (twice.has(file) ? twiceRefused : await oneFile(work, file, index));
        queue.leave(index);
        if ((await work.deps.settle?.(file, outcome)) === 'open') work.isOpen = true;
        leave();
        told(file, outcome);
      })(),
    );
  }
  await Promise.all(running);
}

const twiceRefused = { kind: 'refused', step: 0, refusal: { code: 'target-exists' } } as const;

function ended<F>(files: readonly BatchFile[], outcomes: ReadonlyMap<BatchFile, FileOutcome<F>>): readonly FileEnd<F>[] {
  return files.map((file) => ({ file, outcome: outcomes.get(file) ?? { kind: 'cancelled' } }));
}

type Work<F> = {
  readonly deps: BatchDeps<F>;
  readonly batch: SigningBatch;
  readonly queue: TokenQueue<F>;
  readonly progress: (file: BatchFile, kind: 'prepared' | 'signed', step: number) => void;
  /** of the journal */
  readonly path: string;
  readonly mark: string;
  /** how often in a row the authority gave no answer */
  unreachable: number;
  /** a signed file waits for a later start */
  isOpen: boolean;
};

/** One file from first to last step. */
async function oneFile<F>(work: Work<F>, file: BatchFile, index: number): Promise<FileOutcome<F>> {
  let outcome: FileOutcome<F> | undefined;
  try {
    let source = file.source;
    let missing: Missing | null = null;
    for (const [step, wish] of file.steps.entries()) {
      const isLast = step === file.steps.length - 1;
      const target = isLast ? file.target : betweenName(file, work.mark, step);
      const made = await oneStep(work, { file, index, step, isLast, source, target, wish });
      if (made.kind !== 'signed') return (outcome = made);
      missing ??= made.file.missing;
      outcome = { ...made, file: { ...made.file, missing } };
      source = target;
    }
    return outcome ?? { kind: 'crashed', detail: 'no step' };
  } catch (error) {
    return (outcome = { kind: 'crashed', detail: error instanceof Error ? error.message : String(error) });
  } finally {
    if (outcome?.kind !== 'signed' || file.steps.length > 1) await removed(file, work.mark);
  }
}

type Step = {
  readonly file: BatchFile;
  readonly index: number;
  readonly step: number;
  readonly isLast: boolean;
  readonly source: string;
  readonly target: string;
  readonly wish: BatchStep;
};

async function oneStep<F>(work: Work<F>, what: Step): Promise<FileOutcome<F>> {
  const { file, index, step, isLast, source, target, wish } = what;
  const { deps, batch, queue, mark } = work;
  const files = { source, target, copy: copyName(file, mark, step) };
  const waiting = await deps.work.prepare({ files, signer: batch.signer, step: wish, at: deps.clock.now() });
  if (!waiting.ok) return failed(waiting.failure, step);
  const { prepared, attributes } = waiting.value;
  work.progress(file, 'prepared', step);
  const signature = await queue.ask({ file: index, step, isLast, attributes });
  if (!signature.ok) return signature.failure;
  work.progress(file, 'signed', step);
  const stamp = wish.level === 'B' ? noStamp : await timeFor(work, prepared, signature.value);
  return finished(work, { step, prepared, signature: signature.value, stamp, journal: isLast ? work.path : null });
}

const noStamp: Stamp = { time: null, missing: null };

async function timeFor<F>(work: Work<F>, prepared: PreparedFile, signature: Uint8Array): Promise<Stamp> {
  const isGivenUp = work.unreachable >= unreachableInARow;
  const stamp = await stamped(work.deps, isGivenUp ? null : work.batch.tsa, prepared, signature);
  work.unreachable = stamp.missing?.why === 'unreachable' ? work.unreachable + 1 : 0;
  return stamp;
}

type Embedding = { readonly step: number; readonly prepared: PreparedFile; readonly signature: Uint8Array; readonly stamp: Stamp; readonly journal: string | null };

async function finished<F>({ deps: { work } }: Work<F>, what: Embedding): Promise<FileOutcome<F>> {
  const { step, prepared, signature, journal } = what;
  let { stamp } = what;
  const order = { prepared, signature, journal };
  let made = await work.finish({ ...order, ...(stamp.der === undefined ? {} : { timestamp: stamp.der }) });
  if (!made.ok && made.failure.code === 'no-room' && stamp.der !== undefined) {
    stamp = { time: null, missing: { why: 'too-large', detail: `${String(made.failure.needed)} > ${String(made.failure.room)}` } };
    made = await work.finish(order);
  }
  if (!made.ok && made.failure.code === 'work-crashed') made = await afterCrash(work, prepared, made.failure, stamp);
  if (!made.ok) return failed(made.failure, step);
  const file: Signed = { ...made.value, time: stamp.time, missing: stamp.missing };
  return { kind: 'signed', file };
}

/** A thread that ended while it finished a file may have done so before or after the file got its name. */
async function afterCrash(work: FileWork, prepared: PreparedFile, fault: WorkFault, { der }: Stamp): Promise<Result<SignedFile, WorkFault>> {
  const is = await work.isFinished(prepared);
  if (!is.ok || !is.value) return { ok: false, failure: fault };
  const { target, size, field } = prepared;
  return { ok: true, value: { path: target, size, field, level: der === undefined ? 'B' : 'T' } };
}

function failed(failure: SigningRefusal | WorkFault, step: number): Extract<FileOutcome<never>, { kind: 'refused' | 'crashed' }> {
  if (failure.code === 'work-crashed') return { kind: 'crashed', detail: failure.detail };
  return { kind: 'refused', step, refusal: failure };
}

/** A disk that is full or gone is told by the work itself. */
async function sizeOf({ source, size, steps }: BatchFile): Promise<number> {
  try {
    return (size ?? (await stat(source)).size) * (steps.length > 1 ? 2 : 1);
  } catch {
    return 0;
  }
}

/** Files whose target an earlier one of the batch has already; some systems do not tell large letters from small ones. */
function targetsTwice(files: readonly BatchFile[]): ReadonlySet<BatchFile> {
  const isOne = process.platform === 'win32' || process.platform === 'darwin';
  const seen = new Set<string>();
  return new Set(
    files.filter(({ target }) => {
      const key = isOne ? target.toLowerCase() : target;
      const isTwice = seen.has(key);
      seen.add(key);
      return isTwice;
    }),
  );
}

async function removed(file: BatchFile, mark: string): Promise<boolean> {
  try {
    for (const name of scrapNames({ target: file.target, steps: file.steps.length }, mark)) await rm(name, { force: true });
    return true;
  } catch {
    // The next start tries again.
    return false;
  }
}

/** Ends the journal, unless something could not be removed: then the next start has it. */
async function cleared<F>({ mark, path, isOpen }: Work<F>, unsigned: readonly BatchFile[]): Promise<void> {
  const done = await Promise.all(unsigned.map((file) => removed(file, mark)));
  if (isOpen || !done.every(Boolean)) return;
  try {
    await endJournal(path);
  } catch {
    // The same: the files are as they were told.
  }
}
