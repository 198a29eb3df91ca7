import type { Found, PdfDictionary, PdfObject, PdfView } from '../../../../foundation/pdf/index.ts';
import { dictionaryUnder, itemsOf, resolved, under } from '../values.ts';
import { numberOf } from './fonts.ts';
import { identity, type Matrix } from './geometry.ts';

/** Operators that take operands, and how many (ISO 32000-1 Annex A); colours may have any number. */
export const operandCounts: Readonly<Record<string, number>> = {
  w: 1, M: 1, m: 2, l: 2, c: 6, v: 4, y: 4, re: 4, cm: 6, g: 1, rg: 3, k: 4, gs: 1, Do: 1,
  Tf: 2, Tc: 1, Tw: 1, Tz: 1, TL: 1, Ts: 1, Tr: 1, Td: 2, TD: 2, Tm: 6, Tj: 1, TJ: 1, "'": 1, '"': 3,
};

/** Operators that stand between BT and ET only, and those that never do (ISO 32000-1 8.2, figure 9). */
const inText = ['Td', 'TD', 'Tm', 'T*', 'Tj', 'TJ', "'", '"', 'ET'];
const outsideText = ['BT', 'q', 'Q', 'cm', 'm', 'l', 'c', 'v', 'y', 'h', 're', 'S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'n', 'W', 'W*', 'sh', 'BI', 'Do'];
/** What each takes (Annex A): `n` a number, `s` a string, `N` a name, `a` an array, `*` anything. Colours may take any number. */
const takes: Readonly<Record<string, string>> = {
  w: 'n', J: 'n', j: 'n', M: 'n', d: 'an', ri: 'N', i: 'n', gs: 'N', CS: 'N', cs: 'N', G: 'n', g: 'n', RG: 'nnn', rg: 'nnn', K: 'nnnn', k: 'nnnn',
  Tc: 'n', Tw: 'n', Tz: 'n', TL: 'n', Tf: 'Nn', Tr: 'n', Ts: 'n', MP: 'N', DP: 'N*', BMC: 'N', BDC: 'N*', EMC: '',
  Td: 'nn', TD: 'nn', Tm: 'nnnnnn', 'T*': '', Tj: 's', TJ: 'a', "'": 's', '"': 'nns', ET: '',
  BT: '', q: '', Q: '', cm: 'nnnnnn', m: 'nn', l: 'nn', c: 'nnnnnn', v: 'nnnn', y: 'nnnn', h: '', re: 'nnnn', S: '', s: '', f: '', F: '', 'f*': '', B: '', 'B*': '', b: '', 'b*': '', n: '', W: '', 'W*': '', sh: 'N', Do: 'N',
};
const colours = ['SC', 'SCN', 'sc', 'scn', 'BI'];
const letters: Readonly<Partial<Record<PdfObject['kind'], string>>> = { number: 'n', string: 's', name: 'N', array: 'a' };

function isFed(operator: string, operands: readonly PdfObject[]): boolean {
  const wanted = Object.hasOwn(takes, operator) ? takes[operator] : undefined;
  if (wanted === undefined) return colours.includes(operator);
  return wanted.length === operands.length && operands.every(({ kind }, n) => wanted[n] === '*' || wanted[n] === letters[kind]);
}

/** The order in which operators come. */
export type Order = {
  /** Whether every program takes the next operator for the same: it is one, stands where it may, has what it needs and closes what was opened. */
  readonly isInPlace: (operator: string, operands: readonly PdfObject[]) => boolean;
  /** nothing is left open */
  readonly isClosed: () => boolean;
};

/** Content of a layer (8.11.3.2) is never in order: not everybody sees it. */
export function orderOf(): Order {
  let isText = false;
  let marks = 0;
  let states = 0;
  return {
    isInPlace(operator, operands) {
      const isPlaced = !(isText ? outsideText : inText).includes(operator);
      const [tag] = operands;
      const isLayer = operator === 'BDC' && tag?.kind === 'name' && tag.name === 'OC';
      if (operator === 'BT' || operator === 'ET') isText = operator === 'BT';
      marks += operator === 'BMC' || operator === 'BDC' ? 1 : operator === 'EMC' ? -1 : 0;
      states += operator === 'q' ? 1 : operator === 'Q' ? -1 : 0;
      return isPlaced && isFed(operator, operands) && !isLayer && marks >= 0 && states >= 0;
    },
    isClosed: () => !isText && marks === 0 && states === 0,
  };
}

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
