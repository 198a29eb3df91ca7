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
const anywhere = ['w', 'J', 'j', 'M', 'd', 'ri', 'i', 'gs', 'CS', 'cs', 'SC', 'SCN', 'sc', 'scn', 'G', 'g', 'RG', 'rg', 'K', 'k', 'Tc', 'Tw', 'Tz', 'TL', 'Tf', 'Tr', 'Ts', 'MP', 'DP', 'BMC', 'BDC', 'EMC'];
const shows: Readonly<Record<string, readonly PdfObject['kind'][]>> = { Tj: ['string'], "'": ['string'], '"': ['number', 'number', 'string'], TJ: ['array'], Tf: ['name', 'number'], Do: ['name'], gs: ['name'], BMC: ['name'] };
/** What takes no operands, and what takes any number of them is not named. */
const alone = ['q', 'Q', 'BT', 'ET', 'EMC', 'T*', 'h', 'S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'n', 'W', 'W*'];

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
      const isPlaced = anywhere.includes(operator) || (isText ? inText : outsideText).includes(operator);
      const kinds = shows[operator];
      const isFed = kinds === undefined || (kinds.length === operands.length && kinds.every((kind, n) => operands[n]?.kind === kind));
      const [tag] = operands;
      const isLayer = operator === 'BDC' && (operands.length !== 2 || tag?.kind !== 'name' || tag.name === 'OC');
      if (operator === 'BT' || operator === 'ET') isText = operator === 'BT';
      marks += operator === 'BMC' || operator === 'BDC' ? 1 : operator === 'EMC' ? -1 : 0;
      states += operator === 'q' ? 1 : operator === 'Q' ? -1 : 0;
      return isPlaced && isFed && !isLayer && (operands.length === 0 || !alone.includes(operator)) && marks >= 0 && states >= 0;
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
