import { integerIn, nameIn, streamData, type PdfView } from '../../../../foundation/pdf/index.ts';
import { asDictionary, readable, under } from '../values.ts';
import { inverse, moved, type Area } from './geometry.ts';
import type { Painted } from './painted.ts';

/** Which points of the page an image hides; undefined when it is opaque or its mask cannot be read. */
export type InkMask = (x: number, y: number) => boolean;

/** Above this part of full opacity something under it is hard to read. */
const opaqueFrom = 48;

/** Of an image with a soft mask of one byte a point (ISO 32000-1 11.6.5.3), as seals and signatures are. */
export function inkMaskOf(view: PdfView, item: Painted): InkMask | undefined {
  if (item.kind !== 'image') return undefined;
  const mask = asDictionary(under(view, asDictionary(item.image), 'SMask'));
  const back = inverse(item.matrix);
  if (mask === undefined || back === undefined) return undefined;
  const width = integerIn(mask.value, 'Width') ?? 0;
  const height = integerIn(mask.value, 'Height') ?? 0;
  const isPlain = nameIn(mask.value, 'ColorSpace') === 'DeviceGray' && integerIn(mask.value, 'BitsPerComponent') === 8 && !mask.value.entries.has('Decode');
  const data = isPlain ? readable(streamData(view, mask.holder.number)) : undefined;
  if (data === undefined || width <= 0 || height <= 0 || data.length < width * height) return undefined;
  return (x, y) => {
    const [u, v] = moved(back, x, y);
    if (u < 0 || u >= 1 || v < 0 || v >= 1) return false;
    // Rows run from the top of the unit square down.
    return (data[Math.floor((1 - v) * height) * width + Math.floor(u * width)] ?? 255) >= opaqueFrom;
  };
}

/** The largest part that is hidden of any letter's room in a line of text. */
export function hiddenPart(mask: InkMask, area: Area, letter: number): number {
  const columns = Math.max(1, Math.round((area[2] - area[0]) / Math.max(1, letter)));
  let most = 0;
  for (let column = 0; column < columns; column += 1) {
    const left = area[0] + ((area[2] - area[0]) * column) / columns;
    const right = area[0] + ((area[2] - area[0]) * (column + 1)) / columns;
    let hidden = 0;
    for (let n = 0; n < samples; n += 1) {
      for (let m = 0; m < samples; m += 1) {
        if (mask(left + ((right - left) * (n + 0.5)) / samples, area[1] + ((area[3] - area[1]) * (m + 0.5)) / samples)) hidden += 1;
      }
    }
    most = Math.max(most, hidden / (samples * samples));
  }
  return most;
}

const samples = 12;
