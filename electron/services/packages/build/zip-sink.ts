import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw, createInflateRaw } from 'node:zlib';
import { folderSynced } from '../../../foundation/durable-file.ts';
import { directoryEnd, directoryLine, localHeader, type ZipEntry } from './zip-format.ts';
import type { DoneFile } from './journal.ts';
import { BuildStop } from './failures.ts';
import { stretch, type Pieces, type Sink } from './sink.ts';

/** From here on an entry gets room for 64-bit sizes; deflating may make a file a little larger. */
const large = 0xffffffff - 16 * 1024 * 1024;
const directoryPiece = 256 * 1024;

/**
 * A package as one ZIP that grows in the working folder. Files of the store are stored, since PDFs are compressed already; texts are
 * deflated. `folder`: the one folder inside.
 */
export async function zipSink(path: string, target: string, folder: string, instant: string): Promise<Sink> {
  const file = await open(path, 'r+').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return open(path, 'w+');
  });
  let end = 0;

  async function write(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
  const read = async (into: Buffer, position: number): Promise<number> => (await file.read(into, 0, into.length, position)).bytesRead;

  return {
    lanes: 1,
    resume: async (done) => {
      const { size } = await file.stat();
      // Entries lie one after the other: the first that is not whole ends what is of use.
      const broken = done.findIndex(({ zip }, index) => zip === undefined || zip.end > size || zip.at !== (done[index - 1]?.zip?.end ?? 0));
      const kept = broken === -1 ? done : done.slice(0, broken);
      end = kept.at(-1)?.zip?.end ?? 0;
      await file.truncate(end);
      return kept;
    },
    put: async (name, pieces, { size: expected, isText }) => {
      const at = end;
      const entry = { name: `${folder}/${name}`, crc: 0, size: 0, packed: 0, isDeflated: isText };
      const header = localHeader(entry, instant, expected >= large);
      await write(header, at);
      const data = at + header.length;
      let position = data;
      let crc = 0;
      let size = 0;
      async function* counted(): AsyncGenerator<Uint8Array> {
        for await (const piece of pieces) {
          crc = crc32(piece, crc);
          size += piece.length;
          yield piece;
        }
      }
      for await (const piece of isText ? deflated(counted()) : counted()) {
        await write(piece, position);
        position += piece.length;
      }
      await write(localHeader({ ...entry, crc, size, packed: position - data }, instant, expected >= large), at);
      await file.datasync();
      end = position;
      return { at, data, end, crc, isDeflated: isText };
    },
    again: (_, place) => {
      if (place === undefined) return [];
      const packed = stretch(read, place.data, place.end);
      return place.isDeflated ? inflated(packed) : packed;
    },
    finish: async (files) => {
      const at = end;
      let position = at;
      let waiting: Buffer[] = [];
      let bytes = 0;
      const flush = async (): Promise<void> => {
        await write(Buffer.concat(waiting), position);
        position += bytes;
        waiting = [];
        bytes = 0;
      };
      const add = async (piece: Buffer): Promise<void> => {
        waiting.push(piece);
        bytes += piece.length;
        if (bytes >= directoryPiece) await flush();
      };
      for (const one of files) await add(directoryLine(entryOf(one, folder), instant));
      await flush();
      await add(directoryEnd(files.length, at, position - at));
      await flush();
      await file.truncate(position);
      await file.sync();
      const tail = Buffer.alloc(4);
      await read(tail, at);
      if (tail.readUInt32LE(0) !== 0x02014b50) throw new BuildStop({ code: 'packages-written-differs', path: target });
    },
    publish: async () => {
      await rename(path, target);
      await folderSynced(dirname(target));
    },
    close: () => file.close(),
  };
}

function entryOf({ path, size, zip }: DoneFile, folder: string): ZipEntry {
  if (zip === undefined) throw new Error(`without a place in the ZIP: ${path}`);
  return { name: `${folder}/${path}`, crc: zip.crc, size, packed: zip.end - zip.data, at: zip.at, isDeflated: zip.isDeflated };
}

function deflated(pieces: Pieces): AsyncIterable<Uint8Array> {
  return Readable.from(copied(pieces), { objectMode: false }).compose(createDeflateRaw({ level: 6 })) as AsyncIterable<Uint8Array>;
}

function inflated(pieces: Pieces): AsyncIterable<Uint8Array> {
  return Readable.from(copied(pieces), { objectMode: false }).compose(createInflateRaw()) as AsyncIterable<Uint8Array>;
}

/** For whoever may still hold a piece when asking for the next. */
async function* copied(pieces: Pieces): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece);
}
