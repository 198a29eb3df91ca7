import { createHash } from 'node:crypto';
import { openPackage, packageFiles, PackageRefused, usualLimits } from '../../packages/index.ts';
import { filesIn, type HeldFile, type JobAnswer, type JobDeps, type StoreJob } from './jobs.ts';

/** Files that are on their way at once: most of the time each waits for the disk. */
const lanes = 6;

/**
 * Puts every file of a package into the store and compares it with what was checked. A content that is there already, whole, is
 * not written again. What a kill leaves of a file has no name and is cleared at the next start.
 */
export async function storeFiles({ path, files: pages }: StoreJob, deps: Pick<JobDeps, 'blobs' | 'signal' | 'moved'>): Promise<JobAnswer> {
  const files = filesIn(pages);
  let source: Awaited<ReturnType<typeof openPackage>>;
  try {
    source = await openPackage(path, usualLimits);
  } catch (error) {
    if (error instanceof PackageRefused) return { ok: false, failure: { code: 'package-gone', path } };
    throw error;
  }
  try {
    const there = packageFiles(source).files;
    if (there.size !== files.length) return { ok: false, failure: { code: 'package-changed', path, file: '' } };
    const waiting = files.values();
    const failures: JobAnswer[] = [];
    const lane = async (): Promise<void> => {
      for (const file of waiting) {
        if (failures.length > 0) return;
        const is = deps.signal.aborted ? 'cancelled' : await stored(there.get(file.path), file, deps);
        if (is === 'stored') deps.moved(file.size);
        else failures.push({ ok: false, failure: is === 'cancelled' ? { code: 'cancelled' } : { code: 'package-changed', path, file: file.path } });
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
    const thrown = ended.find((one) => one.status === 'rejected');
    if (thrown !== undefined) throw thrown.reason;
    return failures[0] ?? { ok: true, made: null };
  } catch (error) {
    if (error instanceof PackageRefused) return { ok: false, failure: { code: 'package-changed', path, file: error.refusal.file } };
    throw error;
  } finally {
    await source.close();
  }
}

type Pieces = { readonly pieces: () => AsyncIterable<Uint8Array> };

async function stored(there: Pieces | undefined, { sha256 }: HeldFile, { blobs, signal }: Pick<JobDeps, 'blobs' | 'signal'>): Promise<'stored' | 'changed' | 'cancelled'> {
  if (there === undefined || sha256 === '') return 'changed';
  if (blobs.has(sha256)) {
    // What stands in the store under this name vouches for itself; a damaged one is written anew.
    const whole = await blobs.verify(sha256).catch(() => undefined);
    if (whole !== undefined) return 'stored';
  }
  const writer = await blobs.writer();
  const hash = createHash('sha256');
  try {
    for await (const piece of there.pieces()) {
      if (signal.aborted) {
        await writer.abort();
        return 'cancelled';
      }
      hash.update(piece);
      await writer.write(piece);
    }
  } catch (error) {
    await writer.abort();
    throw error;
  }
  if (hash.digest('hex') !== sha256) {
    await writer.abort();
    return 'changed';
  }
  await writer.finish();
  return 'stored';
}
