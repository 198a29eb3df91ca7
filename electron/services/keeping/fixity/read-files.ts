import { setTimeout as pause } from 'node:timers/promises';
import { BlobDamaged, BlobMissing, type Blobs } from '../../../store/index.ts';
import type { CheckedFile, FileToCheck } from './ports.ts';

/** A slice ends with the file at hand after so long: what is killed has lost no more than that and one file. */
const sliceMs = 2000;
/** How long it works before it leaves the disk to others. */
const burstMs = 40;

/** Reads files one after another until the slice is over; answers how each was found. Runs in a thread of its own. */
export async function readFiles(blobs: Pick<Blobs, 'pieces'>, files: readonly FileToCheck[], share: number): Promise<CheckedFile[]> {
  const until = performance.now() + sliceMs;
  const found: CheckedFile[] = [];
  let begun = performance.now();
  const breathe = async (): Promise<void> => {
    const worked = performance.now() - begun;
    if (worked < burstMs || share >= 100) return;
    await pause(worked * (100 / share - 1));
    begun = performance.now();
  };
  for (const file of files) {
    found.push(await readOne(blobs, file, breathe));
    if (performance.now() >= until) break;
  }
  return found;
}

async function readOne(blobs: Pick<Blobs, 'pieces'>, { sha256, size }: FileToCheck, breathe: () => Promise<void>): Promise<CheckedFile> {
  let bytes = 0;
  try {
    for await (const piece of blobs.pieces(sha256)) {
      bytes += piece.length;
      await breathe();
    }
    await breathe();
    return bytes === size ? { sha256, harm: null, detail: '', bytes } : { sha256, harm: 'damaged', detail: `${String(bytes)} bytes, not ${String(size)}`, bytes };
  } catch (error) {
    if (error instanceof BlobMissing) return { sha256, harm: 'missing', detail: '', bytes };
    if (error instanceof BlobDamaged) return { sha256, harm: 'damaged', detail: error.message, bytes };
    return { sha256, harm: 'unreadable', detail: (error as NodeJS.ErrnoException).code ?? String(error), bytes };
  }
}
