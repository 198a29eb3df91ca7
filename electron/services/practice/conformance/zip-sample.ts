import { crc32, constants, deflateRawSync, inflateRawSync } from 'node:zlib';

/** A ZIP with one packed entry. */
export function oneEntryZip(name: string, content: Uint8Array): Uint8Array {
  return zipOf(name, deflateRawSync(content), content.length, crc32(content));
}

/** A ZIP of one entry that unpacks to `mebibytes` of zeros and is a thousandth of that itself. */
export function bombZip(name: string, mebibytes: number): Uint8Array {
  const piece = Buffer.alloc(16 * 1024 * 1024);
  // A full flush ends on a byte and looks back at nothing: the piece may stand any number of times.
  const packed = deflateRawSync(piece, { finishFlush: constants.Z_FULL_FLUSH });
  const times = Math.ceil(mebibytes / 16);
  let sum = 0;
  for (let at = 0; at < times; at += 1) sum = crc32(piece, sum);
  const end = deflateRawSync(Buffer.alloc(0));
  return zipOf(name, Buffer.concat([...Array.from({ length: times }, () => packed), end]), piece.length * times, sum);
}

function zipOf(name: string, packed: Uint8Array, size: number, sum: number): Uint8Array {
  const text = Buffer.from(name, 'utf8');
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(0x0800, 2);
  facts.writeUInt16LE(8, 4);
  facts.writeUInt32LE(0x00210000, 6);
  facts.writeUInt32LE(sum, 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(size, 18);
  facts.writeUInt16LE(text.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, text, packed]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, Buffer.alloc(14), text]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

/** The only entry of a ZIP; null when it is none, has not exactly one, or does not unpack to what it says. */
export function onlyEntryOf(zip: Uint8Array): { readonly name: string; readonly content: Uint8Array } | null {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  try {
    const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    if (end === -1 || bytes.readUInt16LE(end + 10) !== 1) return null;
    const central = bytes.readUInt32LE(end + 16);
    const local = bytes.readUInt32LE(central + 42);
    const name = bytes.toString('utf8', central + 46, central + 46 + bytes.readUInt16LE(central + 28));
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(central + 20));
    const content = bytes.readUInt16LE(central + 10) === 0 ? packed : inflateRawSync(packed, { maxOutputLength: 256 * 1024 * 1024 });
    return content.length === bytes.readUInt32LE(central + 24) && crc32(content) === bytes.readUInt32LE(central + 16) ? { name, content } : null;
  } catch {
    // It points outside itself, or is not packed as it says.
    return null;
  }
}
