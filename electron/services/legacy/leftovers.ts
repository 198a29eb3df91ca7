import type { FileRef, LegacyProblem, LegacyQuestion } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { csvOf, xlsxOf } from '../records/index.ts';
import { insertLeftover } from './imports.store.ts';
import { letterOf, type TableRow } from './read/table.ts';
import { walkOver, type WalkDeps } from './walk.ts';

/** Rows that are written out at most; a file with more of them has another fault than its rows. */
const mostRows = 20_000;
const mediaTypes = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv' } as const;

/** The sentence of a problem, for the table's last column. */
export type ProblemWords = (problem: LegacyProblem) => string;

/**
 * Writes the rows that cannot be taken over as a table with the same columns, from where each came and why it stayed behind.
 * What a merged cell says stands in each of its rows, to be looked at. Undefined when there are none.
 */
export async function writeBad(deps: WalkDeps & { readonly words: ProblemWords }, question: LegacyQuestion, format: 'xlsx' | 'csv'): Promise<FileRef | undefined> {
  const walk = await walkOver(deps, question);
  const rows: string[][] = [];
  for await (const slice of walk.slices()) {
    for (const row of slice) {
      const verdict = walk.judge.judge(deps.store.read, row);
      if (verdict.kind !== 'bad' || rows.length === mostRows) continue;
      const reasons = verdict.problems.map((problem) => deps.words(problem));
      rows.push([...walk.heads.map((_, index) => written(row, index)), String(row.line), reasons.join(' ')]);
    }
  }
  if (rows.length === 0) return undefined;
  const heads = [...walk.heads.map((head, index) => (head === '' ? `Cột ${letterOf(index)}` : head)), 'Dòng trong tệp cũ', 'Lý do chưa nhập'];
  const bytes =
    format === 'csv'
      ? csvOf(heads, rows)
      : await xlsxOf({
          sheet: 'Cần sửa',
          above: ['Các dòng chưa nhập được', question.file.name],
          heads,
          widths: heads.map((_, index) => (index === heads.length - 1 ? 60 : 20)),
          rows,
        });
  const stored = await deps.store.blobs.put(bytes);
  const name = `${question.file.name.replace(/\.[^.]{1,5}$/, '')}-can-sua.${format}`;
  return deps.store.write((db) => insertLeftover(db, { name, mediaType: mediaTypes[format], ...stored }, instantOf(deps.clock)));
}

function written(row: TableRow, index: number): string {
  const cell = row.cells[index];
  if (cell === undefined) return row.covered.get(index)?.text ?? '';
  return cell.kind === 'date' ? cell.text.split('-').toReversed().join('/') : cell.text;
}
