import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../../unit/store/helpers.ts';

/** Edges in millimetres from the upper left corner of the page. */
export type Edges = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

export type Seen = { readonly edgesOf: (isInk: (r: number, g: number, b: number) => boolean, within?: Edges) => Edges | undefined };

export const isRed = (r: number, g: number, b: number): boolean => r > 150 && r - g > 60 && r - b > 60;
export const isBlue = (r: number, g: number, b: number): boolean => b > 120 && b - r > 60 && b - g > 40;
export const isBlack = (r: number, g: number, b: number): boolean => Math.max(r, g, b) < 110;

/** A page as poppler draws it at 200 dpi. */
export function pageAsSeen(bytes: Buffer, page = 1): Seen {
  const path = join(scratchFolder(), 'seen.pdf');
  writeFileSync(path, bytes);
  const image = execFileSync('pdftoppm', ['-cropbox', '-r', '200', '-f', String(page), '-l', String(page), '-singlefile', path], { maxBuffer: 64_000_000 });
  const head = /^P6\s(\d+) (\d+)\s255\s/.exec(image.toString('latin1', 0, 40));
  const [width, height] = [Number(head?.[1]), Number(head?.[2])];
  const pixels = image.subarray(head?.[0].length);
  const dot = 25.4 / 200;
  return {
    edgesOf: (isInk, within) => {
      let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          if (within !== undefined && (x * dot < within.left || x * dot > within.right || y * dot < within.top || y * dot > within.bottom)) continue;
          const at = (y * width + x) * 3;
          if (!isInk(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0)) continue;
          [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
        }
      }
      return right < 0 ? undefined : { left: left * dot, top: top * dot, right: (right + 1) * dot, bottom: (bottom + 1) * dot };
    },
  };
}
