import { byteAt } from './bytes.ts';
import { xrefBuilder, type XrefBuilder, type XrefEntries } from './entries.ts';
import { decodedStream, noLength, parseIndirect, type Reader } from './indirect.ts';
import { isSpace, latin1, newLexer, note, skipSpace, stop, takeDigits, takeLineEnd, takeWord, type Lexer } from './lexer.ts';
import { integerIn, integerOf, nameIn, type IndirectObject, type PdfDictionary } from './object.ts';
import { parseValue } from './values.ts';

/** One cross-reference section: a classic table with its trailer (7.5.4, 7.5.5), or a cross-reference stream (7.5.8). */
export type XrefSection = {
  readonly kind: 'table' | 'stream';
  /** first byte, and the byte after the trailer dictionary or the stream's object */
  readonly from: number;
  readonly to: number;
  readonly trailer: PdfDictionary;
  readonly entries: XrefEntries;
  /** the older section that it names */
  readonly prev?: number;
  /** what a trailer's XRefStm leads to: entries that readers before PDF 1.5 do not see (7.5.8.4) */
  readonly hidden?: HiddenSection;
};

export type HiddenSection = { readonly from: number; readonly to: number; readonly entries: XrefEntries };

/** Reads the section at byte `at`; `entriesLeft` bounds how many entries it may have. */
export function readSection(reader: Reader, at: number, entriesLeft: number): XrefSection {
  const lexer = newLexer(reader.source, reader.budget, reader.log, at);
  while (lexer.at - at < 16 && isSpace(byteAt(reader.source, lexer.at))) lexer.at += 1;
  if (lexer.at > at) note(lexer, 'offset-before-keyword', at);
  if (takeWord(lexer, 'xref')) return readTable(reader, lexer, at, entriesLeft);
  const byte = byteAt(reader.source, lexer.at);
  if (byte < 0x30 || byte > 0x39) throw stop(lexer, 'no-xref-section', at);
  const { holder, dictionary, entries } = readXrefStream(reader, lexer.at, entriesLeft);
  return { kind: 'stream', from: holder.from, to: holder.to, trailer: dictionary, entries, ...prevOf(lexer, dictionary) };
}

function readTable(reader: Reader, lexer: Lexer, at: number, entriesLeft: number): XrefSection {
  const builder = xrefBuilder(1024);
  let left = entriesLeft;
  for (let isFirst = true; ; isFirst = false) {
    // A table may be longer than any one object.
    lexer.end = Math.min(reader.source.size, lexer.at + reader.budget.limits.objectBytes);
    const before = lexer.at;
    skipPlainly(lexer);
    if (takeWord(lexer, 'trailer')) break;
    if (isFirst ? !isOneLineEnd(lexer, before) : lexer.at > before) note(lexer, 'xref-form', before);
    const first = takeDigits(lexer);
    const between = lexer.at;
    skipPlainly(lexer);
    if (lexer.at !== between + 1 || byteAt(reader.source, between) !== 0x20) note(lexer, 'xref-form', between);
    const count = takeDigits(lexer);
    if (first === undefined || count === undefined) throw stop(lexer, 'bad-xref-table');
    if (count > left || first + count - 1 > reader.budget.limits.objectNumber) throw stop(lexer, 'too-many');
    left -= count;
    const line = lexer.at;
    skipPlainly(lexer);
    if (count > 0 && !isOneLineEnd(lexer, line)) note(lexer, 'xref-form', line);
    readSubsection(lexer, builder, first, count);
  }
  const { entries, doubles } = builder.finish();
  if (doubles.length > 0) reader.log.note('duplicate-xref-entry', at, doubles[0]);
  lexer.items = 0;
  const trailer = parseValue(lexer);
  if (trailer.kind !== 'dictionary') throw stop(lexer, 'bad-trailer', at);
  const stream = trailer.entries.get('XRefStm');
  const to = lexer.at;
  const hidden = stream === undefined ? {} : { hidden: readHidden(reader, lexer, trailer, left) };
  return { kind: 'table', from: at, to, trailer, entries, ...prevOf(lexer, trailer), ...hidden };
}

/** Passes what stands between the words of a table. Comments and rarer white space there make some readers search the file instead. */
function skipPlainly(lexer: Lexer): void {
  const from = lexer.at;
  skipSpace(lexer);
  if (!isPlainSpace(lexer, from)) note(lexer, 'xref-form', from);
}

/** Whether nothing but spaces and ends of line was passed since `from`. */
function isPlainSpace(lexer: Lexer, from: number): boolean {
  for (let at = from; at < lexer.at; at += 1) if (![0x20, 0x0a, 0x0d].includes(byteAt(lexer.source, at))) return false;
  return true;
}

/** Whether one end of line was passed since `from`, with one space before it at most: the entries begin right behind it. */
function isOneLineEnd(lexer: Lexer, from: number): boolean {
  const text = latin1(lexer.source.slice(from, Math.min(lexer.at, from + 4)));
  return lexer.at - from < 4 && /^ ?(?:\r\n|\r|\n)$/.test(text);
}

/**
 * Entries are 20 bytes each (7.5.4). Those that all have another end of line are read the same by everyone; numbers of another
 * length and lines that differ among themselves are not: readers that count bytes give up there, and search the file.
 */
function readSubsection(lexer: Lexer, builder: XrefBuilder, first: number, count: number): void {
  const { source } = lexer;
  let width: number | undefined;
  for (let n = 0; n < count; n += 1) {
    const at = lexer.at;
    const offset = takeDigits(lexer);
    const isTen = lexer.at - at === 10 && byteAt(source, lexer.at) === 0x20;
    skipBlanks(lexer);
    const generation = takeDigits(lexer);
    const isFive = lexer.at - at === 16 && byteAt(source, lexer.at) === 0x20;
    skipBlanks(lexer);
    const kind = byteAt(source, lexer.at);
    const isKind = lexer.at - at === 17;
    lexer.at += 1;
    if (offset === undefined || generation === undefined || (kind !== 0x6e && kind !== 0x66)) throw stop(lexer, 'bad-xref-table', at);
    if (!isLineEnd(lexer)) note(lexer, 'xref-line', at);
    skipBlanks(lexer);
    const end = takeLineEnd(lexer);
    const own = lexer.at - at;
    width ??= own;
    const isLast = n === count - 1;
    if (!isTen || !isFive || !isKind || end === 0 || own !== width || (!isLast && isSpace(byteAt(source, lexer.at)))) note(lexer, 'xref-form', at);
    while (!isLast && isSpace(byteAt(source, lexer.at)) && lexer.at - at < 32) lexer.at += 1;
    // Readers take a free first object 1 for a miscounted object 0, and count the others from there.
    if (n === 0 && first === 1 && kind === 0x66 && (generation === 65_535 || count > 1)) note(lexer, 'wrong-first-number', at);
    builder.add(first + n, kind === 0x6e ? 1 : 0, offset, generation);
    lexer.budget.spend(20, at);
  }
}

function skipBlanks(lexer: Lexer): void {
  const from = lexer.at;
  while (byteAt(lexer.source, lexer.at) === 0x20 && lexer.at - from < 16) lexer.at += 1;
}

/** SP CR, SP LF or CR LF. */
function isLineEnd(lexer: Lexer): boolean {
  const one = byteAt(lexer.source, lexer.at);
  const two = byteAt(lexer.source, lexer.at + 1);
  return (one === 0x20 && (two === 0x0d || two === 0x0a)) || (one === 0x0d && two === 0x0a);
}

function readHidden(reader: Reader, lexer: Lexer, trailer: PdfDictionary, entriesLeft: number): HiddenSection {
  const at = integerIn(trailer, 'XRefStm');
  if (at === undefined || at < 0 || at >= reader.source.size) throw stop(lexer, 'bad-trailer', trailer.from);
  const { holder, dictionary, entries } = readXrefStream(reader, at, entriesLeft);
  // The table's own /Prev leads on; what an XRefStm names besides is followed by some readers, before what is older.
  if (dictionary.entries.has('Prev') && integerIn(dictionary, 'Prev') !== integerIn(trailer, 'Prev')) note(lexer, 'hidden-prev', at);
  return { from: holder.from, to: holder.to, entries };
}

function readXrefStream(
  reader: Reader,
  at: number,
  entriesLeft: number,
): { readonly holder: IndirectObject; readonly dictionary: PdfDictionary; readonly entries: XrefEntries } {
  const holder = parseIndirect(reader, at, undefined, noLength);
  const lexer = newLexer(reader.source, reader.budget, reader.log, at, holder.number);
  const { value } = holder;
  if (value.kind !== 'stream' || nameIn(value.dictionary, 'Type') !== 'XRef') throw stop(lexer, 'no-xref-section');
  const { dictionary } = value;
  const size = integerIn(dictionary, 'Size');
  const widths = integersIn(dictionary, 'W');
  if (size === undefined || widths?.length !== 3 || widths.some((width) => width < 0 || width > 7)) throw stop(lexer, 'bad-xref-stream');
  // Kinds and generations of more octets than four are refused by some readers, and some follow an XRefStm that only tables have (7.5.8.4).
  if ((widths[0] ?? 0) > 4 || (widths[2] ?? 0) > 4 || dictionary.entries.has('XRefStm')) note(lexer, 'xref-form', at);
  const index = dictionary.entries.has('Index') ? integersIn(dictionary, 'Index') : [0, size];
  if (index === undefined || index.length % 2 !== 0 || index.some((number) => number < 0)) throw stop(lexer, 'bad-xref-stream');
  const data = decodedStream(reader, value, { at, object: holder.number });
  const entries = entriesOf(lexer, data, widths, index, entriesLeft);
  return { holder, dictionary, entries };
}

function entriesOf(lexer: Lexer, data: Uint8Array, widths: readonly number[], index: readonly number[], entriesLeft: number): XrefEntries {
  const [kindWidth = 0, firstWidth = 0, secondWidth = 0] = widths;
  const width = kindWidth + firstWidth + secondWidth;
  const total = index.reduce((sum, number, place) => (place % 2 === 1 ? sum + number : sum), 0);
  if (total > entriesLeft) throw stop(lexer, 'too-many');
  if (width === 0 || data.length < total * width) throw stop(lexer, 'bad-xref-stream');
  if (data.length > total * width) note(lexer, 'xref-stream-length');
  const builder = xrefBuilder(total);
  let at = 0;
  for (let pair = 0; pair < index.length; pair += 2) {
    const first = index[pair] ?? 0;
    const count = index[pair + 1] ?? 0;
    if (first + count - 1 > lexer.budget.limits.objectNumber) throw stop(lexer, 'too-many');
    for (let n = 0; n < count; n += 1) {
      const kind = kindWidth === 0 ? 1 : numberAt(data, at, kindWidth);
      const one = numberAt(data, at + kindWidth, firstWidth);
      const two = numberAt(data, at + kindWidth + firstWidth, secondWidth);
      if (kind > 2) note(lexer, 'unknown-xref-entry');
      // Of an object that is in use the generation may be left out; it is 0 then.
      builder.add(first + n, Math.min(kind, 3), one, two);
      at += width;
    }
  }
  lexer.budget.spend(data.length, lexer.at);
  const { entries, doubles } = builder.finish();
  if (doubles.length > 0) lexer.log.note('duplicate-xref-entry', lexer.at, doubles[0]);
  return entries;
}

function numberAt(data: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let n = 0; n < width; n += 1) value = value * 256 + (data[at + n] ?? 0);
  return value;
}

function integersIn(dictionary: PdfDictionary, key: string): readonly number[] | undefined {
  const value = dictionary.entries.get(key);
  if (value?.kind !== 'array') return undefined;
  const numbers = value.items.map(integerOf).filter((number) => number !== undefined);
  return numbers.length === value.items.length ? numbers : undefined;
}

function prevOf(lexer: Lexer, trailer: PdfDictionary): { prev?: number } {
  const value = trailer.entries.get('Prev');
  if (value === undefined) return {};
  const prev = integerOf(value);
  if (prev === undefined || prev < 0 || prev >= lexer.source.size) throw stop(lexer, 'prev-outside', value.from);
  return { prev };
}

/** How a revision ends (7.5.5): `startxref`, a number, `%%EOF`. */
export type Tail = {
  readonly startxrefAt: number;
  readonly startxref: number;
  /** the byte after `%%EOF` */
  readonly markerTo: number;
  /** the byte after the end of line behind it */
  readonly to: number;
};

/** Reads the tail that begins at `at`, after white space and comments. */
export function readTail(reader: Reader, at: number): Tail | undefined {
  const lexer = newLexer(reader.source, reader.budget, reader.log, at);
  skipSpace(lexer);
  const startxrefAt = lexer.at;
  if (!takeWord(lexer, 'startxref')) return undefined;
  const behind = lexer.at;
  while (isSpace(byteAt(reader.source, lexer.at)) && lexer.at - startxrefAt < 64) lexer.at += 1;
  const isPlain = isPlainSpace(lexer, behind);
  const startxref = takeDigits(lexer);
  while (isSpace(byteAt(reader.source, lexer.at)) && lexer.at - startxrefAt < 128) lexer.at += 1;
  if (!isPlain) note(lexer, 'xref-form', behind);
  if (startxref === undefined || !isEndMarker(reader, lexer.at)) return undefined;
  const markerTo = lexer.at + endMarker.length;
  lexer.at = markerTo;
  takeLineEnd(lexer);
  return { startxrefAt, startxref, markerTo, to: lexer.at };
}

const endMarker = '%%EOF';

export function isEndMarker(reader: Reader, at: number): boolean {
  for (let n = 0; n < endMarker.length; n += 1) if (byteAt(reader.source, at + n) !== endMarker.charCodeAt(n)) return false;
  return true;
}
