import { createHash } from 'node:crypto';
import type { Result } from '../outcome.ts';
import { eachPiece, type PdfBytes } from './bytes.ts';
import type { Increment, SignaturePlace } from './increment.ts';

export type Appended = {
  /** bytes of the new file */
  readonly size: number;
  /** over what the signature covers, everything but its Contents string; undefined when the increment makes none */
  readonly digest: Buffer | undefined;
};

/**
 * Hands base and increment to `write` piece by piece, for a file of any size, and digests on the way what the signature
 * covers. `algorithm` is a name of node:crypto such as `sha256`. A piece may be looked at only until `write` returns.
 */
export function appendIncrement(base: PdfBytes, increment: Increment, algorithm: string, write: (piece: Uint8Array) => void): Appended {
  const { baseSize, bytes, signature } = increment;
  if (base.size !== baseSize) throw new Error('the increment was written for a file of another size');
  const hash = signature && createHash(algorithm);
  eachPiece(base, 0, baseSize, (piece) => {
    hash?.update(piece);
    write(piece);
  });
  write(bytes);
  if (hash !== undefined && signature !== undefined) {
    hash.update(bytes.subarray(0, signature.contentsFrom - baseSize));
    hash.update(bytes.subarray(signature.contentsTo - baseSize));
  }
  return { size: baseSize + bytes.length, digest: hash?.digest() };
}

/** Bytes to be written over the zeros at `at`, which is the only place of a file that ever changes. */
export type Patch = { readonly at: number; readonly bytes: Buffer };

/** Puts a CMS into its place, filled up with zeros. Fails when there is not room enough; counted in bytes of CMS. */
export function contentsPatch(
  place: Pick<SignaturePlace, 'contentsFrom' | 'contentsTo'>,
  cms: Uint8Array,
): Result<Patch, { readonly needed: number; readonly room: number }> {
  const digits = place.contentsTo - place.contentsFrom - 2;
  if (cms.length * 2 > digits) return { ok: false, failure: { needed: cms.length, room: digits / 2 } };
  const hex = Buffer.from(cms).toString('hex').padEnd(digits, '0');
  return { ok: true, value: { at: place.contentsFrom + 1, bytes: Buffer.from(hex, 'latin1') } };
}

/** The digest that a signature over these ranges speaks of. The ranges lie inside the file, see `signatureCoverage`. */
export function digestRanges(bytes: PdfBytes, byteRange: readonly [number, number, number, number], algorithm: string): Buffer {
  const hash = createHash(algorithm);
  const [first, firstLength, second, secondLength] = byteRange;
  for (const [from, to] of [[first, first + firstLength], [second, second + secondLength]] as const) {
    eachPiece(bytes, from, to, (piece) => hash.update(piece));
  }
  return hash.digest();
}
