import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  randomUUID,
  type KeyObject,
} from 'node:crypto';
import { closeSync, existsSync, fdatasync, fdatasyncSync, fstatSync, mkdirSync, open as openFile, openSync, readdirSync, renameSync, rmSync, write, writeSync, writev, writevSync } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { folderSynced } from '../foundation/durable-file.ts';
import { entropy } from '../foundation/entropy.ts';
import { giveBack } from '../foundation/give-back.ts';
import { chunkSize, headerSize, magic, nonce, tagSize } from './blob-form.ts';
import { BlobDamaged, BlobMissing } from './errors.ts';
import { blobKey } from './keys.ts';

/** Folder of what has no name yet. */
const unfinished = 'unfinished';

// Small files are written by the thousand. Calls that only touch the system's memory are made at once: to hand one to
// another thread costs several times as much. Handed over is what waits for the disk, writes a whole chunk of many, or
// may have to look long for room for a new file.
const disk = { open: promisify(openFile), write: promisify(write), writev: promisify(writev), datasync: promisify(fdatasync) };

export type BlobRef = {
  /** SHA-256 of the content, lower-case hex; also its name in the store */
  readonly sha256: string;
  /** bytes */
  readonly size: number;
};

export type BlobWriter = {
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** When this resolves the content is on disk under its hash. */
  readonly finish: () => Promise<BlobRef>;
  readonly abort: () => Promise<void>;
};

export type Blobs = {
  readonly writer: () => Promise<BlobWriter>;
  readonly put: (bytes: Uint8Array) => Promise<BlobRef>;
  /** The content as a stream, in bounded memory. Fails with BlobMissing or BlobDamaged. */
  readonly stream: (sha256: string) => Readable;
  /** The same without a stream between, for who is done with a piece when asking for the next: its memory is freed then. */
  readonly pieces: (sha256: string) => AsyncIterable<Uint8Array>;
  /** The same for who takes the SHA-256 himself and compares it with the name: each piece is genuine, but nobody has seen the whole. */
  readonly undigested: (sha256: string) => AsyncIterable<Uint8Array>;
  /** `length` bytes from `start` (fewer at the end), and the whole size. */
  readonly range: (sha256: string, start: number, length: number) => Promise<{ size: number; bytes: Buffer }>;
  /** Reads all of it and compares it with its name. */
  readonly verify: (sha256: string) => Promise<BlobRef>;
  /** Whether there is something under this name; it is not read. */
  readonly has: (sha256: string) => boolean;
  /**
   * Destroys the content; nothing happens when there is none. Only for what nothing refers to any more: its name is gone when
   * this returns its promise, so that who comes with the same content meanwhile keeps his. The salt that its key is made with is
   * overwritten before the file is given up: whoever finds the rest on the disk, and has the master key, cannot read it.
   */
  readonly remove: (sha256: string) => Promise<void>;
};

/** Opens the content-addressed, encrypted file store in `folder`, and clears what unfinished writes left there. */
export function openBlobs(folder: string, key: Uint8Array): Blobs {
  const temporaryFolder = join(folder, unfinished);
  mkdirSync(temporaryFolder, { recursive: true });
  for (const name of readdirSync(temporaryFolder)) {
    // It may be what was about to be destroyed.
    const path = join(temporaryFolder, name);
    const file = openSync(path, 'r+');
    // Never beyond its end: a full disk has no room for it, and the station opens all the same.
    writeSync(file, entropy(headerSize), 0, Math.min(headerSize, fstatSync(file).size), 0);
    fdatasyncSync(file);
    closeSync(file);
    rmSync(path);
  }
  return blobsBeside({ folder, key });
}

/** Where the file store is and what opens it; to be handed to another thread of the same process, and nowhere else. */
export type BlobAccess = { readonly folder: string; readonly key: Uint8Array };

/** The same store once more, while somebody else of this process has it open: what that one has not finished stays. */
export function blobsBeside({ folder, key: keyBytes }: BlobAccess): Blobs {
  const key = createSecretKey(keyBytes);
  const temporaryFolder = join(folder, unfinished);
  /** Folders of files that are there themselves after a power cut, as far as is known. */
  const lasting = new Set<string>();

  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a SHA-256');
    return join(folder, sha256.slice(0, 2), sha256);
  };

  /** Gives a whole file its name, so that a power cut leaves it there. */
  async function name(path: string, sha256: string): Promise<void> {
    const target = pathOf(sha256);
    const parent = join(folder, sha256.slice(0, 2));
    // Over an existing file of the same content on purpose: if that one was damaged, it is now whole.
    try {
      renameSync(path, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      // The first file of its folder.
      await mkdir(parent, { recursive: true });
      renameSync(path, target);
    }
    await folderSynced(parent);
    if (lasting.has(parent)) return;
    // Somebody else may have made it a moment ago, and not have come to this yet.
    await folderSynced(folder);
    lasting.add(parent);
  }

  async function writer(): Promise<BlobWriter> {
    const path = join(temporaryFolder, randomUUID());
    const salt = entropy(16);
    const header = Buffer.concat([magic, salt]);
    const fileKey = blobKey(key, salt);
    const hash = createHash('sha256');
    let pending = Buffer.alloc(0);
    let filled = 0;
    let chunk = 0;
    let size = 0;
    let writing: Promise<void> = Promise.resolve();
    // Opened with the first chunk: most files have only one, and then are written by one call.
    let file: number | undefined;

    async function seal(last: boolean): Promise<void> {
      const cipher = createCipheriv('aes-256-gcm', fileKey, nonce(chunk, last)).setAAD(header);
      const content = cipher.update(pending.subarray(0, filled));
      cipher.final();
      const tag = cipher.getAuthTag();
      const parts = chunk === 0 ? [header, content, tag] : [content, tag];
      chunk += 1;
      filled = 0;
      // One chunk is on its way to the disk while the next is filled; its failure is met at the next one.
      await writing;
      const only = last && file === undefined;
      file ??= await disk.open(path, 'wx', 0o600);
      if (only) {
        writeAllSync(file, parts);
        giveBack(content);
        return;
      }
      writing = writeAll(file, parts).finally(() => {
        giveBack(content);
      });
      writing.catch(() => undefined);
    }
    function closeFile(): void {
      const open = file;
      file = undefined;
      if (open !== undefined) closeSync(open);
    }
    async function abort(): Promise<void> {
      await writing.catch(() => undefined);
      try {
        closeFile();
      } catch {
        // It is thrown away.
      }
      await rm(path, { force: true });
    }
    async function orAbort<T>(work: () => Promise<T>): Promise<T> {
      try {
        return await work();
      } catch (error) {
        await abort();
        throw error;
      }
    }

    return {
      write: (bytes) =>
        orAbort(async () => {
          hash.update(bytes);
          size += bytes.length;
          let offset = 0;
          while (offset < bytes.length) {
            // A full chunk is sealed only when more follows: the last one must be known as the last.
            if (filled === chunkSize) await seal(false);
            const take = Math.min(chunkSize - filled, bytes.length - offset);
            pending = roomFor(pending, filled, take);
            pending.set(bytes.subarray(offset, offset + take), filled);
            filled += take;
            offset += take;
          }
        }),
      finish: () =>
        orAbort(async () => {
          await seal(true);
          await writing;
          // Content and length; times may be lost.
          if (file !== undefined) await disk.datasync(file);
          closeFile();
          const sha256 = hash.digest('hex');
          await name(path, sha256);
          return { sha256, size };
        }),
      abort,
    };
  }

  async function put(bytes: Uint8Array): Promise<BlobRef> {
    const out = await writer();
    await out.write(bytes);
    return out.finish();
  }

  async function* chunks(sha256: string, start: number, end: number): AsyncGenerator<Buffer> {
    const reader = await openReader(pathOf(sha256), sha256, key);
    try {
      const stop = Math.min(end, reader.size);
      let ahead: Promise<Buffer> | null = null;
      for (let at = start; at < stop; ) {
        const index = Math.floor(at / chunkSize);
        const sealed = await (ahead ?? reader.sealed(index));
        // The disk reads on while this chunk is decrypted and used.
        ahead = (index + 1) * chunkSize < stop ? reader.sealed(index + 1) : null;
        ahead?.catch(() => undefined);
        const plain = reader.opened(index, sealed);
        giveBack(sealed);
        const from = at - index * chunkSize;
        const piece = plain.subarray(from, Math.min(plain.length, stop - index * chunkSize));
        at += piece.length;
        yield piece;
      }
      if (reader.size === 0) reader.opened(0, await reader.sealed(0));
    } finally {
      await reader.close();
    }
  }

  async function* oneByOne(sha256: string): AsyncGenerator<Buffer> {
    for await (const piece of chunks(sha256, 0, Infinity)) {
      yield piece;
      giveBack(piece);
    }
  }

  async function* wholeAndChecked(sha256: string, onlyUntilNext: boolean): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    for await (const piece of chunks(sha256, 0, Infinity)) {
      hash.update(piece);
      yield piece;
      if (onlyUntilNext) giveBack(piece);
    }
    if (hash.digest('hex') !== sha256) throw new BlobDamaged(sha256, 'its content has another hash');
  }

  return {
    writer,
    put,
    stream: (sha256) => Readable.from(wholeAndChecked(sha256, false), { objectMode: false }),
    pieces: (sha256) => wholeAndChecked(sha256, true),
    undigested: oneByOne,
    async range(sha256, start, length) {
      const reader = await openReader(pathOf(sha256), sha256, key);
      await reader.close();
      const pieces: Buffer[] = [];
      for await (const piece of chunks(sha256, start, start + length)) pieces.push(piece);
      return { size: reader.size, bytes: Buffer.concat(pieces) };
    },
    async verify(sha256) {
      let size = 0;
      for await (const piece of wholeAndChecked(sha256, true)) size += piece.length;
      return { sha256, size };
    },
    has: (sha256) => existsSync(pathOf(sha256)),
    async remove(sha256) {
      const going = join(temporaryFolder, randomUUID());
      try {
        // At once: between a wait and the removal of the name, somebody may have put the same content there anew.
        renameSync(pathOf(sha256), going);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw error;
      }
      await folderSynced(join(folder, sha256.slice(0, 2)));
      const file = await open(going, 'r+');
      try {
        await file.write(entropy(headerSize), 0, headerSize, 0);
        await file.datasync();
      } finally {
        await file.close();
      }
      await rm(going, { force: true });
    },
  };
}

type Reader = {
  readonly size: number;
  /** A chunk as it is on disk. */
  readonly sealed: (index: number) => Promise<Buffer>;
  /** Its content, when it is what was written. */
  readonly opened: (index: number, sealed: Buffer) => Buffer;
  readonly close: () => Promise<void>;
};

async function openReader(path: string, sha256: string, key: KeyObject): Promise<Reader> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new BlobMissing(sha256);
    throw error;
  }
  try {
    const { size: stored } = await file.stat();
    const header = Buffer.alloc(headerSize);
    await file.read(header, 0, headerSize, 0);
    if (!header.subarray(0, magic.length).equals(magic)) throw new BlobDamaged(sha256, 'its header is not ours');
    const fileKey = blobKey(key, header.subarray(magic.length));
    const sealedSize = chunkSize + tagSize;
    const body = stored - headerSize;
    const count = Math.max(1, Math.ceil(body / sealedSize));
    if (body < tagSize) throw new BlobDamaged(sha256, 'it is cut short');
    return {
      size: body - count * tagSize,
      async sealed(index) {
        const sealed = Buffer.allocUnsafeSlow(Math.min(sealedSize, body - index * sealedSize));
        const { bytesRead } = await file.read(sealed, 0, sealed.length, headerSize + index * sealedSize);
        if (bytesRead !== sealed.length || sealed.length < tagSize) throw new BlobDamaged(sha256, 'it is cut short');
        return sealed;
      },
      opened(index, sealed) {
        const decipher = createDecipheriv('aes-256-gcm', fileKey, nonce(index, index === count - 1))
          .setAAD(header)
          .setAuthTag(sealed.subarray(sealed.length - tagSize));
        const plain = decipher.update(sealed.subarray(0, sealed.length - tagSize));
        try {
          decipher.final();
        } catch {
          throw new BlobDamaged(sha256, `chunk ${String(index)} fails its check`);
        }
        return plain;
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function writeAll(file: number, parts: readonly Uint8Array[]): Promise<void> {
  let { bytesWritten: done } = await disk.writev(file, parts);
  for (const part of parts) {
    let at = Math.min(done, part.length);
    done -= at;
    while (at < part.length) at += (await disk.write(file, part, at)).bytesWritten;
  }
}

function writeAllSync(file: number, parts: readonly Uint8Array[]): void {
  let done = writevSync(file, parts);
  for (const part of parts) {
    let at = Math.min(done, part.length);
    done -= at;
    while (at < part.length) at += writeSync(file, part, at);
  }
}

/** `pending` with room for `more` bytes after `filled`; a small file need not have a whole chunk's memory. */
function roomFor(pending: Buffer<ArrayBuffer>, filled: number, more: number): Buffer<ArrayBuffer> {
  if (filled + more <= pending.length) return pending;
  const larger = Buffer.alloc(Math.min(chunkSize, Math.max(filled + more, 4 * pending.length)));
  larger.set(pending.subarray(0, filled));
  return larger;
}
