import type { Source } from './bytes.ts';

/**
 * A value as it stands (ISO 32000-1 7.3), with the bytes it occupies: `from` is its first byte, `to` the byte after its
 * last, delimiters included; counted in the file, or in the decoded object stream that holds it.
 */
export type PdfObject =
  | PdfNull
  | (Span & { readonly kind: 'boolean'; readonly value: boolean })
  | (Span & { readonly kind: 'number'; readonly value: number; readonly isInteger: boolean })
  | PdfString
  | PdfName
  | PdfArray
  | PdfDictionary
  | PdfReference
  | PdfStream;

export type Span = { readonly from: number; readonly to: number };
export type PdfNull = Span & { readonly kind: 'null' };
export type PdfString = Span & { readonly kind: 'string'; readonly bytes: Uint8Array; readonly isHex: boolean };
/** `name`: its bytes as Latin-1, escapes resolved, without the solidus. */
export type PdfName = Span & { readonly kind: 'name'; readonly name: string };
export type PdfArray = Span & { readonly kind: 'array'; readonly items: readonly PdfObject[] };
export type PdfDictionary = Span & { readonly kind: 'dictionary'; readonly entries: ReadonlyMap<string, PdfObject> };
export type PdfReference = Span & { readonly kind: 'reference'; readonly number: number; readonly generation: number };
export type PdfStream = Span & {
  readonly kind: 'stream';
  readonly dictionary: PdfDictionary;
  /** the data as stored */
  readonly dataFrom: number;
  readonly dataTo: number;
};

/** An object with a number (ISO 32000-1 7.3.10), and where it was found. */
export type IndirectObject = Span & {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfObject;
  /** where the positions inside `value` count */
  readonly source: Source;
  /** number of the object stream that holds it */
  readonly inStream?: number;
};

/** A value and the indirect object it stands in. */
export type Found<T extends PdfObject = PdfObject> = { readonly value: T; readonly holder: IndirectObject };

/** An entry of a dictionary; one that is null is as good as none (ISO 32000-1 7.3.7). */
export function entry(dictionary: PdfDictionary, key: string): PdfObject | undefined {
  const value = dictionary.entries.get(key);
  return value?.kind === 'null' ? undefined : value;
}

/** The name that an entry holds directly. */
export function nameIn(dictionary: PdfDictionary, key: string): string | undefined {
  const value = dictionary.entries.get(key);
  return value?.kind === 'name' ? value.name : undefined;
}

/** The integer that an entry holds directly. */
export function integerIn(dictionary: PdfDictionary, key: string): number | undefined {
  return integerOf(dictionary.entries.get(key));
}

export function integerOf(value: PdfObject | undefined): number | undefined {
  return value?.kind === 'number' && value.isInteger ? value.value : undefined;
}

/** The dictionary of a dictionary or of a stream. */
export function dictionaryOf(value: PdfObject | undefined): PdfDictionary | undefined {
  if (value?.kind === 'dictionary') return value;
  return value?.kind === 'stream' ? value.dictionary : undefined;
}

/** PDFDocEncoding where it is not Latin-1 (ISO 32000-1 D.2): 0x18–0x1F and 0x80–0x9F, 0xA0. */
const lowLetters = '˘ˇˆ˙˝˛˚˜';
const highLetters = '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\ufffd€';

/** A text string (ISO 32000-1 7.9.2.2, and UTF-8 of ISO 32000-2); what cannot be decoded becomes U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder('utf-8').decode(bytes);
  let text = '';
  for (const byte of bytes) {
    if (byte >= 0x18 && byte <= 0x1f) text += lowLetters.charAt(byte - 0x18);
    else if (byte >= 0x80 && byte <= 0xa0) text += highLetters.charAt(byte - 0x80);
    else text += String.fromCharCode(byte);
  }
  return text;
}
