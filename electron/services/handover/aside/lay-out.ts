import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BlobDamaged, BlobMissing } from '../../../store/index.ts';
import { filesIn, type JobAnswer, type JobDeps, type KeptPackage } from './jobs.ts';

/** Lays a package that is held out as a folder, for a job that reads packages; its place is taken away with the job's. */
export async function layOut({ folder, files }: KeptPackage, { blobs, work, signal }: Pick<JobDeps, 'blobs' | 'work' | 'signal'>): Promise<{ readonly ok: true; readonly path: string } | Extract<JobAnswer, { readonly ok: false }>> {
  const root = join(work, 'held', folder);
  for (const { path, sha256 } of filesIn(files)) {
    if (signal.aborted) return { ok: false, failure: { code: 'cancelled' } };
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    try {
      await pipeline(blobs.stream(sha256), createWriteStream(target));
    } catch (error) {
      if (error instanceof BlobDamaged || error instanceof BlobMissing) return { ok: false, failure: { code: 'file-damaged', file: path } };
      throw error;
    }
  }
  return { ok: true, path: root };
}
