import type { Result } from '../outcome.ts';
import { byteAt, eachPiece } from './bytes.ts';
import { tried, type PdfFault } from './faults.ts';
import { asked, type PdfFile } from './file.ts';
import { parseIndirect, takeHeader } from './indirect.ts';
import { isSpace, newLexer } from './lexer.ts';
import { nameIn } from './object.ts';
import { lengthIn, openObjectStream, type Chain } from './resolve.ts';
import { entryIn, lookUp, numbersOf, type Revision } from './revisions.ts';
import { headSearch } from './searched-heads.ts';

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

function search(file: PdfFile, from: number, known: ReadonlySet<number>): void {
  const { bytes, reader } = file;
  let found: number | undefined;
  const look = headSearch(from, (end) => {
    if (!known.has(end)) found ??= end;
  });
  eachPiece(bytes, from, bytes.size, (piece) => {
    reader.budget.spend(piece.length, from);
    // One is enough, and a hostile file has millions.
    if (found === undefined) look(piece);
  });
  if (found !== undefined) reader.log.note('disguised-object', found);
}
