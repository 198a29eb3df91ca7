import { CalendarDayKind, fail, ok, type CalendarDay, type Confidence, type Outcome } from '#contract';
import { cellsOf, folded, linesOf, separatorOf } from '../../foundation/pasted-table.ts';

export type TableDay = Pick<CalendarDay, 'date' | 'kind' | 'name' | 'linkedDate' | 'basis' | 'confidence' | 'note'>;

/** Names by which a column is known, folded; the first line of the text must have one of each of the first three. */
const columnNames = {
  date: ['date', 'ngay'],
  name: ['name_vi', 'name', 'ten', 'ten ngay'],
  kind: ['kind', 'loai'],
  linkedDate: ['linked_date', 'ngay lien quan'],
  basis: ['basis', 'can cu'],
  confidence: ['sure', 'muc tin cay'],
  note: ['note', 'ghi chu'],
} as const;
type Column = keyof typeof columnNames;

/** Marks of the `sure` column; what is pasted without one is the office's own word. */
const marks: Readonly<Record<string, Confidence>> = {
  L: 'law',
  P: 'read',
  'P*': 'read',
  S: 'secondary',
  K: 'known',
  I: 'inferred',
  U: 'unannounced',
};

/** Kinds in the words of the window, folded. */
const kindWords: Readonly<Record<string, CalendarDayKind>> = {
  'nghi le': 'statutory',
  'nghi bu': 'in-lieu',
  'nghi hoan doi': 'swapped-rest',
  'lam bu': 'makeup-workday',
  'co quan nghi': 'office-rest',
  'ngay thuong': 'ordinary',
};

/**
 * Reads a pasted table of days. Cells are parted by tabs, else semicolons, else commas; cells in quotation marks may
 * hold the separator. Dates are `yyyy-MM-dd` or `dd/MM/yyyy`. Lines are counted from 1, the column names being line 1.
 */
export function readTableText(
  text: string,
): Outcome<TableDay[], 'calendar-columns-missing' | 'calendar-line-unreadable' | 'calendar-date-twice'> {
  const lines = linesOf(text);
  const head = lines[0] ?? '';
  const separator = separatorOf(head);
  const names = cellsOf(head, separator).map(folded);
  const at = (column: Column): number => names.findIndex((name) => columnNames[column].some((known) => known === name));
  for (const column of ['date', 'name', 'kind'] as const) {
    if (at(column) < 0) return fail('calendar-columns-missing', { column: columnNames[column][0] });
  }
  const days = new Map<string, TableDay>();
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue;
    const cells = cellsOf(line, separator);
    const cell = (column: Column): string => cells[at(column)]?.trim() ?? '';
    const unreadable = (column: Column): ReturnType<typeof readTableText> =>
      fail('calendar-line-unreadable', { line: index + 1, column: columnNames[column][0] });
    const date = dateOf(cell('date'));
    if (date === undefined) return unreadable('date');
    const kind = kindOf(cell('kind'));
    if (kind === undefined) return unreadable('kind');
    const name = cell('name');
    if (name === '' || name.length > 200) return unreadable('name');
    const linked = cell('linkedDate');
    const linkedDate = linked === '' ? null : dateOf(linked);
    if (linkedDate === undefined) return unreadable('linkedDate');
    const mark = cell('confidence');
    const confidence = mark === '' ? 'office' : marks[mark.toUpperCase()];
    if (confidence === undefined) return unreadable('confidence');
    if (days.has(date)) return fail('calendar-date-twice', { line: index + 1, date });
    days.set(date, { date, kind, name, linkedDate, basis: cell('basis'), confidence, note: cell('note') });
  }
  return ok([...days.values()]);
}

function dateOf(text: string): string | undefined {
  const turned = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const [, date = '', month = '', year = ''] = turned ?? [];
  const day = turned === null ? text : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const parsed = new Date(`${day}T00:00:00Z`);
  // 30 February would become 1 March.
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) ? day : undefined;
}

function kindOf(text: string): CalendarDayKind | undefined {
  return kindWords[folded(text)] ?? CalendarDayKind.safeParse(text.toLowerCase().replaceAll('_', '-')).data;
}
