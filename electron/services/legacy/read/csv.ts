import { setImmediate as nextTurn } from 'node:timers/promises';
import { separatorOf } from '../../../foundation/pasted-table.ts';
import { tableLimits, TableRefused } from './refused.ts';
import { cleaned, uncovered, type Table, type TableRow } from './table.ts';

const sliceRows = 500;

/**
 * Reads a text file as a table: UTF-8, or UTF-16 as Excel writes "Unicode text". Other encodings are refused: the Vietnamese
 * letters of a file of one's own code page cannot be told apart safely.
 */
export function csvTable(bytes: Buffer): Table {
  const text = decoded(bytes);
  // The line with the most cells tells: above it may stand a title that holds a comma.
  const lines = text.slice(0, 20_000).split(/\r?\n/).slice(0, 60);
  const separator = lines.map((line) => ({ line, n: line.split(separatorOf(line)).length })).reduce((a, b) => (b.n > a.n ? b : a), { line: '', n: 0 }).line;
  const mark = separatorOf(separator);
  return {
    kind: 'csv',
    notes: [],
    sheets: [{ name: '', hidden: false, rows: (onPart) => slices(text, mark, onPart ?? (() => undefined)) }],
  };
}

function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  try {
    if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true }).decode(bytes);
    if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { fatal: true }).decode(bytes);
    // Without a mark, every second byte of plain letters is 0.
    const head = bytes.subarray(0, 2000);
    const zeros = head.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
    if (zeros > head.length / 5) return new TextDecoder(head[0] === 0 ? 'utf-16be' : 'utf-16le', { fatal: true }).decode(bytes);
    if (zeros > 0) throw new TableRefused('table-unknown');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TableRefused) throw error;
    throw new TableRefused('table-encoding');
  }
}

async function* slices(text: string, separator: string, onPart: (part: number) => void): AsyncGenerator<readonly TableRow[]> {
  let slice: TableRow[] = [];
  let rows = 0;
  for (const { line, cells, at } of linesOf(text, separator)) {
    if (cells.length > tableLimits.columns && cells.slice(tableLimits.columns).some((cell) => cell !== '')) throw new TableRefused('table-too-wide', { most: tableLimits.columns });
    if (cells.every((cell) => cell === '')) continue;
    if (++rows > tableLimits.rows) throw new TableRefused('table-too-large', { most: tableLimits.rows });
    slice.push({ line, cells: cells.map((cell) => (cell === '' ? undefined : { kind: 'text', text: cell })), covered: uncovered, widest: 1 });
    if (slice.length === sliceRows) {
      onPart(at / text.length);
      yield slice;
      slice = [];
      await nextTurn();
    }
  }
  onPart(1);
  if (slice.length > 0) yield slice;
}

/** Lines of RFC 4180: a cell in quotation marks may hold line breaks. `line` is where a row begins. */
function* linesOf(text: string, separator: string): Generator<{ line: number; cells: string[]; at: number }> {
  let line = 1;
  let begins = 1;
  let cells: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    let cell: string;
    if (text[at] === '"') {
      const end = endOfQuoted(text, at + 1);
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      line += cell.split('\n').length - 1;
      at = end + 1;
      const rest = endOfPlain(text, at, separator);
      cell += text.slice(at, rest);
      at = rest;
    } else {
      const end = endOfPlain(text, at, separator);
      cell = text.slice(at, end);
      at = end;
    }
    // What our own files put before a cell that a spreadsheet would run as a formula.
    cells.push(cleaned(cell).replace(/^'(?=\s*[=+\-@])/, ''));
    if (text[at] === separator) {
      at += 1;
      if (at < text.length) continue;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    yield { line: begins, cells, at };
    cells = [];
    line += 1;
    begins = line;
  }
}

function endOfQuoted(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  // A quotation mark that is never closed would swallow the rest of the register.
  throw new TableRefused('table-damaged');
}

function endOfPlain(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}
