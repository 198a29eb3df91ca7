import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as a hostile writer may make it; what is left out is as it should be. */
export type FakeEntry = {
  readonly name: string | Buffer;
  readonly content: Buffer;
  readonly method?: number;
  readonly packed?: Buffer;
  readonly flags?: number;
  readonly checksum?: number;
  readonly size?: number;
  readonly attributes?: number;
  readonly extra?: Buffer;
  readonly wide?: boolean;
  /** what its own header says otherwise than the list */
  readonly local?: { readonly name?: string; readonly extra?: Buffer; readonly method?: number; readonly size?: number; readonly checksum?: number; readonly wideSize?: number };
};

export type FakeZip = { readonly prefix?: Buffer; readonly between?: Buffer; readonly trailing?: Buffer; readonly comment?: Buffer; readonly wide?: boolean; readonly count?: number; readonly overlap?: boolean };

const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

/** A ZIP byte by byte, with whatever is wrong that is asked for. */
export function fakeZip(entries: readonly FakeEntry[], { prefix, between, trailing, comment = Buffer.alloc(0), wide = false, count, overlap = false }: FakeZip = {}): Buffer {
  const pieces: Buffer[] = prefix === undefined ? [] : [prefix];
  const list: Buffer[] = [];
  let at = prefix?.length ?? 0;
  for (const [index, entry] of entries.entries()) {
    const { method = 8, flags = 0x0800, attributes = 0, local = {}, wide: wideEntry = false } = entry;
    const name = Buffer.isBuffer(entry.name) ? entry.name : Buffer.from(entry.name);
    const packed = entry.packed ?? (method === 8 ? deflateRawSync(entry.content) : entry.content);
    const checksum = entry.checksum ?? crc32(entry.content);
    const size = entry.size ?? entry.content.length;
    const extra = wideEntry ? Buffer.concat([u16(1), u16(16), u64(size), u64(packed.length)]) : (entry.extra ?? Buffer.alloc(0));
    const localExtra = wideEntry ? Buffer.concat([u16(1), u16(16), u64(local.wideSize ?? size), u64(packed.length)]) : (local.extra ?? extra);
    const [shownSize, shownPacked] = wideEntry ? [0xffffffff, 0xffffffff] : [size, packed.length];
    const localName = local.name === undefined ? name : Buffer.from(local.name);
    const header = Buffer.concat([u32(0x04034b50), u16(wideEntry ? 45 : 20), u16(flags), u16(local.method ?? method), u32(0x5a6f0000), u32(local.checksum ?? checksum), u32(shownPacked), u32(local.size ?? shownSize), u16(localName.length), u16(localExtra.length), localName, localExtra]);
    const offset = overlap && index > 0 ? (prefix?.length ?? 0) : at;
    list.push(Buffer.concat([u32(0x02014b50), u16(0x031e), u16(wideEntry ? 45 : 20), u16(flags), u16(method), u32(0x5a6f0000), u32(checksum), u32(shownPacked), u32(shownSize), u16(name.length), u16(extra.length), u16(0), u16(0), u16(0), u32(attributes), u32(offset), name, extra]));
    if (overlap && index > 0) continue;
    pieces.push(header, packed);
    at += header.length + packed.length;
    if (between !== undefined && index === 0) {
      pieces.push(between);
      at += between.length;
    }
  }
  const directory = Buffer.concat(list);
  const total = count ?? entries.length;
  const end64 = wide ? Buffer.concat([u32(0x06064b50), u64(44), u16(45), u16(45), u32(0), u32(0), u64(total), u64(total), u64(directory.length), u64(at), u32(0x07064b50), u32(0), u64(at + directory.length), u32(1)]) : Buffer.alloc(0);
  const end = Buffer.concat([u32(0x06054b50), u16(0), u16(0), u16(wide ? 0xffff : total), u16(wide ? 0xffff : total), u32(wide ? 0xffffffff : directory.length), u32(wide ? 0xffffffff : at), u16(comment.length), comment]);
  return Buffer.concat([...pieces, directory, end64, end, ...(trailing === undefined ? [] : [trailing])]);
}
