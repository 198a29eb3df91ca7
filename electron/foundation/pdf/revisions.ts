import { fileSource, type PdfBytes, type Source } from './bytes.ts';
import { entryAt, entryOf, isSameEntry, type XrefEntries, type XrefEntry } from './entries.ts';
import { PdfStop, type FaultLog } from './faults.ts';
import { noLength, parseIndirect, type Reader } from './indirect.ts';
import { isSpace, newLexer, skipSpace } from './lexer.ts';
import type { Budget } from './limits.ts';
import { dictionaryOf, integerIn, type PdfDictionary, type Span } from './object.ts';
import { isEndMarker, readSection, readTail, type Tail, type XrefSection } from './sections.ts';

/**
 * How a hybrid file is read (ISO 32000-1 7.5.8.4): `full` with the objects that its XRefStm adds, `table` as a reader
 * before PDF 1.5 does. Of other files there is one reading.
 */
export type Reading = 'full' | 'table';

/** What one saving added to the file: its bytes are from ≤ n < to. */
export type Revision = Span & {
  /** 0 is the oldest */
  readonly index: number;
  /** the byte after the `%%EOF` that ends it; `to` is behind the end of line after that */
  readonly markerTo: number;
  /** what a later revision names as its /Prev */
  readonly startxref: number;
  readonly kind: 'table' | 'stream';
  readonly isHybrid: boolean;
  readonly trailer: PdfDictionary;
  /** in the order of looking up; two for a linearized file, otherwise one */
  readonly sections: readonly XrefSection[];
  readonly tails: readonly Span[];
};

export type PdfStructure = {
  /** of the header: 1.4 */
  readonly version: string;
  readonly isLinearized: boolean;
  /** oldest first; never empty */
  readonly revisions: readonly Revision[];
};

type Chained = { readonly at: number; readonly section: XrefSection };

/** The smallest part of a file's end in which readers look for `startxref`, twice. */
const tailBytes = 2048;
const headBytes = 1024;

export function newReader(bytes: PdfBytes, budget: Budget, log: FaultLog): Reader {
  return { source: fileSource(bytes), budget, log };
}

/** Reads the cross-reference chain from the end of the file, section by section, without repairing anything. */
export function readStructure(reader: Reader): PdfStructure {
  const version = readHeader(reader);
  const end = findTail(reader);
  const chain = readChain(reader, end.startxref);
  const { revisions, isLinearized } = assemble(reader, chain);
  checkEnd(reader, revisions, end);
  checkEntries(reader, revisions);
  return { version, isLinearized, revisions };
}

/** The version, and a fault when the header is not where offsets begin to count. */
export function readHeader({ source, log }: Reader): string {
  const head = textAt(source, 0, headBytes);
  const found = /%PDF-(\d\.\d)/.exec(head);
  if (found === null) throw new PdfStop('no-header', 0);
  if (found.index > 0) log.note('header-not-first', found.index);
  return found[1] ?? '';
}

function textAt(source: Source, from: number, to: number): string {
  return Buffer.from(source.slice(Math.max(0, from), Math.min(source.size, to))).toString('latin1');
}

function findTail(reader: Reader): Tail {
  const { source, log } = reader;
  const from = Math.max(0, source.size - tailBytes);
  const at = textAt(source, from, source.size).lastIndexOf('startxref');
  if (at < 0) throw new PdfStop('no-startxref', source.size);
  const tail = readTail(reader, from + at);
  if (tail !== undefined && tail.startxref < source.size) return tail;
  const found = /^startxref\s+(\d{1,10})/.exec(textAt(source, from + at, source.size));
  const startxref = Number(found?.[1]);
  if (found === null || startxref >= source.size) throw new PdfStop('startxref-outside', from + at);
  log.note('no-end-marker', from + at);
  const to = from + at + found[0].length;
  return { startxrefAt: from + at, startxref, markerTo: to, to };
}

function readChain(reader: Reader, startxref: number): readonly Chained[] {
  const { limits } = reader.budget;
  const chain: Chained[] = [];
  const seen = new Set<number>();
  let entriesLeft = limits.entries;
  for (let at: number | undefined = startxref; at !== undefined; ) {
    if (seen.has(at)) throw new PdfStop('xref-loop', at);
    if (chain.length > limits.revisions) throw new PdfStop('too-many', at);
    seen.add(at);
    const section = readSection(reader, at, entriesLeft);
    entriesLeft -= section.entries.count + (section.hidden?.entries.count ?? 0);
    chain.push({ at, section });
    at = section.prev;
  }
  return chain;
}

/** From sections, newest first, to revisions, oldest first. */
function assemble(reader: Reader, chain: readonly Chained[]): { revisions: readonly Revision[]; isLinearized: boolean } {
  const last = chain.at(-1);
  const first = chain.at(-2);
  const isLinearized = last !== undefined && first !== undefined && last.at > first.at && startsLinearized(reader);
  const groups = chain.map((one) => [one]);
  if (isLinearized) groups.splice(-2, 2, [first, last]);
  const revisions: Revision[] = [];
  for (const group of groups.reverse()) revisions.push(revisionOf(reader, group, revisions.at(-1)));
  const kinds = new Set(revisions.map(({ kind }) => kind));
  if (kinds.size > 1) reader.log.note('mixed-xref-kinds', revisions.at(-1)?.startxref ?? 0);
  return { revisions, isLinearized };
}

/** A linearized file says so in its first object (ISO 32000-1 F.3.3). */
function startsLinearized(reader: Reader): boolean {
  const lexer = newLexer(reader.source, reader.budget, reader.log, 0);
  skipSpace(lexer);
  if (lexer.at > headBytes) return false;
  return dictionaryOf(parseIndirect(reader, lexer.at, undefined, noLength).value)?.entries.has('Linearized') ?? false;
}

/** A linearized file has its first page's section before, and its main section at the end (F.3.1); both are one revision. */
function revisionOf(reader: Reader, group: readonly Chained[], before: Revision | undefined): Revision {
  const [newest] = group;
  if (newest === undefined) throw new Error('a revision without a section');
  const { at: startxref, section } = newest;
  const from = before?.to ?? 0;
  const tails: Span[] = [];
  let markerTo = 0;
  let to = 0;
  for (const { section: one } of group) {
    if (one.from < from) throw new PdfStop(one.prev === undefined || group.length > 1 ? 'revisions-overlap' : 'prev-forward', one.from);
    const tail = readTail(reader, one.to);
    // The first page's section needs no end of its own; some writers leave it away.
    const isFirstPart = group.length > 1 && one === section;
    if (tail === undefined && !isFirstPart) reader.log.note('no-end-marker', one.to);
    if (tail !== undefined) tails.push({ from: tail.startxrefAt, to: tail.to });
    markerTo = tail?.markerTo ?? one.to;
    to = tail?.to ?? one.to;
    if (tail !== undefined && !isFirstPart && tail.startxref !== startxref) reader.log.note('startxref-disagrees', tail.startxrefAt);
    const { hidden } = one;
    if (hidden !== undefined && (hidden.from < from || hidden.to > to)) reader.log.note('stale-xrefstm', one.from);
  }
  const { trailer, kind } = section;
  if (before !== undefined && encryptionOf(before.trailer) !== encryptionOf(trailer)) reader.log.note('encryption-changes', startxref);
  const isHybrid = group.some(({ section: one }) => one.hidden !== undefined);
  const sections = group.map(({ section: one }) => one);
  return { index: (before?.index ?? -1) + 1, from, to, markerTo, startxref, kind, isHybrid, trailer, sections, tails };
}

function encryptionOf(trailer: PdfDictionary): string {
  const value = trailer.entries.get('Encrypt');
  if (value === undefined) return 'none';
  return value.kind === 'reference' ? `${String(value.number)} ${String(value.generation)}` : 'direct';
}

/** The newest revision must end where the file does. */
function checkEnd(reader: Reader, revisions: readonly Revision[], end: Tail): void {
  const { source, log } = reader;
  const newest = revisions.at(-1);
  if (newest === undefined) return;
  const own = newest.tails.at(-1);
  if (own !== undefined && own.from !== end.startxrefAt) log.note('bytes-after-end', newest.to);
  const lexer = newLexer(source, reader.budget, log, newest.to);
  while (lexer.at < source.size && lexer.at - newest.to <= tailBytes && isSpace(source.slice(lexer.at, lexer.at + 1)[0] ?? -1)) lexer.at += 1;
  if (lexer.at === source.size) {
    if (lexer.at > newest.to) log.note('padding-after-end', newest.to);
  } else log.note(isEndMarker(reader, lexer.at) ? 'second-end-marker' : 'bytes-after-end', lexer.at);
}

/** Every entry leads into its own revision or repeats an older one; none is above /Size; a hybrid's two parts agree. */
function checkEntries(reader: Reader, revisions: readonly Revision[]): void {
  const { log, budget } = reader;
  for (const [index, revision] of revisions.entries()) {
    const size = Math.max(...revision.sections.map(({ trailer }) => integerIn(trailer, 'Size') ?? 0));
    // What no number can reach, some readers take for a broken trailer.
    if (size > budget.limits.objectNumber + 1) log.note('size-too-large', revision.startxref);
    for (const section of revision.sections) {
      budget.spend(section.entries.count, section.from);
      if ((section.entries.numbers[section.entries.count - 1] ?? -1) >= size) log.note('size-too-small', section.from);
      checkPlaces(reader, section.entries, revision, section.from, revisions.slice(0, index));
      if (section.hidden === undefined) continue;
      budget.spend(section.hidden.entries.count, section.hidden.from);
      checkPlaces(reader, section.hidden.entries, revision, section.hidden.from, revisions.slice(0, index));
      checkHidden(reader, section, section.hidden.entries);
    }
  }
}

function checkPlaces(reader: Reader, entries: XrefEntries, revision: Revision, at: number, older: readonly Revision[]): void {
  const { kinds, firsts, numbers } = entries;
  // The head of the list of free objects; readers that find something else there begin to search the file.
  if (numbers[0] === 0 && entries.count > 0 && kinds[0] !== 0) reader.log.note('object-zero-used', at, 0);
  for (let n = 0; n < entries.count; n += 1) {
    const offset = firsts[n] ?? 0;
    if (kinds[n] !== 1 || (offset >= revision.from && offset < revision.to)) continue;
    const number = numbers[n] ?? 0;
    reader.budget.spend(16 + older.length, at);
    const before = lookUp(older, number, 'full');
    if (before === undefined || !isSameEntry(before.entry, entryAt(entries, n))) reader.log.note('entry-outside-revision', at, number);
  }
}

function checkHidden(reader: Reader, section: XrefSection, hidden: XrefEntries): void {
  for (let n = 0; n < hidden.count; n += 1) {
    const number = hidden.numbers[n] ?? 0;
    const open = entryOf(section.entries, number);
    if (open === undefined || open.kind === 'free' || isSameEntry(open, entryAt(hidden, n))) continue;
    reader.log.note('hybrid-conflict', section.from, number);
  }
}

/** The entry of an object in the newest of these revisions that has one, and in which. */
export function lookUp(
  revisions: readonly Revision[],
  number: number,
  reading: Reading,
): { readonly entry: XrefEntry; readonly revision: Revision } | undefined {
  for (let index = revisions.length - 1; index >= 0; index -= 1) {
    const revision = revisions[index];
    const entry = revision && entryIn(revision, number, reading);
    if (revision !== undefined && entry !== undefined) return { entry, revision };
  }
  return undefined;
}

/** What one revision alone says of an object. What its table calls free may be given by its XRefStm. */
export function entryIn(revision: Revision, number: number, reading: Reading): XrefEntry | undefined {
  for (const { entries, hidden } of revision.sections) {
    const open = entryOf(entries, number);
    const useHidden = reading === 'full' && hidden !== undefined && (open === undefined || open.kind === 'free');
    const found = (useHidden ? entryOf(hidden.entries, number) : undefined) ?? open;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The numbers that a revision says anything about, ascending. */
export function numbersOf(revision: Revision, reading: Reading): readonly number[] {
  const all = new Set<number>();
  for (const { entries, hidden } of revision.sections) {
    for (let n = 0; n < entries.count; n += 1) all.add(entries.numbers[n] ?? 0);
    if (reading === 'table' || hidden === undefined) continue;
    for (let n = 0; n < hidden.entries.count; n += 1) all.add(hidden.entries.numbers[n] ?? 0);
  }
  return [...all].sort((a, b) => a - b);
}
