import { byteAt } from './bytes.ts';
import { ended, isRegular, isSpace, latin1, note, stop, takeDigits, takeWord, type Lexer } from './lexer.ts';
import type { PdfName, PdfObject, PdfString } from './object.ts';

/** A number (7.3.3), or the reference that begins with it (7.3.10). */
export function parseNumber(lexer: Lexer): PdfObject {
  const { source } = lexer;
  const from = lexer.at;
  const sign = byteAt(source, from);
  const isSigned = sign === 0x2b || sign === 0x2d;
  let at = isSigned ? from + 1 : from;
  let value = 0;
  let digits = 0;
  let scale = 0;
  for (; ; at += 1) {
    const byte = byteAt(source, at);
    if (byte >= 0x30 && byte <= 0x39) {
      value = value * 10 + byte - 0x30;
      digits += 1;
      if (scale > 0) scale *= 10;
    } else if (byte === 0x2e && scale === 0) scale = 1;
    else break;
    if (at - from > 300) throw stop(lexer, 'bad-token', from);
  }
  if (digits === 0 || isRegular(byteAt(source, at))) throw stop(lexer, 'bad-token', from);
  lexer.at = at;
  const isInteger = scale === 0 && value <= Number.MAX_SAFE_INTEGER;
  if (isInteger && !isSigned) {
    const generation = referenceAhead(lexer);
    if (generation !== undefined) return { kind: 'reference', from, to: lexer.at, number: value, generation };
  }
  // The division of two exact numbers is rounded once, as the decimal text would be; beyond them the text is asked.
  const exact = value <= Number.MAX_SAFE_INTEGER && scale < 1e16;
  const size = scale === 0 ? value : exact ? value / scale : Number(latin1(source.slice(isSigned ? from + 1 : from, at)));
  return { kind: 'number', from, to: at, value: sign === 0x2d ? 0 - size : size, isInteger };
}

/** The generation when ` G R` follows, which is then passed. */
function referenceAhead(lexer: Lexer): number | undefined {
  const back = lexer.at;
  const isPart = (): boolean => {
    const from = lexer.at;
    while (lexer.at < lexer.end && isSpace(byteAt(lexer.source, lexer.at)) && lexer.at - from < 256) lexer.at += 1;
    return lexer.at > from;
  };
  if (isPart()) {
    const generation = takeDigits(lexer);
    if (generation !== undefined && generation <= 65_535 && isPart() && takeWord(lexer, 'R')) return generation;
  }
  lexer.at = back;
  return undefined;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** A name (7.3.5); a number sign without two hexadecimal digits stays what it is. */
export function parseName(lexer: Lexer): PdfName {
  const { source } = lexer;
  const from = lexer.at;
  let at = from + 1;
  let name = '';
  for (let byte = byteAt(source, at); isRegular(byte); byte = byteAt(source, at)) {
    if (at >= lexer.end) throw ended(lexer);
    const high = byte === 0x23 ? hexDigit(byteAt(source, at + 1)) : -1;
    const low = high >= 0 ? hexDigit(byteAt(source, at + 2)) : -1;
    if (byte === 0x23 && low < 0) note(lexer, 'bad-name-escape', at);
    name += String.fromCharCode(low >= 0 ? high * 16 + low : byte);
    at += low >= 0 ? 3 : 1;
  }
  lexer.budget.spend(at - from, at);
  lexer.at = at;
  return { kind: 'name', from, to: at, name };
}

/** A hexadecimal string (7.3.4.3); a last digit that is missing is 0. */
export function parseHexString(lexer: Lexer): PdfString {
  const { source } = lexer;
  const from = lexer.at;
  const plain = plainHexString(lexer);
  if (plain !== undefined) return plain;
  let at = from + 1;
  let bytes = new Uint8Array(64);
  let digits = 0;
  for (; ; at += 1) {
    if (at >= lexer.end) throw ended(lexer);
    const byte = byteAt(source, at);
    if (byte === 0x3e) break;
    const digit = hexDigit(byte);
    if (digit < 0) {
      if (isSpace(byte)) continue;
      throw stop(lexer, 'bad-token', at);
    }
    if (digits >> 1 === bytes.length) bytes = grown(bytes);
    bytes[digits >> 1] = digits % 2 === 0 ? digit * 16 : (bytes[digits >> 1] ?? 0) + digit;
    digits += 1;
  }
  lexer.at = at + 1;
  lexer.budget.spend(lexer.at - from, at);
  return { kind: 'string', from, to: lexer.at, bytes: bytes.subarray(0, (digits + 1) >> 1), isHex: true };
}

/** A long one of nothing but digits, as a signature's Contents is, which is read once for each question about it. */
function plainHexString(lexer: Lexer): PdfString | undefined {
  const { window, windowFrom } = lexer.source;
  const from = lexer.at - windowFrom + 1;
  if (from < 1 || from >= window.length) return undefined;
  const end = closing(lexer, from);
  if (end - from < 64 || end + windowFrom >= lexer.end) return undefined;
  const bytes = Buffer.from(latin1(window.subarray(from, end)), 'hex');
  // Node stops at what is no digit.
  if (bytes.length * 2 !== end - from) return undefined;
  const at = lexer.at;
  lexer.at = end + windowFrom + 1;
  return { kind: 'string', from: at, to: lexer.at, bytes: new Uint8Array(bytes), isHex: true };
}

const pieceBytes = 65_536;

/** Where the window has the next `>`, paid for piece by piece and no further than the object may reach; -1 where it has none. */
function closing({ source: { window, windowFrom }, end, budget }: Lexer, from: number): number {
  const last = Math.min(window.length, end - windowFrom);
  for (let at = from; at < last; at += pieceBytes) {
    const found = window.subarray(at, Math.min(last, at + pieceBytes)).indexOf(0x3e);
    budget.spend(found < 0 ? Math.min(pieceBytes, last - at) : found, at + windowFrom);
    if (found >= 0) return at + found;
  }
  return -1;
}

const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** A literal string (7.3.4.2). */
export function parseLiteralString(lexer: Lexer): PdfString {
  const { source } = lexer;
  const from = lexer.at;
  let bytes = new Uint8Array(64);
  let count = 0;
  let open = 1;
  lexer.at += 1;
  for (;;) {
    if (lexer.at >= lexer.end) throw ended(lexer);
    let byte = byteAt(source, lexer.at);
    lexer.at += 1;
    if (byte === 0x28) open += 1;
    else if (byte === 0x29) open -= 1;
    else if (byte === 0x5c) byte = escaped(lexer);
    else if (byte === 0x0d) {
      if (byteAt(source, lexer.at) === 0x0a) lexer.at += 1;
      byte = 0x0a;
    }
    if (open === 0) break;
    if (byte < 0) continue;
    if (count === bytes.length) bytes = grown(bytes);
    bytes[count] = byte;
    count += 1;
  }
  lexer.budget.spend(lexer.at - from, lexer.at);
  return { kind: 'string', from, to: lexer.at, bytes: bytes.subarray(0, count), isHex: false };
}

/** The byte that an escape stands for, after its reverse solidus; -1 for a line that goes on. */
function escaped(lexer: Lexer): number {
  const { source } = lexer;
  const byte = byteAt(source, lexer.at);
  if (byte < 0) throw ended(lexer);
  if (byte >= 0x30 && byte <= 0x37) {
    let value = 0;
    for (let n = 0; n < 3; n += 1) {
      const digit = byteAt(source, lexer.at) - 0x30;
      if (digit < 0 || digit > 7) break;
      value = value * 8 + digit;
      lexer.at += 1;
    }
    return value & 0xff;
  }
  lexer.at += 1;
  if (byte === 0x0d || byte === 0x0a) {
    if (byte === 0x0d && byteAt(source, lexer.at) === 0x0a) lexer.at += 1;
    return -1;
  }
  return escapes[String.fromCharCode(byte)] ?? byte;
}

function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 4);
  larger.set(bytes);
  return larger;
}
