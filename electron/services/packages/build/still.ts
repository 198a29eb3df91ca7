import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { BuildStop } from './failures.ts';
import type { DoneFile } from './journal.ts';
import type { Sink } from './sink.ts';

/**
 * Whether a file is still what an earlier run noted: all of it is read. In a ZIP, where all that was noted is in doubt, by its CRC-32,
 * which takes a third of the time and finds what disks and programs do to a file; who changes one on purpose is found by
 * whoever checks the package, as METS names the SHA-256 of the order. `passing` may throw a `BuildStop` between two pieces.
 */
export async function isStill({ path, zip, sha256 }: DoneFile, sink: Pick<Sink, 'again'>, passing: () => void): Promise<boolean> {
  const hash = createHash('sha256');
  let crc = 0;
  try {
    for await (const piece of sink.again(path, zip)) {
      passing();
      if (zip === undefined) hash.update(piece);
      else crc = crc32(piece, crc);
    }
  } catch (error) {
    if (error instanceof BuildStop) throw error;
    // What cannot be read is written anew; a target that is gone is told then.
    return false;
  }
  return zip === undefined ? hash.digest('hex') === sha256 : crc === zip.crc;
}
