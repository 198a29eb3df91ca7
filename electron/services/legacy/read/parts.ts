import { crc32, createInflateRaw } from 'node:zlib';
import { tableLimits, TableRefused } from './refused.ts';

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const encrypted = 0x0001;
/** More parts no workbook of an office has. */
const mostParts = 10_000;

type Part = { readonly method: number; readonly checksum: number; readonly size: number; readonly packed: Buffer };

/** The parts of a workbook (ECMA-376 part 2: a ZIP), read by the central directory (APPNOTE 6.3 §4.3). */
export type Parts = {
  readonly has: (name: string) => boolean;
  /** bytes when expanded, as the archive declares; 0 for what is not there */
  readonly sizeOf: (name: string) => number;
  /** A part piece by piece, in bounded memory. Throws TableRefused when it is not what the archive says, or grows beyond `most`. */
  readonly pieces: (name: string, most: number) => AsyncGenerator<Buffer>;
  /** A small part as text; '' for what is not there. */
  readonly text: (name: string) => Promise<string>;
};

/** Opens the archive; throws TableRefused for anything inconsistent, encrypted, or in the 64-bit form. */
export function partsOf(archive: Buffer): Parts {
  const parts = directoryOf(archive);
  async function* pieces(name: string, most: number): AsyncGenerator<Buffer> {
    const part = parts.get(name);
    if (part === undefined) throw new TableRefused('table-damaged');
    let size = 0;
    let checksum = 0;
    for await (const piece of part.method === 0 ? slicesOf(part.packed) : inflated(part.packed)) {
      size += piece.length;
      // The declared size is the limit as well: what grows beyond it lies about itself.
      if (size > most || size > part.size) throw new TableRefused('table-bomb', { most: Math.round(most / 1024 / 1024) });
      checksum = crc32(piece, checksum);
      yield piece;
    }
    if (size !== part.size || checksum !== part.checksum) throw new TableRefused('table-damaged');
  }
  return {
    has: (name) => parts.has(name),
    sizeOf: (name) => parts.get(name)?.size ?? 0,
    pieces,
    text: async (name) => {
      if (!parts.has(name)) return '';
      const whole: Buffer[] = [];
      for await (const piece of pieces(name, tableLimits.small)) whole.push(piece);
      return Buffer.concat(whole).toString('utf8');
    },
  };
}

function* slicesOf(packed: Buffer): Generator<Buffer> {
  for (let at = 0; at < packed.length; at += 65_536) yield packed.subarray(at, at + 65_536);
}

async function* inflated(packed: Buffer): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: 65_536 });
  inflate.end(packed);
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) yield piece;
  } catch {
    throw new TableRefused('table-damaged');
  } finally {
    inflate.destroy();
  }
}

function directoryOf(bytes: Buffer): ReadonlyMap<string, Part> {
  const damaged = new TableRefused('table-damaged');
  const end = endOf(bytes);
  if (end === -1) throw damaged;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > mostParts) throw damaged;
  const parts = new Map<string, Part>();
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== centralSignature) throw damaged;
    const flags = bytes.readUInt16LE(at + 8);
    const method = bytes.readUInt16LE(at + 10);
    const packedSize = bytes.readUInt32LE(at + 20);
    const size = bytes.readUInt32LE(at + 24);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if ((flags & encrypted) !== 0) throw new TableRefused('table-password');
    if ((method !== 0 && method !== 8) || packedSize === 0xffffffff || size === 0xffffffff) throw damaged;
    if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== localSignature) throw damaged;
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (start + packedSize > bytes.length) throw damaged;
    // Some programs write the separator of their own system, or begin at the root.
    parts.set(name.replaceAll('\\', '/').replace(/^\//, ''), {
      method,
      checksum: bytes.readUInt32LE(at + 16),
      size,
      packed: bytes.subarray(start, start + packedSize),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

function endOf(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at -= 1) {
    if (bytes.readUInt32LE(at) === endSignature) return at;
  }
  return -1;
}
