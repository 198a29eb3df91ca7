import { byteAt, type Source } from './bytes.ts';
import type { FaultLog } from './faults.ts';
import { decoded } from './filters.ts';
import { isSpace, newLexer, note, skipSpace, stop, takeDigits, takeLineEnd, takeWord, type Lexer } from './lexer.ts';
import type { Budget } from './limits.ts';
import { integerOf, type IndirectObject, type PdfDictionary, type PdfReference, type PdfStream } from './object.ts';
import { parseValue } from './values.ts';

/** A file under the hand: its bytes, what may be spent on them, and what was wrong so far. */
export type Reader = { readonly source: Source; readonly budget: Budget; readonly log: FaultLog };

/** The length of a stream whose dictionary names another object for it; undefined when that holds no integer. */
export type LengthOf = (reference: PdfReference) => number | undefined;

/** For places where a length must stand in the dictionary itself. */
export const noLength: LengthOf = () => undefined;

/**
 * Reads the object that begins exactly at byte `at` (ISO 32000-1 7.3.10), its stream data passed over, not read.
 * White space before the number is an oddity; anything else there stops the reading.
 */
export function parseIndirect(reader: Reader, at: number, wanted: number | undefined, lengthOf: LengthOf): IndirectObject {
  const lexer = newLexer(reader.source, reader.budget, reader.log, at, wanted);
  if (isSpace(byteAt(reader.source, at))) {
    note(lexer, 'offset-before-keyword', at);
    while (lexer.at - at < 16 && isSpace(byteAt(reader.source, lexer.at))) lexer.at += 1;
  }
  const from = lexer.at;
  const header = takeHeader(lexer);
  if (header === undefined) throw stop(lexer, 'offset-elsewhere', at);
  if (wanted !== undefined && header.number !== wanted) throw stop(lexer, 'wrong-object-number', at);
  lexer.object = header.number;
  const value = parseValue(lexer);
  skipSpace(lexer);
  const isStream = value.kind === 'dictionary' && takeWord(lexer, 'stream');
  const whole = isStream ? streamOf(lexer, value, lengthOf) : value;
  skipSpace(lexer);
  if (!takeWord(lexer, 'endobj')) note(lexer, 'missing-endobj');
  reader.budget.spend(64, lexer.at);
  return { ...header, value: whole, source: reader.source, from, to: lexer.at };
}

/** Passes `N G obj`; undefined when something else is there. */
export function takeHeader(lexer: Lexer): { readonly number: number; readonly generation: number } | undefined {
  const number = takeDigits(lexer);
  if (number === undefined || !isSpace(byteAt(lexer.source, lexer.at))) return undefined;
  skipSpace(lexer);
  const generation = takeDigits(lexer);
  if (generation === undefined || !isSpace(byteAt(lexer.source, lexer.at))) return undefined;
  skipSpace(lexer);
  return takeWord(lexer, 'obj') ? { number, generation } : undefined;
}

/** Passes the data of a stream (7.3.8): `stream` has been passed, `endstream` must follow the data. */
function streamOf(lexer: Lexer, dictionary: PdfDictionary, lengthOf: LengthOf): PdfStream {
  const { source } = lexer;
  const lineAt = lexer.at;
  const isReturnAlone = byteAt(source, lineAt) === 0x0d && byteAt(source, lineAt + 1) !== 0x0a;
  if (takeLineEnd(lexer) === 0 || isReturnAlone) note(lexer, 'stream-line-end', lineAt);
  const dataFrom = lexer.at;
  const stated = dictionary.entries.get('Length');
  const length = stated?.kind === 'reference' ? lengthOf(stated) : integerOf(stated);
  if (length === undefined || length < 0 || dataFrom + length > source.size) throw stop(lexer, 'bad-stream-length', dictionary.from);
  lexer.at = dataFrom + length;
  lexer.end = Math.min(source.size, lexer.at + lexer.budget.limits.objectBytes);
  takeLineEnd(lexer);
  if (!takeWord(lexer, 'endstream')) {
    note(lexer, 'wrong-stream-length', dictionary.from);
    skipSpace(lexer);
    // Where the data ends cannot be known: what follows is looked at, and not searched for.
    takeWord(lexer, 'endstream');
  }
  return { kind: 'stream', from: dictionary.from, to: lexer.at, dictionary, dataFrom, dataTo: dataFrom + length };
}

/** A stream's data without its filters. */
export function decodedStream(reader: Reader, stream: PdfStream, place: { readonly at: number; readonly object: number | undefined }): Uint8Array {
  const { source, budget, log } = reader;
  if (stream.dataTo - stream.dataFrom > budget.limits.decodedBytes) {
    throw stop(newLexer(source, budget, log, stream.dataFrom, place.object), 'too-large');
  }
  budget.spend(stream.dataTo - stream.dataFrom, stream.dataFrom);
  return decoded(source.slice(stream.dataFrom, stream.dataTo), stream.dictionary, budget, place);
}
