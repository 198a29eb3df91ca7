import { read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { PackageRefused } from './refused.ts';

const readAside = promisify(read);

/** Bytes of an open file at a place; `zip.truncated` when the file has not as many. */
export function bytesAt(fd: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let have = 0;
  while (have < length) {
    const bytesRead = readSync(fd, bytes, have, length - have, at + have);
    if (bytesRead === 0) throw new PackageRefused('zip.truncated');
    have += bytesRead;
  }
  return bytes;
}

/**
 * What is no longer is read at once and without waiting for a thread of the pool, which for a file of some kilobytes takes ten
 * times as long as reading it. Large enough that the disk is busy while a piece is digested, small enough that two of them do not count.
 */
export const pieceBytes = 1024 * 1024;

/** Buffers that nobody works on: a package of thousands of files would else leave gigabytes to the collector. */
const spare: Buffer[] = [];
const mostSpare = 8;

/** A buffer of `pieceBytes`, and how to give it back. */
export function borrowed(): readonly [Buffer, () => void] {
  const buffer = spare.pop() ?? Buffer.allocUnsafeSlow(pieceBytes);
  return [
    buffer,
    () => {
      if (spare.length < mostSpare) spare.push(buffer);
    },
  ];
}

/** Fills a buffer from a place of an open file; answers with how many bytes, fewer only at the file's end. */
export function readUpTo(fd: number, buffer: Buffer, start: number, length: number): number {
  let have = 0;
  while (have < length) {
    const count = readSync(fd, buffer, have, length - have, start + have);
    if (count === 0) break;
    have += count;
  }
  return have;
}

/**
 * A part of an open file, piece by piece: the next one is already being read while one is worked on. Two buffers take turns, so
 * a piece is valid until the next is asked for. Ends early when the file does.
 */
export async function* piecesAt(fd: number, start: number, length: number): AsyncGenerator<Buffer> {
  if (length === 0) return;
  if (length <= pieceBytes) {
    const [buffer, give] = borrowed();
    try {
      yield buffer.subarray(0, readUpTo(fd, buffer, start, length));
    } finally {
      give();
    }
    return;
  }
  const [[first, giveFirst], [second, giveSecond]] = [borrowed(), borrowed()];
  let at = 0;
  const read = async (buffer: Buffer): Promise<Buffer> => {
    const { bytesRead } = await readAside(fd, buffer, 0, Math.min(buffer.length, length - at), start + at);
    at += bytesRead;
    return buffer.subarray(0, bytesRead);
  };
  let turn = 0;
  let next: Promise<Buffer> | undefined = read(first);
  try {
    while (next !== undefined) {
      const piece: Buffer = await next;
      next = undefined;
      if (piece.length === 0) return;
      turn += 1;
      if (at < length) next = read(turn % 2 === 0 ? first : second);
      yield piece;
    }
  } finally {
    // Whoever stops early closes the file next; a read that is under way must be over by then.
    await next?.catch(() => undefined);
    giveFirst();
    giveSecond();
  }
}

/** A 64-bit number that a file can have; refuses what no file reaches. */
export function wholeNumber(bytes: Buffer, at: number, file = ''): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new PackageRefused('zip.damaged', file, { what: 'number' });
  return Number(value);
}
