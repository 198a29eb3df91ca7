import { crc32, inflateSync } from 'node:zlib';
import type { Result } from '../../../foundation/outcome.ts';

/** The pixels of a PNG, eight bits to a sample, rows from the top. */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  /** red, green, blue, opacity of each pixel */
  readonly rgba: Uint8Array;
  /** whether the file says anything about opacity at all */
  readonly hasAlpha: boolean;
  /** pixels per metre across and down (pHYs); undefined when the file does not say */
  readonly perMetre: readonly [x: number, y: number] | undefined;
};

/**
 * Why a PNG is not taken.
 * - `not-png`: another kind of file; `broken`: cut off, a wrong checksum, or not as the standard wants it
 * - `too-large`: more bytes or pixels than any scan of a signature or seal needs
 */
export type PngFault = { readonly code: 'not-png' | 'broken' | 'too-large' };

/** A seal of 50 mm at 900 dpi has 3.1 million pixels; what is larger would keep everybody waiting while it is read. */
const pngLimits = { bytes: 8 * 1024 * 1024, pixels: 4_000_000 } as const;

type Head = { readonly width: number; readonly height: number; readonly depth: number; readonly colour: number; readonly isInterlaced: boolean };
type Chunk = { readonly type: string; readonly data: Uint8Array };
type Colours = { readonly palette: Uint8Array; readonly transparency: Uint8Array | undefined };

const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const depths: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };
/** First column and row, steps across and down, of the seven passes of an interlaced file (ISO/IEC 15948 §8.2). */
const passes = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;
const whole = [[0, 0, 1, 1]] as const;

class Broken extends Error {}

/**
 * Reads a PNG of any colour type, depth and interlacing (ISO/IEC 15948). Of 16-bit samples the upper eight are kept.
 * Never inflates more than the pixels that the head announces, and those are bounded.
 */
export function readPng(bytes: Uint8Array): Result<Pixels, PngFault> {
  if (Buffer.compare(bytes.subarray(0, 8), Buffer.from('89504e470d0a1a0a', 'hex')) !== 0) return { ok: false, failure: { code: 'not-png' } };
  if (bytes.length > pngLimits.bytes) return { ok: false, failure: { code: 'too-large' } };
  try {
    const chunks = chunksOf(bytes);
    const head = headOf(chunks[0]);
    if (head.width * head.height > pngLimits.pixels) return { ok: false, failure: { code: 'too-large' } };
    const colours = { palette: dataOf(chunks, 'PLTE') ?? new Uint8Array(), transparency: dataOf(chunks, 'tRNS') };
    const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
    const hasAlpha = head.colour >= 4 || colours.transparency !== undefined;
    return { ok: true, value: { width: head.width, height: head.height, rgba: pixelsOf(head, colours, packed), hasAlpha, perMetre: densityOf(dataOf(chunks, 'pHYs')) } };
  } catch (error) {
    if (error instanceof Broken) return { ok: false, failure: { code: 'broken' } };
    throw error;
  }
}

function chunksOf(bytes: Uint8Array): readonly Chunk[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks: Chunk[] = [];
  for (let at = 8; chunks.at(-1)?.type !== 'IEND'; ) {
    if (at + 12 > view.length) throw new Broken();
    const length = view.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > view.length || crc32(view.subarray(at + 4, end)) !== view.readUInt32BE(end)) throw new Broken();
    chunks.push({ type: view.toString('latin1', at + 4, at + 8), data: view.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

function dataOf(chunks: readonly Chunk[], type: string): Uint8Array | undefined {
  return chunks.find((one) => one.type === type)?.data;
}

function headOf(chunk: Chunk | undefined): Head {
  if (chunk?.type !== 'IHDR' || chunk.data.length !== 13) throw new Broken();
  const data = Buffer.from(chunk.data);
  const [depth = 0, colour = 0, compression, filter, interlace = 0] = data.subarray(8);
  const head = { width: data.readUInt32BE(0), height: data.readUInt32BE(4), depth, colour, isInterlaced: interlace === 1 };
  const isKnown = depths[colour]?.includes(depth) === true && compression === 0 && filter === 0 && interlace <= 1;
  if (!isKnown || head.width === 0 || head.height === 0) throw new Broken();
  return head;
}

function densityOf(data: Uint8Array | undefined): Pixels['perMetre'] {
  if (data?.length !== 9 || data[8] !== 1) return undefined;
  const x = Buffer.from(data).readUInt32BE(0);
  const y = Buffer.from(data).readUInt32BE(4);
  return x === 0 || y === 0 ? undefined : [x, y];
}

function pixelsOf(head: Head, colours: Colours, packed: Uint8Array): Uint8Array {
  const bits = head.depth * (channels[head.colour] ?? 1);
  const parts = (head.isInterlaced ? passes : whole)
    .map(([x, y, across, down]) => ({ x, y, across, down, columns: Math.ceil((head.width - x) / across), rows: Math.ceil((head.height - y) / down) }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
  const expected = parts.reduce((sum, { columns, rows }) => sum + rows * (1 + Math.ceil((columns * bits) / 8)), 0);
  const data = inflated(packed, expected);
  const rgba = new Uint8Array(head.width * head.height * 4);
  let at = 0;
  for (const { x, y, across, down, columns, rows } of parts) {
    const length = Math.ceil((columns * bits) / 8);
    unfilter(data.subarray(at, at + rows * (length + 1)), rows, length, Math.max(1, bits >> 3));
    for (let row = 0; row < rows; row += 1) {
      const line = data.subarray(at + row * (length + 1) + 1, at + (row + 1) * (length + 1));
      if (head.colour === 6 && head.depth === 8 && !head.isInterlaced) rgba.set(line, row * head.width * 4);
      else for (let column = 0; column < columns; column += 1) putPixel(rgba, ((y + row * down) * head.width + x + column * across) * 4, head, colours, line, column);
    }
    at += rows * (length + 1);
  }
  return rgba;
}

function inflated(packed: Uint8Array, expected: number): Uint8Array {
  try {
    const data = inflateSync(packed, { maxOutputLength: expected });
    if (data.length === expected) return data;
  } catch {
    // Zlib's own words help nobody: the file is broken, or it holds more than it announces.
  }
  throw new Broken();
}

/** Undoes the filter of each row in place (ISO/IEC 15948 §9). */
function unfilter(data: Uint8Array, rows: number, length: number, step: number): void {
  for (let row = 0; row < rows; row += 1) {
    const from = row * (length + 1);
    const filter = data[from] ?? 0;
    if (filter > 4) throw new Broken();
    if (filter === 0) continue;
    for (let index = 0; index < length; index += 1) {
      const at = from + 1 + index;
      const left = index >= step ? (data[at - step] ?? 0) : 0;
      const up = row > 0 ? (data[at - length - 1] ?? 0) : 0;
      const corner = row > 0 && index >= step ? (data[at - length - 1 - step] ?? 0) : 0;
      const foreseen = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
      data[at] = (data[at] ?? 0) + foreseen;
    }
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function putPixel(rgba: Uint8Array, to: number, { depth, colour }: Head, { palette, transparency }: Colours, line: Uint8Array, column: number): void {
  const many = channels[colour] ?? 1;
  const sample = (channel: number): number => sampleAt(line, column * many + channel, depth);
  const wide = (value: number): number => (depth === 16 ? value >> 8 : Math.round((value * 255) / ((1 << depth) - 1)));
  if (colour === 3) {
    const index = sample(0);
    if (index * 3 + 2 >= palette.length) throw new Broken();
    rgba.set([...palette.subarray(index * 3, index * 3 + 3), transparency?.[index] ?? 255], to);
    return;
  }
  const isGrey = colour === 0 || colour === 4;
  const samples = isGrey ? [sample(0), sample(0), sample(0)] : [sample(0), sample(1), sample(2)];
  // One colour of a file without an alpha channel may be named as the transparent one.
  const named = transparency && samples.every((value, index) => value === sampleAt(transparency, isGrey ? 0 : index, 16));
  const alpha = colour >= 4 ? wide(sample(many - 1)) : named === true ? 0 : 255;
  rgba.set([...samples.map(wide), alpha], to);
}

function sampleAt(line: Uint8Array, index: number, depth: number): number {
  if (depth === 8) return line[index] ?? 0;
  if (depth === 16) return ((line[index * 2] ?? 0) << 8) | (line[index * 2 + 1] ?? 0);
  const bit = index * depth;
  return ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}
