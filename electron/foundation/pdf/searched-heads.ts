import { isRegular, isSpace } from './lexer.ts';

/** Told of each head: the byte behind its `obj`, or behind the `<<` of a trailer. */
export type HeadFound = (end: number) => void;

/** One way of reading: some programs know comments while they search, others take `%` for a letter like any other. */
type Reading = {
  readonly knowsComments: boolean;
  inComment: boolean;
  /** whole numbers right before, at most 2 */
  numbers: number;
  /** letters of the word at hand; -1: it is a number */
  letters: number;
  /** so far it begins as `obj` does */
  isObj: boolean;
  /** how many letters of `trailer` were read in it last; all of them: it stands there, whatever is around it */
  ofTrailer: number;
  /** `<` since a trailer; -1: no trailer stands right before */
  opened: number;
};

const obj = Buffer.from('obj');
const trailer = Buffer.from('trailer');
/** White space of the format, and what pdf.js and poppler take for it in their patterns. */
const spaces = Uint8Array.from({ length: 256 }, (_, byte) => (isSpace(byte) || byte === 0x0b || byte === 0xa0 ? 1 : 0));
const regular = Uint8Array.from({ length: 256 }, (_, byte) => (isRegular(byte) && spaces[byte] === 0 ? 1 : 0));
const less = 0x3c;
const percent = 0x25;

/**
 * Looks through raw bytes, whatever they belong to, as programs do that gave up on the tables of a file: for two whole numbers and
 * `obj`, and for `trailer` and a dictionary, with any number of blanks and comments between. What any of poppler, MuPDF and pdf.js
 * would find is found, and a little more. Feed it the pieces in order; `at` is where the first begins.
 */
export function headSearch(at: number, found: HeadFound): (piece: Uint8Array) => void {
  const readings = [true, false].map((knowsComments): Reading => ({ knowsComments, inComment: false, numbers: 0, letters: 0, isObj: false, ofTrailer: 0, opened: -1 }));
  let start = at;
  return (piece) => {
    for (const reading of readings) {
      for (let n = 0; n < piece.length; n += 1) {
        const byte = piece[n] ?? 0;
        // Most bytes of a picture or a font go on with a word that is none.
        if (reading.letters > 0 && !reading.isObj && reading.ofTrailer === 0 && byte !== trailer[0] && !reading.inComment && regular[byte] === 1) continue;
        if (step(reading, byte)) found(start + n + 1);
      }
    }
    start += piece.length;
  };
}

/** Whether a head ends with this byte. */
function step(reading: Reading, byte: number): boolean {
  if (reading.inComment) {
    if (byte !== 0x0a && byte !== 0x0d) return false;
    reading.inComment = false;
  }
  const isComment = byte === percent && reading.knowsComments;
  if (spaces[byte] === 1 || isComment) {
    endWord(reading);
    reading.inComment = isComment;
    return false;
  }
  if (reading.letters <= 0 && (isDigit(byte) || isSign(byte))) {
    if (isSign(byte)) endWord(reading);
    reading.letters = -1;
    reading.opened = -1;
    return false;
  }
  if (regular[byte] === 1) return nextLetter(reading, byte);
  endWord(reading);
  reading.numbers = 0;
  reading.opened = byte === less && reading.opened >= 0 ? reading.opened + 1 : -1;
  if (reading.opened < 2) return false;
  reading.opened = -1;
  return true;
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isSign = (byte: number): boolean => byte === 0x2b || byte === 0x2d;

/** A number may touch the word behind it. */
function nextLetter(reading: Reading, byte: number): boolean {
  if (reading.letters === -1) endWord(reading);
  if (reading.letters === 0) Object.assign(reading, { isObj: true, ofTrailer: 0, opened: -1 });
  const place = reading.letters;
  reading.letters += 1;
  reading.isObj &&= place >= obj.length || obj[place] === byte;
  if (reading.ofTrailer < trailer.length) reading.ofTrailer = byte === trailer[reading.ofTrailer] ? reading.ofTrailer + 1 : Number(byte === trailer[0]);
  // What goes on behind these letters is still an object to some.
  const isHead = reading.isObj && place === obj.length - 1 && reading.numbers === 2;
  if (!reading.isObj || isHead) reading.numbers = 0;
  return isHead;
}

function endWord(reading: Reading): void {
  if (reading.letters === -1) reading.numbers = Math.min(2, reading.numbers + 1);
  else if (reading.letters > 0) {
    reading.numbers = 0;
    if (reading.ofTrailer === trailer.length) reading.opened = 0;
  }
  reading.letters = 0;
  reading.ofTrailer = 0;
}
