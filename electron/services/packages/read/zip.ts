import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInflateRaw, crc32, type InflateRaw } from 'node:zlib';
import type { ReadLimits } from './limits.ts';
import { nameBook, pathRefusal, shownPath } from './names.ts';
import { bytesAt, piecesAt } from './random-access.ts';
import { PackageRefused, type Refusal } from './refused.ts';
import type { PackageFile, PackageSource } from './source.ts';
import { zipDirectory } from './zip-directory.ts';
import type { ZipEntry } from './zip-entries.ts';

const localSignature = 0x04034b50;
const descriptorSignature = 0x08074b50;
const sizesFollow = 0x0008;

type Placed = { readonly entry: ZipEntry; readonly start: number };

/**
 * Opens a ZIP for reading (APPNOTE 6.3.10; stored and deflated entries, also in the 64-bit form). By the list at its end,
 * and every entry's own header must say the same. Throws `PackageRefused` for an archive that two readers may see differently or
 * that is beyond the limits; what is wrong with one entry is among the source's refusals.
 */
export async function openZip(path: string, limits: ReadLimits): Promise<PackageSource> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    const { size } = await handle.stat();
    if (size < 22) throw new PackageRefused('read.not-a-package');
    const { entries, offset } = await zipDirectory(handle, size, limits);
    const refusals: Refusal[] = [];
    judgeSizes(entries, size, limits);
    const placed = await placesOf(handle, entries, offset, refusals);
    const note = nameBook();
    const files: PackageFile[] = [];
    const folders: string[] = [];
    for (const { entry, start } of placed) {
      const refusal = entry.refusal ?? pathRefusal(entry.name, limits) ?? note(entry.name, entry.isFolder ? 'folder' : 'file');
      if (refusal !== undefined) refusals.push(refusal);
      else if (entry.isFolder) folders.push(entry.name);
      else files.push({ path: entry.name, size: entry.size, diskPath: null, oldName: entry.oldName, pieces: () => content(handle, entry, start) });
    }
    return { container: 'zip', name: basename(path).replace(/\.zip$/i, ''), files, folders, refusals, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A bomb is told by what the archive declares; what it declares is held while reading (`content`). */
function judgeSizes(entries: readonly ZipEntry[], length: number, limits: ReadLimits): void {
  let total = 0;
  for (const { name, size, packed } of entries) {
    total += size;
    if (size > limits.fileBytes || total > limits.totalBytes) throw new PackageRefused('read.too-large', shownPath(name), { most: size > limits.fileBytes ? limits.fileBytes : limits.totalBytes });
    if (size > limits.ratioFrom && size > packed * limits.ratio) throw new PackageRefused('read.bomb', shownPath(name), { ratio: Math.round(size / Math.max(1, packed)), most: limits.ratio });
  }
  if (total > limits.ratioFrom && total > length * limits.ratio) throw new PackageRefused('read.bomb', '', { ratio: Math.round(total / length), most: limits.ratio });
}

/**
 * Where each entry's content begins. Entries must lie one behind the other from the first byte to the list: an overlap lets a
 * small archive unpack to anything, a gap hides what no list names.
 */
async function placesOf(handle: FileHandle, entries: readonly ZipEntry[], directoryAt: number, refusals: Refusal[]): Promise<readonly Placed[]> {
  const starts = new Map<ZipEntry, number>();
  let end = 0;
  for (const entry of entries.toSorted((one, other) => one.offset - other.offset)) {
    const file = shownPath(entry.name);
    if (entry.offset < end) throw new PackageRefused('zip.overlap', file);
    if (entry.offset > end) throw end === 0 ? new PackageRefused('zip.prefix', '', { bytes: entry.offset }) : new PackageRefused('zip.gap', file, { bytes: entry.offset - end });
    const { start, differs } = await localOf(handle, entry, directoryAt);
    if (differs !== undefined && entry.refusal === undefined) refusals.push({ rule: 'zip.headers', file, params: { what: differs } });
    starts.set(entry, start);
    end = start + entry.packed;
    if (end > directoryAt) throw new PackageRefused('zip.overlap', file);
    if ((entry.flags & sizesFollow) !== 0) {
      const behind = await descriptorOf(handle, entry, end, directoryAt);
      if (behind === undefined) refusals.push({ rule: 'zip.headers', file, params: { what: 'descriptor' } });
      end += behind ?? 0;
    }
  }
  if (end < directoryAt) throw new PackageRefused('zip.gap', '', { bytes: directoryAt - end });
  const wrong = new Set(refusals.map(({ file }) => file));
  return entries.flatMap((entry) => (wrong.has(shownPath(entry.name)) ? [] : [{ entry, start: starts.get(entry) ?? 0 }]));
}

/** Reads an entry's own header; what differs from the list is named. */
async function localOf(handle: FileHandle, entry: ZipEntry, directoryAt: number): Promise<{ readonly start: number; readonly differs: string | undefined }> {
  const file = shownPath(entry.name);
  if (entry.offset + 30 > directoryAt) throw new PackageRefused('zip.overlap', file);
  const header = await bytesAt(handle, entry.offset, Math.min(30 + entry.nameBytes.length, directoryAt - entry.offset));
  if (header.readUInt32LE(0) !== localSignature) throw new PackageRefused('zip.damaged', file, { what: 'header' });
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  return { start, differs: difference(header, entry) };
}

function difference(header: Buffer, entry: ZipEntry): string | undefined {
  if (!header.subarray(30, 30 + header.readUInt16LE(26)).equals(entry.nameBytes)) return 'name';
  if (header.readUInt16LE(8) !== entry.method) return 'method';
  // Bits 1 and 2 tell how hard the packer tried; writers leave them out of one of the two.
  if (((header.readUInt16LE(6) ^ entry.flags) & ~0x0006) !== 0) return 'flags';
  const later = (entry.flags & sizesFollow) !== 0;
  const same = (told: number, known: number): boolean => told === known || told === 0xffffffff || (later && told === 0);
  if (header.readUInt32LE(14) !== entry.checksum && !(later && header.readUInt32LE(14) === 0)) return 'checksum';
  if (!same(header.readUInt32LE(18), entry.packed) || !same(header.readUInt32LE(22), entry.size)) return 'size';
  return undefined;
}

/** Bytes of the record behind the content (APPNOTE 6.3 §4.3.9); undefined when none of its forms says what the list says. */
async function descriptorOf(handle: FileHandle, entry: ZipEntry, at: number, directoryAt: number): Promise<number | undefined> {
  const bytes = await bytesAt(handle, at, Math.max(0, Math.min(24, directoryAt - at)));
  for (const signed of [true, false]) {
    const from = signed ? 4 : 0;
    if (bytes.length < from + 12 || (signed && bytes.readUInt32LE(0) !== descriptorSignature) || bytes.readUInt32LE(from) !== entry.checksum) continue;
    if (bytes.length >= from + 20 && bytes.readBigUInt64LE(from + 4) === BigInt(entry.packed) && bytes.readBigUInt64LE(from + 12) === BigInt(entry.size)) return from + 20;
    if (bytes.readUInt32LE(from + 4) === entry.packed && bytes.readUInt32LE(from + 8) === entry.size) return from + 12;
  }
  return undefined;
}

/** Content of an entry; ends as soon as it is longer than declared, and must have the declared length and checksum. */
async function* content(handle: FileHandle, entry: ZipEntry, start: number): AsyncGenerator<Buffer> {
  const file = shownPath(entry.name);
  let size = 0;
  let checksum = 0;
  const packed = piecesAt(handle, start, entry.packed);
  for await (const piece of entry.method === 0 ? packed : inflated(packed, entry.packed, file)) {
    size += piece.length;
    if (size > entry.size) throw new PackageRefused('read.bomb', file, { ratio: Math.round(size / Math.max(1, entry.packed)), most: entry.size });
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (size !== entry.size || checksum !== entry.checksum) throw new PackageRefused('zip.content', file);
}

async function* inflated(packed: AsyncGenerator<Buffer>, length: number, file: string): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  const feeding = feed(packed, inflate);
  try {
    yield* inflate as AsyncIterable<Buffer>;
    await feeding;
    // Bytes behind the end of the stream belong to nothing.
    if (inflate.bytesWritten !== length) throw new PackageRefused('zip.content', file);
  } catch (error) {
    throw error instanceof PackageRefused ? error : new PackageRefused('zip.content', file);
  } finally {
    inflate.destroy();
    await feeding.catch(() => undefined);
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
