import { createReadStream, chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileRef } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { BlobDamaged, BlobMissing, type BlobRef, type Blobs } from '../../store/index.ts';

/** The one place where files of the store lie in the clear, each as long as it is worked on; nobody but this user may look. */
export type WorkFolder = {
  readonly path: string;
  /** a name in the folder that nothing has */
  readonly free: (end: string) => string;
  /** Writes a stored file out. False: the store has it no more, or not whole. */
  readonly writeOut: (sha256: string, to: string) => Promise<boolean>;
  /** Has work done with a stored file in the clear, which is gone afterwards; undefined as `writeOut` says false. */
  readonly withFile: <T>(sha256: string, work: (path: string) => Promise<T>) => Promise<T | undefined>;
  /** Puts a file of the folder into the store. */
  readonly takeIn: (path: string) => Promise<BlobRef>;
  readonly remove: (...paths: readonly string[]) => Promise<void>;
  /** Removes everything but journals and what is named. */
  readonly clear: (but: ReadonlySet<string>) => void;
};

/** Whether a file says that it is a PDF, which alone can be signed here. */
export function isPdfFile({ name, mediaType }: Pick<FileRef, 'name' | 'mediaType'>): boolean {
  return mediaType === 'application/pdf' || /\.pdf$/i.test(name);
}

/** Opens the folder, making it when it is not there. */
export function workFolder(path: string, blobs: Blobs): WorkFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  // One that was there, perhaps put back from a copy, may be open to others.
  chmodSync(path, 0o700);
  const free = (end: string): string => join(path, `${newId()}${end}`);

  async function writeOut(sha256: string, to: string): Promise<boolean> {
    const handle = await open(to, 'wx', 0o600);
    let isWhole = false;
    try {
      for await (const piece of blobs.pieces(sha256)) await handle.appendFile(piece);
      isWhole = true;
      return true;
    } catch (error) {
      if (error instanceof BlobMissing || error instanceof BlobDamaged) return false;
      throw error;
    } finally {
      await handle.close();
      if (!isWhole) await rm(to, { force: true });
    }
  }

  return {
    path,
    free,
    writeOut,
    withFile: async (sha256, work) => {
      const at = free('.pdf');
      try {
        return (await writeOut(sha256, at)) ? await work(at) : undefined;
      } finally {
        await rm(at, { force: true });
      }
    },
    takeIn: async (from) => {
      const writer = await blobs.writer();
      try {
        for await (const piece of createReadStream(from, { highWaterMark: 256 * 1024 })) await writer.write(piece as Buffer);
      } catch (error) {
        await writer.abort();
        throw error;
      }
      return writer.finish();
    },
    remove: async (...paths) => {
      for (const one of paths) await rm(one, { force: true });
    },
    clear: (but) => {
      for (const name of readdirSync(path)) {
        const at = join(path, name);
        if (!name.endsWith('.jsonl') && !but.has(at)) rmSync(at, { recursive: true, force: true });
      }
    },
  };
}
