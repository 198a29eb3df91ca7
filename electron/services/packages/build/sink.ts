import type { FileHandle } from 'node:fs/promises';
import type { PdfBytes } from '../../../foundation/pdf/index.ts';
import type { DoneFile } from './journal.ts';

/** Pieces of a file; each is used up before the next is asked for. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Where a ZIP has an entry. */
export type ZipPlace = NonNullable<DoneFile['zip']>;

/** A text of the package as it is written. */
export type SmallText = { readonly path: string; readonly bytes: Buffer };

/** What a package is written into: a folder, or a ZIP that grows. */
export type Sink = {
  /** files of the store that may be on their way at once */
  readonly lanes: number;
  /** Which of the files that an earlier run finished are still there; all else is taken away. */
  readonly resume: (done: readonly DoneFile[]) => Promise<readonly DoneFile[]>;
  /** Writes one file so that a power cut leaves it there. `size` 0 when not known. */
  readonly put: (path: string, pieces: Pieces, facts: { readonly size: number; readonly isText: boolean }) => Promise<ZipPlace | undefined>;
  /** The same for small texts, which are at hand: all are durable when this ends, and were read again and compared. */
  readonly putTexts: (texts: readonly SmallText[]) => Promise<readonly (ZipPlace | undefined)[]>;
  /** Reads what was written, from the disk. */
  readonly again: (path: string, place: ZipPlace | undefined) => Pieces;
  /** Lets somebody look here and there into a file of the store that was written. */
  readonly look: <T>(path: string, place: ZipPlace | undefined, use: (bytes: PdfBytes) => T) => T;
  /** Ends what is not a file of the package, e.g. a ZIP's directory; and sees that nothing else is there. */
  readonly finish: (files: readonly DoneFile[]) => Promise<void>;
  /** Gives it its name. The last act. */
  readonly publish: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Writes all of the bytes at a place; a disk that fills up takes a part first, and tells so the next time. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

const readBytes = 1024 * 1024;

/** The bytes of an open file from `start` to `end`. The buffer is used again for each piece. */
export async function* stretch(read: (into: Buffer, position: number) => Promise<number>, start: number, end: number): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(Math.max(1, Math.min(readBytes, end - start)));
  for (let at = start; at < end; ) {
    const got = await read(buffer.subarray(0, Math.min(buffer.length, end - at)), at);
    if (got === 0) return;
    yield buffer.subarray(0, got);
    at += got;
  }
}
