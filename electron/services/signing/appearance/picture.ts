import { deflateSync } from 'node:zlib';
import type { Result } from '../../../foundation/outcome.ts';
import { readPng, type Pixels, type PngFault } from './png.ts';

/** What a picture is meant to be: the leader's handwriting, blue, or the agency's seal, red (NĐ 30/2020 Annex I.II.7.d, II.8.a). */
export type PictureUse = 'signature' | 'seal';

/** A picture ready to be drawn, cut to what is seen of it. Plain data: read once, drawn into many files. */
export type Picture = {
  /** pixels */
  readonly width: number;
  readonly height: number;
  /** deflated: three bytes, one byte and one bit to a pixel, rows from the top; a set bit is not painted */
  readonly colour: Uint8Array;
  readonly opacity: Uint8Array;
  readonly stencil: Uint8Array;
  /** of what is seen: a seal's true size; a signature's largest one, undefined where it may fill its place */
  readonly millimetres: { readonly width: number; readonly height: number } | undefined;
};

/**
 * Why a picture is not used.
 * - `opaque`: no transparent background; `empty`: nothing to be seen
 * - `wrong-colour`: what is seen is not mostly of the colour that `use` wants
 * - `no-size`: a seal, of which neither the office nor the file says how large it is; `wrong-size`: no seal is so large or small
 * - `coarse`: too few pixels for the size it is printed in; `needed` across
 */
export type PictureRefusal =
  | { readonly code: `image-${PngFault['code']}` | 'image-opaque' | 'image-empty' | 'image-no-size' }
  | { readonly code: 'image-wrong-colour'; readonly wanted: 'blue' | 'red' }
  | { readonly code: 'image-wrong-size'; readonly millimetres: number }
  | { readonly code: 'image-coarse'; readonly pixels: number; readonly needed: number };

/**
 * What the decree leaves open (it says blue, red, transparent, real size); the limits are this program's. No State seal is
 * as small or large as `sealMm`. `dpi`: below it pixels are seen on paper. `signatureMm`: the width it is drawn in, and the largest.
 */
const pictureRules = { sealMm: [20, 50], dpi: 120, signatureMm: [40, 60], shareOfColour: 0.7, shareTransparent: 0.2, shareWhite: 0.1 } as const;

const clear = 16;

/**
 * Reads a PNG of a signature or a seal, checks it and cuts it to what is seen. `widthMm` is the width on paper: of a seal as
 * measured, which goes before the resolution that the file states; of a signature as its person wants it, if the place has the room.
 */
export function readPicture(bytes: Uint8Array, use: PictureUse, widthMm?: number): Result<Picture, PictureRefusal> {
  const read = readPng(bytes);
  if (!read.ok) return refused({ code: `image-${read.failure.code}` });
  const pixels = read.value;
  const box = seenBox(pixels);
  if (box === undefined) return refused({ code: 'image-empty' });
  const { transparent, white, blue, red } = sharesOf(pixels);
  if (!pixels.hasAlpha || transparent < pictureRules.shareTransparent || white > pictureRules.shareWhite) return refused({ code: 'image-opaque' });
  const wanted = use === 'seal' ? 'red' : 'blue';
  if ((wanted === 'red' ? red : blue) < pictureRules.shareOfColour) return refused({ code: 'image-wrong-colour', wanted });
  const millimetres = trueSize(box, use === 'seal' ? pixels.perMetre : undefined, widthMm);
  if (use === 'seal') {
    if (millimetres === undefined) return refused({ code: 'image-no-size' });
    const [least, most] = pictureRules.sealMm;
    const largest = Math.max(millimetres.width, millimetres.height);
    if (largest < least || largest > most) return refused({ code: 'image-wrong-size', millimetres: Math.round(largest * 10) / 10 });
  }
  const [usual, widest] = pictureRules.signatureMm;
  const across = use === 'seal' ? (millimetres?.width ?? 0) : Math.min(millimetres?.width ?? usual, widest);
  const needed = Math.ceil((across / 25.4) * pictureRules.dpi);
  if (box.width < needed) return refused({ code: 'image-coarse', pixels: box.width, needed });
  return { ok: true, value: { width: box.width, height: box.height, ...layersOf(pixels, box), millimetres } };
}

function refused(failure: PictureRefusal): { readonly ok: false; readonly failure: PictureRefusal } {
  return { ok: false, failure };
}

type Cut = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

function seenBox({ width, height, rgba }: Pixels): Cut | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((rgba[(y * width + x) * 4 + 3] ?? 0) < clear) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

type Shares = { readonly transparent: number; readonly white: number; readonly blue: number; readonly red: number };

/** Of all pixels: the transparent and the opaque white ones. Of what is seen, weighed by opacity: the blue and the red. */
function sharesOf({ width, height, rgba }: Pixels): Shares {
  let [transparent, white, seen, blue, red] = [0, 0, 0, 0, 0];
  for (let at = 0; at < rgba.length; at += 4) {
    const r = rgba[at] ?? 0;
    const g = rgba[at + 1] ?? 0;
    const b = rgba[at + 2] ?? 0;
    const alpha = rgba[at + 3] ?? 0;
    if (alpha < clear) {
      transparent += 1;
      continue;
    }
    if (alpha > 200 && Math.min(r, g, b) > 235) white += 1;
    seen += alpha;
    const hue = hueOf(r, g, b);
    if (hue === undefined) continue;
    if (hue >= 195 && hue <= 270) blue += alpha;
    if (hue <= 20 || hue >= 335) red += alpha;
  }
  const all = width * height;
  return { transparent: transparent / all, white: white / all, blue: blue / seen, red: red / seen };
}

/** In degrees; undefined for what is nearly grey. */
function hueOf(r: number, g: number, b: number): number | undefined {
  const most = Math.max(r, g, b);
  const span = most - Math.min(r, g, b);
  if (span < 40) return undefined;
  const turn = most === r ? (g - b) / span : most === g ? 2 + (b - r) / span : 4 + (r - g) / span;
  return (turn * 60 + 360) % 360;
}

function trueSize(box: Cut, perMetre: Pixels['perMetre'], stated: number | undefined): Picture['millimetres'] {
  if (stated !== undefined) return { width: stated, height: (stated * box.height) / box.width };
  if (perMetre === undefined) return undefined;
  return { width: (box.width / perMetre[0]) * 1000, height: (box.height / perMetre[1]) * 1000 };
}

function layersOf({ width, rgba }: Pixels, box: Cut): Pick<Picture, 'colour' | 'opacity' | 'stencil'> {
  const colour = new Uint8Array(box.width * box.height * 3);
  const opacity = new Uint8Array(box.width * box.height);
  const row = Math.ceil(box.width / 8);
  const stencil = new Uint8Array(row * box.height);
  for (let y = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1) {
      const from = ((box.top + y) * width + box.left + x) * 4;
      const to = y * box.width + x;
      for (let part = 0; part < 3; part += 1) colour[to * 3 + part] = rgba[from + part] ?? 0;
      opacity[to] = rgba[from + 3] ?? 0;
      const bit = y * row + (x >> 3);
      if ((rgba[from + 3] ?? 0) < 128) stencil[bit] = (stencil[bit] ?? 0) | (0x80 >> (x & 7));
    }
  }
  // Not Buffers: what is handed to another process comes out as it went in.
  return { colour: new Uint8Array(deflateSync(colour)), opacity: new Uint8Array(deflateSync(opacity)), stencil: new Uint8Array(deflateSync(stencil)) };
}
