import { setImmediate as turn } from 'node:timers/promises';
import { mm, type Face, type Line, type Sheet } from './sheet.ts';

export type TableColumn = {
  readonly head: string;
  /** share of the width that all columns have together */
  readonly share: number;
  readonly align?: 'left' | 'centre';
};

export type TableLook = {
  /** points from the page's edges */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly size: number;
  /** a row with (1) (2) … under the heads, as the forms of NĐ 30/2020 annex IV have it */
  readonly numbered: boolean;
};

/** A row that is printed in italics over the whole width instead of cells, as a number that was voided. */
export type TableRow = readonly string[] | { readonly note: string };

const padding = 1.2 * mm;

/**
 * Draws a ruled table over as many pages as it takes, the heads again on each; begins at `y` of the current page. A row
 * goes to the next page whole unless it is longer than a page. Lets others have their turn after each page. Answers where
 * it ends on its last page.
 */
export async function drawTable(
  sheet: Sheet,
  columns: readonly TableColumn[],
  rows: Iterable<TableRow>,
  look: TableLook,
  start: number,
): Promise<number> {
  const wide = sheet.width - look.left - look.right;
  const shares = columns.reduce((sum, column) => sum + column.share, 0);
  const widths = columns.map((column) => (column.share / shares) * wide);
  const edges = widths.reduce<number[]>((at, width) => [...at, (at.at(-1) ?? 0) + width], [look.left]);
  const lead = look.size * 1.18;
  const floor = sheet.height - look.bottom;
  const wrapped = (value: string, width: number, face: Face): readonly Line[] =>
    value.split('\n').flatMap((part) => sheet.wrap([{ text: part, face }], look.size, width - 2 * padding));

  let y = start;
  let from = start;
  let noteBands: { readonly top: number; readonly bottom: number }[] = [];
  const close = (): void => {
    for (const [index, x] of edges.entries()) {
      if (index === 0 || index === edges.length - 1) {
        sheet.upright(x, from, y);
        continue;
      }
      let at = from;
      for (const band of noteBands) {
        if (band.top > at) sheet.upright(x, at, band.top);
        at = band.bottom;
      }
      if (y > at) sheet.upright(x, at, y);
    }
    noteBands = [];
  };
  const ruleOff = (): void => {
    sheet.rule(look.left, look.left + wide, y);
  };
  const put = (lines: readonly Line[], column: number, face: Face): void => {
    const x = edges[column] ?? 0;
    const width = widths[column] ?? 0;
    lines.forEach((line, at) => {
      const words = line.words.map((word) => word.text).join(' ');
      const shift = face === 'bold' || columns[column]?.align === 'centre' ? (width - line.width) / 2 : padding;
      if (words !== '') sheet.text(words, x + shift, y + padding + lead * (at + 0.8), face, look.size);
    });
  };
  const heads = columns.map((column, index) => wrapped(column.head, widths[index] ?? 0, 'bold'));
  const headLines = Math.max(...heads.map((lines) => lines.length));
  const drawHead = (): void => {
    from = y;
    ruleOff();
    heads.forEach((lines, column) => {
      put(lines, column, 'bold');
    });
    y += headLines * lead + 2 * padding;
    ruleOff();
    if (!look.numbered) return;
    columns.forEach((_, column) => {
      const words = `(${String(column + 1)})`;
      const x = (edges[column] ?? 0) + (widths[column] ?? 0) / 2;
      sheet.centred(words, x, y + padding * 0.6 + lead * 0.8, 'italic', look.size - 1);
    });
    y += lead + padding;
    ruleOff();
  };
  const nextPage = async (): Promise<void> => {
    close();
    await turn();
    sheet.addPage();
    y = look.top;
    drawHead();
  };
  const heightOf = (count: number): number => count * lead + 2 * padding;
  const longest = Math.floor((floor - look.top - heightOf(headLines) - lead - padding - 2 * padding) / lead);

  drawHead();
  for (const row of rows) {
    if (!Array.isArray(row)) {
      const lines = wrapped((row as { note: string }).note, wide, 'italic');
      if (y + heightOf(lines.length) > floor) await nextPage();
      const top = y;
      lines.forEach((line, at) => {
        sheet.text(line.words.map((word) => word.text).join(' '), look.left + padding, y + padding + lead * (at + 0.8), 'italic', look.size);
      });
      y += heightOf(lines.length);
      noteBands.push({ top, bottom: y });
      ruleOff();
      continue;
    }
    let cells = columns.map((_, column) => wrapped(String(row[column] ?? ''), widths[column] ?? 0, 'regular'));
    let count = Math.max(1, ...cells.map((lines) => lines.length));
    if (y + heightOf(count) > floor) await nextPage();
    // Longer than a page: as much as fits, the rest on the next.
    while (count > longest) {
      const fits = Math.floor((floor - y - 2 * padding) / lead);
      const here = cells.map((lines) => lines.slice(0, fits));
      here.forEach((lines, column) => {
        put(lines, column, 'regular');
      });
      y += heightOf(fits);
      ruleOff();
      cells = cells.map((lines) => lines.slice(fits));
      count -= fits;
      await nextPage();
    }
    cells.forEach((lines, column) => {
      put(lines, column, 'regular');
    });
    y += heightOf(count);
    ruleOff();
  }
  close();
  return y;
}
