import { byteAt } from './bytes.ts';
import { ended, note, skipSpace, stop, takeWord, type Lexer } from './lexer.ts';
import type { PdfObject } from './object.ts';
import { parseHexString, parseLiteralString, parseName, parseNumber } from './words.ts';

/** Reads one value, without a stream's data (ISO 32000-1 7.3). Stops at whatever is not one. */
export function parseValue(lexer: Lexer, depth = 0): PdfObject {
  skipSpace(lexer);
  lexer.items += 1;
  if (lexer.items > lexer.budget.limits.objectItems) throw stop(lexer, 'too-many');
  if (depth > lexer.budget.limits.depth) throw stop(lexer, 'too-deep');
  lexer.budget.spend(8, lexer.at);
  if (lexer.at >= lexer.end) throw ended(lexer);
  const byte = byteAt(lexer.source, lexer.at);
  if (byte === 0x2f) return parseName(lexer);
  if (byte === 0x28) return parseLiteralString(lexer);
  if (byte === 0x3c) return byteAt(lexer.source, lexer.at + 1) === 0x3c ? parseDictionary(lexer, depth) : parseHexString(lexer);
  if (byte === 0x5b) return parseArray(lexer, depth);
  if ((byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2d || byte === 0x2e) return parseNumber(lexer);
  const from = lexer.at;
  if (takeWord(lexer, 'true')) return { kind: 'boolean', from, to: lexer.at, value: true };
  if (takeWord(lexer, 'false')) return { kind: 'boolean', from, to: lexer.at, value: false };
  if (takeWord(lexer, 'null')) return { kind: 'null', from, to: lexer.at };
  throw stop(lexer, 'bad-token');
}

function parseArray(lexer: Lexer, depth: number): PdfObject {
  const from = lexer.at;
  lexer.at += 1;
  const items: PdfObject[] = [];
  for (;;) {
    skipSpace(lexer);
    if (byteAt(lexer.source, lexer.at) === 0x5d) break;
    items.push(parseValue(lexer, depth + 1));
  }
  lexer.at += 1;
  return { kind: 'array', from, to: lexer.at, items };
}

function parseDictionary(lexer: Lexer, depth: number): PdfObject {
  const from = lexer.at;
  lexer.at += 2;
  const entries = new Map<string, PdfObject>();
  for (;;) {
    skipSpace(lexer);
    const byte = byteAt(lexer.source, lexer.at);
    if (byte === 0x3e && byteAt(lexer.source, lexer.at + 1) === 0x3e) break;
    if (lexer.at >= lexer.end) throw ended(lexer);
    if (byte !== 0x2f) throw stop(lexer, 'bad-token');
    const keyAt = lexer.at;
    const key = parseName(lexer);
    if (entries.has(key.name)) note(lexer, 'duplicate-key', keyAt);
    entries.set(key.name, parseValue(lexer, depth + 1));
  }
  lexer.at += 2;
  return { kind: 'dictionary', from, to: lexer.at, entries };
}
