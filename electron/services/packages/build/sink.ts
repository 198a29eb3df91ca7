import type { FileHandle } from 'node:fs/promises';
import type { PdfBytes } from '../../../foundation/pdf/index.ts';
import type { DiskPlace } from '../read/file-content.ts';
import type { EntryPlace } from '../read/zip-content.ts';
import type { DoneFile } from './journal.ts';

/** Pieces of a file; each is used up before the next is asked for. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Where a ZIP has an entry. */
export type ZipPlace = NonNullable<DoneFile['zip']>;

/** A text of the package as it is written. */
export type SmallText = { readonly path: string; readonly bytes: Buffer };

/** What the journal keeps of how the sink has a file, beside what it is. */
export type Put = Pick<DoneFile, 'zip' | 'stamp'>;

export type Resumed = { readonly same: readonly DoneFile[]; readonly doubtful: readonly DoneFile[] };

/** What a package is written into: a folder, or a ZIP that grows. */
export type Sink = {
  /** files of the store that may be on their way at once */
  readonly lanes: number;
  /** Texts may be written between files of the store; else they come behind them. */
  readonly takesTextsBetween: boolean;
  /**
   * What there is of the files that an earlier run finished: `same` are as they were read again then; of `doubtful` only reading
   * tells whether they are. All else is taken away.
   */
  readonly resume: (done: readonly DoneFile[]) => Promise<Resumed>;
  /** Writes one file so that a power cut leaves it there. `size` 0 when not known. */
  readonly put: (path: string, pieces: Pieces, facts: { readonly size: number; readonly isText: boolean }) => Promise<Put>;
  /** The same for small texts, which are at hand: all are durable when this ends, and were read again and compared. */
  readonly putTexts: (texts: readonly SmallText[]) => Promise<readonly Put[]>;
  /** Reads what was written, from the disk. */
  readonly again: (path: string, place: ZipPlace | undefined) => Pieces;
  /** Where a file that was written lies, as plain data that another thread can read by too. */
  readonly place: (done: DoneFile) => DiskPlace | EntryPlace;
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
