import { entryOf, formOf, objectOf, textOf, type Found, type PdfDictionary, type PdfObject, type PdfValue, type PdfView } from '../../../foundation/pdf/index.ts';
import { fontNames, type SharedFonts } from '../appearance/drawing.ts';
import { letteringOf, type LetteringFace, type LetteringFonts } from '../appearance/lettering.ts';
import { read } from '../refusals.ts';

/**
 * Letters of the fonts that a prepared form brings: numbers with symbols upright, dates italic. The leader's signature covers
 * them, so what is filled in later brings no glyphs of its own, which nobody who verifies could believe.
 */
export const formLetters: Readonly<Record<LetteringFace, string>> = {
  regular: '0123456789/-.& ABCDEFGHIJKLMNOPQRSTUVWXYZĐĂÂÊÔƠƯabcdefghijklmnopqrstuvwxyzđăâêôơư',
  italic: '0123456789',
};

/** Numbers of the fonts in the form's default resources (ISO 32000-1 12.7.2) that are ours to the last byte; another's may draw anything. */
export function formFonts(view: PdfView, fonts: LetteringFonts): SharedFonts['known'] {
  let at: Found<PdfDictionary> | undefined = read(formOf(view))?.form;
  for (const part of ['DR', 'Font']) at = at && dictionaryIn(view, at, part);
  const known: Partial<Record<LetteringFace, number>> = {};
  for (const face of ['regular', 'italic'] as const) {
    const font = at?.value.entries.get(fontNames[face]);
    if (font?.kind !== 'reference') continue;
    const objects = letteringOf(fonts[face], [formLetters[face]]).objects(font.number);
    if (objects.every(({ number, value }) => isThere(value, read(objectOf(view, number))))) known[face] = font.number;
  }
  return known;
}

/** What fills are drawn with: the form's fonts where they have all letters, else new ones. */
export function fontsForFills(texts: SharedFonts['texts'], inForm: SharedFonts['known']): SharedFonts {
  const has = (face: LetteringFace): boolean => inForm[face] !== undefined && [...texts[face].join('').normalize('NFC')].every((letter) => formLetters[face].includes(letter));
  const chosen = (['regular', 'italic'] as const).filter(has);
  return {
    texts: { ...texts, ...Object.fromEntries(chosen.map((face) => [face, [formLetters[face]]])) },
    known: Object.fromEntries(chosen.map((face) => [face, inForm[face]])),
  };
}

function dictionaryIn(view: PdfView, parent: Found<PdfDictionary>, key: string): Found<PdfDictionary> | undefined {
  const one = read(entryOf(view, parent, key));
  return one?.value.kind === 'dictionary' ? { value: one.value, holder: one.holder } : undefined;
}

/** Whether an object is what this value is written as. */
function isThere(value: PdfValue, found: Found | undefined): boolean {
  if (found === undefined || value === null || typeof value !== 'object' || !('stream' in value)) return found !== undefined && agrees(value, found.value);
  const one = found.value;
  // Beside what was written there is /Length, and nothing that could lead elsewhere.
  return one.kind === 'stream' && one.dictionary.entries.size === Object.keys(value.dictionary).length + 1 && isPart(value, one.dictionary) && Buffer.compare(found.holder.source.slice(one.dataFrom, one.dataTo), value.stream) === 0;
}

function agrees(value: PdfValue | undefined, one: PdfObject | undefined): boolean {
  if (value === undefined || value === null || one === undefined) return false;
  if (typeof value === 'number') return one.kind === 'number' && Math.abs(one.value - value) < 1e-4;
  if (typeof value === 'boolean') return one.kind === 'boolean' && one.value === value;
  if (Array.isArray(value)) return one.kind === 'array' && one.items.length === value.length && value.every((item: PdfValue, n) => agrees(item, one.items[n]));
  if ('name' in value) return one.kind === 'name' && one.name === value.name;
  if ('reference' in value) return one.kind === 'reference' && one.number === value.reference;
  if ('text' in value) return one.kind === 'string' && textOf(one.bytes) === value.text;
  return 'dictionary' in value && one.kind === 'dictionary' && one.entries.size === Object.keys(value.dictionary).length && isPart(value, one);
}

function isPart({ dictionary }: { readonly dictionary: Readonly<Record<string, PdfValue | undefined>> }, one: PdfDictionary): boolean {
  return Object.entries(dictionary).every(([key, value]) => agrees(value, one.entries.get(key)));
}
