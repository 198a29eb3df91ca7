import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { crc32, createDeflateRaw, deflateRawSync, inflateRaw } from 'node:zlib';

const inflateRawAsync = promisify(inflateRaw);

const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
const descriptorSignature = 0x08074b50;
const endLength = 22;
const encrypted = 0x0001;
const sizesFollow = 0x0008;
const utf8Name = 0x0800;

export type ZipEntry = {
  readonly name: string;
  /** bytes after expansion, as the archive declares */
  readonly size: number;
  /** The content; null when it is not what the archive says (length, checksum, stream). */
  readonly content: () => Promise<Uint8Array | null>;
};

/** Whether the bytes begin like a ZIP local file header. */
export function beginsLikeZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * The entry of a ZIP that holds exactly one plain file. Null for everything else: several entries, ZIP64, encryption,
 * another method than stored or deflated, anything inconsistent. Judged by the central directory (APPNOTE 6.3 §4.3).
 */
export function onlyEntry(archive: Uint8Array): ZipEntry | null {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = endOfCentralDirectory(bytes);
  if (end === -1) return null;
  const central = bytes.readUInt32LE(end + 16);
  const centralSize = bytes.readUInt32LE(end + 12);
  if (bytes.readUInt16LE(end + 8) !== 1 || bytes.readUInt16LE(end + 10) !== 1) return null;
  if (central + centralSize !== end || centralSize < 46 || bytes.readUInt32LE(central) !== centralSignature) return null;
  const flags = bytes.readUInt16LE(central + 8);
  const method = bytes.readUInt16LE(central + 10);
  const checksum = bytes.readUInt32LE(central + 16);
  const packedSize = bytes.readUInt32LE(central + 20);
  const size = bytes.readUInt32LE(central + 24);
  const nameLength = bytes.readUInt16LE(central + 28);
  const local = bytes.readUInt32LE(central + 42);
  if ((flags & encrypted) !== 0 || (method !== 0 && method !== 8)) return null;
  if (packedSize === 0xffffffff || size === 0xffffffff || local === 0xffffffff) return null;
  if (46 + nameLength > centralSize || local + 30 > central || bytes.readUInt32LE(local) !== localSignature) return null;
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (start + packedSize > central) return null;
  const packed = bytes.subarray(start, start + packedSize);
  return {
    name: bytes.toString('utf8', central + 46, central + 46 + nameLength),
    size,
    async content() {
      const content = method === 0 ? packed : await inflated(packed, size);
      return content !== null && content.length === size && crc32(content) === checksum ? content : null;
    },
  };
}

async function inflated(packed: Buffer, size: number): Promise<Buffer | null> {
  try {
    // The declared size is the limit, so that a lying header cannot make the memory grow.
    return await inflateRawAsync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return null;
  }
}

function endOfCentralDirectory(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - endLength - 0xffff);
  for (let at = bytes.length - endLength; at >= first; at--) {
    if (bytes.readUInt32LE(at) === endSignature && at + endLength + bytes.readUInt16LE(at + 20) === bytes.length) {
      return at;
    }
  }
  return -1;
}

/** Largest file that `zipOne` and `zipStream` pack: beyond it the format needs its 64-bit form, which few readers know. */
export const zipLimit = 0xffff_0000;

/** A ZIP with one deflated file; the same bytes as `zipStream` makes. */
export function zipOne(name: string, content: Uint8Array): Uint8Array {
  const packed = deflateRawSync(content);
  return Buffer.concat([localHeader(name), packed, trailer(name, crc32(content), packed.length, content.length)]);
}

/**
 * The same of a file that comes in pieces. Checksum and sizes are not known before, so they stand behind the content, as
 * in the archives that Java's own ZipOutputStream makes.
 */
export async function* zipStream(name: string, source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let checksum = 0;
  let size = 0;
  let packedSize = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      checksum = crc32(piece, checksum);
      size += piece.length;
      yield piece;
    }
  }
  yield localHeader(name);
  const deflate = createDeflateRaw({ chunkSize: 64 * 1024 });
  const moving = pipeline(counted, deflate);
  // Its failure destroys the stream below, where it is met.
  moving.catch(() => undefined);
  for await (const packed of deflate as AsyncIterable<Buffer>) {
    packedSize += packed.length;
    yield packed;
  }
  await moving;
  if (size > zipLimit) throw new Error('a file grew beyond what a ZIP can hold while it was packed');
  yield trailer(name, checksum, packedSize, size);
}

function localHeader(name: string): Buffer {
  return Buffer.concat([uint32(localSignature), facts(name, 0, 0, 0), Buffer.from(name, 'utf8')]);
}

/** Everything behind the content. */
function trailer(name: string, checksum: number, packedSize: number, size: number): Buffer {
  const nameBytes = Buffer.from(name, 'utf8');
  const descriptor = Buffer.concat([descriptorSignature, checksum, packedSize, size].map(uint32));
  const central = Buffer.concat([
    uint32(centralSignature),
    Buffer.from([20, 0]),
    facts(name, checksum, packedSize, size),
    Buffer.alloc(14),
    nameBytes,
  ]);
  const end = Buffer.alloc(endLength);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(30 + nameBytes.length + packedSize + descriptor.length, 16);
  return Buffer.concat([descriptor, central, end]);
}

/** What local and central header share. No time of day: the fixed DOS date 1980-01-01 keeps the bytes a function of the input. */
function facts(name: string, checksum: number, packedSize: number, size: number): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(utf8Name | sizesFollow, 2);
  bytes.writeUInt16LE(8, 4);
  bytes.writeUInt16LE(0x0021, 8);
  bytes.writeUInt32LE(checksum, 10);
  bytes.writeUInt32LE(packedSize, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(Buffer.byteLength(name, 'utf8'), 22);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
