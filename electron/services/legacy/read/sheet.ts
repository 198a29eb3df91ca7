import type { Parts } from './parts.ts';
import { tableLimits, TableRefused } from './refused.ts';
import { cleaned, uncovered, type Cell, type TableRow } from './table.ts';
import { xmlParser } from './xml.ts';

export type SheetFacts = {
  readonly parts: Parts;
  readonly part: string;
  readonly shared: () => Promise<readonly string[]>;
  /** by style of a cell: it shows its number as a day */
  readonly dated: readonly boolean[];
  readonly from1904: boolean;
};

const sliceRows = 500;
/** Pieces without enough rows after which others have their turn all the same: a sheet may be long and empty. */
const mostPieces = 64;

/** The rows of a sheet (ECMA-376 part 1, 18.3.1), in slices; the sheet is never in memory as a whole. */
export async function* sheetRows(facts: SheetFacts, onPart: (part: number) => void): AsyncGenerator<readonly TableRow[]> {
  const { parts, part } = facts;
  const merges = await mergesOf(parts, part);
  const reader = rowReader(await facts.shared(), facts, merges);
  const size = parts.sizeOf(part);
  const decoder = new TextDecoder();
  let through = 0;
  let pieces = 0;
  for await (const piece of parts.pieces(part, tableLimits.part)) {
    through += piece.length;
    reader.parser.write(decoder.decode(piece, { stream: true }));
    pieces += 1;
    if (reader.rows.length < sliceRows && pieces < mostPieces) continue;
    pieces = 0;
    onPart(through / size);
    yield reader.rows.splice(0);
  }
  reader.parser.close();
  onPart(1);
  if (reader.rows.length > 0) yield reader.rows.splice(0);
}

/** A merged cell; columns from 0, lines from 1, ends included. */
type Merge = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

type RowReader = { readonly parser: ReturnType<typeof xmlParser>; readonly rows: TableRow[] };

function rowReader(shared: readonly string[], facts: SheetFacts, merges: readonly Merge[]): RowReader {
  const rows: TableRow[] = [];
  const byTop = Map.groupBy(merges, ({ top }) => top);
  // Merged cells that go on below the present row, with what they say.
  let open: { merge: Merge; text: string }[] = [];
  let count = 0;
  let line = 0;
  let cells: (Cell | undefined)[] = [];
  let column = -1;
  let type = '';
  let style = 0;
  let formula = false;
  let value = '';
  let wanted = false;

  function endRow(): void {
    if (cells.some((cell) => cell !== undefined)) {
      if (++count > tableLimits.rows) throw new TableRefused('table-too-large', { most: tableLimits.rows });
      const starting = byTop.get(line) ?? [];
      rows.push({ line, cells, covered: coveredAt(line), widest: Math.max(1, ...starting.map(({ left, right }) => right - left + 1)) });
    }
    open = open.filter(({ merge }) => merge.bottom > line);
    for (const merge of byTop.get(line) ?? []) {
      const text = cells[merge.left]?.text ?? '';
      if (merge.bottom > line && text !== '') open.push({ merge, text });
    }
  }
  function coveredAt(at: number): TableRow['covered'] {
    const here = open.filter(({ merge }) => merge.bottom >= at);
    if (here.length === 0) return uncovered;
    return new Map(here.map(({ merge, text }) => [merge.left, { text, line: merge.top }]));
  }
  function endCell(): void {
    const cell = cellOf();
    if (cell === undefined) return;
    if (column >= tableLimits.columns) throw new TableRefused('table-too-wide', { most: tableLimits.columns });
    cells[column] = cell;
  }
  function cellOf(): Cell | undefined {
    if (type === 'e') return { kind: 'error', text: value };
    if (value === '') return formula && type !== 'str' ? { kind: 'no-value', text: '' } : undefined;
    if (type === 's') {
      const text = shared[Number(value)];
      // A text that is not there is not an empty one.
      if (text === undefined) throw new TableRefused('table-damaged');
      return textCell(text);
    }
    if (type === 'b') return { kind: 'text', text: value === '1' ? 'TRUE' : 'FALSE' };
    if (type === 'd') return { kind: 'date', text: value.slice(0, 10) };
    if (type === 'str' || type === 'inlineStr') return textCell(value);
    const number = Number(value);
    if (!Number.isFinite(number)) return textCell(value);
    const day = facts.dated[style] === true ? dayOfSerial(number, facts.from1904) : undefined;
    return day === undefined ? { kind: 'number', text: String(number) } : { kind: 'date', text: day };
  }

  const parser = xmlParser({
    open: (name, attributes) => {
      if (name === 'row') {
        const at = Number(attributes['r'] ?? line + 1);
        if (!(at > line)) throw new TableRefused('table-damaged');
        line = at;
        cells = [];
        column = -1;
      } else if (name === 'c') {
        const { r = '', t = 'n', s = '0' } = attributes;
        column = r === '' ? column + 1 : columnOf(r);
        type = t;
        style = Number(s);
        formula = false;
        value = '';
      } else if (name === 'f') {
        formula = true;
      } else if (name === 'rPh') {
        wanted = false;
      }
      wanted = name === 'v' || (name === 't' && type === 'inlineStr');
    },
    text: (piece) => {
      if (wanted) value += piece;
    },
    close: (name) => {
      wanted = false;
      if (name === 'c') endCell();
      if (name === 'row') endRow();
    },
  });
  return { parser, rows };
}

function textCell(raw: string): Cell | undefined {
  // What XML cannot hold is written as _x000D_ (ECMA-376 part 1, 22.9.2.19).
  const text = cleaned(raw.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))));
  return text === '' ? undefined : { kind: 'text', text };
}

/** `AB12`: 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const code = letter.toUpperCase().charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
}

/**
 * A day as Excel counts it: from 1900, with a 29 February 1900 that never was, or from 1904. Undefined for what is no day
 * between 1900 and 9999. A time of day is left out.
 */
export function dayOfSerial(serial: number, from1904 = false): string | undefined {
  const whole = Math.floor(serial) + (from1904 ? 1462 : 0);
  if (whole < 1 || whole > 2_958_465 || whole === 60) return undefined;
  return new Date((whole - (whole < 60 ? 25_568 : 25_569)) * 86_400_000).toISOString().slice(0, 10);
}

/** No tag of a sheet is as long as this. */
const longestTag = 1024 * 1024;

/** The merged cells of a sheet. They stand behind its rows, so the part is gone through once for them alone. */
async function mergesOf(parts: Parts, part: string): Promise<readonly Merge[]> {
  const merges: Merge[] = [];
  let rest = '';
  let began = false;
  for await (const piece of parts.pieces(part, tableLimits.part)) {
    const text = rest + piece.toString('latin1');
    began ||= text.includes('mergeCells');
    rest = began ? text : text.slice(-16);
    if (!began) continue;
    const last = text.lastIndexOf('>');
    for (const [, from = '', to = ''] of text.slice(0, last + 1).matchAll(/mergeCell\s[^>]*?ref="([A-Z]+\d+):([A-Z]+\d+)"/g)) {
      if (merges.length === tableLimits.merges) throw new TableRefused('table-damaged');
      merges.push({ left: columnOf(from), right: columnOf(to), top: lineOf(from), bottom: lineOf(to) });
    }
    rest = text.slice(last + 1);
    if (rest.length > longestTag) throw new TableRefused('table-damaged');
  }
  return merges;
}

function lineOf(reference: string): number {
  return Number(reference.replace(/^\D+/, ''));
}
