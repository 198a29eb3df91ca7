import { legacyFields, type LegacyField, type LegacyRegister, type LegacySheet } from '#contract';
import { folded } from '../../foundation/pasted-table.ts';
import { letterOf, type TableRow } from './read/table.ts';
import { readDay } from './values.ts';

type Words = readonly (readonly [RegExp, LegacyField])[];

/** Names of columns that both registers share, as they are met; folded, short forms written out, "văn bản" left out. */
const shared: Words = [
  [/^(?:stt|tt|so tt|so thu tu|thu tu|dong trong tep cu|ly do chua nhap)$/, 'ignore'],
  [/\bmat$|^do mat/, 'secrecy'],
  [/trich yeu|noi dung|^ve viec|^tieu de/, 'subject'],
  [/^(?:ten )?(?:the )?loai$|^hinh thuc$/, 'typeName'],
  [/^so (?:va )?ky hieu|^ky hieu (?:va )?so|^so hieu/, 'code'],
  [/^ky hieu/, 'codeNotation'],
  [/nguoi ky|^ky boi|^chuc vu nguoi ky/, 'signerName'],
  [/^so (?:trang|to)\b/, 'pageAmount'],
  [/^ngay (?:thang )?(?:chuyen|giao|trinh)/, 'transferred'],
  [/^ky nhan|^chu ky/, 'receivedBy'],
  [/ghi chu|^chu thich/, 'description'],
];

/** Columns of NĐ 30/2020 annex IV.VI, with the names that offices gave them. */
const incoming: Words = [
  [/^ngay (?:thang )?(?:nam )?(?:den|nhan|vao so|tiep nhan)/, 'arrivedOn'],
  [/^so (?:thu tu )?(?:den|vao so|dang ky)/, 'arrivalNumber'],
  ...shared,
  [/^tac gia|^co quan(?! nhan)|^noi (?:gui|ban hanh|phat hanh)|^don vi (?:gui|ban hanh|phat hanh)/, 'issuerName'],
  [/^so$/, 'codeNumber'],
  [/^ngay(?: thang)?(?: nam)?(?: ban hanh| ky| phat hanh| cua)?$/, 'issuedDate'],
  [/nguoi nhan|^don vi (?:nhan|xu ly|giai quyet)|^noi nhan|^chuyen|^bo phan|^nguoi (?:xu ly|giai quyet)|xu ly$/, 'holders'],
];

/** Columns of annex IV.I. */
const outgoing: Words = [
  ...shared,
  [/ban luu|^(?:noi|don vi) luu|^luu$/, 'keepUnit'],
  [/^so luong|^so ban/, 'issuedAmount'],
  [/^noi (?:nhan|gui|den)|^kinh gui|^gui den|^co quan nhan|^don vi nhan|^nguoi nhan/, 'toPlaces'],
  [/^(?:don vi|phong|phong ban|nguoi|bo phan) (?:soan|tham muu|ban hanh|phat hanh)|^nguoi soan/, 'unitName'],
  [/^so(?: di| phat hanh)?$/, 'codeNumber'],
  [/^ngay(?: thang)?(?: nam)?(?: ban hanh| ky| phat hanh| di| cua)?$/, 'issuedDate'],
];

const words: Readonly<Record<LegacyRegister, Words>> = { incoming, outgoing };

/** Written short in heads. */
const shortForms: readonly (readonly [RegExp, string])[] = [
  [/\b(?:v b|vb)\b/g, 'van ban'],
  [/\b(?:c v|cv)\b/g, 'cong van'],
  [/\bk h\b|\bkh\b/g, 'ky hieu'],
  [/\bcq\b/g, 'co quan'],
  [/\bdv\b/g, 'don vi'],
  [/\bnd\b/g, 'noi dung'],
  [/\bsl\b/g, 'so luong'],
  [/\bbh\b/g, 'ban hanh'],
  [/\bng\b/g, 'ngay'],
  [/\b(?:van ban|cong van|to chuc)\b/g, ' '],
];

/** The name of a column as the tables above write it. */
function plainHead(head: string): string {
  const plain = folded(head).replaceAll(/[^a-z0-9]+/g, ' ').trim();
  return shortForms.reduce((text, [short, long]) => text.replaceAll(short, long), plain).replaceAll(/\s+/g, ' ').trim();
}

/** What a column looks like from its name; what has a name that nobody knows goes into the remarks, so that it is not lost. */
export function fieldOf(register: LegacyRegister, head: string): LegacyField {
  const plain = plainHead(head);
  if (plain === '') return head.trim() === '' ? 'ignore' : 'note';
  return words[register].find(([pattern]) => pattern.test(plain))?.[1] ?? 'note';
}

type Found = { readonly row: number; readonly rows: 1 | 2; readonly heads: readonly string[]; readonly score: number };

/** Fields by which a row is known to name columns. */
const telling = (field: LegacyField): boolean => field !== 'note' && field !== 'ignore';

function scoreOf(heads: readonly string[]): number {
  const fields = (register: LegacyRegister): number => new Set(heads.map((head) => fieldOf(register, head)).filter(telling)).size;
  // What names columns is short; a row of the register itself may hold such words too.
  return heads.some((head) => head.length > 80) ? 0 : Math.max(fields('incoming'), fields('outgoing'));
}

/**
 * The heads of the columns when row `index` holds them. A head of two rows is met where "Văn bản" stands over its number and
 * its date: what stands below tells, and what has nothing below holds for both.
 */
function headsAt(rows: readonly TableRow[], index: number, height: 1 | 2): readonly string[] {
  const [upper, lower] = [rows[index], height === 2 ? rows[index + 1] : undefined];
  const width = Math.max(upper?.cells.length ?? 0, lower?.cells.length ?? 0);
  return Array.from({ length: width }, (_, column) => {
    const below = lower?.cells[column]?.text ?? '';
    return below === '' ? (upper?.cells[column]?.text ?? '') : below;
  });
}

function findHeader(rows: readonly TableRow[]): Found | null {
  let best: Found | null = null;
  for (let index = 0; index < Math.min(rows.length, 60); index += 1) {
    for (const height of [1, 2] as const) {
      const row = rows[index];
      if (row === undefined || (height === 2 && rows[index + 1]?.line !== row.line + 1)) continue;
      // A title over the names is not their upper half.
      if (height === 2 && scoreOf(headsAt(rows, index, 1)) < 2) continue;
      const heads = headsAt(rows, index, height);
      const score = scoreOf(heads);
      if (score >= 3 && score > (best?.score ?? 0)) best = { row: row.line, rows: height, heads, score };
    }
  }
  return best;
}

/** The names of the columns of a header that was chosen by hand or found. */
export function headsOf(rows: readonly TableRow[], header: { readonly row: number; readonly rows: number }): readonly string[] {
  const index = rows.findIndex(({ line }) => line === header.row);
  return index === -1 ? [] : headsAt(rows, index, header.rows === 2 ? 2 : 1);
}

/** What a sheet looks like, from its first rows. */
export function lookAt(name: string, hidden: boolean, rows: readonly TableRow[], fileName: string): LegacySheet {
  const found = findHeader(rows);
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const above = rows.filter(({ line }) => found === null || line < found.row).flatMap(({ cells }) => cells.map((cell) => cell?.text ?? ''));
  const register = registerOf(found?.heads ?? [], [...above, name, fileName]);
  return {
    name,
    hidden,
    header: found === null ? null : { row: found.row, rows: found.rows },
    register,
    year: yearOf(found, rows, register, [...above, name, fileName]),
    columns: Array.from({ length: width }, (_, index) => {
      const head = found?.heads[index] ?? '';
      return { index, letter: letterOf(index), head, incoming: fieldOf('incoming', head), outgoing: fieldOf('outgoing', head) };
    }),
    first: rows.slice(0, 12).map(({ line, cells }) => ({ row: line, cells: Array.from({ length: width }, (_, index) => cells[index]?.text.slice(0, 200) ?? '') })),
  };
}

function registerOf(heads: readonly string[], titles: readonly string[]): LegacyRegister | null {
  const fields = heads.map((head) => fieldOf('incoming', head));
  if (fields.includes('arrivalNumber') || fields.includes('arrivedOn')) return 'incoming';
  const words = folded(titles.join(' '));
  if (/\bden\b/.test(words) && !/\bdi\b/.test(words)) return 'incoming';
  if (/\bdi\b/.test(words) && !/\bden\b/.test(words)) return 'outgoing';
  if (heads.length === 0) return null;
  return fields.includes('issuerName') ? 'incoming' : 'outgoing';
}

/** The year that titles name; else the one from which most of the first rows are. */
function yearOf(found: Found | null, rows: readonly TableRow[], register: LegacyRegister | null, titles: readonly string[]): number | null {
  for (const title of titles) {
    const [, year = ''] = /(?:^|\D)((?:19[7-9]|20)\d\d)(?:\D|$)/.exec(title) ?? [];
    if (year !== '' && Number(year) >= 1976) return Number(year);
  }
  if (found === null || register === null) return null;
  const column = found.heads.findIndex((head) => fieldOf(register, head) === (register === 'incoming' ? 'arrivedOn' : 'issuedDate'));
  const counts = new Map<number, number>();
  for (const { line, cells } of rows) {
    const cell = line > found.row ? cells[column] : undefined;
    const day = cell === undefined ? undefined : readDay(cell, null);
    if (typeof day === 'string') counts.set(Number(day.slice(0, 4)), (counts.get(Number(day.slice(0, 4))) ?? 0) + 1);
  }
  const [year] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  return year !== undefined && year >= 1976 && year < 2200 ? year : null;
}

/** Fields without which a row cannot be an entry, that no column holds; one of a group is enough. */
export function missingFields(register: LegacyRegister, fields: readonly LegacyField[]): readonly LegacyField[] {
  const needed: readonly (readonly LegacyField[])[] =
    register === 'incoming' ? [['arrivalNumber'], ['arrivedOn'], ['subject']] : [['code', 'codeNotation'], ['issuedDate'], ['subject']];
  const missing = needed.filter((group) => !group.some((field) => fields.includes(field))).flatMap(([first]) => first ?? []);
  // A symbol alone has no number.
  return register === 'outgoing' && fields.includes('codeNotation') && !fields.includes('code') && !fields.includes('codeNumber')
    ? [...missing, 'codeNumber']
    : missing;
}

/** Whether a register has a field. */
export function hasField(register: LegacyRegister, field: LegacyField): boolean {
  return legacyFields[register].includes(field);
}
