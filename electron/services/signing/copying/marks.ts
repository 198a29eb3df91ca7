import { mm, type Drawing, type Mark } from '../appearance/drawing.ts';
import { widthIn, type LetteringFonts } from '../appearance/lettering.ts';
import type { PageShape } from '../appearance/page-shape.ts';
import type { Box } from '../wish.ts';

/**
 * What a copy of a stored document shows top right of its first page (TT 05/2025/TT-BNV art. 40.4, 41.2). The article wants “chữ in
 * thường” and yet prints the words in capitals: they are shown as it prints them.
 */
export const copyWords = 'BẢN SAO';

/** Size of the words (art. 40.4); the article says nothing of the agency's name, which has the same. */
const size = 10;
const line = 12;

/** Where the words stand is the program's choice: closer to the edge than the line of an attachment (`cornerDrawing`), which may be there already. */
const corner = { top: 3.2 * mm, right: 15 * mm } as const;
const foot = { bottom: 4 * mm, side: 15 * mm } as const;

/** A text and its box on the page as shown, in units of the page; the drawing itself is in points, as the article speaks of the size that is seen. */
export type Placed = { readonly box: Box; readonly drawing: Drawing };
type Size = Pick<PageShape, 'width' | 'height' | 'unit'>;

const inPoints = ({ width, height, unit }: Size): Pick<Size, 'width' | 'height'> => ({ width: width * unit, height: height * unit });
const inUnits = ({ left, bottom, width, height }: Box, { unit }: Size): Box => ({ left: left / unit, bottom: bottom / unit, width: width / unit, height: height / unit });

/** The words in the corner of a page; undefined where they find no room. */
export function wordsDrawing(shape: Size, fonts: LetteringFonts): Placed | undefined {
  const page = inPoints(shape);
  const width = widthIn(fonts.regular, copyWords) * size + 2;
  const height = line + 2;
  const right = Math.min(corner.right, page.width / 8);
  const top = Math.min(corner.top, page.height / 12);
  if (width + right > page.width || height + top > page.height) return undefined;
  const mark: Mark = { kind: 'text', text: copyWords, face: 'regular', size, left: 1, baseline: height - 10 };
  return { box: inUnits({ left: page.width - right - width, bottom: page.height - top - height, width, height }, shape), drawing: { width, height, marks: [mark] } };
}

/** The agency's name in the middle of the lower margin (art. 40.3), broken between words where one line does not hold it; undefined where it finds no room. */
export function footDrawing(name: string, shape: Size, fonts: LetteringFonts): Placed | undefined {
  const page = inPoints(shape);
  const widthOf = (text: string): number => widthIn(fonts.regular, text) * size;
  const room = page.width - 2 * Math.min(foot.side, page.width / 8);
  const lines: string[] = [];
  for (const word of name.split(/\s+/u).filter((one) => one !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const width = Math.max(...lines.map(widthOf), 0) + 2;
  const height = lines.length * line + 2;
  const bottom = Math.min(foot.bottom, page.height / 24);
  // On a page this small the foot would reach into the corner.
  if (lines.length === 0 || width > page.width || height + bottom > page.height / 2) return undefined;
  const marks = lines.map((text, index): Mark => ({ kind: 'text', text, face: 'regular', size, left: (width - widthOf(text)) / 2, baseline: height - line * index - 10 }));
  return { box: inUnits({ left: (page.width - width) / 2, bottom, width, height }, shape), drawing: { width, height, marks } };
}
