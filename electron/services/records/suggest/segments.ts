import type { PagePlace } from '#contract';
import type { PdfText, TextItem } from '../text/pdf-text.ts';

/** Points from the top left of the page. */
export type Rect = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

type Letter = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** Text that stands together on one line: a whole line, or the part of it in one column. */
export type Segment = Rect & {
  readonly text: string;
  readonly page: number;
  /** height of the letters in points */
  readonly size: number;
  /** whether most of its letters are bold, italic; undefined when the fonts' names are not known */
  readonly bold: boolean | undefined;
  readonly italic: boolean | undefined;
  /** annotations that show part of it */
  readonly marks: readonly string[];
  /** one per UTF-16 unit of `text` */
  readonly letters: readonly Letter[];
};

type Placed = TextItem & Rect;

export type Sheet = { readonly page: number; readonly width: number; readonly height: number; readonly segments: readonly Segment[] };

/** The lines of each page, cut where a wide gap parts columns, from top to bottom and from left to right. */
export function sheetsOf(text: PdfText): readonly Sheet[] {
  return text.sheets.map(({ width, height }, index) => {
    const page = index + 1;
    const items = text.items.filter((item) => item.page === page).flatMap((item) => placed(item, width, height));
    return { page, width, height, segments: rowsOf(items).flatMap((row) => columnsOf(row)) };
  });
}

/** An item in points; parted where many spaces stand for a gap between columns. */
function placed(item: TextItem, width: number, height: number): readonly Placed[] {
  const [left, top, right, bottom] = item.box;
  const letters = item.text.length;
  const parts = [...item.text.matchAll(/\S+(?:\s{1,2}\S+)*/g)];
  return parts.map((part) => {
    const from = part.index / letters;
    const to = (part.index + part[0].length) / letters;
    return {
      ...item,
      text: part[0],
      left: (left + (right - left) * from) * width,
      right: (left + (right - left) * to) * width,
      top: top * height,
      bottom: bottom * height,
    };
  });
}

function rowsOf(items: readonly Placed[]): readonly (readonly Placed[])[] {
  const rows: { top: number; bottom: number; items: Placed[] }[] = [];
  for (const item of items.toSorted((a, b) => a.top + a.bottom - b.top - b.bottom)) {
    const row = rows.findLast((one) => {
      const shared = Math.min(one.bottom, item.bottom) - Math.max(one.top, item.top);
      return shared >= 0.5 * Math.min(one.bottom - one.top, item.bottom - item.top);
    });
    if (row === undefined) rows.push({ top: item.top, bottom: item.bottom, items: [item] });
    else row.items.push(item);
  }
  return rows.map((row) => row.items.toSorted((a, b) => a.left - b.left));
}

function columnsOf(row: readonly Placed[]): readonly Segment[] {
  const groups: Placed[][] = [];
  for (const item of row) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group === undefined || before === undefined || item.left - before.right > 1.5 * Math.max(item.size, before.size)) groups.push([item]);
    else group.push(item);
  }
  return groups.map(segmentOf);
}

function segmentOf(items: readonly Placed[]): Segment {
  let text = '';
  const letters: Letter[] = [];
  let right = Number.NEGATIVE_INFINITY;
  const put = (letter: string, place: Letter): void => {
    text += letter;
    letters.push(place);
  };
  for (const item of items) {
    const { top, bottom } = item;
    const gap = item.left - right;
    // Two spaces for a wide gap: letters pulled apart show their words by it.
    if (text !== '' && gap > 0.12 * item.size) {
      const spaces = gap > 0.75 * item.size ? '  ' : ' ';
      for (const space of spaces) put(space, { left: right, right: item.left, top, bottom });
    }
    const step = (item.right - item.left) / Math.max(1, item.text.length);
    for (let at = 0; at < item.text.length; at += 1) {
      put(item.text[at] ?? '', { left: item.left + step * at, right: item.left + step * (at + 1), top, bottom });
    }
    right = Math.max(right, item.right);
  }
  return { text, letters, ...factsOf(items) };
}

function factsOf(items: readonly Placed[]): Omit<Segment, 'text' | 'letters'> {
  const weight = (chosen: (item: Placed) => boolean): number => items.filter(chosen).reduce((sum, item) => sum + item.text.length, 0);
  const known = weight((item) => item.font !== '');
  const share = (pattern: RegExp): boolean | undefined => (known === 0 ? undefined : weight((item) => pattern.test(item.font)) > known / 2);
  return {
    page: items[0]?.page ?? 1,
    left: Math.min(...items.map((item) => item.left)),
    top: Math.min(...items.map((item) => item.top)),
    right: Math.max(...items.map((item) => item.right)),
    bottom: Math.max(...items.map((item) => item.bottom)),
    size: items.reduce((most, item) => Math.max(most, item.size), 0),
    bold: share(/bold|black|heavy|semibold/i),
    italic: share(/italic|oblique/i),
    marks: [...new Set(items.map((item) => item.mark).filter((mark) => mark !== ''))],
  };
}

/** The part of a segment between two letters, without the spaces at its ends; undefined when nothing is left. */
export function partOf(segment: Segment, from: number, to: number): Segment | undefined {
  const raw = segment.text.slice(from, to);
  const start = from + (raw.length - raw.trimStart().length);
  const end = start + raw.trim().length;
  const letters = segment.letters.slice(start, end);
  if (letters.length === 0) return undefined;
  const left = Math.min(...letters.map((letter) => letter.left));
  const right = Math.max(...letters.map((letter) => letter.right));
  return { ...segment, text: segment.text.slice(start, end), letters, left, right };
}

/** Segments of one line put together again, with a gap between. */
export function joined(segments: readonly Segment[]): Segment | undefined {
  const [first, ...rest] = segments.toSorted((a, b) => a.left - b.left);
  return rest.reduce<Segment | undefined>((line, next) => {
    if (line === undefined) return next;
    const gap: Letter = { left: line.right, right: next.left, top: next.top, bottom: next.bottom };
    return {
      ...line,
      text: `${line.text}  ${next.text}`,
      letters: [...line.letters, gap, gap, ...next.letters],
      top: Math.min(line.top, next.top),
      right: next.right,
      bottom: Math.max(line.bottom, next.bottom),
      marks: [...line.marks, ...next.marks],
    };
  }, first);
}

/** Where the letters from `from` to `to` stand, as the window shows it. */
export function placeOf(sheet: Sheet, segment: Segment, from = 0, to = segment.text.length): PagePlace {
  const letters = segment.letters.slice(from, Math.max(from + 1, to));
  const least = (of: (letter: Letter) => number): number => Math.min(...letters.map(of));
  const most = (of: (letter: Letter) => number): number => Math.max(...letters.map(of));
  const inside = (value: number): number => Math.min(1, Math.max(0, value));
  return {
    page: sheet.page,
    box: [
      inside(least((letter) => letter.left) / sheet.width),
      inside(least((letter) => letter.top) / sheet.height),
      inside(most((letter) => letter.right) / sheet.width),
      inside(most((letter) => letter.bottom) / sheet.height),
    ],
  };
}

/** The middle of it, across. */
export function middle(rect: Rect): number {
  return (rect.left + rect.right) / 2;
}
