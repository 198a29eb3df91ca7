import type { Found, PdfDictionary, PdfView } from '../../../../foundation/pdf/index.ts';
import { dictionaryUnder, itemsOf, resolved, under } from '../values.ts';
import { numberOf } from './fonts.ts';
import { identity, type Matrix } from './geometry.ts';

/** Operators that take operands, and how many (ISO 32000-1 Annex A); colours may have any number. */
export const operandCounts: Readonly<Record<string, number>> = {
  w: 1, M: 1, m: 2, l: 2, c: 6, v: 4, y: 4, re: 4, cm: 6, g: 1, rg: 3, k: 4, gs: 1, Do: 1,
  Tf: 2, Tc: 1, Tw: 1, Tz: 1, TL: 1, Ts: 1, Tr: 1, Td: 2, TD: 2, Tm: 6, Tj: 1, TJ: 1, "'": 1, '"': 3,
};

/** Whether letters in a colour are seen on a ground; of what lies between, and of colours that are not stated outright, nobody knows. */
export type Tone = 'dark' | 'light' | 'unknown';

export function toneOf(red: number, green: number, blue: number): Tone {
  const light = 0.3 * Math.max(0, red) + 0.59 * Math.max(0, green) + 0.11 * Math.max(0, blue);
  return light > 0.75 ? 'light' : light < 0.5 ? 'dark' : 'unknown';
}

/** Entries of a graphics state that make colours something else than they are called. */
export const blending = ['BM', 'SMask', 'TR', 'TR2', 'HT', 'BG', 'BG2'];

/** A page may say that what is called grey is something else (ISO 32000-1 8.6.5.6). */
export function hasDefaultColours(view: PdfView, resources: Found<PdfDictionary> | undefined): boolean {
  const spaces = dictionaryUnder(view, resources, 'ColorSpace');
  return spaces !== undefined && [...spaces.value.entries.keys()].some((key) => key.startsWith('Default'));
}

/** The matrix of a form; undefined when there is one that cannot be read. */
export function ownMatrix(view: PdfView, form: Found<PdfDictionary>): Matrix | undefined {
  return form.value.entries.has('Matrix') ? matrixOf(view, under(view, form, 'Matrix')) : identity;
}

function matrixOf(view: PdfView, matrix: Found | undefined): Matrix | undefined {
  const items = matrix === undefined ? [] : itemsOf(matrix).map((value) => numberOf(resolved(view, { value, holder: matrix.holder })?.value));
  const [a, b, c, d, e, f] = items;
  if (items.length !== 6 || a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined) return undefined;
  return [a, b, c, d, e, f];
}
