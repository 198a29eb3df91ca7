import { widthIn } from './lettering.ts';

/** A run of text of a page, as the reader of PDF text tells it. */
export type TextItem = {
  readonly text: string;
  /** from 1 */
  readonly page: number;
  /** left, top, right, bottom as fractions (0 to 1) of the page as it is shown */
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
  /** height of the letters in points; the box reaches a fifth of it below their line */
  readonly size: number;
  /** '' or absent for the page's own content, else the annotation that shows it */
  readonly mark?: string;
};

/** What was read of a document's text, with the sizes of its pages as shown, in points. */
export type PageText = { readonly items: readonly TextItem[]; readonly sheets: readonly { readonly width: number; readonly height: number }[] };

/** A letter with its marks, composed, or the gap between two runs as a space. Points from the lower left of the page as shown. */
type Unit = { readonly text: string; readonly left: number; readonly right: number; /** of its letters */ readonly size: number };

export type Line = {
  readonly page: number;
  readonly baseline: number;
  /** of its largest letters */
  readonly size: number;
  readonly units: readonly Unit[];
  readonly text: string;
  /** which unit a place of `text` belongs to */
  readonly unitAt: readonly number[];
};

/** Lines of a page's own text from the top, whatever runs they were broken into; both spellings of a letter read the same. */
export function linesOf({ items, sheets }: PageText, page: number, font: Uint8Array): readonly Line[] {
  const sheet = sheets[page - 1];
  if (sheet === undefined) return [];
  const placed = items
    .filter((item) => item.page === page && (item.mark ?? '') === '' && item.text.trim() !== '')
    .map((item) => ({ item, left: item.box[0] * sheet.width, right: item.box[2] * sheet.width, baseline: (1 - item.box[3]) * sheet.height + 0.2 * item.size }))
    .sort((a, b) => b.baseline - a.baseline);
  const groups: (typeof placed)[] = [];
  for (const one of placed) {
    const first = groups.at(-1)?.[0];
    if (first !== undefined && first.baseline - one.baseline < 0.35 * Math.min(first.item.size, one.item.size)) groups.at(-1)?.push(one);
    else groups.push([one]);
  }
  return groups.map((group) => {
    const size = Math.max(...group.map(({ item }) => item.size));
    const units: Unit[] = [];
    for (const { item, left, right } of group.toSorted((a, b) => a.left - b.left)) addRun(units, item.text, left, right, item.size, font);
    return lineOf(page, group[0]?.baseline ?? 0, size, units);
  });
}

/** Where letters stand inside a run is not told: their widths in a font of the same metrics are spread over it. */
function addRun(units: Unit[], text: string, left: number, right: number, size: number, font: Uint8Array): void {
  const before = units.at(-1);
  const isMark = /^\p{M}/u.test(text);
  if (before !== undefined && !isMark && left - before.right > 0.15 * size) units.push({ text: ' ', left: before.right, right: left, size });
  const letters = Array.from(text.normalize('NFC'));
  const widths = letters.map((letter) => (/\p{M}/u.test(letter) ? 0 : widthIn(font, letter)));
  const sum = widths.reduce((all, width) => all + width, 0);
  let at = left;
  for (const [index, letter] of letters.entries()) {
    const next = sum === 0 ? right : at + ((widths[index] ?? 0) / sum) * (right - left);
    const last = units.at(-1);
    if (/\p{M}/u.test(letter) && last !== undefined) units[units.length - 1] = { ...last, text: (last.text + letter).normalize('NFC') };
    else units.push({ text: /\s/u.test(letter) ? ' ' : letter, left: at, right: next, size });
    at = next;
  }
}

function lineOf(page: number, baseline: number, size: number, units: readonly Unit[]): Line {
  return { page, baseline, size, units, text: units.map(({ text }) => text).join(''), unitAt: units.flatMap(({ text }, index) => Array.from({ length: text.length }, () => index)) };
}

/** A part of a line that stands apart from the rest, as in two columns. */
export type Segment = { readonly page: number; readonly text: string; readonly left: number; readonly right: number; readonly baseline: number; readonly size: number };

/** Parts of lines between gaps that are wider than any between words. */
export function segmentsOf(lines: readonly Line[]): readonly Segment[] {
  return lines.flatMap((line) => {
    const parts: Unit[][] = [[]];
    for (const unit of line.units) {
      if (unit.text === ' ' && unit.right - unit.left > 1.8 * line.size) parts.push([]);
      else parts.at(-1)?.push(unit);
    }
    return parts.flatMap((units): Segment[] => {
      const seen = units.filter(({ text }) => text !== ' ');
      const [first] = seen;
      const last = seen.at(-1);
      if (first === undefined || last === undefined) return [];
      const text = units.map((unit) => unit.text).join('').replaceAll(/\s+/g, ' ').trim();
      return [{ page: line.page, text, left: first.left, right: last.right, baseline: line.baseline, size: line.size }];
    });
  });
}
