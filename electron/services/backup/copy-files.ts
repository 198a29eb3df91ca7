import { closeSync, fdatasyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../../foundation/durable-file.ts';
import { BlobDamaged, type SealedFile } from '../../store/index.ts';
import { names } from './form.ts';
import { BackupFault, piecesOf } from './place.ts';

/** Files on their way at once: all are written before the disk is waited for. */
const batchFiles = 64;
const batchBytes = 32 * 1024 * 1024;

export type CopyOrder = {
  /** where a stored file comes from */
  readonly from: (name: string) => string;
  /** the folder of stored files that it goes into */
  readonly to: string;
  /** reads a stored file and compares it with its name */
  readonly look: (path: string, name: string) => SealedFile;
  readonly breathe: (bytes: number) => void;
};
export type Copied = { readonly name: string; readonly file: SealedFile } | { readonly name: string; readonly why: 'missing' | 'damaged' };

export type FileCopier = {
  /** Takes a file on; what came of it and of those before is answered when a batch is full. */
  readonly add: (name: string) => readonly Copied[];
  /** Ends the batch. */
  readonly flush: () => readonly Copied[];
  /** Makes the names of all files survive a power cut. */
  readonly settle: () => void;
};

/**
 * Copies stored files as they are, encrypted, in batches: written under another name, waited for, read back and compared with
 * their hash, and only then named. So whatever has a name is whole, and a killed run has lost one batch.
 */
export function fileCopier({ from, to, look, breathe }: CopyOrder): FileCopier {
  const growing = join(to, names.unfinished);
  mkdirSync(growing, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(growing)) rmSync(join(growing, name));
  const touched = new Set<string>();
  let batch: { readonly name: string; readonly file: number | undefined }[] = [];
  let bytes = 0;

  function flush(): Copied[] {
    const mine = batch;
    batch = [];
    bytes = 0;
    for (const { file } of mine) if (file !== undefined) closed(file);
    return mine.map(({ name, file }) => (file === undefined ? { name, why: 'missing' } : settled(name)));
  }

  function settled(name: string): Copied {
    const path = join(growing, name);
    let file: SealedFile;
    try {
      file = look(path, name);
    } catch (error) {
      if (!(error instanceof BlobDamaged)) throw error;
      rmSync(path);
      if (isBad(name)) return { name, why: 'damaged' };
      throw new BackupFault('backup-not-the-same', { file: path }, error);
    }
    breathe(0);
    const folder = join(to, name.slice(0, 2));
    if (!touched.has(folder)) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      touched.add(folder);
    }
    renameSync(path, join(folder, name));
    return { name, file };
  }

  /** Whether what was read itself is at fault, and not the disk that was written. */
  function isBad(name: string): boolean {
    try {
      look(from(name), name);
      return false;
    } catch {
      return true;
    }
  }

  function add(name: string): readonly Copied[] {
    let file: number | undefined;
    const pieces = piecesOf(from(name));
    // The source's own refusals are its fault, and no reason to stop.
    const first = taken(() => pieces.next());
    if (first !== undefined) {
      file = openSync(join(growing, name), 'w', 0o600);
      try {
        for (let now: IteratorResult<Buffer> | undefined = first; now?.done === false; now = taken(() => pieces.next())) {
          for (let at = 0; at < now.value.length; ) at += writeSync(file, now.value, at);
          bytes += now.value.length;
          breathe(now.value.length);
        }
      } catch (error) {
        closeSync(file);
        throw error;
      }
    }
    batch.push({ name, file });
    return batch.length >= batchFiles || bytes >= batchBytes ? flush() : [];
  }

  return {
    add,
    flush,
    settle: () => {
      for (const folder of touched) syncFolder(folder);
      syncFolder(to);
    },
  };
}

function taken<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException | null)?.syscall === 'string') return undefined;
    throw error;
  }
}

function closed(file: number): void {
  try {
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Which stored files lie in a folder, asked in the order of their names: one folder of names is in memory at a time. */
export function namesIn(blobs: string): (name: string) => boolean {
  let prefix = '';
  let there = new Set<string>();
  return (name) => {
    if (name.slice(0, 2) !== prefix) {
      prefix = name.slice(0, 2);
      try {
        there = new Set(readdirSync(join(blobs, prefix)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        there = new Set();
      }
    }
    return there.has(name);
  };
}
