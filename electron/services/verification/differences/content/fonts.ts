import { integerIn, nameIn, streamData, type Found, type PdfDictionary, type PdfFile, type PdfObject, type PdfView } from '../../../../foundation/pdf/index.ts';
import { asDictionary, dictionaryUnder, itemsOf, readable, resolved, under } from '../values.ts';
import { together, type Area } from './geometry.ts';
import { readOutlines, type Outlines } from './glyphs.ts';
import { readToUnicode } from './to-unicode.ts';

/** What is needed of a font to know where its text stands. Widths and heights are parts of the size. */
export type Face = {
  readonly codeBytes: 1 | 2;
  /** NaN where nobody says it */
  readonly width: (code: number) => number;
  /** the glyph certainly shows nothing */
  readonly isBlank: (code: number) => boolean;
  /** where a letter's picture certainly lies; undefined where nobody knows which glyph it is, or its outlines */
  readonly inkOf: (code: number) => Area | undefined;
  /** where any letter's picture lies */
  readonly inkOfAny: () => Area | undefined;
  readonly unicode: (code: number) => string | undefined;
  readonly ascent: number;
  readonly descent: number;
  /** the object that holds it */
  readonly number: number;
  /** its name settles what its codes show: a standard font of Latin letters, without glyphs, codes or meanings of its own */
  readonly isStandard: boolean;
};

const known = new WeakMap<PdfFile, Map<string, Face | undefined>>();

/** Reads a font; undefined for those whose text has no known place: vertical, Type 3, foreign CMaps. */
export function faceOf(view: PdfView, font: Found<PdfDictionary>): Face | undefined {
  const faces = known.get(view.file) ?? new Map<string, Face | undefined>();
  known.set(view.file, faces);
  const { number, source } = font.holder;
  const key = `${view.reading} ${String(number)} ${String(source.origin ?? 0)} ${String(font.value.from)}`;
  if (!faces.has(key)) faces.set(key, readFace(view, font));
  return faces.get(key);
}

function readFace(view: PdfView, font: Found<PdfDictionary>): Face | undefined {
  const type = nameIn(font.value, 'Subtype');
  if (type === 'Type0') return compositeFace(view, font);
  return type === 'Type1' || type === 'TrueType' || type === 'MMType1' ? simpleFace(view, font) : undefined;
}

/** Generous: Vietnamese capitals carry two accents. */
const usualAscent = 0.95;
const usualDescent = -0.25;

/** Of a font that every reader has its own of: a width far from the usual one says nothing about the letter. */
function usualInk(width: number, usual: number): Area {
  return [0, usualDescent, width < 0.6 * usual ? usual : width, usualAscent];
}

/** Of a font that brings its glyphs: the outline, and the room that it says it takes. */
function outlined(outlines: Outlines | undefined, glyph: number | undefined, width: number): Area | undefined {
  const ink = glyph === undefined ? undefined : outlines?.inkOf(glyph);
  return ink && together(ink, [0, usualDescent, width, usualAscent]);
}

type Program = { readonly outlines: Outlines | undefined; readonly isEmbedded: boolean };

function programOf(view: PdfView, descriptor: Found<PdfDictionary> | undefined): Program {
  const reference = descriptor?.value.entries.get('FontFile2');
  const isEmbedded = ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor?.value.entries.has(key) === true);
  const bytes = reference?.kind === 'reference' ? readable(streamData(view, reference.number)) : undefined;
  return { outlines: bytes && readOutlines(bytes), isEmbedded };
}

function unicodeOf(view: PdfView, font: Found<PdfDictionary>): ReadonlyMap<number, string> | undefined {
  const reference = font.value.entries.get('ToUnicode');
  const bytes = reference?.kind === 'reference' ? readable(streamData(view, reference.number)) : undefined;
  return bytes && readToUnicode(bytes);
}

function simpleFace(view: PdfView, font: Found<PdfDictionary>): Face | undefined {
  const first = font.value.entries.has('FirstChar') ? integerIn(font.value, 'FirstChar') : 0;
  if (first === undefined) return undefined;
  const widths = itemsOf(under(view, font, 'Widths')).map(numberOf);
  const descriptor = dictionaryUnder(view, font, 'FontDescriptor');
  // Programs differ about codes without a width: then the place of what follows is not known.
  const missing = numberOf(descriptor?.value.entries.get('MissingWidth')) ?? NaN;
  const standard = widths.length === 0 ? standardWidth(font) : undefined;
  if (widths.length === 0 && standard === undefined) return undefined;
  const { outlines, isEmbedded } = programOf(view, descriptor);
  const encoding = under(view, font, 'Encoding');
  const isPlain = encoding === undefined || encoding.value.kind === 'name';
  const names = unicodeOf(view, font);
  const isSymbol = /Symbol|Dingbats/i.test(nameIn(font.value, 'BaseFont') ?? '');
  const width = standard ?? ((code: number) => (widths[code - first] ?? missing) / 1000);
  const isSure = isPlain && encoding === undefined;
  return {
    codeBytes: 1,
    width,
    inkOf: (code) => (isEmbedded ? outlined(outlines, isSure ? outlines?.glyphOf(code) : undefined, width(code)) : usualInk(width(code), (helvetica[code - 32] ?? 1000) / 1000)),
    inkOfAny: () => outlines?.inkOfAll(),
    isBlank(code) {
      if (!isEmbedded) return code === 32 && isPlain && !isSymbol;
      // With an encoding of its own the code says nothing about the glyph; above 7F the usual ones differ too.
      if (!isPlain || (encoding !== undefined && code > 0x7f)) return false;
      const glyph = outlines?.glyphOf(code);
      return glyph !== undefined && outlines?.isEmpty(glyph) === true;
    },
    unicode: (code) => names?.get(code) ?? (isPlain && !isSymbol && !isEmbedded && code >= 32 ? winAnsi(code) : undefined),
    ascent: usualAscent,
    descent: usualDescent,
    number: font.holder.number,
    isStandard: !isEmbedded && isOfItsName(font, descriptor) && !font.value.entries.has('ToUnicode') && isStandardName(nameIn(font.value, 'BaseFont') ?? '') && usualEncodings.includes(encoding?.value.kind === 'name' ? encoding.value.name : encoding?.value.kind),
  };
}

/** Some programs choose a font by what its descriptor says. */
function isOfItsName(font: Found<PdfDictionary>, descriptor: Found<PdfDictionary> | undefined): boolean {
  if (descriptor === undefined) return !font.value.entries.has('FontDescriptor');
  const isSymbolic = ((integerIn(descriptor.value, 'Flags') ?? 4) & 4) !== 0;
  return !isSymbolic && nameIn(descriptor.value, 'FontName') === nameIn(font.value, 'BaseFont');
}

const usualEncodings: readonly (string | undefined)[] = [undefined, 'WinAnsiEncoding', 'StandardEncoding'];

/** The standard fonts that every reader has (ISO 32000-1 9.6.2.2), but for the two of symbols. */
function isStandardName(name: string): boolean {
  return /^(?:Helvetica|Courier)(?:-(?:Bold|Oblique|BoldOblique))?$|^Times-(?:Roman|Bold|Italic|BoldItalic)$/.test(name);
}

function winAnsi(code: number): string {
  return code < 128 || code >= 160 ? String.fromCharCode(code) : new TextDecoder('windows-1252').decode(Uint8Array.of(code));
}

/** Helvetica's widths from the space to the tilde, in thousandths (ISO 32000-1 9.6.2.2: the standard fonts need not say theirs). */
const helvetica = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/** The widths of a standard font that states none; of the others nothing is known. */
function standardWidth(font: Found<PdfDictionary>): ((code: number) => number) | undefined {
  const name = nameIn(font.value, 'BaseFont') ?? '';
  if (/^Courier(-|$)/.test(name)) return () => 0.6;
  return /^Helvetica(-Oblique)?$/.test(name) ? (code) => (helvetica[code - 32] ?? NaN) / 1000 : undefined;
}

function compositeFace(view: PdfView, font: Found<PdfDictionary>): Face | undefined {
  const encoding = under(view, font, 'Encoding')?.value;
  if (encoding?.kind !== 'name' || encoding.name !== 'Identity-H') return undefined;
  const list = under(view, font, 'DescendantFonts');
  const [item] = itemsOf(list);
  const descendant = list && item && asDictionary(resolved(view, { value: item, holder: list.holder }));
  if (descendant === undefined) return undefined;
  const widths = cidWidths(view, descendant);
  const usual = descendant.value.entries.has('DW') ? (numberOf(descendant.value.entries.get('DW')) ?? NaN) : 1000;
  const { outlines, isEmbedded } = programOf(view, dictionaryUnder(view, descendant, 'FontDescriptor'));
  const map = under(view, descendant, 'CIDToGIDMap')?.value;
  const isIdentity = map === undefined || (map.kind === 'name' && map.name === 'Identity');
  const names = unicodeOf(view, font);
  const width = (code: number): number => (widths.get(code) ?? usual) / 1000;
  return {
    codeBytes: 2,
    width,
    inkOf: (code) => (isEmbedded ? outlined(outlines, isIdentity ? code : undefined, width(code)) : usualInk(width(code), 1)),
    inkOfAny: () => outlines?.inkOfAll(),
    isBlank: (code) => isIdentity && outlines?.isEmpty(code) === true,
    unicode: (code) => names?.get(code),
    ascent: usualAscent,
    descent: usualDescent,
    number: font.holder.number,
    // Without an encoding of letters nothing but its ToUnicode says what is shown.
    isStandard: false,
  };
}

/** /W (9.7.4.3): `first [widths]` and `first last width`. */
function cidWidths(view: PdfView, descendant: Found<PdfDictionary>): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  const list = under(view, descendant, 'W');
  const items = itemsOf(list);
  for (let n = 0; n < items.length && list !== undefined; ) {
    const first = numberOf(items[n]) ?? 0;
    const second = items[n + 1];
    const own = second === undefined ? undefined : resolved(view, { value: second, holder: list.holder });
    if (own?.value.kind === 'array') {
      for (const [index, width] of own.value.items.entries()) widths.set(first + index, numberOf(width) ?? NaN);
      n += 2;
    } else {
      const last = Math.min(numberOf(second) ?? 0, 0xffff);
      for (let code = first; code <= last; code += 1) widths.set(code, numberOf(items[n + 2]) ?? NaN);
      n += 3;
    }
  }
  return widths;
}

export function numberOf(value: PdfObject | undefined): number | undefined {
  return value?.kind === 'number' ? value.value : undefined;
}
