import type { InputOf, Contract, RetentionField, RetentionPeriod, RetentionProblem, RetentionSheet } from '#contract';
import { folded } from '../../../foundation/pasted-table.ts';
import type { Blobs } from '../../../store/index.ts';
import { cleaned, firstRows, letterOf, openTable, TableRefused, type TableRow, type TableSheet } from '../../legacy/index.ts';

type Question = InputOf<Contract['keeping']['previewSchedule']>;

/** A row of a table of retention periods as it will be stored. */
export type ReadRow = {
  /** line of the file */
  readonly line: number;
  readonly code: string;
  readonly group: string;
  readonly description: string;
  readonly period: RetentionPeriod;
  readonly periodText: string;
  readonly basis: string;
  readonly note: string;
};
export type BadRow = { readonly line: number; readonly cells: readonly string[]; readonly problem: RetentionProblem };
export type ReadSchedule = { readonly rows: readonly ReadRow[]; readonly bad: readonly BadRow[]; readonly groups: number };

/** Lines that are looked at to know a sheet. */
const looked = 60;
const longest = { code: 60, group: 500, description: 4000, period: 200, basis: 500, note: 1000 } as const;

const heads: readonly (readonly [RegExp, RetentionField])[] = [
  [/thoi han|^thbq$|^thoi gian (?:bao quan|luu)/, 'period'],
  [/ghi chu|^chu thich/, 'note'],
  [/can cu|co so phap ly|^van ban quy dinh/, 'basis'],
  [/^(?:stt|tt|so tt|so thu tu|ma|ma so|ma ho so|so)$/, 'code'],
  [/^(?:linh vuc|nhom|muc|phan|chuong)$/, 'group'],
  [/ho so|tai lieu|noi dung|^ten|^dien giai|^mo ta/, 'description'],
];

/** What a column is called, and so what it holds. */
function retentionFieldOf(head: string): RetentionField {
  const plain = folded(head).replaceAll(/[^a-z0-9]+/g, ' ').trim();
  return heads.find(([pattern]) => pattern.test(plain))?.[1] ?? 'ignore';
}

/** The sheets of a file with what their columns may hold. Throws TableRefused. */
export async function lookAtSchedule(blobs: Blobs, file: Question['file']): Promise<RetentionSheet[]> {
  const table = await openTable(blobs, file);
  const sheets: RetentionSheet[] = [];
  for (const sheet of table.sheets) sheets.push(looksLike(sheet.name, sheet.hidden, await firstRows(sheet, looked)));
  return sheets;
}

function looksLike(name: string, hidden: boolean, rows: readonly TableRow[]): RetentionSheet {
  const header = rows.find(({ cells }) => {
    const fields = cells.map((cell) => retentionFieldOf(cell?.text ?? ''));
    return fields.includes('period') && fields.includes('description');
  });
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return {
    name,
    hidden,
    header: header?.line ?? null,
    columns: Array.from({ length: width }, (_, index) => {
      const head = cleaned(header?.cells[index]?.text ?? '');
      return { index, letter: letterOf(index), head, field: retentionFieldOf(head) };
    }),
    first: rows.slice(0, 12).map(({ line, cells }) => ({ row: line, cells: Array.from({ length: width }, (_, index) => cells[index]?.text.slice(0, 200) ?? '') })),
  };
}

/** The fields without which a row is none. */
export function missingColumns({ columns }: Pick<Question, 'columns'>): readonly RetentionField[] {
  return (['description', 'period'] as const).filter((field) => !columns.some((column) => column.field === field));
}

/** Reads every row below the header. Throws TableRefused. */
export async function readSchedule(blobs: Blobs, question: Question): Promise<ReadSchedule> {
  const table = await openTable(blobs, question.file);
  const sheet = table.sheets.find(({ name }) => name === question.sheet);
  if (sheet === undefined) throw new TableRefused('sheet-unknown', { sheet: question.sheet });
  return rowsOf(sheet, question);
}

type Line = Readonly<Record<Exclude<RetentionField, 'ignore'>, string>> & { readonly row: TableRow; readonly fault: RetentionProblem | null };

async function rowsOf(sheet: TableSheet, { header, columns, without }: Question): Promise<ReadSchedule> {
  const left = new Set(without);
  const lines: Line[] = [];
  for await (const slice of sheet.rows()) {
    for (const row of slice) {
      if (row.line <= header || left.has(row.line)) continue;
      const line = lineOf(row, columns);
      if (line.fault !== null || line.description + line.period + line.code !== '') lines.push(line);
    }
  }
  return grouped(lines);
}

function lineOf(row: TableRow, columns: Question['columns']): Line {
  const fields = { code: '', group: '', description: '', period: '', basis: '', note: '' };
  let fault: RetentionProblem | null = null;
  for (const { index, field } of columns) {
    const cell = row.cells[index];
    if (field === 'ignore' || cell === undefined) continue;
    if (cell.kind === 'error') fault = 'cell-error';
    if (cell.kind === 'no-value') fault = 'formula-without-value';
    const text = cleaned(cell.text);
    fields[field] = [fields[field], text].filter((part) => part !== '').join(' ');
    if (fields[field].length > longest[field]) fault = 'too-long';
  }
  return { ...fields, row, fault };
}

const sub = /^[-–—+•*]\s*/;

/**
 * Parts headings from entries. Tables of this kind have headings without a term over the entries of a group, and entries whose
 * term stands in the lines below them, which begin with a dash: such a line reads with what stands over it.
 */
function grouped(lines: readonly Line[]): ReadSchedule {
  const rows: ReadRow[] = [];
  const bad: BadRow[] = [];
  const codes = new Set<string>();
  let groups = 0;
  let group = '';
  let lead: Line | undefined;
  lines.forEach((line, at) => {
    const tell = (problem: RetentionProblem): void => void bad.push({ line: line.row.line, cells: line.row.cells.map((cell) => cell?.text.slice(0, 200) ?? ''), problem });
    if (line.fault !== null) {
      tell(line.fault);
      return;
    }
    if (line.period === '') {
      const next = lines[at + 1];
      if (next !== undefined && sub.test(next.description)) {
        lead = line;
        return;
      }
      lead = undefined;
      // A number in the running order of the entries is an entry whose term was forgotten.
      if (continues(rows.at(-1)?.code, line.code) && continues(line.code, next?.code)) {
        tell('period-missing');
        return;
      }
      groups += 1;
      group = [line.code, line.description].filter((part) => part !== '').join(' ');
      return;
    }
    const isSub = sub.test(line.description);
    if (!isSub) lead = undefined;
    const description = isSub && lead !== undefined ? `${lead.description.replace(/[:;,.]$/, '')}: ${line.description.replace(sub, '')}` : line.description;
    const period = readPeriod(line.period);
    const code = line.code === '' ? (isSub ? (lead?.code ?? '') : '') : line.code;
    const ownGroup = line.group === '' ? group : line.group;
    // In each group the numbers begin anew; the lines below one entry share its number.
    const known = `${ownGroup}\n${code}`;
    if (description === '') tell('description-missing');
    else if (period === undefined) tell('period-unreadable');
    else if (line.code !== '' && codes.has(known)) tell('code-twice');
    else rows.push({ line: line.row.line, code, group: ownGroup, description, period, periodText: line.period, basis: line.basis, note: line.note });
    if (line.code !== '') codes.add(known);
  });
  return { rows, bad, groups };
}

function continues(code: string | undefined, next: string | undefined): boolean {
  const [one, other] = [Number.parseInt(code ?? '', 10), Number.parseInt(next ?? '', 10)];
  return other === one + 1;
}

/** `Vĩnh viễn`, `20 năm`, `20`; undefined for anything else, such as "until it is no longer in force". */
export function readPeriod(text: string): RetentionPeriod | undefined {
  const plain = folded(text).replaceAll(/\s+/g, ' ').replace(/[.;,]+$/, '').trim();
  if (/^(?:bao quan )?(?:vinh vien|vv)$/.test(plain)) return { kind: 'permanent' };
  const [, years = ''] = /^0*(\d{1,3})(?: nam)?$/.exec(plain) ?? [];
  const count = Number(years);
  return years !== '' && count >= 1 && count <= 150 ? { kind: 'years', years: count } : undefined;
}
