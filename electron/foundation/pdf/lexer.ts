import { byteAt, placeOf, type Source } from './bytes.ts';
import { PdfStop, type FaultLog, type PdfFaultCode } from './faults.ts';
import type { Budget } from './limits.ts';

const spaceClass = 1;
const delimiterClass = 2;
/** ISO 32000-1 7.2.2, tables 1 and 2. */
const classes = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) classes[byte] = spaceClass;
for (const letter of '()<>[]{}/%') classes[letter.charCodeAt(0)] = delimiterClass;

export function isSpace(byte: number): boolean {
  return classes[byte] === spaceClass;
}

/** Neither white space nor delimiter, and not the end (-1). */
export function isRegular(byte: number): boolean {
  return classes[byte] === 0;
}

/** A place in a source from which values are read. */
export type Lexer = {
  readonly source: Source;
  readonly budget: Budget;
  readonly log: FaultLog;
  at: number;
  /** nothing is read from here on: the end of the source, or as far as one object may reach */
  end: number;
  /** values read so far */
  items: number;
  /** the object that is being read, for faults */
  object: number | undefined;
};

export function newLexer(source: Source, budget: Budget, log: FaultLog, at: number, object?: number): Lexer {
  return { source, budget, log, at, end: Math.min(source.size, at + budget.limits.objectBytes), items: 0, object };
}

export function stop(lexer: Lexer, code: PdfFaultCode, at = lexer.at): PdfStop {
  return new PdfStop(code, placeOf(lexer.source, at), lexer.object);
}

/** For a value that does not end: the source is over, or the value is larger than any may be. */
export function ended(lexer: Lexer): PdfStop {
  return stop(lexer, lexer.end === lexer.source.size ? 'unexpected-end' : 'too-large');
}

export function note(lexer: Lexer, code: PdfFaultCode, at = lexer.at): void {
  lexer.log.note(code, placeOf(lexer.source, at), lexer.object);
}

/** Passes white space and comments (ISO 32000-1 7.2.2, 7.2.3). */
export function skipSpace(lexer: Lexer): void {
  const { source, end } = lexer;
  let at = lexer.at;
  while (at < end) {
    const byte = byteAt(source, at);
    if (byte === 0x25) while (at < end && byteAt(source, at) !== 0x0a && byteAt(source, at) !== 0x0d) at += 1;
    else if (isSpace(byte)) at += 1;
    else break;
  }
  lexer.budget.spend(at - lexer.at, at);
  lexer.at = at;
}

/** Whether `word` stands at the place and ends there; passes it if so. */
export function takeWord(lexer: Lexer, word: string): boolean {
  for (let n = 0; n < word.length; n += 1) if (byteAt(lexer.source, lexer.at + n) !== word.charCodeAt(n)) return false;
  if (isRegular(byteAt(lexer.source, lexer.at + word.length))) return false;
  lexer.at += word.length;
  return true;
}

/** Digits at the place, passed; undefined and nothing passed when there are none or more than a number can hold. */
export function takeDigits(lexer: Lexer): number | undefined {
  let at = lexer.at;
  let value = 0;
  for (let byte = byteAt(lexer.source, at); byte >= 0x30 && byte <= 0x39; byte = byteAt(lexer.source, at)) {
    value = value * 10 + byte - 0x30;
    at += 1;
    if (at - lexer.at > 15) return undefined;
  }
  if (at === lexer.at) return undefined;
  lexer.at = at;
  return value;
}

/** Passes one end of line: CR LF, LF, or a CR alone; answers how many bytes it has. */
export function takeLineEnd(lexer: Lexer): number {
  const first = byteAt(lexer.source, lexer.at);
  const count = first === 0x0a ? 1 : first !== 0x0d ? 0 : byteAt(lexer.source, lexer.at + 1) === 0x0a ? 2 : 1;
  lexer.at += count;
  return count;
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
