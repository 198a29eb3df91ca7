import { createHash } from 'node:crypto';
import { fail, ok, type Outcome, type ReceivedFile } from '#contract';
import type { Blobs } from '../../../store/index.ts';
import { openPackage, packageFiles, PackageRefused, usualLimits } from '../../packages/index.ts';

type Refused = Outcome<never, 'package-gone' | 'package-changed' | 'handover-cancelled'>;

/**
 * Puts every file of a package into the store and compares it with what was checked. A content that is there already, whole, is
 * not written again. What a kill leaves of a file has no name and is cleared at the next start.
 */
export async function storeFiles(blobs: Blobs, path: string, files: readonly ReceivedFile[], signal: AbortSignal, moved: (bytes: number) => void): Promise<Outcome<null, 'package-gone' | 'package-changed' | 'handover-cancelled'>> {
  let source: Awaited<ReturnType<typeof openPackage>>;
  try {
    source = await openPackage(path, usualLimits);
  } catch (error) {
    if (error instanceof PackageRefused) return fail('package-gone', { path });
    throw error;
  }
  try {
    const there = packageFiles(source).files;
    if (there.size !== files.length) return fail('package-changed', { path, file: '' });
    for (const file of files) {
      const answer = await stored(blobs, there.get(file.path), file, path, signal);
      if (!answer.ok) return answer;
      moved(file.size);
    }
    return ok(null);
  } catch (error) {
    if (error instanceof PackageRefused) return fail('package-changed', { path, file: error.refusal.file });
    throw error;
  } finally {
    await source.close();
  }
}

async function stored(blobs: Blobs, there: { readonly pieces: () => AsyncIterable<Uint8Array> } | undefined, { path: file, sha256 }: ReceivedFile, path: string, signal: AbortSignal): Promise<Refused | { readonly ok: true; readonly value: null }> {
  const changed = fail('package-changed', { path, file });
  if (there === undefined || sha256 === '') return changed;
  if (blobs.has(sha256)) {
    // What stands in the store under this name vouches for itself; a damaged one is written anew.
    const whole = await blobs.verify(sha256).catch(() => undefined);
    if (whole !== undefined) return ok(null);
  }
  const writer = await blobs.writer();
  const hash = createHash('sha256');
  try {
    for await (const piece of there.pieces()) {
      if (signal.aborted) {
        await writer.abort();
        return fail('handover-cancelled');
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
    return changed;
  }
  await writer.finish();
  return ok(null);
}
