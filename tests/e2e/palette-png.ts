import { writeFileSync } from 'node:fs';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';

/** Bytes of one picture at most: what shows them is read over slow lines too. */
const mostBytes = 150_000;

/** After this a window has come to rest. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1500));

/** Photographs a window for the documentation, once it has come to rest. */
export async function photograph(page: Page, path: string): Promise<void> {
  // A pointer that rests on something changes its look.
  await page.mouse.move(700, 2);
  await settled();
  const bytes = palettePng(await page.screenshot());
  if (bytes.length > mostBytes) throw new Error(`${path} would have ${String(bytes.length)} bytes, more than ${String(mostBytes)}`);
  writeFileSync(path, bytes);
}

/**
 * A screenshot (PNG, eight bits, not interlaced) as a PNG of at most 256 colours, each other pixel in the
 * nearest of them. A window of plain surfaces and letters takes a third of its bytes and looks the same.
 */
function palettePng(png: Uint8Array): Buffer {
  const { width, height, channels, rows } = pixelsOf(Buffer.from(png));
  const counts = new Map<number, number>();
  const colours = new Uint32Array(width * height);
  for (let at = 0; at < colours.length; at += 1) {
    const place = at * channels;
    const colour = ((rows[place] ?? 0) << 16) | ((rows[place + 1] ?? 0) << 8) | (rows[place + 2] ?? 0);
    colours[at] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = paletteOf(counts);
  const places = new Map(palette.map((colour, index) => [colour, index]));
  const lines = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < colours.length; at += 1) {
    const colour = colours[at] ?? 0;
    let place = places.get(colour);
    if (place === undefined) places.set(colour, (place = nearest(palette, colour)));
    lines[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = place;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const table = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const chunks = [chunk('IHDR', head), chunk('PLTE', table), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]);
}

/** The commonest as they are; then of colours that are nearly alike one, so that those of a small mark are not lost among greys. */
function paletteOf(counts: ReadonlyMap<number, number>): number[] {
  const byCount = [...counts].sort(([, a], [, b]) => b - a);
  const palette = new Set(byCount.slice(0, 64).map(([colour]) => colour));
  const alike = new Map<number, { readonly colour: number; all: number }>();
  for (const [colour, count] of byCount) {
    const one = alike.get(colour & 0xf0f0f0);
    if (one === undefined) alike.set(colour & 0xf0f0f0, { colour, all: count });
    else one.all += count;
  }
  for (const { colour } of [...alike.values()].sort((a, b) => b.all - a.all)) if (palette.size < 256) palette.add(colour);
  return [...palette];
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  for (const [index, one] of palette.entries()) {
    const [red, green, blue] = [(one >> 16) - (colour >> 16), ((one >> 8) & 255) - ((colour >> 8) & 255), (one & 255) - (colour & 255)];
    const distance = red * red + green * green + blue * blue;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

/** The pixels row by row, without the filters of RFC 2083 section 6. */
function pixelsOf(png: Buffer): { readonly width: number; readonly height: number; readonly channels: number; readonly rows: Buffer } {
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3];
  const packed = inflateSync(Buffer.concat(data));
  const line = width * channels;
  const rows = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (line + 1)] ?? 0;
    for (let x = 0; x < line; x += 1) {
      const left = x < channels ? 0 : (rows[y * line + x - channels] ?? 0);
      const up = y === 0 ? 0 : (rows[(y - 1) * line + x] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (rows[(y - 1) * line + x - channels] ?? 0);
      const estimate = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      rows[y * line + x] = ((packed[y * (line + 1) + 1 + x] ?? 0) + estimate) & 255;
    }
  }
  return { width, height, channels, rows };
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function chunk(name: string, bytes: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), bytes]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(bytes.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
