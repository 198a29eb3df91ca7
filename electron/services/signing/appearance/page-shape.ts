import { pagesOf, rectangleOf, viewOf, type PdfFile } from '../../../foundation/pdf/index.ts';
import { damaged, read } from '../refusals.ts';
import type { Box } from '../wish.ts';

/** How far a page is turned clockwise when it is shown (/Rotate, ISO 32000-1 table 30). */
export type Turn = 0 | 90 | 180 | 270;

/** How a page is shown: cut to its crop box, then turned. */
export type PageShape = {
  /** of what is shown, upright, in points */
  readonly width: number;
  readonly height: number;
  readonly turn: Turn;
  /** lower left corner of the crop box in the page's own space */
  readonly left: number;
  readonly bottom: number;
  /** points to one unit of the page's space (/UserUnit, 7.7.3.3); all else here is in units */
  readonly unit: number;
};

/** A4, which readers take a page for that has no box of its own. */
const a4 = [0, 0, 595, 842] as const;

/** The shapes of all pages of the newest revision, in order. */
export function pageShapes(file: PdfFile): readonly PageShape[] {
  return read(pagesOf(viewOf(file))).map(({ inherited, page }) => {
    const media = rectangleOf(inherited.get('MediaBox')?.value) ?? a4;
    const crop = rectangleOf(inherited.get('CropBox')?.value) ?? media;
    const [left, bottom] = [Math.max(media[0], crop[0]), Math.max(media[1], crop[1])];
    const [right, top] = [Math.min(media[2], crop[2]), Math.min(media[3], crop[3])];
    if (right <= left || top <= bottom) throw damaged([{ code: 'wrong-type', at: page.holder.from }]);
    const rotate = inherited.get('Rotate')?.value;
    const asked = rotate?.kind === 'number' ? ((rotate.value % 360) + 360) % 360 : 0;
    const turn = ([90, 180, 270] as const).find((one) => one === asked) ?? 0;
    const isAcross = turn === 90 || turn === 270;
    const unit = page.value.entries.get('UserUnit');
    return { width: isAcross ? top - bottom : right - left, height: isAcross ? right - left : top - bottom, turn, left, bottom, unit: unit?.kind === 'number' && unit.value > 0 ? unit.value : 1 };
  });
}

/** A box as it is shown (points from the lower left corner of what is seen) in the page's own space. */
export function onPage({ width, height, turn, left, bottom }: PageShape, box: Box): Box {
  const right = box.left + box.width;
  const top = box.bottom + box.height;
  if (turn === 90) return { left: left + height - top, bottom: bottom + box.left, width: box.height, height: box.width };
  if (turn === 180) return { left: left + width - right, bottom: bottom + height - top, width: box.width, height: box.height };
  if (turn === 270) return { left: left + box.bottom, bottom: bottom + width - right, width: box.height, height: box.width };
  return { left: left + box.left, bottom: bottom + box.bottom, width: box.width, height: box.height };
}

/** The other way: a box of the page's own space as it is shown. */
export function asShown({ width, height, turn, left, bottom }: PageShape, box: Box): Box {
  const x = box.left - left;
  const y = box.bottom - bottom;
  if (turn === 90) return { left: y, bottom: height - x - box.width, width: box.height, height: box.width };
  if (turn === 180) return { left: width - x - box.width, bottom: height - y - box.height, width: box.width, height: box.height };
  if (turn === 270) return { left: width - y - box.height, bottom: x, width: box.height, height: box.width };
  return { left: x, bottom: y, width: box.width, height: box.height };
}
