import { inflateSync } from 'node:zlib';
import { isSpace } from './lexer.ts';
import { PdfStop } from './faults.ts';
import type { Budget } from './limits.ts';
import { entry, integerIn, type PdfDictionary, type PdfObject } from './object.ts';

type Place = { readonly at: number; readonly object: number | undefined };

/**
 * Takes a stream's filters off (ISO 32000-1 7.4): what cross-reference and object streams need, Flate with predictors,
 * ASCIIHex and ASCII85. Pictures and old LZW are refused by name; nothing that decides a verdict is kept in them.
 * Filters and their parameters must stand in the dictionary itself.
 */
export function decoded(data: Uint8Array, dictionary: PdfDictionary, budget: Budget, place: Place): Uint8Array {
  const filters = listOf(entry(dictionary, 'Filter'));
  const parameters = listOf(entry(dictionary, 'DecodeParms'));
  const refuse = (): PdfStop => new PdfStop('unsupported-filter', place.at, place.object);
  if (filters.length > budget.limits.filters || dictionary.entries.has('F')) throw refuse();
  let bytes = data;
  for (const [index, filter] of filters.entries()) {
    const own = parameters[index];
    if (filter.kind !== 'name' || own?.kind === 'reference') throw refuse();
    bytes = unfiltered(bytes, filter.name, budget, place, refuse);
    if (own?.kind === 'dictionary' && filter.name.startsWith('Fl')) bytes = unpredicted(bytes, own, budget, place, refuse);
    if (bytes.length > budget.limits.decodedBytes) throw new PdfStop('too-large', place.at, place.object);
    budget.spend(bytes.length, place.at);
  }
  return bytes;
}

function listOf(value: PdfObject | undefined): readonly PdfObject[] {
  if (value === undefined) return [];
  return value.kind === 'array' ? value.items : [value];
}

function unfiltered(bytes: Uint8Array, filter: string, budget: Budget, place: Place, refuse: () => PdfStop): Uint8Array {
  const damaged = (): PdfStop => new PdfStop('damaged-stream', place.at, place.object);
  switch (filter) {
    case 'FlateDecode':
    case 'Fl':
      return inflated(bytes, budget.limits.decodedBytes, place);
    case 'ASCIIHexDecode':
    case 'AHx':
      return fromHex(bytes, damaged);
    case 'ASCII85Decode':
    case 'A85':
      return fromAscii85(bytes, budget.limits.decodedBytes, damaged);
    default:
      throw refuse();
  }
}

function inflated(bytes: Uint8Array, most: number, place: Place): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: most });
  } catch (error) {
    const isLarge = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new PdfStop(isLarge ? 'too-large' : 'damaged-stream', place.at, place.object);
  }
}

function fromHex(bytes: Uint8Array, damaged: () => PdfStop): Uint8Array {
  const end = bytes.indexOf(0x3e);
  const text = Buffer.from(bytes.subarray(0, end < 0 ? bytes.length : end).filter((byte) => !isSpace(byte))).toString('latin1');
  const even = text.length % 2 === 0 ? text : `${text}0`;
  const result = Buffer.from(even, 'hex');
  if (result.length * 2 !== even.length) throw damaged();
  return result;
}

/** ISO 32000-1 7.4.3. */
function fromAscii85(bytes: Uint8Array, most: number, damaged: () => PdfStop): Uint8Array {
  const zeros = bytes.reduce((count, byte) => (byte === 0x7a ? count + 1 : count), 0);
  const room = (zeros + Math.ceil(bytes.length / 5)) * 4 + 4;
  if (room > 2 * most) throw damaged();
  const result = Buffer.alloc(room);
  let length = 0;
  let value = 0;
  let digits = 0;
  for (const byte of bytes) {
    if (isSpace(byte)) continue;
    if (byte === 0x7e) break;
    if (byte === 0x7a && digits === 0) {
      length = result.writeUInt32BE(0, length);
      continue;
    }
    if (byte < 0x21 || byte > 0x75) throw damaged();
    value = value * 85 + byte - 0x21;
    digits += 1;
    if (digits < 5) continue;
    if (value > 0xffff_ffff) throw damaged();
    length = result.writeUInt32BE(value, length);
    value = 0;
    digits = 0;
  }
  if (digits === 1) throw damaged();
  if (digits > 1) {
    for (let n = digits; n < 5; n += 1) value = value * 85 + 84;
    if (value > 0xffff_ffff) throw damaged();
    result.writeUInt32BE(value, length);
    length += digits - 1;
  }
  return result.subarray(0, length);
}

/** The predictors of Flate (ISO 32000-1 7.4.4.4): PNG's for any sample size, TIFF's for bytes. */
function unpredicted(bytes: Uint8Array, parameters: PdfDictionary, budget: Budget, place: Place, refuse: () => PdfStop): Uint8Array {
  const predictor = integerIn(parameters, 'Predictor') ?? 1;
  if (predictor === 1) return bytes;
  const colours = integerIn(parameters, 'Colors') ?? 1;
  const bits = integerIn(parameters, 'BitsPerComponent') ?? 8;
  const columns = integerIn(parameters, 'Columns') ?? 1;
  const isSane = colours >= 1 && colours <= 32 && [1, 2, 4, 8, 16].includes(bits) && columns >= 1 && columns <= budget.limits.decodedBytes;
  if (!isSane) throw refuse();
  const row = Math.ceil((colours * bits * columns) / 8);
  const pixel = Math.max(1, Math.floor((colours * bits) / 8));
  if (predictor === 2 && bits === 8) return withoutTiff(bytes, row, pixel);
  if (predictor < 10 || predictor > 15) throw refuse();
  if (bytes.length % (row + 1) !== 0) throw new PdfStop('damaged-stream', place.at, place.object);
  return withoutPng(bytes, row, pixel, () => new PdfStop('damaged-stream', place.at, place.object));
}

function withoutTiff(bytes: Uint8Array, row: number, pixel: number): Uint8Array {
  const result = Uint8Array.from(bytes);
  for (let at = 0; at < result.length; at += 1) {
    if (at % row >= pixel) result[at] = (result[at] ?? 0) + (result[at - pixel] ?? 0);
  }
  return result;
}

function withoutPng(bytes: Uint8Array, row: number, pixel: number, damaged: () => PdfStop): Uint8Array {
  const rows = bytes.length / (row + 1);
  const result = new Uint8Array(rows * row);
  for (let n = 0; n < rows; n += 1) {
    const kind = bytes[n * (row + 1)] ?? 0;
    if (kind > 4) throw damaged();
    const from = n * row;
    for (let column = 0; column < row; column += 1) {
      const left = column >= pixel ? (result[from + column - pixel] ?? 0) : 0;
      const up = n > 0 ? (result[from + column - row] ?? 0) : 0;
      const corner = n > 0 && column >= pixel ? (result[from + column - row - pixel] ?? 0) : 0;
      const added = kind === 0 ? 0 : kind === 1 ? left : kind === 2 ? up : kind === 3 ? (left + up) >> 1 : paeth(left, up, corner);
      result[from + column] = (bytes[n * (row + 1) + 1 + column] ?? 0) + added;
    }
  }
  return result;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const byLeft = Math.abs(guess - left);
  const byUp = Math.abs(guess - up);
  const byCorner = Math.abs(guess - corner);
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}
