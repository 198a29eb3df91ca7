import { createHash } from 'node:crypto';
import type { Store, WriteDb } from '../../../store/index.ts';
import { countPage, decisionsTaken, directoryRow, factsOf, newestVersion, putVersion, takeBack } from './sync.store.ts';

type DecisionRow = {
  readonly code: string;
  readonly name: string;
  readonly name_before: string;
  readonly successor: string;
  /** yyyy-MM-dd */
  readonly valid_from: string;
  /** last day; '' while in force */
  readonly valid_to: string;
  readonly basis: string;
  /** how it is known; an `I` among the marks = inferred */
  readonly sure: string;
};

/**
 * Takes over the codes of the first level from the decisions (QĐ 20/2020, QĐ 09/2025; axis.md §3), a table with
 * tabs whose first line names the columns. Does nothing when this very table was taken over before. What the axis'
 * list said of a code stays, save for its name, its validity and its successor.
 */
export function takeDecisions(store: Store, table: string): void {
  const hash = createHash('sha256').update(table).digest('hex');
  if (table === '' || directoryRow(store.read).decisions === hash) return;
  const rows = rowsOf(table);
  // What a broken-off run left must not come to light with this.
  while (store.write((db) => takeBack(db, 5000)) > 0);
  store.write((db) => {
    for (const row of rows) putDecision(db, row, rows);
    decisionsTaken(db, hash, countPage(db, 0, Number.MAX_SAFE_INTEGER).counts);
  });
}

function putDecision(db: WriteDb, row: DecisionRow, rows: readonly DecisionRow[]): void {
  const known = newestVersion(db, row.code);
  const before = known === undefined ? undefined : factsOf(known);
  // A merged province is still asked for by its old name; it leads to the one that took its place.
  const merged = rows.filter(({ successor }) => successor === row.code).map(({ name }) => name);
  const names = [...(row.name_before === '' ? [] : [row.name_before]), ...merged, ...(before?.otherNames ?? [])];
  const facts = {
    axisId: '',
    parentAxisId: '',
    mail: '',
    isAgency: true,
    listed: false,
    ...before,
    code: row.code,
    name: row.name,
    otherNames: [...new Set(names)].filter((name) => name !== row.name),
    validFrom: row.valid_from === '' ? null : row.valid_from,
    closedOn: row.valid_to === '' ? null : row.valid_to,
    successor: row.successor === '' ? null : row.successor,
    source: 'decision' as const,
    basis: row.basis,
    inferred: /\bI\b/.test(row.sure),
  };
  putVersion(db, facts, known);
}

function rowsOf(table: string): DecisionRow[] {
  const [head = '', ...lines] = table.trimEnd().split('\n');
  const columns = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    const cell = (name: keyof DecisionRow): string => cells[columns.indexOf(name)] ?? '';
    return {
      code: cell('code'),
      name: cell('name'),
      name_before: cell('name_before'),
      successor: cell('successor'),
      valid_from: cell('valid_from'),
      valid_to: cell('valid_to'),
      basis: cell('basis'),
      sure: cell('sure'),
    };
  });
}
