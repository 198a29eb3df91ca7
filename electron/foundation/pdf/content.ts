import type { Result } from '../outcome.ts';
import { byteAt, contentSource } from './bytes.ts';
import type { PdfFault } from './faults.ts';
import { asked, type PdfFile } from './file.ts';
import { isRegular, isSpace, newLexer, skipSpace, stop, takeWord, type Lexer } from './lexer.ts';
import type { PdfDictionary, PdfObject } from './object.ts';
import { parseValue } from './values.ts';

/**
 * Reads a content stream (ISO 32000-1 7.8.2), operator by operator with the operands before it. An inline image comes as
 * `BI` with its dictionary as the one operand. Fails on what is no content; costs the file's budget.
 */
export function readContent(file: PdfFile, bytes: Uint8Array, visit: (operator: string, operands: readonly PdfObject[]) => void): Result<void, PdfFault> {
  return asked(file, () => {
    const { budget, log } = file.reader;
    const lexer = newLexer(contentSource(bytes, 0), budget, log, 0);
    lexer.end = bytes.length;
    let operands: PdfObject[] = [];
    for (skipSpace(lexer); lexer.at < bytes.length; skipSpace(lexer)) {
      const word = takeOperator(lexer);
      if (word === undefined) {
        lexer.items = 0;
        operands.push(parseValue(lexer));
        if (operands.length > mostOperands) throw stop(lexer, 'too-many');
      } else {
        budget.spend(16, lexer.at);
        visit(word, word === 'BI' ? [inlineImage(lexer)] : operands);
        operands = [];
      }
    }
  });
}

/** Readers keep no more (Annex C speaks of 32 for most operators). */
const mostOperands = 1000;

/** An operator, passed; undefined where a value begins. */
function takeOperator(lexer: Lexer): string | undefined {
  const first = byteAt(lexer.source, lexer.at);
  const isLetter = (first >= 0x41 && first <= 0x5a) || (first >= 0x61 && first <= 0x7a) || first === 0x27 || first === 0x22;
  if (!isLetter) return undefined;
  let word = '';
  let at = lexer.at;
  for (let byte = first; isRegular(byte) && word.length < 16; byte = byteAt(lexer.source, at)) {
    word += String.fromCharCode(byte);
    at += 1;
  }
  if (word === 'true' || word === 'false' || word === 'null') return undefined;
  lexer.at = at;
  return word;
}

/** 8.9.7: the dictionary without delimiters, `ID`, one white space, the data, `EI` between white space. */
function inlineImage(lexer: Lexer): PdfDictionary {
  const from = lexer.at;
  const entries = new Map<string, PdfObject>();
  for (skipSpace(lexer); !takeWord(lexer, 'ID'); skipSpace(lexer)) {
    const key = parseValue(lexer);
    if (key.kind !== 'name') throw stop(lexer, 'bad-token');
    entries.set(key.name, parseValue(lexer));
  }
  for (let at = lexer.at + 1; at + 2 < lexer.end; at += 1) {
    const isEnd = isSpace(byteAt(lexer.source, at)) && byteAt(lexer.source, at + 1) === 0x45 && byteAt(lexer.source, at + 2) === 0x49 && !isRegular(byteAt(lexer.source, at + 3));
    if (!isEnd) continue;
    lexer.budget.spend(at - lexer.at, at);
    lexer.at = at + 3;
    return { kind: 'dictionary', from, to: lexer.at, entries };
  }
  throw stop(lexer, 'unexpected-end');
}
