import type { Result } from '../outcome.ts';
import { byteAt, eachPiece } from './bytes.ts';
import { tried, type PdfFault } from './faults.ts';
import { asked, type PdfFile } from './file.ts';
import { parseIndirect, takeHeader } from './indirect.ts';
import { isSpace, newLexer } from './lexer.ts';
import { nameIn } from './object.ts';
import { lengthIn, openObjectStream, type Chain } from './resolve.ts';
import { entryIn, lookUp, numbersOf, type Revision } from './revisions.ts';

/**
 * What a program that searches a file for objects would find behind revision `index`, and a strict reader does not: heads of
 * objects and trailers inside streams, strings and comments, object streams with members that no entry names, cross-reference
 * streams that the chain does not lead to. Every program searches as soon as it stumbles, each over something else, so nothing of
 * the kind may stand behind what was signed. Before that it cannot be put there any more. Noted as faults of the file.
 */
export function auditDisguised(file: PdfFile, index: number): Result<undefined, PdfFault> {
  return asked(file, () => {
    const later = file.isRepaired ? [] : file.revisions.slice(index + 1);
    const ends = new Set<number>();
    for (const revision of later) {
      for (const { kind, trailer } of revision.sections) if (kind === 'table') ends.add(trailer.from + 2);
      for (const at of headsOf(revision)) ends.add(headAt(file, at).end);
      for (const at of sectionsOf(revision)) auditSection(file, revision, at);
      for (const number of numbersOf(revision, 'full')) auditStream(file, revision, number);
    }
    const [first] = later;
    if (first !== undefined) search(file, first.from, ends);
    return undefined;
  });
}

/** Where the cross-reference streams of a revision begin. */
function sectionsOf({ sections }: Revision): readonly number[] {
  return sections.flatMap(({ kind, from, hidden }) => [...(kind === 'stream' ? [from] : []), ...(hidden === undefined ? [] : [hidden.from])]);
}

/** Where objects of a revision begin, cross-reference streams among them. */
function headsOf(revision: Revision): readonly number[] {
  const named = numbersOf(revision, 'full').flatMap((number) => {
    const entry = entryIn(revision, number, 'full');
    return entry?.kind === 'in-use' ? [entry.offset] : [];
  });
  return [...sectionsOf(revision), ...named];
}

/** The number of the object at `at`, and the byte after its `obj`. */
function headAt({ reader }: PdfFile, at: number): { readonly number: number | undefined; readonly end: number } {
  const lexer = newLexer(reader.source, reader.budget, reader.log, at);
  while (lexer.at - at < 16 && isSpace(byteAt(reader.source, lexer.at))) lexer.at += 1;
  const number = takeHeader(lexer)?.number;
  return { number, end: lexer.at };
}

/** A cross-reference stream need not name itself, but may not bear the number of something else. */
function auditSection(file: PdfFile, revision: Revision, at: number): void {
  const { number } = headAt(file, at);
  const entry = number === undefined ? undefined : lookUp(file.revisions.slice(0, revision.index + 1), number, 'full')?.entry;
  const isOwn = entry === undefined || entry.kind === 'free' || (entry.kind === 'in-use' && headAt(file, entry.offset).end === headAt(file, at).end);
  if (!isOwn) file.reader.log.note('disguised-object', at, number);
}

/** Streams of the kinds that hold objects, or say where they are, hold nothing but what the chain knows of them. */
function auditStream(file: PdfFile, revision: Revision, number: number): void {
  const { reader } = file;
  const entry = entryIn(revision, number, 'full');
  if (entry?.kind !== 'in-use' || entry.offset < revision.from) return;
  const chain: Chain = { revisions: file.revisions.slice(0, revision.index + 1), reading: 'full' };
  // What cannot be read is told by the audit.
  const holder = tried(() => parseIndirect(reader, entry.offset, number, lengthIn(reader, chain)));
  if (!holder.ok || holder.value.value.kind !== 'stream') return;
  const type = nameIn(holder.value.value.dictionary, 'Type');
  const { from } = holder.value;
  if (type === 'XRef' && !sectionsOf(revision).includes(from)) reader.log.note('disguised-object', from, number);
  if (type !== 'ObjStm') return;
  const opened = tried(() => openObjectStream(reader, holder.value));
  const members = opened.ok ? opened.value.numbers : [-1];
  const isNamed = members.every((member, place) => {
    const found = lookUp(chain.revisions, member, 'full')?.entry;
    return found?.kind === 'in-stream' && found.stream === number && found.index === place;
  });
  if (!isNamed) reader.log.note('disguised-object', from, number);
}

/** The end of an object's head, or a trailer with its dictionary; comments may stand between the words (7.2.3). */
const heads = /(?:\d(?:[\s\0]|%[^\r\n]{0,100}[\r\n]){0,20}obj(?![^\s\0()<>[\]{}/%])|trailer(?:[\s\0]|%[^\r\n]{0,100}[\r\n]){0,20}<<)/g;
/** The longest of these that is looked for, and what is read again with the next piece. */
const overlap = 8 * 1024;

function search(file: PdfFile, from: number, known: ReadonlySet<number>): void {
  const { bytes, reader } = file;
  let before = '';
  let at = from;
  let isFound = false;
  eachPiece(bytes, from, bytes.size, (piece) => {
    reader.budget.spend(piece.length, at);
    // One is enough, and a hostile file has millions.
    if (isFound) return;
    const text = before + Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1');
    const start = at - before.length;
    const isLast = at + piece.length === bytes.size;
    for (const match of text.matchAll(heads)) {
      const end = match.index + match[0].length;
      // What goes on in the next piece is looked at there.
      if (end === text.length && !isLast) continue;
      if (known.has(start + end)) continue;
      reader.log.note('disguised-object', start + match.index);
      isFound = true;
      break;
    }
    before = text.slice(-overlap);
    at += piece.length;
  });
}
