import { crc32 } from 'node:zlib';
import { shownPath } from './names.ts';
import { wholeNumber } from './random-access.ts';
import { PackageRefused, type Refusal } from './refused.ts';

const centralSignature = 0x02014b50;
const utf8Name = 0x0800;
/** Traditional encryption, strong encryption, masked local headers (APPNOTE 6.3 §4.4.4). */
const anyEncryption = 0x0001 | 0x0040 | 0x2000;
const aesMethod = 99;

/** An entry as the list at the end of the archive says. */
export type ZipEntry = {
  readonly name: string;
  readonly nameBytes: Buffer;
  /** those that `name` is made of: of the plain name, or of the field that stands for it */
  readonly fullName: Buffer;
  readonly oldName: boolean;
  readonly isFolder: boolean;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
  /** sizes or place stand in the 64-bit field, so those behind the content have 64 bits too */
  readonly wide: boolean;
  readonly refusal: Refusal | undefined;
};

/** Reads the list of entries. Throws `PackageRefused` when it is not exactly `count` entries long. */
export function directoryEntries(bytes: Buffer, count: number): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== centralSignature) throw new PackageRefused('zip.damaged', '', { what: 'directory' });
    const end = at + 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (end > bytes.length) throw new PackageRefused('zip.damaged', '', { what: 'directory' });
    entries.push(entryIn(bytes.subarray(at, end)));
    at = end;
  }
  if (entries.length !== count) throw new PackageRefused('zip.damaged', '', { what: 'count' });
  return entries;
}

function entryIn(record: Buffer): ZipEntry {
  const nameEnd = 46 + record.readUInt16LE(28);
  const nameBytes = record.subarray(46, nameEnd);
  const extras = extraFields(record.subarray(nameEnd, nameEnd + record.readUInt16LE(30)));
  const flags = record.readUInt16LE(8);
  const method = record.readUInt16LE(10);
  const given = givenName(nameBytes, extras);
  const { name, oldName, readable } = nameOf(nameBytes, flags, given);
  const sizes = wideSizes(record, extras, name);
  const attributes = record.readUInt32LE(38);
  const kind = (attributes >>> 16) & 0o170000;
  const isFolder = name.endsWith('/') || kind === 0o040000;
  const plain = { name: isFolder ? name.replace(/\/$/, '') : name, nameBytes, fullName: (flags & utf8Name) === 0 ? (given ?? nameBytes) : nameBytes, oldName, isFolder, flags, method, checksum: record.readUInt32LE(16), ...sizes };
  const refuse = (rule: Refusal['rule'], params: Refusal['params'] = {}): ZipEntry => ({ ...plain, refusal: { rule, file: shownPath(plain.name), params } });
  if (!readable) return refuse('read.name-bytes');
  if (extras.isAmbiguous) return refuse('zip.headers', { what: 'extra' });
  if (given !== undefined && !given.equals(plain.fullName)) return refuse('zip.headers', { what: 'name' });
  if ((flags & anyEncryption) !== 0 || method === aesMethod) return refuse('zip.encrypted');
  if (kind === 0o120000) return refuse('read.link');
  if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000) return refuse('read.special');
  if (method !== 0 && method !== 8) return refuse('zip.method', { method });
  if (record.readUInt16LE(34) !== 0) return refuse('zip.headers', { what: 'disk' });
  if (isFolder && sizes.size !== 0) return refuse('zip.headers', { what: 'folder' });
  if (method === 0 && sizes.packed !== sizes.size) return refuse('zip.headers', { what: 'size' });
  return { ...plain, refusal: undefined };
}

/** The 64-bit field, and Info-ZIP's field with the name in UTF-8 (APPNOTE 6.3 §4.5.3, §4.6.9). */
const wideField = 0x0001;
const nameField = 0x7075;

export type ExtraFields = {
  readonly byId: ReadonlyMap<number, Buffer>;
  /** a field that readers act by stands there twice, and one reader takes the first, another the last */
  readonly isAmbiguous: boolean;
};

/** The extra fields of an entry by their numbers; what is not well formed is not there. */
export function extraFields(bytes: Buffer): ExtraFields {
  const byId = new Map<number, Buffer>();
  let isAmbiguous = false;
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (end > bytes.length) break;
    const id = bytes.readUInt16LE(at);
    isAmbiguous ||= byId.has(id) && (id === wideField || id === nameField);
    byId.set(id, bytes.subarray(at + 4, end));
    at = end;
  }
  return { byId, isAmbiguous };
}

/** The name that the extra field gives in place of the plain one: version, CRC-32 of the plain name, then the name. */
export function givenName(plain: Buffer, { byId }: ExtraFields): Buffer | undefined {
  const field = byId.get(nameField);
  return field !== undefined && field.length > 5 && field[0] === 1 && field.readUInt32LE(1) === crc32(plain) ? field.subarray(5) : undefined;
}

/** Sizes and place, from the 64-bit field where the entry says "see there" (APPNOTE 6.3 §4.5.3). */
function wideSizes(record: Buffer, extras: ExtraFields, name: string): Pick<ZipEntry, 'size' | 'packed' | 'offset' | 'wide'> {
  const field = extras.byId.get(wideField);
  let at = 0;
  const value = (narrow: number): number => {
    if (narrow !== 0xffffffff) return narrow;
    if (field === undefined || at + 8 > field.length) throw new PackageRefused('zip.damaged', shownPath(name), { what: 'zip64' });
    at += 8;
    return wholeNumber(field, at - 8, shownPath(name));
  };
  const size = value(record.readUInt32LE(24));
  const packed = value(record.readUInt32LE(20));
  const offset = value(record.readUInt32LE(42));
  return { size, packed, offset, wide: field !== undefined };
}

/** UTF-8 when the entry says so, when its Unicode field says so, or when the bytes can be nothing else. */
function nameOf(bytes: Buffer, flags: number, given: Buffer | undefined): { readonly name: string; readonly oldName: boolean; readonly readable: boolean } {
  const marked = (flags & utf8Name) !== 0;
  const ascii = bytes.every((byte) => byte < 0x80);
  try {
    const name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(marked ? bytes : (given ?? bytes));
    return { name, oldName: !marked && !ascii && given === undefined, readable: true };
  } catch {
    return { name: bytes.toString('latin1'), oldName: true, readable: false };
  }
}
