/*
 * ZIP as in APPNOTE.TXT 6.3: entries stored or deflated, sizes in their own header (no data descriptors), ZIP64 where 32 bits do
 * not hold, times of one instant for all, names in ASCII. Nothing else, so the same content gives the same bytes.
 */
const limit32 = 0xffffffff;
const limit16 = 0xffff;

export type ZipEntry = {
  readonly name: string;
  readonly crc: number;
  readonly size: number;
  /** bytes in the ZIP */
  readonly packed: number;
  /** of its header */
  readonly at: number;
  readonly isDeflated: boolean;
};

/** Date and time as MS-DOS has them, at +07:00. Seconds are even there, years begin with 1980. */
function dosTime(instant: string): { readonly date: number; readonly time: number } {
  const at = new Date(Date.parse(instant) + 7 * 3_600_000);
  const year = Math.min(2107, Math.max(1980, at.getUTCFullYear()));
  return {
    date: ((year - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  };
}

/**
 * Header before an entry's data. It has the same length before and after its sizes are known: `mayBeLarge` decides on the
 * room for 64 bits.
 */
export function localHeader(entry: Omit<ZipEntry, 'at'>, instant: string, mayBeLarge: boolean): Buffer {
  const name = Buffer.from(entry.name, 'latin1');
  const header = Buffer.alloc(30 + name.length + (mayBeLarge ? 20 : 0));
  header.writeUInt32LE(0x04034b50, 0);
  common(header, 4, entry, instant, mayBeLarge);
  header.writeUInt32LE(mayBeLarge ? limit32 : entry.packed, 18);
  header.writeUInt32LE(mayBeLarge ? limit32 : entry.size, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(mayBeLarge ? 20 : 0, 28);
  name.copy(header, 30);
  if (mayBeLarge) wide(header, 30 + name.length, [entry.size, entry.packed]);
  return header;
}

/** The entry's line in the directory at the end. */
export function directoryLine(entry: ZipEntry, instant: string): Buffer {
  const name = Buffer.from(entry.name, 'latin1');
  const large = [entry.size, entry.packed, entry.at].filter((value) => value >= limit32);
  const header = Buffer.alloc(46 + name.length + (large.length === 0 ? 0 : 4 + large.length * 8));
  header.writeUInt32LE(0x02014b50, 0);
  // Made on Unix, so that the rights below are read as such.
  header.writeUInt16LE((3 << 8) | 45, 4);
  common(header, 6, entry, instant, large.length > 0);
  header.writeUInt32LE(Math.min(entry.packed, limit32), 20);
  header.writeUInt32LE(Math.min(entry.size, limit32), 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(large.length === 0 ? 0 : 4 + large.length * 8, 30);
  header.writeUInt32LE(0o100644 * 0x10000, 38);
  header.writeUInt32LE(Math.min(entry.at, limit32), 42);
  name.copy(header, 46);
  if (large.length > 0) wide(header, 46 + name.length, large);
  return header;
}

/** What ends the ZIP. `at`, `size`: of the directory. */
export function directoryEnd(count: number, at: number, size: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, limit16), 8);
  end.writeUInt16LE(Math.min(count, limit16), 10);
  end.writeUInt32LE(Math.min(size, limit32), 12);
  end.writeUInt32LE(Math.min(at, limit32), 16);
  if (count < limit16 && at < limit32 && size < limit32) return end;
  const wideEnd = Buffer.alloc(76);
  wideEnd.writeUInt32LE(0x06064b50, 0);
  wideEnd.writeBigUInt64LE(44n, 4);
  wideEnd.writeUInt16LE((3 << 8) | 45, 12);
  wideEnd.writeUInt16LE(45, 14);
  wideEnd.writeBigUInt64LE(BigInt(count), 24);
  wideEnd.writeBigUInt64LE(BigInt(count), 32);
  wideEnd.writeBigUInt64LE(BigInt(size), 40);
  wideEnd.writeBigUInt64LE(BigInt(at), 48);
  wideEnd.writeUInt32LE(0x07064b50, 56);
  wideEnd.writeBigUInt64LE(BigInt(at + size), 64);
  wideEnd.writeUInt32LE(1, 72);
  return Buffer.concat([wideEnd, end]);
}

/** Version, flags, method, time, CRC: the same in both headers. */
function common(header: Buffer, from: number, entry: Pick<ZipEntry, 'crc' | 'isDeflated'>, instant: string, isWide: boolean): void {
  const { date, time } = dosTime(instant);
  header.writeUInt16LE(isWide ? 45 : 20, from);
  header.writeUInt16LE(entry.isDeflated ? 8 : 0, from + 4);
  header.writeUInt16LE(time, from + 6);
  header.writeUInt16LE(date, from + 8);
  header.writeUInt32LE(entry.crc, from + 10);
}

function wide(header: Buffer, from: number, values: readonly number[]): void {
  header.writeUInt16LE(0x0001, from);
  header.writeUInt16LE(values.length * 8, from + 2);
  for (const [index, value] of values.entries()) header.writeBigUInt64LE(BigInt(value), from + 4 + index * 8);
}
