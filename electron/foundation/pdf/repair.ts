import { xrefBuilder, type XrefBuilder } from './entries.ts';
import { attempted, PdfStop, tried } from './faults.ts';
import { noLength, parseIndirect, takeHeader, type LengthOf, type Reader } from './indirect.ts';
import { newLexer, skipSpace, takeWord } from './lexer.ts';
import { dictionaryOf, integerOf, nameIn, type IndirectObject, type PdfDictionary, type PdfObject } from './object.ts';
import { objectIn, openObjectStream } from './resolve.ts';
import { readHeader, type PdfStructure } from './revisions.ts';
import type { XrefSection } from './sections.ts';
import { parseValue } from './values.ts';

const pieceBytes = 1024 * 1024;
/** The longest head of an object: ten digits, five, and `obj`, with spaces between. */
const overlap = 64;

/**
 * Makes up a reading by searching the file for objects and trailers; the last of each counts. Objects inside object
 * streams are taken from every object stream found. For looking at a damaged file only: a forger chooses what is found.
 */
export function rebuilt(reader: Reader): PdfStructure {
  const version = attempted(() => readHeader(reader));
  const { heads, trailers } = search(reader);
  const lengthOf: LengthOf = ({ number }) => {
    const head = heads.get(number);
    return head && integerOf(parseIndirect(reader, head.at, number, noLength).value);
  };
  const builder = xrefBuilder(heads.size);
  let root: PdfObject | undefined;
  for (const [number, { at, generation }] of heads) {
    builder.add(number, 1, at, generation);
    const read = tried(() => parseIndirect(reader, at, number, lengthOf));
    if (!read.ok) continue;
    const dictionary = dictionaryOf(read.value.value) ?? noDictionary;
    const type = nameIn(dictionary, 'Type');
    if (type === 'Catalog') root = { kind: 'reference', from: at, to: at, number, generation };
    if (type === 'XRef') trailers.push(dictionary);
    if (type === 'ObjStm') root = addMembers(reader, builder, heads, read.value) ?? root;
  }
  const named = trailers.findLast((trailer) => trailer.entries.get('Root')?.kind === 'reference');
  const rootOf = named?.entries.get('Root') ?? root;
  if (rootOf === undefined) throw new PdfStop('no-root', 0);
  const entries = new Map(named?.entries).set('Root', rootOf);
  for (const key of ['Prev', 'XRefStm']) entries.delete(key);
  const trailer: PdfDictionary = { kind: 'dictionary', from: 0, to: 0, entries };
  const { size } = reader.source;
  const section: XrefSection = { kind: 'table', from: size, to: size, trailer, entries: builder.finish().entries };
  const revision = {
    index: 0, from: 0, to: size, markerTo: size, startxref: 0, kind: 'table', isHybrid: false, trailer, sections: [section], tails: [],
  } as const;
  return { version: version.ok ? version.value : '', isLinearized: false, revisions: [revision] };
}

/**
 * Lists what an object stream holds, and answers the catalog when it is among that. What stands in the file itself goes
 * before what an object stream holds under the same number.
 */
function addMembers(reader: Reader, builder: XrefBuilder, heads: Heads, holder: IndirectObject): PdfObject | undefined {
  const stream = tried(() => openObjectStream(reader, holder));
  if (!stream.ok) return undefined;
  let catalog: PdfObject | undefined;
  for (const [index, number] of stream.value.numbers.entries()) {
    if (heads.has(number) || number > reader.budget.limits.objectNumber) continue;
    builder.add(number, 2, holder.number, index);
    const read = tried(() => objectIn(reader, stream.value, number, index));
    const dictionary = read.ok ? dictionaryOf(read.value.value) : undefined;
    if (dictionary === undefined || nameIn(dictionary, 'Type') !== 'Catalog') continue;
    catalog = { kind: 'reference', from: holder.from, to: holder.from, number, generation: 0 };
  }
  return catalog;
}

const noDictionary: PdfDictionary = { kind: 'dictionary', from: 0, to: 0, entries: new Map() };

type Heads = Map<number, { readonly at: number; readonly generation: number }>;

function search(reader: Reader): { heads: Heads; trailers: PdfDictionary[] } {
  const { source, budget, log } = reader;
  const heads: Heads = new Map();
  const trailers: PdfDictionary[] = [];
  for (let from = 0; from < source.size; from += pieceBytes) {
    const to = Math.min(source.size, from + pieceBytes + overlap);
    const text = Buffer.from(source.slice(from, to)).toString('latin1');
    budget.spend(text.length, from);
    for (const match of text.matchAll(/(?<![\d.])\d{1,7}\s{1,8}\d{1,5}\s{1,8}obj\b|trailer/g)) {
      const at = from + match.index;
      if (match.index >= pieceBytes) break;
      const lexer = newLexer(source, budget, log, at);
      if (takeWord(lexer, 'trailer')) {
        skipSpace(lexer);
        const value = tried(() => parseValue(lexer));
        if (value.ok && value.value.kind === 'dictionary') trailers.push(value.value);
        continue;
      }
      const head = takeHeader(lexer);
      if (head === undefined || head.number === 0) continue;
      if (heads.size >= budget.limits.entries) throw new PdfStop('too-many', at);
      heads.set(head.number, { at, generation: head.generation });
    }
  }
  return { heads, trailers };
}
