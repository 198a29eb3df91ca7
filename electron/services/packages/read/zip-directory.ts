import type { ReadLimits } from './limits.ts';
import { bytesAt, wholeNumber } from './random-access.ts';
import { PackageRefused } from './refused.ts';
import { directoryEntries, type ZipEntry } from './zip-entries.ts';

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locatorSignature = 0x07064b50;
const endLength = 22;
const locatorLength = 20;
const end64Length = 56;

/** Where the list of entries lies, as the records at the end of the archive say (APPNOTE 6.3 §4.3.14–16). */
type Ending = {
  readonly entries: number;
  readonly size: number;
  readonly offset: number;
  /** where the first of the end records begins */
  readonly before: number;
};

/**
 * Reads a ZIP's list of entries, by random access. Strict where readers disagree: nothing before the first entry, nothing
 * behind the end record, one end record, and the list lies where it says. Throws `PackageRefused`.
 */
export function zipDirectory(fd: number, length: number, limits: ReadLimits): { readonly entries: readonly ZipEntry[]; readonly offset: number } {
  const ending = endOf(fd, length);
  if (ending.entries > limits.entries) throw new PackageRefused('read.too-many', '', { most: limits.entries });
  if (ending.size > limits.directoryBytes) throw new PackageRefused('read.too-large', '', { most: limits.directoryBytes });
  const gap = ending.before - ending.offset - ending.size;
  if (gap > 0) throw new PackageRefused('zip.prefix', '', { bytes: gap });
  if (gap < 0) throw new PackageRefused('zip.damaged', '', { what: 'offset' });
  const entries = directoryEntries(bytesAt(fd, ending.offset, ending.size), ending.entries);
  return { entries, offset: ending.offset };
}

function endOf(fd: number, length: number): Ending {
  const from = Math.max(0, length - endLength - 0xffff);
  const tail = bytesAt(fd, from, length - from);
  const at = endRecordIn(tail, fd, length);
  const disks = [tail.readUInt16LE(at + 4), tail.readUInt16LE(at + 6)];
  const plain = {
    entries: tail.readUInt16LE(at + 10),
    size: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
    before: from + at,
  };
  const wide = end64Of(fd, from + at);
  if (wide !== undefined) {
    // What is not "see there" must say the same in both records, or two readers see two archives.
    const same = (narrow: number, full: number, mark: number): boolean => narrow === mark || narrow === full;
    if (!same(plain.entries, wide.entries, 0xffff) || !same(plain.size, wide.size, 0xffffffff) || !same(plain.offset, wide.offset, 0xffffffff)) {
      throw new PackageRefused('zip.ambiguous', '', { what: 'zip64' });
    }
    return wide;
  }
  if (plain.entries === 0xffff || plain.size === 0xffffffff || plain.offset === 0xffffffff) throw new PackageRefused('zip.damaged', '', { what: 'zip64' });
  if (disks.some((disk) => disk !== 0) || tail.readUInt16LE(at + 8) !== plain.entries) throw new PackageRefused('zip.split');
  return plain;
}

/** Place of the end record in the last bytes of the archive. */
function endRecordIn(tail: Buffer, fd: number, length: number): number {
  const places: number[] = [];
  for (let at = tail.length - endLength; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === endSignature) places.push(at);
  }
  const exact = places.filter((at) => at + endLength + tail.readUInt16LE(at + 20) === tail.length);
  const [place] = exact;
  if (place !== undefined) {
    // A second end record inside the comment is another archive for who looks from the other side.
    if (exact.length > 1 || places.some((at) => at > place)) throw new PackageRefused('zip.ambiguous', '', { what: 'end' });
    return place;
  }
  const [last] = places;
  if (last !== undefined) {
    const over = tail.length - last - endLength - tail.readUInt16LE(last + 20);
    if (over > 0) throw new PackageRefused('zip.trailing', '', { bytes: over });
    throw new PackageRefused('zip.truncated');
  }
  const head = length >= 4 ? bytesAt(fd, 0, 4).readUInt32LE(0) : 0;
  if (head === 0x04034b50) throw new PackageRefused('zip.truncated');
  throw new PackageRefused('read.not-a-package');
}

function end64Of(fd: number, endAt: number): Ending | undefined {
  const locatorAt = endAt - locatorLength;
  if (locatorAt < end64Length) return undefined;
  const locator = bytesAt(fd, locatorAt, locatorLength);
  if (locator.readUInt32LE(0) !== locatorSignature) return undefined;
  if (locator.readUInt32LE(4) !== 0 || locator.readUInt32LE(16) > 1) throw new PackageRefused('zip.split');
  const at = wholeNumber(locator, 8);
  if (at + end64Length > locatorAt) throw new PackageRefused('zip.damaged', '', { what: 'zip64' });
  const record = bytesAt(fd, at, end64Length);
  if (record.readUInt32LE(0) !== end64Signature || at + 12 + wholeNumber(record, 4) !== locatorAt) throw new PackageRefused('zip.damaged', '', { what: 'zip64' });
  const entries = wholeNumber(record, 32);
  if (record.readUInt32LE(16) !== 0 || record.readUInt32LE(20) !== 0 || wholeNumber(record, 24) !== entries) throw new PackageRefused('zip.split');
  return { entries, size: wholeNumber(record, 40), offset: wholeNumber(record, 48), before: at };
}
