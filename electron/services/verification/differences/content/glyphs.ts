import { together, type Area } from './geometry.ts';
import { inkReader } from './outlines.ts';

/**
 * Which glyphs of an embedded TrueType program have no outline. A font may call any picture a space: only the outlines
 * say what is blank. Undefined when the program cannot be read.
 */
export type Outlines = {
  /** of a simple font: the glyph that a character code shows (ISO 32000-1 9.6.6.4, symbolic fonts) */
  readonly glyphOf: (code: number) => number | undefined;
  readonly isEmpty: (glyph: number) => boolean;
  /** where its outline lies, in parts of the size; undefined when that cannot be read */
  readonly inkOf: (glyph: number) => Area | undefined;
  /** where any glyph of the font lies */
  readonly inkOfAll: () => Area | undefined;
};

export function readOutlines(bytes: Uint8Array): Outlines | undefined {
  try {
    return outlinesOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    // Buffer's own answer to a table that points outside.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function outlinesOf(font: Buffer): Outlines | undefined {
  const tables = new Map<string, number>();
  const count = font.readUInt16BE(4);
  for (let n = 0; n < count; n += 1) tables.set(font.toString('latin1', 12 + n * 16, 16 + n * 16), font.readUInt32BE(20 + n * 16));
  const [head, loca, maxp] = ['head', 'loca', 'maxp'].map((tag) => tables.get(tag));
  if (head === undefined || loca === undefined || maxp === undefined) return undefined;
  const isLong = font.readUInt16BE(head + 50) === 1;
  const glyphs = font.readUInt16BE(maxp + 4);
  const offset = (glyph: number): number => (isLong ? font.readUInt32BE(loca + glyph * 4) : font.readUInt16BE(loca + glyph * 2) * 2);
  offset(glyphs);
  const cmap = tables.get('cmap');
  const codes = cmap === undefined ? undefined : codesOf(font, cmap);
  const isEmpty = (glyph: number): boolean => glyph >= 0 && glyph < glyphs && offset(glyph) === offset(glyph + 1);
  const glyf = tables.get('glyf');
  const inkOf = glyf === undefined ? () => undefined : inkReader(font, font.readUInt16BE(head + 18), (glyph) => (glyph >= 0 && glyph < glyphs && !isEmpty(glyph) ? glyf + offset(glyph) : undefined));
  return { glyphOf: (code) => codes?.get(code), isEmpty, inkOf, inkOfAll: once(() => allOf(glyphs, inkOf)) };
}

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: find() }).value;
}

function allOf(glyphs: number, inkOf: Outlines['inkOf']): Area | undefined {
  let all: Area = [0, 0, 0, 0];
  for (let glyph = 0; glyph < glyphs; glyph += 1) {
    const ink = inkOf(glyph);
    if (ink === undefined) return undefined;
    all = together(all, ink);
  }
  return all;
}

/** Codes of a (1,0) or (3,0) table; undefined when there are tables whose answers could differ. */
function codesOf(font: Buffer, cmap: number): ReadonlyMap<number, number> | undefined {
  const found: Map<number, number>[] = [];
  const count = font.readUInt16BE(cmap + 2);
  for (let n = 0; n < count; n += 1) {
    const at = cmap + 4 + n * 8;
    const key = `${String(font.readUInt16BE(at))} ${String(font.readUInt16BE(at + 2))}`;
    if (key !== '1 0' && key !== '3 0' && key !== '3 1') continue;
    const table = tableOf(font, cmap + font.readUInt32BE(at + 4));
    if (table === undefined) return undefined;
    found.push(table);
  }
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  const agreed = new Map<number, number>();
  for (const [code, glyph] of first) if (others.every((one) => !one.has(code) || one.get(code) === glyph)) agreed.set(code, glyph);
  return agreed;
}

function tableOf(font: Buffer, at: number): Map<number, number> | undefined {
  const codes = new Map<number, number>();
  const format = font.readUInt16BE(at);
  if (format === 0) for (let code = 0; code < 256; code += 1) codes.set(code, font.readUInt8(at + 6 + code));
  else if (format === 6) {
    const first = font.readUInt16BE(at + 6);
    const count = font.readUInt16BE(at + 8);
    for (let n = 0; n < count; n += 1) codes.set((first + n) & 0xff, font.readUInt16BE(at + 10 + n * 2));
  } else if (format === 4) segmentsOf(font, at, codes);
  else return undefined;
  return codes;
}

function segmentsOf(font: Buffer, at: number, codes: Map<number, number>): void {
  const doubled = font.readUInt16BE(at + 6);
  for (let n = 0; n < doubled; n += 2) {
    const end = font.readUInt16BE(at + 14 + n);
    const start = font.readUInt16BE(at + 16 + doubled + n);
    const delta = font.readUInt16BE(at + 16 + 2 * doubled + n);
    const rangeAt = at + 16 + 3 * doubled + n;
    const range = font.readUInt16BE(rangeAt);
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      // Of the private area F000–F0FF the low byte is the code (9.6.6.4).
      if (code > 0xff && (code < 0xf000 || code > 0xf0ff)) continue;
      const glyph = range === 0 ? code + delta : font.readUInt16BE(rangeAt + range + (code - start) * 2);
      if (glyph !== 0) codes.set(code & 0xff, (range === 0 ? glyph : glyph + delta) & 0xffff);
    }
  }
}
