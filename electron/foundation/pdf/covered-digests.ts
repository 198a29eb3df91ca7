import { createHash, type Hash } from 'node:crypto';
import { eachPiece, type PdfBytes } from './bytes.ts';

/** Digest wanted of what a signature covers: two ascending ranges inside the file, the first from byte 0. */
export type CoveredDigest = { readonly byteRange: readonly [number, number, number, number]; readonly algorithm: string };

/**
 * Digests of what several signatures cover, and the SHA-256 of the whole file, in as few passes as there are algorithms:
 * up to its own gap each signature covers what those behind it cover too, so the running state is copied there. Behind
 * the gap its own part is read once more, which is short where signatures were appended. Nothing holds the file whole.
 */
export function coveredDigests(bytes: PdfBytes, wanted: readonly CoveredDigest[]): { readonly whole: string; readonly digests: readonly Buffer[] } {
  const digests = new Array<Buffer>(wanted.length);
  let whole = '';
  for (const algorithm of new Set(['sha256', ...wanted.map((one) => one.algorithm)])) {
    const running = createHash(algorithm);
    const own = wanted.map((one, index) => ({ ...one, index })).filter((one) => one.algorithm === algorithm);
    let at = 0;
    for (const { byteRange, index } of own.toSorted((a, b) => a.byteRange[1] - b.byteRange[1])) {
      const [, first, second, length] = byteRange;
      feed(bytes, at, first, running);
      at = first;
      const copy = running.copy();
      feed(bytes, second, second + length, copy);
      digests[index] = copy.digest();
    }
    if (algorithm !== 'sha256') continue;
    feed(bytes, at, bytes.size, running);
    whole = running.digest('hex');
  }
  return { whole, digests };
}

function feed(bytes: PdfBytes, from: number, to: number, hash: Hash): void {
  eachPiece(bytes, from, to, (piece) => hash.update(piece));
}

/** Hands out what a signature covers, piece by piece. */
export function eachCovered(bytes: PdfBytes, [from, length, second, rest]: CoveredDigest['byteRange'], use: (piece: Uint8Array) => void): void {
  eachPiece(bytes, from, from + length, use);
  eachPiece(bytes, second, second + rest, use);
}

/** Where one of `texts` stands in the bytes of the file, the first that is met; undefined when none does. */
export function placeOfText(bytes: PdfBytes, texts: readonly string[]): number | undefined {
  const wanted = texts.map((text) => Buffer.from(text, 'latin1'));
  const longest = Math.max(...wanted.map(({ length }) => length));
  let before = Buffer.alloc(0);
  let at = 0;
  let found: number | undefined;
  const look = (where: Buffer, from: number): void => {
    for (const one of found === undefined ? wanted : []) {
      const place = where.indexOf(one);
      if (place >= 0) found = Math.min(found ?? Infinity, from + place);
    }
  };
  eachPiece(bytes, 0, bytes.size, (piece) => {
    // A text may lie across two pieces.
    look(Buffer.concat([before, piece.subarray(0, longest - 1)]), at - before.length);
    look(Buffer.from(piece.buffer, piece.byteOffset, piece.length), at);
    before = Buffer.from(piece.subarray(Math.max(0, piece.length - longest + 1)));
    at += piece.length;
  });
  return found;
}
