import { createHash } from 'node:crypto';
import type { PackageFile } from '../read/source.ts';

/** What a METS or a bag may name, as Node calls it; others cannot be checked. Names are compared without dashes and case. */
const algorithms: Readonly<Record<string, string>> = { MD5: 'md5', SHA1: 'sha1', SHA256: 'sha256', SHA384: 'sha384', SHA512: 'sha512' };

/** Node's name of a checksum algorithm; undefined for one that we have not. */
export function algorithmOf(name: string): string | undefined {
  return algorithms[name.trim().toUpperCase().replaceAll('-', '')];
}

/** A file that was read to its end. */
export type ReadFile = {
  readonly size: number;
  /** hexadecimal, lower case, by Node's name of the algorithm; `sha256` is always there */
  readonly digests: Readonly<Record<string, string>>;
  /** first bytes, enough to tell what kind of file it is */
  readonly head: Buffer;
  /** the content, when it was asked for */
  readonly bytes: Buffer | undefined;
};

/** Reads a file of the package by its path; undefined, with a finding, when it cannot be read. */
export type ReadPath = (path: string, also: readonly string[], keep: boolean) => Promise<ReadFile | undefined>;

export type ReadOptions = {
  readonly also: readonly string[];
  readonly keep: boolean;
  /** told after each piece with its bytes; throws to stop */
  readonly onBytes: (bytes: number) => void;
};

/** Reads a file once: digests, size, beginning. Throws `PackageRefused` when it cannot be read as its container says. */
export async function readWhole(file: PackageFile, { also, keep, onBytes }: ReadOptions): Promise<ReadFile> {
  const hashes = [...new Set(['sha256', ...also])].map((name) => ({ name, hash: createHash(name) }));
  const kept: Buffer[] = [];
  let head = Buffer.alloc(0);
  let size = 0;
  for await (const piece of file.pieces()) {
    for (const { hash } of hashes) hash.update(piece);
    // The piece's buffer is used again.
    if (keep) kept.push(Buffer.from(piece));
    if (head.length < 16) head = Buffer.concat([head, piece.subarray(0, 16)]);
    size += piece.length;
    onBytes(piece.length);
  }
  return { size, digests: Object.fromEntries(hashes.map(({ name, hash }) => [name, hash.digest('hex')])), head, bytes: keep ? Buffer.concat(kept) : undefined };
}
