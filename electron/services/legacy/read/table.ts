/**
 * A cell as it is stored. `date`: a number that Excel shows as a day, here `yyyy-MM-dd`. `error`: #REF! and the like.
 * `no-value`: a formula whose value the file does not hold; formulas are never computed.
 */
export type Cell = { readonly kind: 'text' | 'number' | 'date' | 'error' | 'no-value'; readonly text: string };

/** A row with something in it. */
export type TableRow = {
  /** from 1, as Excel counts */
  readonly line: number;
  readonly cells: readonly (Cell | undefined)[];
  /** columns that a merged cell of a row above covers: what it says, and where it stands */
  readonly covered: ReadonlyMap<number, { readonly text: string; readonly line: number }>;
  /** how many columns its widest merged cell takes */
  readonly widest: number;
};

export type TableSheet = {
  readonly name: string;
  readonly hidden: boolean;
  /**
   * The rows some hundred at a time, so that others have their turn. `onPart` hears how much of the sheet is through, 0 to 1.
   * Throws TableRefused.
   */
  readonly rows: (onPart?: (part: number) => void) => AsyncGenerator<readonly TableRow[]>;
};

export type Table = {
  readonly kind: 'xlsx' | 'csv';
  readonly notes: readonly ('macros' | 'dates-of-1904')[];
  readonly sheets: readonly TableSheet[];
};

/** No column of a row is covered. */
export const uncovered: TableRow['covered'] = new Map();

/** `A` of 0, `AB` of 27. */
export function letterOf(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : `${letterOf(Math.floor(column / 26) - 1)}${letterOf(column % 26)}`;
}

/** A text as the register has it: Unicode composed, and what parts its words one space. */
export function cleaned(text: string): string {
  return text.replaceAll(/[\s\u00a0\u200b\ufeff]+/g, ' ').trim().normalize('NFC');
}
