import type { Result } from '../outcome.ts';
import { byteAt } from './bytes.ts';
import { changesIn } from './changes.ts';
import { tried, type PdfFault } from './faults.ts';
import { asked, type PdfFile } from './file.ts';
import { parseIndirect, takeHeader, type LengthOf, type Reader } from './indirect.ts';
import { newLexer, note, skipSpace, takeWord, type Lexer } from './lexer.ts';
import type { Span } from './object.ts';
import { lengthIn, objectIn, objectStream, type Chain } from './resolve.ts';
import { entryIn, lookUp, numbersOf, type Revision } from './revisions.ts';
import { isEndMarker, readTail } from './sections.ts';
import { isSameEntry } from './entries.ts';

/**
 * Reads every object of every revision and everything between them: each entry must lead to its object, objects may
 * not overlap, and nothing else may stand in the file but white space and comments. Streams are passed over by their
 * length, object streams are taken apart. Answers all faults of the file, those met before included; fails when time
 * or work is used up. Costs the reading of the whole file without its stream data.
 */
export function auditPdf(file: PdfFile): Result<readonly PdfFault[], PdfFault> {
  return asked(file, () => {
    for (const revision of file.isRepaired ? [] : file.revisions) auditRevision(file, revision);
    return file.faults;
  });
}

function auditRevision(file: PdfFile, revision: Revision): void {
  const { reader } = file;
  const older = file.revisions.slice(0, revision.index);
  const chain: Chain = { revisions: [...older, revision], reading: 'full' };
  const taken: Span[] = [...revision.tails];
  for (const { from, to, hidden } of revision.sections) {
    taken.push({ from, to });
    if (hidden !== undefined) taken.push(hidden);
  }
  for (const number of numbersOf(revision, 'full')) {
    const entry = entryIn(revision, number, 'full');
    if (entry === undefined || entry.kind === 'free') continue;
    const before = lookUp(older, number, 'full');
    if (before !== undefined && isSameEntry(before.entry, entry)) continue;
    const span = tried(() => auditObject(file, chain, revision, number));
    if (!span.ok) reader.log.note(span.failure.code, span.failure.at, span.failure.object ?? number);
    else if (span.value !== undefined) taken.push({ from: span.value.from, to: span.value.to });
  }
  for (const number of changesIn(file, revision.index, 'full').changedUnnamed) {
    reader.log.note('object-stream-redefined', revision.startxref, number);
  }
  auditGaps(reader, revision, taken, lengthIn(reader, chain));
}

/** The bytes that an object takes; undefined for one in an object stream, which is counted with that. */
function auditObject(file: PdfFile, chain: Chain, revision: Revision, number: number): Span | undefined {
  const { reader } = file;
  const entry = entryIn(revision, number, 'full');
  if (entry?.kind === 'in-stream') {
    const stream = objectStream(reader, file.streams, chain, entry.stream, revision);
    objectIn(reader, stream, number, entry.index);
    return undefined;
  }
  if (entry?.kind !== 'in-use') return undefined;
  const holder = parseIndirect(reader, entry.offset, number, lengthIn(reader, chain));
  if (holder.generation !== entry.generation) reader.log.note('wrong-generation', entry.offset, number);
  // Its data lie in another file, which no signature covers.
  if (holder.value.kind === 'stream' && holder.value.dictionary.entries.has('F')) reader.log.note('external-stream', entry.offset, number);
  return holder;
}

function auditGaps(reader: Reader, revision: Revision, taken: Span[], lengthOf: LengthOf): void {
  taken.sort((a, b) => a.from - b.from || a.to - b.to);
  let at = revision.from;
  let last: Span | undefined;
  for (const span of taken) {
    // The object of a cross-reference stream is known twice: as a section, and by its own entry.
    if (last !== undefined && span.from === last.from && span.to === last.to) continue;
    if (span.from < at) reader.log.note('objects-overlap', span.from);
    else auditGap(reader, at, span.from, lengthOf);
    at = Math.max(at, span.to);
    last = span;
  }
  auditGap(reader, at, revision.to, lengthOf);
}

function auditGap(reader: Reader, from: number, to: number, lengthOf: LengthOf): void {
  const { source, budget, log } = reader;
  let at = from;
  while (at < to) {
    const lexer = newLexer(source, budget, log, at);
    lexer.end = Math.min(lexer.end, to);
    passSpace(lexer);
    at = lexer.at;
    if (at >= to) return;
    if (at === lexer.end) continue;
    const code = whatStands(reader, at);
    if (code === 'tail') {
      log.note('unlinked-revision', at);
      at = readTail(reader, at)?.to ?? at + 1;
      continue;
    }
    const head = takeHeader(lexer);
    const object = head && tried(() => parseIndirect(reader, at, head.number, lengthOf));
    if (object?.ok !== true || object.value.to > to) {
      log.note(code === 'section' ? 'unlinked-revision' : 'junk-between', at);
      return;
    }
    log.note('unlisted-object', at, object.value.number);
    at = object.value.to;
  }
}

/** Passes white space and comments; an end marker is no comment. */
function passSpace(lexer: Lexer): void {
  for (;;) {
    const at = lexer.at;
    const byte = byteAt(lexer.source, at);
    if (byte === 0x25 && isEndMarker(lexer, at)) note(lexer, 'second-end-marker', at);
    const end = lexer.end;
    // One comment or run of white space at a time, so that each comment is looked at.
    lexer.end = Math.min(end, nextComment(lexer, end));
    skipSpace(lexer);
    lexer.end = end;
    if (lexer.at === at || lexer.at >= end) return;
  }
}

function nextComment(lexer: Lexer, end: number): number {
  let at = lexer.at;
  if (byteAt(lexer.source, at) === 0x25) while (at < end && byteAt(lexer.source, at) !== 0x0a && byteAt(lexer.source, at) !== 0x0d) at += 1;
  while (at < end && byteAt(lexer.source, at) !== 0x25) {
    if (byteAt(lexer.source, at) > 0x20) return at;
    at += 1;
  }
  return at;
}

function whatStands(reader: Reader, at: number): 'tail' | 'section' | 'other' {
  const lexer = newLexer(reader.source, reader.budget, reader.log, at);
  if (takeWord(lexer, 'startxref')) return 'tail';
  return takeWord(lexer, 'xref') || takeWord(lexer, 'trailer') ? 'section' : 'other';
}
