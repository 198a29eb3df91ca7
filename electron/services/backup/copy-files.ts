import { closeSync, fdatasyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../../foundation/durable-file.ts';
import type { LookAtSealed, SealedFile } from '../../store/index.ts';
import { names } from './names.ts';
import { BackupFault, piecesOf } from './place.ts';

/** Files on their way at once in one lane: all are written before the disk is waited for. */
const batchFiles = 64;
const batchBytes = 32 * 1024 * 1024;

/** Some stored files to be copied; `from` and `to` are folders of stored files, `key` opens them. */
export type Batch = { readonly from: string; readonly to: string; readonly key: Uint8Array; readonly names: readonly string[] };
export type Copied = { readonly name: string; readonly file: SealedFile } | { readonly name: string; readonly why: 'missing' | 'damaged' };

/**
 * Copies batches, some side by side: most of the time of a small file is waiting for the disk, and disks do many such waits at
 * once. The host provides it; `told` hears of bytes as they are written.
 */
export type Lanes = { readonly count: number; readonly copy: (batch: Batch, told: (bytes: number) => void) => Promise<readonly Copied[]> };

/**
 * Copies stored files as they are, encrypted: all are written under another name, waited for, read back and compared with their
 * hash, and only then named. So whatever has a name is whole. Waits for disks. `told` may throw.
 */
export function copyBatch({ from, to, names: wanted }: Batch, look: LookAtSealed, told: (bytes: number) => void): Copied[] {
  const pathIn = (blobs: string, name: string): string => join(blobs, name.slice(0, 2), name);
  const growing = (name: string): string => join(to, names.unfinished, name);
  const written = wanted.map((name) => ({ name, file: writtenFrom(pathIn(from, name), growing(name), told) }));
  for (const { file } of written) if (file !== undefined) settled(file);
  return written.map(({ name, file }): Copied => {
    if (file === undefined) return { name, why: 'missing' };
    const seen = look(growing(name), name);
    if (seen === undefined) {
      rmSync(growing(name));
      if (!isWhole(look, pathIn(from, name), name)) return { name, why: 'damaged' };
      throw new BackupFault('backup-not-the-same', { file: growing(name) });
    }
    mkdirSync(join(to, name.slice(0, 2)), { recursive: true, mode: 0o700 });
    renameSync(growing(name), pathIn(to, name));
    told(0);
    return { name, file: seen };
  });
}

/** Writes a copy; undefined when the source does not give its bytes, which is no reason to stop. */
function writtenFrom(from: string, to: string, told: (bytes: number) => void): number | undefined {
  const pieces = piecesOf(from);
  const next = (): IteratorResult<Buffer> | undefined => {
    try {
      return pieces.next();
    } catch (error) {
      if (typeof (error as NodeJS.ErrnoException | null)?.syscall === 'string') return undefined;
      throw error;
    }
  };
  const first = next();
  if (first === undefined) return undefined;
  const file = openSync(to, 'w', 0o600);
  try {
    for (let now: IteratorResult<Buffer> | undefined = first; now?.done === false; now = next()) {
      for (let at = 0; at < now.value.length; ) at += writeSync(file, now.value, at);
      told(now.value.length);
    }
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function settled(file: number): void {
  try {
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Whether what was read itself is right, so that the disk that was written is at fault. */
function isWhole(look: LookAtSealed, path: string, name: string): boolean {
  try {
    return look(path, name) !== undefined;
  } catch {
    return false;
  }
}

export type FileCopier = {
  /** Takes a file on, of so many bytes; waits where all lanes are busy. */
  readonly add: (name: string, size: number) => Promise<void>;
  /** Waits until all are copied. */
  readonly flush: () => Promise<void>;
  /** Makes the names of all files survive a power cut. */
  readonly settle: () => void;
};

/** Copies many stored files over the lanes; `came` hears of each, in no order. A killed one has lost the batches that were under way. */
export function fileCopier(order: Omit<Batch, 'names'>, lanes: Lanes, told: (bytes: number) => void, came: (copied: Copied) => void): FileCopier {
  const growing = join(order.to, names.unfinished);
  mkdirSync(growing, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(growing)) rmSync(join(growing, name));
  const touched = new Set<string>();
  const busy = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  let wanted: string[] = [];
  let bytes = 0;

  function begin(): void {
    if (wanted.length === 0) return;
    const batch = { ...order, names: wanted };
    wanted = [];
    bytes = 0;
    const work = lanes
      .copy(batch, told)
      .then((copied) => {
        for (const one of copied) {
          if ('file' in one) touched.add(one.name.slice(0, 2));
          came(one);
        }
      })
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => busy.delete(work));
    busy.add(work);
  }
  function stopIfFailed(): void {
    if (failure !== undefined) throw failure.error;
  }

  return {
    add: async (name, size) => {
      wanted.push(name);
      bytes += size;
      if (wanted.length < batchFiles && bytes < batchBytes) return;
      while (busy.size >= lanes.count) await Promise.race(busy);
      // Nobody writes any more when the failure is told.
      if (failure !== undefined) await Promise.all(busy);
      stopIfFailed();
      begin();
    },
    flush: async () => {
      begin();
      await Promise.all(busy);
      stopIfFailed();
    },
    settle: () => {
      for (const prefix of touched) syncFolder(join(order.to, prefix));
      syncFolder(order.to);
    },
  };
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
