import type { Found, PdfDictionary } from './object.ts';

/** A value to be written. Entries of a dictionary that are undefined are left out. */
export type PdfValue =
  | null
  | boolean
  /** finite; written without exponent, six digits behind the point at most */
  | number
  | { readonly name: string }
  /** the number of an object whose generation is 0, as that of nearly all is */
  | { readonly reference: number; readonly generation?: number }
  /** a text string (ISO 32000-1 7.9.2.2) */
  | { readonly text: string }
  /** a byte string, in hexadecimal digits */
  | { readonly bytes: Uint8Array }
  /** the source of a value, taken over as it is */
  | { readonly raw: Uint8Array }
  | readonly PdfValue[]
  | { readonly dictionary: PdfEntries }
  /** only as the whole value of an object; /Length is added */
  | { readonly dictionary: PdfEntries; readonly stream: Uint8Array }
  /** the ByteRange of the signature that this increment makes; filled in once the increment is complete */
  | { readonly byteRange: 'of this increment' }
  /** room for a CMS of so many bytes */
  | { readonly contentsBytes: number };

export type PdfEntries = Readonly<Record<string, PdfValue | undefined>>;

/** Bytes as they are written, and the places that are filled in later; places count from the first byte written. */
export type Output = {
  readonly chunks: Uint8Array[];
  length: number;
  byteRange: Place | undefined;
  contents: Place | undefined;
  /** places of which there were two */
  isAmbiguous: boolean;
};

export type Place = { readonly from: number; readonly to: number };

export function newOutput(): Output {
  return { chunks: [], length: 0, byteRange: undefined, contents: undefined, isAmbiguous: false };
}

export function put(output: Output, what: string | Uint8Array): void {
  const bytes = typeof what === 'string' ? Buffer.from(what, 'latin1') : what;
  output.chunks.push(bytes);
  output.length += bytes.length;
}

/** Ten digits for each of the three numbers: enough for any file whose offsets a classic table can hold. */
const byteRangeRoom = '[0 ********** ********** **********]';

/** Writes a value (ISO 32000-1 7.3). Throws for what cannot be written in PDF at all. */
export function putValue(output: Output, value: PdfValue): void {
  if (value === null || typeof value === 'boolean') put(output, String(value));
  else if (typeof value === 'number') put(output, numberText(value));
  else if (isList(value)) putList(output, value);
  else if ('name' in value) put(output, nameText(value.name));
  else if ('reference' in value) put(output, `${String(value.reference)} ${String(value.generation ?? 0)} R`);
  else if ('text' in value) putText(output, value.text);
  else if ('bytes' in value) put(output, `<${Buffer.from(value.bytes).toString('hex').toUpperCase()}>`);
  else if ('raw' in value) put(output, value.raw);
  else if ('byteRange' in value) {
    output.isAmbiguous ||= output.byteRange !== undefined;
    output.byteRange = { from: output.length, to: output.length + byteRangeRoom.length };
    put(output, byteRangeRoom);
  } else if ('contentsBytes' in value) {
    output.isAmbiguous ||= output.contents !== undefined;
    output.contents = { from: output.length, to: output.length + 2 * value.contentsBytes + 2 };
    put(output, `<${'0'.repeat(2 * value.contentsBytes)}>`);
  } else if ('stream' in value) {
    putEntries(output, { ...value.dictionary, Length: value.stream.length });
    put(output, '\nstream\n');
    put(output, value.stream);
    put(output, '\nendstream');
  } else putEntries(output, value.dictionary);
}

function isList(value: PdfValue): value is readonly PdfValue[] {
  return Array.isArray(value);
}

function putInner(output: Output, value: PdfValue): void {
  if (value !== null && typeof value === 'object' && 'stream' in value) throw new Error('a stream is an object of its own');
  putValue(output, value);
}

function putList(output: Output, items: readonly PdfValue[]): void {
  put(output, '[');
  for (const [index, item] of items.entries()) {
    if (index > 0) put(output, ' ');
    putInner(output, item);
  }
  put(output, ']');
}

function putEntries(output: Output, entries: PdfEntries): void {
  put(output, '<<');
  for (const [key, item] of Object.entries(entries)) {
    if (item === undefined) continue;
    put(output, `\n${nameText(key)} `);
    putInner(output, item);
  }
  put(output, '\n>>');
}

function numberText(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new Error('PDF has no such number');
  if (Number.isInteger(value)) return String(value === 0 ? 0 : value);
  const text = value.toFixed(6).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}

/** Name bytes are Latin-1 here as everywhere in this folder; what is not plain is escaped (7.3.5). */
function nameText(name: string): string {
  let text = '/';
  for (const letter of name) {
    const code = letter.charCodeAt(0);
    if (code === 0 || code > 0xff) throw new Error('a name is bytes other than zero');
    const isPlain = code > 0x20 && code < 0x7f && !'#()<>[]{}/%'.includes(letter);
    text += isPlain ? letter : `#${code.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

function putText(output: Output, text: string): void {
  if (/^[\x20-\x7e]*$/.test(text)) {
    put(output, `(${text.replace(/[\\()]/g, '\\$&')})`);
    return;
  }
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  put(output, `<${bytes.toString('hex').toUpperCase()}>`);
}

/** A dictionary of the file with some entries set, or left out where undefined; all others byte for byte as they are. */
export function edited({ value, holder }: Found<PdfDictionary>, changes: PdfEntries): PdfValue {
  const kept = [...value.entries].map(([key, item]): [string, PdfValue] => [key, { raw: holder.source.slice(item.from, item.to) }]);
  return { dictionary: { ...Object.fromEntries(kept), ...changes } };
}

/** The source of a value of the file, to be written somewhere else in it. */
export function asItStands({ value, holder }: Found): PdfValue {
  return { raw: holder.source.slice(value.from, value.to) };
}
