import type { FileHandle } from 'node:fs/promises';
import { PackageRefused } from './refused.ts';

/** Bytes of an open file at a place; `zip.truncated` when the file has not as many. */
export async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let have = 0;
  while (have < length) {
    const { bytesRead } = await handle.read(bytes, have, length - have, at + have);
    if (bytesRead === 0) throw new PackageRefused('zip.truncated');
    have += bytesRead;
  }
  return bytes;
}

/** Large enough that the disk is busy while a piece is digested, small enough that two of them do not count. */
const pieceBytes = 1024 * 1024;

/**
 * A part of an open file, piece by piece: the next one is already being read while one is worked on. Two buffers take turns, so
 * a piece is valid until the next is asked for. Ends early when the file does.
 */
export async function* piecesAt(handle: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  if (length === 0) return;
  const size = Math.min(pieceBytes, length);
  const buffers = [Buffer.allocUnsafe(size), Buffer.allocUnsafe(size)] as const;
  let at = 0;
  const read = async (buffer: Buffer): Promise<Buffer> => {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, length - at), start + at);
    at += bytesRead;
    return buffer.subarray(0, bytesRead);
  };
  let turn = 0;
  let next: Promise<Buffer> | undefined = read(buffers[0]);
  try {
    while (next !== undefined) {
      const piece: Buffer = await next;
      next = undefined;
      if (piece.length === 0) return;
      turn += 1;
      if (at < length) next = read(buffers[turn % 2 === 0 ? 0 : 1]);
      yield piece;
    }
  } finally {
    // Whoever stops early closes the file next; a read that is under way must be over by then.
    await next?.catch(() => undefined);
  }
}

/** A 64-bit number that a file can have; refuses what no file reaches. */
export function wholeNumber(bytes: Buffer, at: number, file = ''): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new PackageRefused('zip.damaged', file, { what: 'number' });
  return Number(value);
}
