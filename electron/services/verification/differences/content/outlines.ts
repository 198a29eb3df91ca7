import { around, together, type Area, type Matrix } from './geometry.ts';

/** A glyph may be put together of others, and those of others again; real ones go two deep. */
const deepest = 6;
const mostParts = 64;

/**
 * Where the outlines of glyphs lie, from their points: the box that stands before them is what the font says, and readers draw
 * the points. Off-curve points bound their curves. `at`: where a glyph's description begins; undefined when it has none.
 */
export function inkReader(font: Buffer, unitsPerEm: number, at: (glyph: number) => number | undefined): (glyph: number) => Area | undefined {
  const known = new Map<number, Area | undefined>();
  const inkOf = (glyph: number, depth: number): Area | undefined => {
    if (known.has(glyph)) return known.get(glyph);
    const from = at(glyph);
    const ink = from === undefined ? nowhere : depth > deepest ? undefined : readInk(font, from, (part) => inkOf(part, depth + 1));
    known.set(glyph, ink);
    return ink;
  };
  return (glyph) => {
    try {
      const ink = unitsPerEm > 0 ? inkOf(glyph, 0) : undefined;
      return ink && [ink[0] / unitsPerEm, ink[1] / unitsPerEm, ink[2] / unitsPerEm, ink[3] / unitsPerEm];
    } catch (error) {
      // Buffer's own answer to a table that points outside.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  };
}

const nowhere: Area = [0, 0, 0, 0];

function readInk(font: Buffer, from: number, partOf: (glyph: number) => Area | undefined): Area | undefined {
  const contours = font.readInt16BE(from);
  return contours < 0 ? composite(font, from + 10, partOf) : simple(font, from + 10, contours);
}

/** OpenType `glyf`: ends of contours, instructions, flags with repeats, then steps in x and in y. */
function simple(font: Buffer, from: number, contours: number): Area {
  if (contours === 0) return nowhere;
  const points = font.readUInt16BE(from + (contours - 1) * 2) + 1;
  let at = from + contours * 2;
  at += 2 + font.readUInt16BE(at);
  const flags: number[] = [];
  while (flags.length < points) {
    const flag = font.readUInt8(at);
    const times = (flag & 8) === 0 ? 0 : font.readUInt8(at + 1);
    at += (flag & 8) === 0 ? 1 : 2;
    for (let n = 0; n <= times; n += 1) flags.push(flag);
  }
  const range = (short: number, same: number): readonly [number, number] => {
    let [value, low, high] = [0, 0, 0];
    for (const flag of flags.slice(0, points)) {
      if ((flag & short) !== 0) {
        value += (flag & same) === 0 ? -font.readUInt8(at) : font.readUInt8(at);
        at += 1;
      } else if ((flag & same) === 0) {
        value += font.readInt16BE(at);
        at += 2;
      }
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return [low, high];
  };
  const [left, right] = range(2, 16);
  const [bottom, top] = range(4, 32);
  return [left, bottom, right, top];
}

function composite(font: Buffer, from: number, partOf: (glyph: number) => Area | undefined): Area | undefined {
  let at = from;
  let all: Area = nowhere;
  for (let n = 0; n < mostParts; n += 1) {
    const flags = font.readUInt16BE(at);
    const part = partOf(font.readUInt16BE(at + 2));
    const areWords = (flags & 1) !== 0;
    // Parts that are put point on point lie who knows where.
    if (part === undefined || (flags & 2) === 0) return undefined;
    const [dx, dy] = areWords ? [font.readInt16BE(at + 4), font.readInt16BE(at + 6)] : [font.readInt8(at + 4), font.readInt8(at + 5)];
    at += areWords ? 8 : 6;
    const scale = (index: number): number => font.readInt16BE(at + index * 2) / 16384;
    const count = (flags & 8) !== 0 ? 1 : (flags & 64) !== 0 ? 2 : (flags & 128) !== 0 ? 4 : 0;
    const matrix: Matrix = count === 1 ? [scale(0), 0, 0, scale(0), dx, dy] : count === 2 ? [scale(0), 0, 0, scale(1), dx, dy] : count === 4 ? [scale(0), scale(1), scale(2), scale(3), dx, dy] : [1, 0, 0, 1, dx, dy];
    at += count * 2;
    // A place may be scaled with its part or not: readers differ.
    const [a, b, c, d] = matrix;
    const scaled = count === 0 || (flags & 0x1800) === 0x1000 ? all : together(all, around([a, b, c, d, dx * Math.hypot(a, b), dy * Math.hypot(c, d)], part));
    all = together(scaled, around(matrix, part));
    if ((flags & 32) === 0) return all;
  }
  return undefined;
}
