import type { LegacyField, LegacyFile, LegacyQuestion, LegacyRegister, LegacySheet, StoredFile } from '#contract';

/** What a clerk has chosen of a file, as typed. */
export type Choices = {
  readonly sheet: string;
  readonly register: LegacyRegister;
  readonly year: string;
  /** `7`, or `7-8` where the names of the columns take two rows */
  readonly header: string;
  /** by index of the column */
  readonly fields: readonly LegacyField[];
  readonly book: string;
  readonly perKind: boolean;
};

/** The choices that the program would make for a sheet. */
export function choicesFor(sheet: LegacySheet, thisYear: number, register: LegacyRegister = sheet.register ?? 'incoming'): Choices {
  const { header } = sheet;
  return {
    sheet: sheet.name,
    register,
    year: String(sheet.year ?? thisYear),
    header: header === null ? '' : header.rows === 2 ? `${String(header.row)}-${String(header.row + 1)}` : String(header.row),
    fields: sheet.columns.map((column) => column[register]),
    book: '',
    perKind: false,
  };
}

/** The sheet that is most likely meant: the first in sight with a header. */
export function likelySheet(file: LegacyFile): LegacySheet | undefined {
  return file.sheets.find(({ header, hidden }) => header !== null && !hidden) ?? file.sheets.find(({ header }) => header !== null) ?? file.sheets[0];
}

/** `7-8` as row and height; undefined for what is no row. */
export function headerFrom(typed: string): LegacyQuestion['header'] | undefined {
  const [, first, second] = /^\s*(\d{1,7})(?:\s*-\s*(\d{1,7}))?\s*$/.exec(typed) ?? [];
  const row = Number(first);
  if (first === undefined || row < 1 || (second !== undefined && Number(second) !== row + 1)) return undefined;
  return { row, rows: second === undefined ? 1 : 2 };
}

/** Whether a year can be asked for. */
export function isYear(typed: string, thisYear: number): boolean {
  return /^\d{4}$/.test(typed.trim()) && Number(typed) >= 1976 && Number(typed) <= thisYear;
}

/** What the core is asked; undefined while something typed is no row or no year. */
export function questionFrom(file: StoredFile, choices: Choices, thisYear: number): LegacyQuestion | undefined {
  const header = headerFrom(choices.header);
  if (header === undefined || !isYear(choices.year, thisYear)) return undefined;
  return {
    file,
    sheet: choices.sheet,
    header,
    columns: choices.fields.map((field, index) => ({ index, field })),
    register: choices.register,
    year: Number(choices.year),
    book: choices.register === 'incoming' ? choices.book.trim() : '',
    perKind: choices.register === 'outgoing' && Number(choices.year) < thisYear && choices.perKind,
  };
}
