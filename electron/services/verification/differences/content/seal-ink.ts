import { integerIn, nameIn, streamData, type PdfView } from '../../../../foundation/pdf/index.ts';
import { asDictionary, readable, under } from '../values.ts';
import { around, inverse, sizeOf, type Area } from './geometry.ts';
import type { Painted } from './painted.ts';

/** How much of a place on the page an image hides: 0 nothing, 1 all. */
export type Veil = (area: Area) => number;

/** Above this part of full opacity something under it is hard to read. */
const opaqueFrom = 48;
/** A seal of 45 mm at 1 200 points to the inch has less than twice that; a larger mask counts as opaque. */
const mostPoints = 8 * 1024 * 1024;

type Mask = { readonly width: number; readonly height: number; /** of the points above and left of each */ readonly sums: Uint32Array };

/** Masks by the number of the image, each read once. */
export type Masks = Map<number, Mask | undefined>;

/**
 * Of an upright image with a soft mask of one byte a point (ISO 32000-1 11.6.5.3), as seals and signatures are; undefined when
 * it is opaque or its mask cannot be read. Every point counts: what is looked at here and there can have holes just there.
 */
export function veilOf(view: PdfView, item: Painted, masks: Masks): Veil | undefined {
  if (item.kind !== 'image' || item.image === undefined) return undefined;
  const [a, b, c, d] = item.matrix;
  const isUpright = (Math.abs(b) < 1e-6 && Math.abs(c) < 1e-6) || (Math.abs(a) < 1e-6 && Math.abs(d) < 1e-6);
  const back = inverse(item.matrix);
  if (!isUpright || back === undefined) return undefined;
  const { number } = item.image.holder;
  if (!masks.has(number)) masks.set(number, maskOf(view, item));
  const mask = masks.get(number);
  if (mask === undefined) return undefined;
  return (area) => {
    const [left, bottom, right, top] = around(back, area);
    const whole = sizeOf([left, bottom, right, top]);
    const inside: Area = [Math.max(0, left), Math.max(0, bottom), Math.min(1, right), Math.min(1, top)];
    return whole === 0 ? 1 : (meanOf(mask, inside) * sizeOf(inside)) / whole;
  };
}

function maskOf(view: PdfView, item: Painted & { readonly kind: 'image' }): Mask | undefined {
  const mask = asDictionary(under(view, asDictionary(item.image), 'SMask'));
  if (mask === undefined) return undefined;
  const width = integerIn(mask.value, 'Width') ?? 0;
  const height = integerIn(mask.value, 'Height') ?? 0;
  const isPlain = nameIn(mask.value, 'ColorSpace') === 'DeviceGray' && integerIn(mask.value, 'BitsPerComponent') === 8 && !mask.value.entries.has('Decode');
  if (!isPlain || width <= 0 || height <= 0 || width * height > mostPoints) return undefined;
  const data = readable(streamData(view, mask.holder.number));
  if (data === undefined || data.length < width * height) return undefined;
  const sums = new Uint32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      const alpha = data[y * width + x] ?? 255;
      // A veil hides a little; many of them hide all.
      row += alpha >= opaqueFrom ? 255 : alpha;
      sums[(y + 1) * (width + 1) + x + 1] = row + (sums[y * (width + 1) + x + 1] ?? 0);
    }
  }
  return { width, height, sums };
}

/** Mean opacity in a part of the unit square, to whole points outwards. */
function meanOf({ width, height, sums }: Mask, [left, bottom, right, top]: Area): number {
  if (right <= left || top <= bottom) return 0;
  const [x0, x1] = [Math.floor(left * width), Math.min(width, Math.ceil(right * width))];
  // Rows run from the top of the unit square down.
  const [y0, y1] = [Math.floor((1 - top) * height), Math.min(height, Math.ceil((1 - bottom) * height))];
  const sum = (x: number, y: number): number => sums[y * (width + 1) + x] ?? 0;
  const points = (x1 - x0) * (y1 - y0);
  return points <= 0 ? 1 : (sum(x1, y1) - sum(x0, y1) - sum(x1, y0) + sum(x0, y0)) / (255 * points);
}

/** The largest part that is hidden of any letter's room in a line of text, by all of them together. */
export function hiddenPart(veils: readonly Veil[], area: Area, letter: number): number {
  const columns = Math.max(1, Math.round((area[2] - area[0]) / Math.max(1, letter)));
  let most = 0;
  for (let column = 0; column < columns; column += 1) {
    const left = area[0] + ((area[2] - area[0]) * column) / columns;
    const right = area[0] + ((area[2] - area[0]) * (column + 1)) / columns;
    most = Math.max(most, veils.reduce((all, veil) => all + veil([left, area[1], right, area[3]]), 0));
  }
  return most;
}
