import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { syncFolder } from '../../../foundation/durable-file.ts';
import { entropy } from '../../../foundation/entropy.ts';
import type { PreparedFile } from '../prepare.ts';
import type { BatchFile } from './job.ts';

/** The journal of one batch, as it is found on the disk. Paths are absolute. */
export type Journal = {
  readonly path: string;
  readonly mark: string;
  readonly host: string;
  readonly pid: number;
  /** the run of the program that wrote it; a process number alone is given again */
  readonly run: string;
  readonly started: string;
  readonly files: readonly JournalFile[];
  /** what was about to get its name, by target */
  readonly naming: ReadonlyMap<string, PreparedFile>;
};

export type JournalFile = Pick<BatchFile, 'id' | 'source' | 'target'> & { readonly steps: number };

/** This run of the program that starts batches. */
export const runOfBatches = entropy(8).toString('hex');

const nameForm = /^\.tvt-signing-([0-9a-f]{16})\.jsonl$/;
const mostBytes = 256 * 1024 * 1024;
const mostSteps = 1000;
const freshMs = 60_000;

/**
 * Writes down which files a batch will make before it makes any: a later start knows by it what is left of a batch that
 * was ended in the middle. Every name that the batch gives holds `mark`. Throws what the system throws.
 */
export function beginJournal(folder: string, files: readonly BatchFile[], started: Date): Pick<Journal, 'path' | 'mark'> {
  const mark = entropy(8).toString('hex');
  const path = join(folder, `.tvt-signing-${mark}.jsonl`);
  const head = {
    kind: 'batch',
    host: hostname(),
    pid: process.pid,
    run: runOfBatches,
    started: started.toISOString(),
    files: files.map(({ id, source, target, steps }) => ({ id, source, target, steps: steps.length })),
  };
  append(path, head, 'wx');
  syncFolder(folder);
  return { path, mark };
}

/** Notes that a copy is about to get its name, with all that tells the finished file from any other. */
export function noteNaming(path: string, prepared: PreparedFile): void {
  append(path, { kind: 'naming', prepared }, 'a');
}

/** The batch is over and nothing is left of it but signed files. */
export async function endJournal(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** The name of a file while step `step` of its signatures is being made. */
export function copyName({ target }: Pick<JournalFile, 'target'>, mark: string, step: number): string {
  return `${target}.${mark}.${String(step)}.part`;
}

/** The name of a file between step `step` and the next. */
export function betweenName({ target }: Pick<JournalFile, 'target'>, mark: string, step: number): string {
  return `${target}.${mark}.${String(step)}.signed.part`;
}

/** The name of a file that got fields before it is signed, while that is prepared, and of the copy that becomes it. */
export function formNames(copy: string): readonly [form: string, copy: string] {
  return [`${copy}.form`, `${copy}.form.part`];
}

/** All names that a batch may have given to what is no finished file. */
export function scrapNames(file: Pick<JournalFile, 'target' | 'steps'>, mark: string): readonly string[] {
  return Array.from({ length: file.steps }, (_, step) => [copyName(file, mark, step), betweenName(file, mark, step), ...formNames(copyName(file, mark, step))]).flat();
}

/**
 * Removes journals that were ended before their head was written whole; no file was begun by then. `isAlone` as in `Asker`:
 * else one that is fresh may be another program's that is just writing it.
 */
export function clearHeadless(folder: string, isAlone: boolean): void {
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (!nameForm.test(name) || !isHeadless(textOf(path))) continue;
    const writtenAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (isAlone || Date.now() - writtenAt > freshMs) rmSync(path, { force: true });
  }
}

/** The journals in a folder. What does not read as one of ours is passed over and left alone. */
export function journalsIn(folder: string): readonly Journal[] {
  return namesIn(folder).flatMap((name) => {
    const mark = nameForm.exec(name)?.[1];
    return mark === undefined ? [] : (readJournal(join(folder, name), mark) ?? []);
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A folder that is not there holds nothing.
    return [];
  }
}

function append(path: string, line: object, flags: 'wx' | 'a'): void {
  const handle = openSync(path, flags, 0o600);
  try {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function isHeadless(text: string | undefined): boolean {
  return text !== undefined && !text.includes('\n') && (text === '' || text.startsWith('{"kind":"batch",'));
}

/** undefined for what is gone by now, no file, too large to be a journal, or not for us to read */
function textOf(path: string): string | undefined {
  try {
    return statSync(path).size > mostBytes ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function readJournal(path: string, mark: string): Journal | undefined {
  const [head, ...lines] = linesOf(path);
  if (head?.['kind'] !== 'batch' || !Array.isArray(head['files']) || !head['files'].every(isFile)) return undefined;
  const prepared = lines.filter(({ kind }) => kind === 'naming').map((line) => line['prepared'] as PreparedFile);
  return { ...(head as Omit<Journal, 'path' | 'mark' | 'naming'>), path, mark, naming: new Map(prepared.map((one) => [one.target, one])) };
}

function isFile(one: unknown): one is JournalFile {
  const { id, source, target, steps } = one as Line;
  return [id, source, target].every((text) => typeof text === 'string') && typeof steps === 'number' && steps >= 1 && steps <= mostSteps;
}

type Line = Readonly<Record<string, unknown>>;

/** A last line that a crash cut off is as good as none: what it would have noted was not begun. */
function linesOf(path: string): readonly Line[] {
  return (textOf(path) ?? '').split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Line];
    } catch {
      return [];
    }
  });
}
