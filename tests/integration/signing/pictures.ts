import { crc32, deflateSync } from 'node:zlib';

/** A picture by its pixels: red, green, blue and opacity at each place. */
export type Paint = (x: number, y: number) => readonly [number, number, number, number];

type Options = { readonly perMetre?: number; readonly colour?: 2 | 6; readonly depth?: 8 | 16; readonly interlaced?: boolean; readonly filter?: number };

/** A PNG, written by the test's own hand. */
export function pngOf(width: number, height: number, paint: Paint, { perMetre, colour = 6, depth = 8, interlaced = false, filter = 0 }: Options = {}): Buffer {
  const channels = colour === 6 ? 4 : 3;
  const bytes = channels * (depth / 8);
  const passes = interlaced ? [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] : [[0, 0, 1, 1]];
  const rows: Buffer[] = [];
  for (const [x0 = 0, y0 = 0, dx = 1, dy = 1] of passes) {
    let before = Buffer.alloc(0);
    for (let y = y0; y < height; y += dy) {
      const raw: number[] = [];
      for (let x = x0; x < width; x += dx) {
        for (const value of paint(x, y).slice(0, channels)) raw.push(...(depth === 16 ? [value, 7] : [value]));
      }
      if (raw.length === 0) continue;
      const line = Buffer.from(raw);
      const at = (index: number, from: Buffer): number => from[index] ?? 0;
      const filtered = line.map((byte, index) => {
        const left = index >= bytes ? at(index - bytes, line) : 0;
        const up = at(index, before);
        const corner = index >= bytes ? at(index - bytes, before) : 0;
        const estimate = left + up - corner;
        const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
        return byte - ([0, left, up, Math.floor((left + up) / 2), a <= b && a <= c ? left : b <= c ? up : corner][filter] ?? 0);
      });
      rows.push(Buffer.from([filter]), Buffer.from(filtered));
      before = line;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  const physical = Buffer.alloc(9);
  physical.writeUInt32BE(perMetre ?? 0, 0);
  physical.writeUInt32BE(perMetre ?? 0, 4);
  physical[8] = 1;
  return pngFile([['IHDR', head], ...(perMetre === undefined ? [] : [['pHYs', physical] as const]), ['IDAT', deflateSync(Buffer.concat(rows))], ['IEND', Buffer.alloc(0)]]);
}

/** Chunks put together, with right checksums. */
export function pngFile(chunks: readonly (readonly [string, Buffer])[]): Buffer {
  const parts = chunks.map(([type, data]) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  });
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts]);
}

/** What every seal picture of the tests is: two rings and a star in the middle, so that no State seal is shown; `margin` pixels around it are clear. */
export function sealPng(across = 400, margin = 10, options: Options = {}): Buffer {
  const radius = across / 2;
  const middle = margin + radius - 0.5;
  return pngOf(across + 2 * margin, across + 2 * margin, (x, y) => {
    const distance = Math.hypot(x - middle, y - middle) / radius;
    const angle = Math.atan2(y - middle, x - middle);
    const star = 0.25 + 0.15 * Math.cos(5 * angle + Math.PI / 2);
    return distance <= 1 && (distance > 0.94 || (distance > 0.66 && distance < 0.69) || distance < star) ? [222, 30, 40, 235] : [255, 255, 255, 0];
  }, options);
}

/** A stroke like handwriting, in blue. */
export function signaturePng(width = 480, height = 200, options: Options = {}): Buffer {
  return pngOf(width, height, (x, y) => {
    const t = (x / width) * Math.PI * 5;
    const line = height / 2 - Math.sin(t) * (height / 2 - 8) * (1 - x / (1.6 * width));
    const under = Math.abs(y - (height - 8)) < 4 && x > width * 0.1;
    return Math.abs(y - line) < 7 + Math.abs(Math.cos(t)) * 12 || under ? [20, 50, 190, 245] : [255, 255, 255, 0];
  }, options);
}
