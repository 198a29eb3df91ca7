import { closeSync, openSync, readSync } from 'node:fs';
import type { Result } from '../../../foundation/outcome.ts';
import type { Certificate } from '../certificate/read-certificate.ts';
import { longestEntry, readRevoked } from './crl-entries.ts';
import { placesOf, startCrlIndex, type ReadAt } from './crl-index.ts';
import { startCrlScan, type CrlFacts, type CrlFailure } from './crl-scan.ts';
import type { Revocation } from './reasons.ts';

/** A list of revoked certificates whose signature was checked with `issuer`'s key. */
export type Crl = {
  readonly facts: CrlFacts;
  /** What the list says of a serial number in hex; undefined when it is not in it. Throws when the files are gone. */
  readonly find: (serial: string) => Revocation | undefined;
};

const pieceSize = 1024 * 1024;

/** Reads a list that is held in memory, such as one embedded in a signature. */
export function readCrl(bytes: Uint8Array, issuer: Certificate): Result<Crl, CrlFailure> {
  const index = startCrlIndex();
  const scan = startCrlScan(issuer, index.sink);
  for (let at = 0; at < bytes.length; at += pieceSize) {
    const failure = scan.take(bytes.subarray(at, at + pieceSize));
    if (failure !== undefined) return { ok: false, failure };
  }
  const facts = scan.end();
  if (!facts.ok) return facts;
  const made = index.finish();
  const find = (serial: string): Revocation | undefined =>
    findIn((from, length) => bytes.subarray(from, from + length), (from, length) => made.subarray(from, from + length), serial);
  return { ok: true, value: { facts: facts.value, find } };
}

/** Looks into a list that was scanned before and lies on the disk with its index; `facts` are those of that scan. */
export function openCrl(listPath: string, indexPath: string, facts: CrlFacts): Crl {
  return {
    facts,
    find: (serial) => withFile(listPath, (list) => withFile(indexPath, (index) => findIn(list, index, serial))),
  };
}

function withFile<T>(path: string, use: (readAt: ReadAt) => T): T {
  const handle = openSync(path, 'r');
  try {
    return use((from, length) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(handle, bytes, 0, length, from));
    });
  } finally {
    closeSync(handle);
  }
}

/** Most entries fit; a longer one is read again. */
const usualEntry = 256;

function findIn(list: ReadAt, index: ReadAt, serial: string): Revocation | undefined {
  for (const place of placesOf(index, serial)) {
    const found = readRevoked(entryAt(list, place));
    if (found.serial === serial) return found.revocation;
  }
  return undefined;
}

function entryAt(list: ReadAt, place: number): Uint8Array {
  const bytes = list(place, usualEntry);
  const long = (bytes[1] ?? 0) > 0x80 && bytes.length === usualEntry;
  return long ? list(place, longestEntry + 8) : bytes;
}
