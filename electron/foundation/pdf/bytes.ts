import { readSync } from 'node:fs';

/**
 * The bytes of a file, wherever they are. Reading is synchronous: a parser asks for a few bytes many thousand times, and
 * an await for each would cost more than the reading. Work on large files belongs into a worker thread.
 */
export type PdfBytes = {
  readonly size: number;
  /** Exactly the bytes `from` ≤ n < `to`, which lie inside the file; not to be written to. */
  readonly read: (from: number, to: number) => Uint8Array;
  /** fills `target` with the bytes from `from` on, all of which lie inside the file; where reading costs memory */
  readonly readInto?: (target: Buffer, from: number) => void;
  /** all of them, where they are in memory anyway */
  readonly whole?: Uint8Array;
};

/** A file that is in memory. */
export function memoryBytes(whole: Uint8Array): PdfBytes {
  return { size: whole.length, read: (from, to) => whole.subarray(from, to), whole };
}

/** A file that stays on the disk; `handle` is open for reading as long as the answer is used. Throws what the system throws. */
export function fileBytes(handle: number, size: number): PdfBytes {
  function readInto(target: Buffer, from: number): void {
    for (let got = 0; got < target.length; ) {
      const count = readSync(handle, target, got, target.length - got, from + got);
      if (count === 0) throw new Error('the file became shorter while it was read');
      got += count;
    }
  }
  return {
    size,
    readInto,
    read(from, to) {
      const bytes = Buffer.allocUnsafeSlow(to - from);
      readInto(bytes, from);
      return bytes;
    },
  };
}

/** Up to here a file is quicker read at once than looked at here and there. */
const wholeBytes = 16 * 1024 * 1024;

/** `fileBytes` for whoever looks at all of the file: a small one is read into memory, once. */
export function allFileBytes(handle: number, size: number): PdfBytes {
  const bytes = fileBytes(handle, size);
  return size <= wholeBytes ? memoryBytes(bytes.read(0, size)) : bytes;
}

const pieceBytes = 1024 * 1024;

/**
 * Hands the bytes `from` ≤ n < `to` to `use`, piece by piece, each in the place of the one before: a new buffer for each
 * would pile up until the engine cleans, to as much as the file.
 */
export function eachPiece(bytes: PdfBytes, from: number, to: number, use: (piece: Uint8Array) => void): void {
  const room = bytes.readInto === undefined ? undefined : Buffer.allocUnsafeSlow(Math.max(0, Math.min(pieceBytes, to - from)));
  for (let at = from; at < to; at += pieceBytes) {
    const end = Math.min(to, at + pieceBytes);
    const piece = room?.subarray(0, end - at) ?? bytes.read(at, end);
    if (room !== undefined) bytes.readInto?.(room.subarray(0, end - at), at);
    use(piece);
  }
}

/** Small, as what is looked at of a scan are the few bytes between its pictures. */
const blockBytes = 8 * 1024;
const blocksKept = 1024;

/** Bytes under a moving window: the file, or what an object stream holds. */
export type Source = {
  readonly size: number;
  /** for the content of a stream: the byte of the file at which the stream's object begins */
  readonly origin?: number;
  window: Uint8Array;
  windowFrom: number;
  readonly load: (at: number) => void;
  readonly slice: (from: number, to: number) => Uint8Array;
};

export function fileSource(bytes: PdfBytes): Source {
  const blocks = new Map<number, Uint8Array>();
  const { whole, size } = bytes;
  const source: Source = {
    size,
    window: whole ?? new Uint8Array(0),
    windowFrom: 0,
    load(at) {
      const from = at - (at % blockBytes);
      const known = blocks.get(from);
      const block = known ?? bytes.read(from, Math.min(from + blockBytes, size));
      // The one used last stands last; the first is the one to go.
      const [oldest = from] = blocks.keys();
      blocks.delete(known === undefined && blocks.size >= blocksKept ? oldest : from);
      blocks.set(from, block);
      source.window = block;
      source.windowFrom = from;
    },
    slice: (from, to) => bytes.read(from, to),
  };
  return source;
}

/** The decoded content of a stream whose object begins at byte `origin` of the file. */
export function contentSource(window: Uint8Array, origin: number): Source {
  return { size: window.length, origin, window, windowFrom: 0, load: () => undefined, slice: (from, to) => window.subarray(from, to) };
}

/** The byte at `at`, -1 outside. */
export function byteAt(source: Source, at: number): number {
  let index = at - source.windowFrom;
  if (index < 0 || index >= source.window.length) {
    if (at < 0 || at >= source.size) return -1;
    source.load(at);
    index = at - source.windowFrom;
  }
  return source.window[index] ?? -1;
}

/** The place of the file that a place of this source stands for. */
export function placeOf(source: Source, at: number): number {
  return source.origin ?? at;
}
