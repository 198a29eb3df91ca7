import type { SqlValue } from '../../../store/index.ts';

/**
 * How a value is written: as it is; `flag`: 0 or 1 as false or true; `json`: JSON text as what it says; `json?`: the same,
 * and '' as null.
 */
export type ValueForm = 'plain' | 'flag' | 'json' | 'json?';

export type Element = {
  /** in the export, e.g. `codeNumber` */
  readonly name: string;
  /** in the database, e.g. `code_number` */
  readonly column: string;
  readonly form: ValueForm;
};

/** A column that no export holds. */
export type LeftOutColumn = {
  readonly why: string;
  /** what it has in a station that was filled from an export */
  readonly fill: () => SqlValue;
};

/** What holds for a whole export while its records are read. */
export type Moment = {
  /** number of the newest audit entry that is part of the export; 0: none */
  readonly lastEntry: number;
  /** the generation of the directory that everybody sees */
  readonly directory: number;
};

/** Thrown for a line of an export that is no record of its kind. */
export class UnfitRecord extends Error {
  override readonly name = 'UnfitRecord';
}

export type Row = Readonly<Record<string, SqlValue>>;

/** One kind of records: what stands in one file of the export, and in one table of the database. */
export type Kind = {
  /** also the name of its file, `documents/<kind>.jsonl` */
  readonly kind: string;
  readonly table: string;
  /** columns by which records are ordered; no two records are alike in them */
  readonly order: readonly string[];
  readonly elements: readonly Element[];
  readonly leftOut: Readonly<Record<string, LeftOutColumn>>;
  /** the row as it is exported; undefined when it is not. Default: as it is. */
  readonly exported?: (row: Row, moment: Moment) => Row | undefined;
  /** the row as it is stored; the other direction of `exported` */
  readonly stored?: (row: Row) => Row;
  /** a column that a trigger fills at the insert, so that it is set once more */
  readonly setAgain?: string;
};

/**
 * Describes a kind. `columns`: names of the table's columns with their form where it is not plain (`paper:flag`); an element
 * is called like its column, in the export's spelling.
 */
export function kindOf(
  kind: string,
  table: string,
  order: string,
  columns: string,
  more: Partial<Pick<Kind, 'leftOut' | 'exported' | 'stored' | 'setAgain'>> = {},
): Kind {
  const elements = words(columns).map((word) => {
    const [column = '', form = 'plain'] = word.split(':');
    return { name: column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), column, form: form as ValueForm };
  });
  return { kind, table, order: words(order), elements, leftOut: {}, ...more };
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
