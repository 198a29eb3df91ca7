import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw, createInflateRaw, deflateRawSync } from 'node:zlib';
import { folderSynced } from '../../../foundation/durable-file.ts';
import { fileBytes } from '../../../foundation/pdf/index.ts';
import { piecesAt, readUpTo } from '../read/random-access.ts';
import type { PackagePlan } from '../write/plan.ts';
import { BuildStop } from './failures.ts';
import type { DoneFile } from './journal.ts';
import { writeAll, type Pieces, type Sink, type ZipPlace } from './sink.ts';
import { directoryEnd, directoryLine, localHeader, type ZipEntry } from './zip-format.ts';

/** From here on an entry gets room for 64-bit sizes; deflating may make a file a little larger. */
const large = 0xffffffff - 16 * 1024 * 1024;
const directoryPiece = 256 * 1024;

/**
 * A package as one ZIP that grows in the working folder. Files of the store are stored, since PDFs are compressed already, and come
 * first: their sizes are known, so each has its place from the beginning and several are written at once. Texts are deflated and
 * follow one by one. `folder`: the one folder inside.
 */
export async function zipSink(path: string, target: string, { folder, createdAt: instant, entries }: Pick<PackagePlan, 'folder' | 'createdAt' | 'entries'>): Promise<Sink> {
  const file = await open(path, 'r+').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return open(path, 'w+');
  });
  const places = new Map<string, number>();
  let afterStored = 0;
  for (const entry of entries) {
    if (entry.kind === 'text') continue;
    places.set(entry.path, afterStored);
    afterStored += headerOf(entry.path, entry.file.size).length + entry.file.size;
  }
  let end = afterStored;

  function headerOf(name: string, expected: number, known: Partial<ZipEntry> = {}): Buffer {
    return localHeader({ name: `${folder}/${name}`, crc: 0, size: 0, packed: 0, isDeflated: false, ...known }, instant, expected >= large);
  }
  let isOpen = true;
  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await file.close();
  }
  const write = (bytes: Uint8Array, position: number): Promise<void> => writeAll(file, bytes, position);
  /** What stands before an entry's data was written twice; data are compared elsewhere. */
  function compareHeader(one: DoneFile): void {
    const { size, packed, crc, at, isDeflated } = entryOf(one, folder);
    const wanted = headerOf(one.path, isDeflated ? 0 : size, { size, packed, crc, isDeflated });
    const there = Buffer.alloc(wanted.length);
    // At once: to hand a few bytes of each of thousands to another thread takes a second.
    readSync(file.fd, there, 0, there.length, at);
    if (!there.equals(wanted)) throw new BuildStop({ code: 'packages-written-differs', path: one.path });
  }

  return {
    lanes: 6,
    takesTextsBetween: false,
    resume: async (done) => {
      const { size } = await file.stat();
      // Texts lie one after the other and are made in a moment: all are written again.
      if (size > end) await file.truncate(end);
      // A file that is written to until the kill has no time of change that tells of one entry.
      return { same: [], doubtful: done.filter(({ path: name, zip }) => zip !== undefined && zip.at === places.get(name) && zip.end <= size) };
    },
    put: async (name, pieces, { size: expected, isText }) => {
      const at = places.get(name) ?? end;
      const header = headerOf(name, expected);
      await write(header, at);
      const data = at + header.length;
      const until = isText ? Infinity : data + expected;
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
        // What is longer than it should be must not run into its neighbour; whoever counts refuses it afterwards.
        if (position + piece.length <= until) await write(piece, position);
        position += piece.length;
      }
      await write(headerOf(name, expected, { crc, size, packed: position - data, isDeflated: isText }), at);
      await file.datasync();
      if (isText) end = position;
      return { zip: { at, data, end: position, crc, isDeflated: isText } };
    },
    putTexts: async (texts) => {
      // One call to the disk and one wait for it: a dossier has a field file for each document.
      const pieces: Buffer[] = [];
      const put: ZipPlace[] = [];
      let at = end;
      for (const { path: name, bytes } of texts) {
        const packed = deflateRawSync(bytes, { level: 6 });
        const crc = crc32(bytes);
        const header = headerOf(name, 0, { crc, size: bytes.length, packed: packed.length, isDeflated: true });
        pieces.push(header, packed);
        const data = at + header.length;
        put.push({ at, data, end: data + packed.length, crc, isDeflated: true });
        at = data + packed.length;
      }
      const all = Buffer.concat(pieces);
      await write(all, end);
      await file.datasync();
      const there = Buffer.alloc(all.length);
      readUpTo(file.fd, there, end, there.length);
      const wrong = put.findIndex((one) => !there.subarray(one.at - end, one.end - end).equals(all.subarray(one.at - end, one.end - end)));
      if (wrong !== -1) throw new BuildStop({ code: 'packages-written-differs', path: texts[wrong]?.path ?? target });
      end = at;
      return put.map((zip) => ({ zip }));
    },
    again: (_, place) => {
      if (place === undefined) return [];
      const packed = piecesAt(file.fd, place.data, place.end - place.data);
      return place.isDeflated ? inflated(packed) : packed;
    },
    place: (one) => {
      const { name, size, packed, crc, isDeflated } = entryOf(one, folder);
      return { kind: 'entry', fd: file.fd, start: one.zip?.data ?? 0, packed, size, checksum: crc, isStored: !isDeflated, name };
    },
    look: (name, place, use) => {
      if (place === undefined || place.isDeflated) throw new Error(`not stored as it is: ${name}`);
      const { data, end: until } = place;
      const bytes = fileBytes(file.fd, until);
      return use({ size: until - data, read: (from, to) => bytes.read(data + from, data + to), readInto: (into, from) => bytes.readInto?.(into, data + from) });
    },
    finish: async (files) => {
      const at = end;
      let position = at;
      let waiting: Buffer[] = [];
      let bytes = 0;
      const hash = createHash('sha256');
      const flush = async (): Promise<void> => {
        const piece = Buffer.concat(waiting);
        hash.update(piece);
        await write(piece, position);
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
      for (const one of files) compareHeader(one);
      const written = hash.digest('hex');
      const check = createHash('sha256');
      for await (const piece of piecesAt(file.fd, at, position - at)) check.update(piece);
      if (check.digest('hex') !== written) throw new BuildStop({ code: 'packages-written-differs', path: target });
    },
    publish: async () => {
      await close();
      await rename(path, target);
      await folderSynced(dirname(target));
    },
    close,
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
