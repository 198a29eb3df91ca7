import { chmodSync, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { newId } from '../../foundation/ids.ts';
import { BlobDamaged, BlobMissing, type Blobs } from '../../store/index.ts';
import type { FileSource } from './ports.ts';

/** Larger files are written out for the look; a letter has some hundred kilobytes, a scanned annex some ten megabytes. */
const mostInMemory = 96 * 1024 * 1024;

/** Removes what a look that was cut short may have left in the clear. */
export function clearScratch(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Gives a stored file to `use`: its bytes where memory holds them, else a file in the clear in `folder` that only this user
 * may read and that is gone when `use` is done. Undefined when the store cannot give the file whole.
 */
export async function withStored<T>(
  { blobs, folder, mostBytes = mostInMemory }: { readonly blobs: Blobs; readonly folder: string; readonly mostBytes?: number },
  { sha256, size }: { readonly sha256: string; readonly size: number },
  use: (source: FileSource) => Promise<T>,
): Promise<T | undefined> {
  try {
    if (size <= mostBytes) return await use({ kind: 'bytes', bytes: await bytesOf(blobs, sha256, size) });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    const path = join(folder, newId());
    try {
      await pipeline(blobs.stream(sha256), createWriteStream(path, { mode: 0o600, flags: 'wx' }));
      return await use({ kind: 'path', path });
    } finally {
      rmSync(path, { force: true });
    }
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing) return undefined;
    throw error;
  }
}

/** In a buffer of its own, which can be given to another thread without a copy. */
async function bytesOf(blobs: Blobs, sha256: string, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const piece of blobs.stream(sha256)) {
    bytes.set(piece as Uint8Array, at);
    at += (piece as Uint8Array).length;
  }
  return bytes;
}
