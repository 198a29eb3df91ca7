import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ReadLimits } from './limits.ts';
import { nameBook, pathRefusal, shownPath } from './names.ts';
import { bytesAt } from './random-access.ts';
import { PackageRefused, type Refusal } from './refused.ts';
import type { PackageFile, PackageSource } from './source.ts';
import { entryPieces, type EntryPlace } from './zip-content.ts';
import { zipDirectory } from './zip-directory.ts';
import { extraFields, givenName, type ZipEntry } from './zip-entries.ts';

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
    const { entries, offset } = zipDirectory(handle.fd, size, limits);
    const refusals: Refusal[] = [];
    judgeSizes(entries, size, limits);
    const placed = placesOf(handle.fd, entries, offset, refusals);
    const note = nameBook();
    const files: PackageFile[] = [];
    const folders: string[] = [];
    for (const { entry, start } of placed) {
      const refusal = entry.refusal ?? pathRefusal(entry.name, limits) ?? note(entry.name, entry.isFolder ? 'folder' : 'file');
      if (refusal !== undefined) refusals.push(refusal);
      else if (entry.isFolder) folders.push(entry.name);
      else {
        const { name, size: length, packed, checksum } = entry;
        const place: EntryPlace = { kind: 'entry', fd: handle.fd, start, packed, size: length, checksum, isStored: entry.method === 0, name };
        files.push({ path: name, size: length, diskPath: null, oldName: entry.oldName, place, pieces: () => entryPieces(place) });
      }
    }
    return { container: 'zip', name: basename(path).replace(/\.zip$/i, ''), files, folders, refusals, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A bomb is told by what the archive declares; what it declares is held while reading (`entryPieces`). */
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
function placesOf(fd: number, entries: readonly ZipEntry[], directoryAt: number, refusals: Refusal[]): readonly Placed[] {
  const starts = new Map<ZipEntry, number>();
  let end = 0;
  for (const entry of entries.toSorted((one, other) => one.offset - other.offset)) {
    const file = shownPath(entry.name);
    if (entry.offset < end) throw new PackageRefused('zip.overlap', file);
    if (entry.offset > end) throw end === 0 ? new PackageRefused('zip.prefix', '', { bytes: entry.offset }) : new PackageRefused('zip.gap', file, { bytes: entry.offset - end });
    const { start, differs } = localOf(fd, entry, directoryAt);
    if (differs !== undefined && entry.refusal === undefined) refusals.push({ rule: 'zip.headers', file, params: { what: differs } });
    starts.set(entry, start);
    end = start + entry.packed;
    if (end > directoryAt) throw new PackageRefused('zip.overlap', file);
    if ((entry.flags & sizesFollow) !== 0) {
      const behind = descriptorOf(fd, entry, end, directoryAt);
      if (behind === undefined) refusals.push({ rule: 'zip.headers', file, params: { what: 'descriptor' } });
      end += behind ?? 0;
    }
  }
  if (end < directoryAt) throw new PackageRefused('zip.gap', '', { bytes: directoryAt - end });
  const wrong = new Set(refusals.map(({ file }) => file));
  return entries.flatMap((entry) => (wrong.has(shownPath(entry.name)) ? [] : [{ entry, start: starts.get(entry) ?? 0 }]));
}

/** Reads an entry's own header; what differs from the list is named. */
function localOf(fd: number, entry: ZipEntry, directoryAt: number): { readonly start: number; readonly differs: string | undefined } {
  const file = shownPath(entry.name);
  if (entry.offset + 30 > directoryAt) throw new PackageRefused('zip.overlap', file);
  const fixed = bytesAt(fd, entry.offset, 30);
  if (fixed.readUInt32LE(0) !== localSignature) throw new PackageRefused('zip.damaged', file, { what: 'header' });
  const start = entry.offset + 30 + fixed.readUInt16LE(26) + fixed.readUInt16LE(28);
  if (start > directoryAt) throw new PackageRefused('zip.overlap', file);
  const header = bytesAt(fd, entry.offset, start - entry.offset);
  return { start, differs: difference(header, entry) };
}

function difference(header: Buffer, entry: ZipEntry): string | undefined {
  const nameEnd = 30 + header.readUInt16LE(26);
  if (!header.subarray(30, nameEnd).equals(entry.nameBytes)) return 'name';
  if (header.readUInt16LE(8) !== entry.method) return 'method';
  // Bits 1 and 2 tell how hard the packer tried; writers leave them out of one of the two.
  if (((header.readUInt16LE(6) ^ entry.flags) & ~0x0006) !== 0) return 'flags';
  const later = (entry.flags & sizesFollow) !== 0;
  // In the 64-bit form both sizes stand in the extra field, first that of the content (APPNOTE 6.3 §4.5.3).
  const extras = extraFields(header.subarray(nameEnd));
  if (extras.isAmbiguous) return 'extra';
  if (!(givenName(entry.nameBytes, extras) ?? entry.fullName).equals(entry.fullName)) return 'name';
  const wide = extras.byId.get(1);
  const widely = (at: number): number => (wide === undefined || wide.length < at + 8 ? -1 : Number(wide.readBigUInt64LE(at)));
  const same = (told: number, known: number, at: number): boolean => {
    const full = told === 0xffffffff ? widely(at) : told;
    return full === known || (later && full === 0);
  };
  if (header.readUInt32LE(14) !== entry.checksum && !(later && header.readUInt32LE(14) === 0)) return 'checksum';
  if (!same(header.readUInt32LE(18), entry.packed, 8) || !same(header.readUInt32LE(22), entry.size, 0)) return 'size';
  return undefined;
}

/** Bytes of the record behind the content (APPNOTE 6.3 §4.3.9); undefined when none of its forms says what the list says. */
function descriptorOf(fd: number, entry: ZipEntry, at: number, directoryAt: number): number | undefined {
  const bytes = bytesAt(fd, at, Math.max(0, Math.min(24, directoryAt - at)));
  for (const signed of [true, false]) {
    const from = signed ? 4 : 0;
    if (bytes.length < from + 12 || (signed && bytes.readUInt32LE(0) !== descriptorSignature) || bytes.readUInt32LE(from) !== entry.checksum) continue;
    if (bytes.length >= from + 20 && bytes.readBigUInt64LE(from + 4) === BigInt(entry.packed) && bytes.readBigUInt64LE(from + 12) === BigInt(entry.size)) return from + 20;
    if (bytes.readUInt32LE(from + 4) === entry.packed && bytes.readUInt32LE(from + 8) === entry.size) return from + 12;
  }
  return undefined;
}
