import type { PlanField, PlanNumbering, PlanSheet, PlanTable, PlanTablePreview } from '#contract';
import { cleaned, firstRows, letterOf, type TableRow, type TableSheet } from '../../legacy/index.ts';
import { readRetention } from '../retention.ts';

/** Rows that are looked at to know a sheet, and how many of them are shown. */
const looked = 60;
const shown = 12;
const longestTitle = 500;

/** Names of columns in the decree's form (annex V part II) and in practice, without accents. */
const heads: readonly (readonly [PlanField, RegExp])[] = [
  ['notation', /^(so (va |, )?ky hieu|so, ky hieu|ky hieu|so ho so|ma ho so|so\/ky hieu)/],
  ['title', /(tieu de|ten de muc|ten ho so|noi dung)/],
  ['basis', /(can cu|co so phap ly|van ban quy dinh)/],
  ['retention', /(thoi han|thbq|bao quan|luu tru)/],
  ['unit', /(don vi|phong|ban)( lap| chu tri|$)/],
  ['person', /(nguoi lap|nguoi phu trach|nguoi chiu trach nhiem|nguoi)/],
  ['note', /ghi chu/],
];

const plain = (text: string): string => cleaned(text).normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase();
const textAt = (row: TableRow, column: number): string => cleaned(row.cells[column]?.text ?? '');

function fieldOf(head: string): PlanField {
  const words = plain(head);
  return words === '' ? 'ignore' : (heads.find(([, pattern]) => pattern.test(words))?.[0] ?? 'ignore');
}

/** What a sheet looks like: the row with names of columns is the first in which a title and a retention or code are named. */
export async function lookAtSheet(sheet: TableSheet): Promise<PlanSheet> {
  const rows = await firstRows(sheet, looked);
  const header = rows.find((row) => {
    const fields = row.cells.map((cell) => fieldOf(cell?.text ?? ''));
    return fields.includes('title') && (fields.includes('retention') || fields.includes('notation'));
  });
  const seen = new Set<PlanField>();
  const columns = Array.from({ length: Math.max(0, ...rows.map(({ cells }) => cells.length)) }, (_, index) => {
    const head = header === undefined ? '' : textAt(header, index);
    const guessed = fieldOf(head);
    const field = seen.has(guessed) ? 'ignore' : guessed;
    if (field !== 'ignore') seen.add(field);
    return { index, letter: letterOf(index), head, field };
  });
  return {
    name: sheet.name,
    hidden: sheet.hidden,
    header: header?.line ?? null,
    columns,
    first: rows.slice(0, shown).map((row) => ({ row: row.line, cells: Array.from(row.cells, (cell) => cell?.text ?? '') })),
  };
}

/** What the plan has already, so that codes are not taken twice. */
export type KnownPlan = { readonly notations: ReadonlySet<string>; readonly numbering: PlanNumbering };

/** `01.TCCB`, `1/TCCB`, `01-TCCB`, `12`; undefined for anything else. */
export function readNotation(text: string): { readonly number: number; readonly symbol: string } | undefined {
  const parts = /^0*(\d{1,5})(?:\s*[./-]\s*([\p{L}\d-]{1,20}))?$/u.exec(text);
  return parts === null || Number(parts[1]) === 0 ? undefined : { number: Number(parts[1]), symbol: (parts[2] ?? '').toLocaleUpperCase('vi') };
}

/**
 * Reads the rows below the header as headings and entries of a plan. A row without code and retention is a heading: a large
 * one with a Roman numeral before it, in capitals, or where none came yet; a small one else. Numbers that are not written are
 * given by the plan's rule when the rows are taken in.
 */
export async function readPlanTable(sheet: TableSheet, table: PlanTable, known: KnownPlan): Promise<PlanTablePreview> {
  const columnOf = (field: PlanField): number => table.columns.find((one) => one.field === field)?.index ?? -1;
  const [notationAt, titleAt, retentionAt, basisAt, unitAt, personAt, noteAt] = (['notation', 'title', 'retention', 'basis', 'unit', 'person', 'note'] as const).map(columnOf);
  const preview: PlanTablePreview = { counts: { headings: 0, good: 0, bad: 0, skipped: 0 }, headings: [], good: [], bad: [] };
  const seen = new Set<string>();
  let hasHeading = false;

  const at = (row: TableRow, column: number | undefined): string => (column === undefined || column < 0 ? '' : textAt(row, column));
  const judge = (row: TableRow): void => {
    const title = at(row, titleAt);
    const notation = at(row, notationAt);
    const retention = at(row, retentionAt);
    if (row.cells.every((_, column) => textAt(row, column) === '')) return;
    if (/^(tong so|tong cong|cong:)/.test(plain(title === '' ? notation : title)) || (title === '' && notation === '' && retention === '')) {
      preview.counts.skipped += 1;
      return;
    }
    if (retention === '' && at(row, unitAt) === '' && at(row, personAt) === '' && (title !== '' || notation !== '') && readNotation(notation) === undefined) {
      // A heading may stand in the column of codes, alone or with its mark there.
      takeHeading(row.line, title === '' ? notation : `${/^[IVXLC]+\.?$|^\d+\.?$/.test(notation) ? `${notation.replace('.', '')}. ` : ''}${title}`);
      return;
    }
    takeEntry(row, { title, notation, retention });
  };
  const takeHeading = (line: number, text: string): void => {
    const mark = /^(?:([IVXLC]+)|(\d+))\s*[.)-]\s*(.+)$/u.exec(text);
    const words = (mark?.[3] ?? text).trim();
    const inCapitals = words === words.toLocaleUpperCase('vi') && words !== words.toLocaleLowerCase('vi');
    const large = mark?.[1] !== undefined || (mark?.[2] === undefined && (inCapitals || !hasHeading)) || !hasHeading;
    const named = /^(.*?)\s*\(([\p{Lu}\d-]{1,20})\)$/u.exec(words);
    preview.headings.push({ row: line, large, symbol: large ? (named?.[2] ?? '') : '', title: (large ? (named?.[1] ?? words) : words).slice(0, longestTitle) });
    preview.counts.headings += 1;
    hasHeading = true;
  };
  const takeEntry = (row: TableRow, { title, notation, retention }: { readonly title: string; readonly notation: string; readonly retention: string }): void => {
    const problems: PlanTablePreview['bad'][number]['problems'] = [];
    const say = (code: (typeof problems)[number]['code'], column: number | undefined, params: Record<string, string | number> = {}): void => {
      problems.push({ code, column: column === undefined || column < 0 ? '' : letterOf(column), params });
    };
    const wrong = row.cells.findIndex((cell) => cell?.kind === 'error' || cell?.kind === 'no-value');
    if (wrong >= 0) say('cell-error', wrong, { text: row.cells[wrong]?.text ?? '' });
    if (!hasHeading) say('heading-missing', titleAt);
    if (title === '') say('title-missing', titleAt);
    if (title.length > longestTitle) say('title-too-long', titleAt, { limit: longestTitle });
    const term = readRetention(retention);
    if (retention === '') say('retention-missing', retentionAt);
    else if (term === undefined) say('retention-unreadable', retentionAt, { text: retention });
    const code = readNotation(notation);
    if (notation !== '' && code === undefined) say('notation-unreadable', notationAt, { text: notation });
    const settled = code === undefined ? '' : `${String(code.number).padStart(2, '0')}${code.symbol === '' ? '' : `.${code.symbol}`}`;
    if (settled !== '' && seen.has(settled)) say('notation-twice', notationAt, { notation: settled });
    if (settled !== '' && known.notations.has(settled)) say('notation-taken', notationAt, { notation: settled });
    if (problems.length > 0 || term === undefined) {
      preview.bad.push({ row: row.line, cells: Array.from(row.cells, (cell) => cell?.text ?? ''), problems });
      preview.counts.bad += 1;
      return;
    }
    seen.add(settled);
    preview.good.push({
      row: row.line,
      notation: settled,
      title,
      retention: { ...term, basis: at(row, basisAt).slice(0, 300), scheduleRow: null },
      unitName: at(row, unitAt).slice(0, 200),
      personName: at(row, personAt).slice(0, 200),
      note: at(row, noteAt).slice(0, 500),
    });
    preview.counts.good += 1;
  };
  for await (const slice of sheet.rows()) for (const row of slice) if (row.line > table.header) judge(row);
  return preview;
}
