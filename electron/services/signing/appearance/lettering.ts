import * as fontkit from '@cantoo/fontkit';
import { deflateSync } from 'node:zlib';
import type { IncrementPlan, PdfValue } from '../../../foundation/pdf/index.ts';

/** TrueType files that the decree's texts are drawn in: upright for numbers and lines, italic for dates. The host reads them. */
export type LetteringFonts = { readonly regular: Uint8Array; readonly italic: Uint8Array };

export type LetteringFace = keyof LetteringFonts;

type Letter = { readonly glyph: number; readonly width: number };

/** A part of a font with the letters of some texts. */
export type Lettering = {
  /** the text as a string of a content stream; only letters that it was made for */
  readonly shown: (text: string) => string;
  /** /BaseFont: the font's name with a mark that tells this subset from others */
  readonly name: string;
  /** objects from `first`, of which `first` is the font itself */
  readonly objects: (first: number) => IncrementPlan['objects'];
};

/** How many objects a lettering takes. */
export const letteringObjects = 6;

const opened = new WeakMap<Uint8Array, fontkit.Font>();

function fontOf(bytes: Uint8Array): fontkit.Font {
  const known = opened.get(bytes);
  if (known !== undefined) return known;
  const font = fontkit.create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) as fontkit.Font;
  opened.set(bytes, font);
  return font;
}

const widths = new WeakMap<Uint8Array, Map<string, number>>();

/** The width of a text in points at size 1. */
export function widthIn(font: Uint8Array, text: string): number {
  const known = widths.get(font) ?? new Map<string, number>();
  widths.set(font, known);
  let sum = 0;
  for (const letter of text.normalize('NFC')) {
    let width = known.get(letter);
    if (width === undefined) {
      const one = fontOf(font);
      width = (one.glyphForCodePoint(letter.codePointAt(0) ?? 0)?.advanceWidth ?? 0) / one.unitsPerEm;
      known.set(letter, width);
    }
    sum += width;
  }
  return sum;
}

/** Letters of the texts that the font has no picture of. */
export function missingLetters(font: Uint8Array, text: string): string {
  const one = fontOf(font);
  return Array.from(text.normalize('NFC')).filter((letter) => !one.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)).join('');
}

/** Letterings that were made, by their letters: the numbers and dates of a batch all need the same one. */
const made = new WeakMap<Uint8Array, Map<string, Lettering>>();
const mostKept = 16;

/**
 * A subset of a TrueType font as a composite font (ISO 32000-1 9.7): two bytes to a letter, embedded, with its letters'
 * meaning (ToUnicode) and a CIDSet, which PDF/A-1 wants (ISO 19005-1 6.3.5). All digits are in it; the same letters give
 * the same bytes.
 */
export function letteringOf(bytes: Uint8Array, texts: readonly string[]): Lettering {
  const letters = [...new Set(Array.from(`0123456789${texts.join('')}`.normalize('NFC')))].sort();
  const kept = made.get(bytes) ?? new Map<string, Lettering>();
  made.set(bytes, kept);
  const known = kept.get(letters.join(''));
  if (known !== undefined) return known;
  const lettering = newLettering(fontOf(bytes), letters);
  if (kept.size >= mostKept) kept.clear();
  kept.set(letters.join(''), lettering);
  return lettering;
}

function newLettering(font: fontkit.Font, wanted: readonly string[]): Lettering {
  const subset = font.createSubset();
  const letters = new Map<string, Letter>();
  const scale = 1000 / font.unitsPerEm;
  for (const letter of wanted) {
    const glyph = font.glyphForCodePoint(letter.codePointAt(0) ?? 0);
    if (glyph !== null) letters.set(letter, { glyph: subset.includeGlyph(glyph), width: glyph.advanceWidth * scale });
  }
  const lettersOf = (text: string): readonly Letter[] =>
    Array.from(text.normalize('NFC')).map((letter) => {
      const known = letters.get(letter);
      if (known === undefined) throw new Error(`lettering without ${letter}`);
      return known;
    });
  const program = subset.encode();
  const name = `${tagOf(letters)}+${font.postscriptName ?? 'Tinos'}`;
  const values = fontValues({ name }, font, program, letters);
  return {
    name,
    shown: (text) => `<${lettersOf(text).map(({ glyph }) => hex(glyph)).join('')}>`,
    objects: (first) => values(first).map((value, index) => ({ number: first + index, value })),
  };
}

function hex(number: number): string {
  return number.toString(16).toUpperCase().padStart(4, '0');
}

/** The values of a font's objects, numbered from `first`. */
function fontValues(name: PdfValue, font: fontkit.Font, program: Uint8Array, letters: ReadonlyMap<string, Letter>): (first: number) => readonly PdfValue[] {
  const scale = 1000 / font.unitsPerEm;
  const scaled = (value: number): number => Math.round(value * scale);
  const deflated = (data: Uint8Array, more: Record<string, PdfValue> = {}): PdfValue => ({ dictionary: { Filter: { name: 'FlateDecode' }, ...more }, stream: deflateSync(data) });
  const advances = [...letters.values()].sort((a, b) => a.glyph - b.glyph).flatMap(({ glyph, width }) => [glyph, [width]]);
  // The subset's glyphs are numbered without gaps, those that others are made of included, and glyph 0 stands for no letter.
  const count = new DataView(program.buffer, program.byteOffset).getUint16(tableAt(program, 'maxp') + 4);
  const present = Buffer.alloc(Math.ceil(count / 8));
  for (let glyph = 0; glyph < count; glyph += 1) present[glyph >> 3] = (present[glyph >> 3] ?? 0) | (0x80 >> (glyph & 7));
  const { minX, minY, maxX, maxY } = font.bbox;
  const streams = [deflated(program, { Length1: program.length }), deflated(Buffer.from(toUnicode(letters), 'latin1')), deflated(present)];
  return (first) => {
    const reference = (part: number): PdfValue => ({ reference: first + part });
    return [
      { dictionary: { Type: { name: 'Font' }, Subtype: { name: 'Type0' }, BaseFont: name, Encoding: { name: 'Identity-H' }, DescendantFonts: [reference(1)], ToUnicode: reference(4) } },
      {
        dictionary: {
          Type: { name: 'Font' },
          Subtype: { name: 'CIDFontType2' },
          BaseFont: name,
          CIDToGIDMap: { name: 'Identity' },
          CIDSystemInfo: { dictionary: { Registry: { text: 'Adobe' }, Ordering: { text: 'Identity' }, Supplement: 0 } },
          FontDescriptor: reference(2),
          DW: 0,
          W: advances,
        },
      },
      {
        dictionary: {
          Type: { name: 'FontDescriptor' },
          FontName: name,
          // serif and, as letters beyond Latin-1 are in it, symbolic
          Flags: font.italicAngle === 0 ? 6 : 70,
          FontBBox: [scaled(minX), scaled(minY), scaled(maxX), scaled(maxY)],
          ItalicAngle: font.italicAngle,
          Ascent: scaled(font.ascent),
          Descent: scaled(font.descent),
          CapHeight: scaled(font.capHeight),
          StemV: 80,
          FontFile2: reference(3),
          CIDSet: reference(5),
        },
      },
      ...streams,
    ];
  };
}

function tableAt(program: Uint8Array, tag: string): number {
  const view = Buffer.from(program.buffer, program.byteOffset, program.length);
  for (let index = 0; index < view.readUInt16BE(4); index += 1) {
    const at = 12 + index * 16;
    if (view.toString('latin1', at, at + 4) === tag) return view.readUInt32BE(at + 8);
  }
  throw new Error(`a font without ${tag}`);
}

/** Six capitals that tell one subset from another (ISO 32000-1 9.6.4), made from its letters. */
function tagOf(letters: ReadonlyMap<string, Letter>): string {
  let sum = 7;
  for (const letter of letters.keys()) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 26 ** 6;
  return Array.from({ length: 6 }, (_, index) => String.fromCharCode(65 + (Math.floor(sum / 26 ** index) % 26))).join('');
}

function toUnicode(letters: ReadonlyMap<string, Letter>): string {
  const lines = [...letters].map(([letter, { glyph }]) => `<${hex(glyph)}> <${Buffer.from(letter, 'utf16le').swap16().toString('hex').toUpperCase()}>`);
  const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, index) => lines.slice(index * 100, index * 100 + 100));
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <FFFF> endcodespacerange',
    ...blocks.flatMap((block) => [`${String(block.length)} beginbfchar`, ...block, 'endbfchar']),
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}
