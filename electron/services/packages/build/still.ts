import { createHash, webcrypto } from 'node:crypto';
import { giveBack } from '../../../foundation/give-back.ts';
import { BuildStop } from './failures.ts';
import type { DoneFile } from './journal.ts';
import type { Pieces, Sink } from './sink.ts';

/** Up to this size (bytes) a file is held as a whole: as many as a sink has lanes are on their way at once. */
const mostHeld = 4 * 1024 * 1024;

/** Whether a file is still what an earlier run noted: all of it is read. `passing` may throw a `BuildStop` between two pieces. */
export async function isStill({ path, zip, sha256, size }: DoneFile, sink: Pick<Sink, 'again'>, passing: () => void): Promise<boolean> {
  try {
    const pieces = sink.again(path, zip);
    return (size > mostHeld ? await digestOf(pieces, passing) : await digestOfHeld(pieces, size, passing)) === sha256;
  } catch (error) {
    if (error instanceof BuildStop) throw error;
    // What cannot be read is written anew; a target that is gone is told then.
    return false;
  }
}

async function digestOf(pieces: Pieces, passing: () => void): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) {
    passing();
    hash.update(piece);
  }
  return hash.digest('hex');
}

/** Digested by one of the system's threads, so that this one goes on reading: in a ZIP all that was noted is in doubt. */
async function digestOfHeld(pieces: Pieces, size: number, passing: () => void): Promise<string> {
  const all = new Uint8Array(size);
  let at = 0;
  for await (const piece of pieces) {
    passing();
    if (at + piece.length > size) return '';
    all.set(piece, at);
    at += piece.length;
  }
  const digest = await webcrypto.subtle.digest('SHA-256', all.subarray(0, at));
  giveBack(all);
  return Buffer.from(digest).toString('hex');
}
