import { createInflateRaw, crc32, inflateRawSync, type InflateRaw } from 'node:zlib';
import { shownPath } from './names.ts';
import { pieceBytes, piecesAt } from './random-access.ts';
import { PackageRefused } from './refused.ts';

/** An entry's content in an archive that stays open as long as it is read; plain data, which another thread can read by too. */
export type EntryPlace = {
  readonly kind: 'entry';
  readonly fd: number;
  readonly start: number;
  /** bytes in the archive */
  readonly packed: number;
  readonly size: number;
  /** CRC-32 */
  readonly checksum: number;
  readonly isStored: boolean;
  readonly name: string;
};

/** Content of an entry; ends as soon as it is longer than declared, and must have the declared length and checksum. */
export async function* entryPieces(entry: EntryPlace): AsyncGenerator<Buffer> {
  const file = shownPath(entry.name);
  let size = 0;
  let checksum = 0;
  const packed = piecesAt(entry.fd, entry.start, entry.packed);
  for await (const piece of entry.isStored ? packed : entry.packed <= pieceBytes && entry.size <= pieceBytes ? inflatedAtOnce(packed, entry, file) : inflated(packed, entry.packed, file)) {
    size += piece.length;
    if (size > entry.size) throw new PackageRefused('read.bomb', file, { ratio: Math.round(size / Math.max(1, entry.packed)), most: entry.size });
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (size !== entry.size || checksum !== entry.checksum) throw new PackageRefused('zip.content', file);
}

/** A small one without a stream of its own, of which a package may have thousands. */
async function* inflatedAtOnce(packed: AsyncGenerator<Buffer>, { packed: length, size }: EntryPlace, file: string): AsyncGenerator<Buffer> {
  for await (const piece of packed) {
    try {
      // One byte more than declared is too many; the types know nothing of `info`.
      const { buffer, engine } = inflateRawSync(piece, { maxOutputLength: size + 1, info: true }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
      if (engine.bytesWritten !== length) throw new PackageRefused('zip.content', file);
      yield buffer;
    } catch (error) {
      if (error instanceof PackageRefused) throw error;
      const isLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      throw isLarge ? new PackageRefused('read.bomb', file, { ratio: Math.round(size / Math.max(1, length)), most: size }) : new PackageRefused('zip.content', file);
    }
  }
}

async function* inflated(packed: AsyncGenerator<Buffer>, length: number, file: string): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  // What cannot be read must end the stream, or whoever waits for it waits for ever.
  const feeding = feed(packed, inflate).catch((error: unknown) => {
    inflate.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    yield* inflate as AsyncIterable<Buffer>;
    await feeding;
    // Bytes behind the end of the stream belong to nothing.
    if (inflate.bytesWritten !== length) throw new PackageRefused('zip.content', file);
  } catch (error) {
    const isZlib = /^(Z_|ERR_)/.test((error as NodeJS.ErrnoException).code ?? '');
    throw isZlib ? new PackageRefused('zip.content', file) : error;
  } finally {
    inflate.destroy();
    await feeding;
  }
}

async function feed(packed: AsyncGenerator<Buffer>, inflate: InflateRaw): Promise<void> {
  for await (const piece of packed) {
    if (inflate.destroyed || inflate.writableEnded) return;
    // The piece's buffer is used again, so the next one waits until this is taken.
    await new Promise<void>((resolve) => {
      inflate.once('close', resolve);
      inflate.write(piece, () => {
        inflate.off('close', resolve);
        resolve();
      });
    });
  }
  if (!inflate.destroyed) inflate.end();
}
