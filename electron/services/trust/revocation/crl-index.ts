import type { RevokedSink } from './crl-entries.ts';

/**
 * An index of a list of revoked certificates: for each entry 32 bits of a hash of its serial number and the place of
 * the entry in the list, grouped by the first 16 bits. The entry itself is read from the list, so nothing is kept twice.
 *
 * Layout, big-endian: `TVTCRLX1`, u32 count, 65 537 × u32 first record of each group, count × (u32 hash, u32 place).
 */
const magic = Buffer.from('TVTCRLX1');
const groups = 0x1_0000;
const startsAt = magic.length + 4;
const recordsAt = startsAt + (groups + 1) * 4;
const recordSize = 8;
/** Longest part of an index that one look-up reads; a group of a million entries has some fifteen. */
const longestGroup = 512 * 1024;

/** Collects entries while a list is scanned; `finish` gives the index. */
export function startCrlIndex(): { readonly sink: RevokedSink; readonly finish: () => Buffer } {
  let records = new Uint32Array(2048);
  let used = 0;
  return {
    sink(bytes, from, to, entryAt) {
      if (used === records.length) {
        const larger = new Uint32Array(records.length * 2);
        larger.set(records);
        records = larger;
      }
      records[used] = serialHash(bytes, from, to);
      records[used + 1] = entryAt;
      used += 2;
    },
    finish: () => grouped(records.subarray(0, used)),
  };
}

function grouped(records: Uint32Array): Buffer {
  const count = records.length / 2;
  const starts = new Uint32Array(groups + 1);
  for (let n = 0; n < records.length; n += 2) {
    const after = ((records[n] ?? 0) >>> 16) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let group = 1; group <= groups; group += 1) starts[group] = (starts[group] ?? 0) + (starts[group - 1] ?? 0);
  const index = Buffer.alloc(recordsAt + count * recordSize);
  magic.copy(index);
  index.writeUInt32BE(count, magic.length);
  for (let group = 0; group <= groups; group += 1) index.writeUInt32BE(starts[group] ?? 0, startsAt + group * 4);
  for (let n = 0; n < records.length; n += 2) {
    const hash = records[n] ?? 0;
    const place = starts[hash >>> 16] ?? 0;
    starts[hash >>> 16] = place + 1;
    index.writeUInt32BE(hash, recordsAt + place * recordSize);
    index.writeUInt32BE(records[n + 1] ?? 0, recordsAt + place * recordSize + 4);
  }
  return index;
}

/** Reads `length` octets from `from` on; fewer at the end. */
export type ReadAt = (from: number, length: number) => Uint8Array;

/**
 * Places in the list where an entry of this serial number may stand, usually one or none; the caller compares the
 * serial number there. Throws when the index is none.
 */
export function placesOf(index: ReadAt, serial: string): number[] {
  const octets = Buffer.from(serial, 'hex');
  const hash = serialHash(octets, 0, octets.length);
  const bounds = Buffer.from(index(startsAt + (hash >>> 16) * 4, 8));
  if (bounds.length < 8 || !magic.equals(Buffer.from(index(0, magic.length)))) throw new Error('not an index of a list of revoked certificates');
  const from = bounds.readUInt32BE(0);
  const length = (bounds.readUInt32BE(4) - from) * recordSize;
  if (length < 0 || length > longestGroup) throw new Error('an index of a list of revoked certificates is damaged');
  const records = Buffer.from(index(recordsAt + from * recordSize, length));
  const places: number[] = [];
  for (let at = 0; at + recordSize <= records.length; at += recordSize) {
    if (records.readUInt32BE(at) === hash) places.push(records.readUInt32BE(at + 4));
  }
  return places;
}

/** FNV-1a with a last mixing step, so that serial numbers given one after the other spread over all groups. */
function serialHash(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to - 1 && bytes[at] === 0) at += 1;
  let hash = 0x811c9dc5;
  for (; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
