import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { DigestOrder, Digested } from '../check/digests.ts';
import type { DigestAside } from '../check/reading.ts';
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

export type StillAside = {
  /** Whether a file is still what an earlier run noted, by the SHA-256 of all of it; undefined when nobody has read it. Waits for the others. */
  readonly of: (path: string) => Promise<boolean | undefined>;
  /** Ends the reading and waits for its end: whoever closes a ZIP may do so then. */
  readonly end: () => Promise<void>;
};

/** Has other threads read what is in doubt, while this one goes on with what is missing; without others nobody has read anything. */
export function stillAside(doubtful: readonly DoneFile[], sink: Pick<Sink, 'place'>, aside: DigestAside | undefined): StillAside {
  const common = new SharedArrayBuffer(8);
  const found = new Map<string, boolean>();
  const order: DigestOrder = { places: doubtful.map(sink.place), kept: 0, algorithms: [], common };
  const note = (done: readonly Digested[]): void => {
    for (const one of done) {
      const file = doubtful[one.place];
      if (file !== undefined) found.set(file.path, 'read' in one && one.read.digests['sha256'] === file.sha256);
    }
  };
  const reading = aside === undefined || doubtful.length === 0 ? Promise.resolve() : aside(order, note);
  return {
    of: async (path) => {
      await reading;
      return found.get(path);
    },
    end: async () => {
      Atomics.store(new Int32Array(common), 1, 1);
      await reading;
    },
  };
}
