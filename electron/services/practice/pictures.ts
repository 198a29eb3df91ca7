import { deflateSync } from 'node:zlib';
import { pngOf } from '../signing/index.ts';

type Paint = (x: number, y: number) => readonly [red: number, green: number, blue: number, opacity: number];

/** The seal of the practice office: two rings and a star, so that it is no State seal. Transparent PNG. */
export function practiceSeal(): Uint8Array {
  const across = 420;
  return painted(across, across, (x, y) => {
    const middle = across / 2 - 0.5;
    const distance = Math.hypot(x - middle, y - middle) / (across / 2 - 8);
    const star = 0.25 + 0.15 * Math.cos(5 * Math.atan2(y - middle, x - middle) + Math.PI / 2);
    const isInk = distance <= 1 && (distance > 0.94 || (distance > 0.66 && distance < 0.69) || distance < star);
    return isInk ? [222, 30, 40, 235] : [255, 255, 255, 0];
  });
}

/** A stroke like handwriting, in blue. Transparent PNG. */
export function practiceSignature(): Uint8Array {
  const [width, height] = [480, 200];
  return painted(width, height, (x, y) => {
    const t = (x / width) * Math.PI * 5;
    const line = height / 2 - Math.sin(t) * (height / 2 - 18) * (1 - x / (1.6 * width));
    const isInk = Math.abs(y - line) < 5 + Math.abs(Math.cos(t)) * 9;
    return isInk ? [20, 50, 190, 245] : [255, 255, 255, 0];
  });
}

function painted(width: number, height: number, paint: Paint): Uint8Array {
  const colour = Buffer.alloc(width * height * 3);
  const opacity = Buffer.alloc(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue, alpha] = paint(x, y);
      const place = y * width + x;
      colour.set([red, green, blue], place * 3);
      opacity[place] = alpha;
    }
  }
  return pngOf({ width, height, colour: deflateSync(colour), opacity: deflateSync(opacity), stencil: new Uint8Array(), millimetres: undefined });
}
