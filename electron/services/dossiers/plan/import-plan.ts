import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf, type PlanTable, type PlanTablePreview } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { afterCommit, all, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { openTable, TableRefused } from '../../legacy/index.ts';
import { actorOf } from '../../people/index.ts';
import type { DossierDeps } from '../deps.ts';
import { noteAct } from '../history.store.ts';
import { planLife } from '../life.ts';
import { noteTitle } from '../suggest/traits.store.ts';
import { nextNumber, notationOf } from './numbering.ts';
import { getPlan, insertEntry, insertHeading, isNotationTaken, planHead, raisePlan } from './plan.store.ts';
import { lookAtSheet, readNotation, readPlanTable } from './plan-table.ts';

type Methods = Contract['dossiers'];
type Answer<M extends keyof Methods> = Promise<Outcome<OutputOf<Methods[M]>, CodeOf<Methods[M]>>>;

/** The sheets of a table with a file plan, and what their columns seem to hold. */
export async function lookAtPlanTable({ store }: DossierDeps, { file }: InputOf<Methods['lookAtPlanTable']>): Answer<'lookAtPlanTable'> {
  try {
    const sheets = [];
    for (const sheet of (await openTable(store.blobs, file)).sheets) sheets.push(await lookAtSheet(sheet));
    return ok({ sheets });
  } catch (error) {
    if (error instanceof TableRefused) return fail(error.code, error.params);
    throw error;
  }
}

/** What would become of each row; writes nothing. */
export async function previewPlanTable({ store }: DossierDeps, input: PlanTable): Answer<'previewPlanTable'> {
  const head = planHead(store.read, input.plan);
  if (head === undefined) return fail('not-found');
  if (!planLife.change.from.includes(head.state)) return fail('plan-step', { state: head.state });
  if (!input.columns.some(({ field }) => field === 'title') || !input.columns.some(({ field }) => field === 'retention')) return fail('columns-missing');
  try {
    const sheet = (await openTable(store.blobs, input.file)).sheets.find(({ name }) => name === input.sheet);
    if (sheet === undefined) return fail('sheet-unknown');
    return ok(await readPlanTable(sheet, input, { numbering: head.numbering, notations: notationsOf(store.read, input.plan) }));
  } catch (error) {
    if (error instanceof TableRefused) return fail(error.code, error.params);
    throw error;
  }
}

function notationsOf(db: ReadDb, plan: string): ReadonlySet<string> {
  return new Set(all<{ notation: string }>(db, sql`SELECT notation FROM file_entry WHERE plan = ${plan}`).map(({ notation }) => notation));
}

/** Adds headings and good rows to a draft, all or nothing; bad rows are left out and told. */
export async function importPlanTable(deps: DossierDeps, input: PlanTable): Answer<'importPlanTable'> {
  const seen = await previewPlanTable(deps, input);
  if (!seen.ok) return seen;
  const preview = seen.value;
  return deps.store.write((db): Awaited<Answer<'importPlanTable'>> => {
    const head = planHead(db, input.plan);
    // It may have been issued while the table was read.
    if (head === undefined || !planLife.change.from.includes(head.state)) return fail('plan-step', { state: head?.state ?? '' });
    const before = writeRows(db, head.id, preview);
    noteAct(db, { plan: head.id }, 'imported', { at: instantOf(deps.clock), by: actorOf(db).name, reason: '' }, { file: input.file.name, sha256: input.file.sha256, ...preview.counts });
    raisePlan(db, head.id);
    afterCommit(db, () => {
      deps.changed({ plans: [head.id], dossiers: [] });
    });
    return ok({ plan: before, preview });
  });
}

function writeRows(db: WriteDb, id: string, preview: PlanTablePreview): NonNullable<ReturnType<typeof getPlan>> {
  const rows = [...preview.headings.map((heading) => ({ kind: 'heading' as const, ...heading })), ...preview.good.map((entry) => ({ kind: 'entry' as const, ...entry }))].toSorted((a, b) => a.row - b.row);
  let large: string | null = null;
  let symbol = '';
  let heading: string | null = null;
  const plan = getPlan(db, id);
  const last = new Map<string, number>();
  for (const row of rows) {
    if (row.kind === 'heading') {
      const under: string | null = row.large ? null : large;
      if (under === null) symbol = row.symbol === '' ? symbolBelow(row.row, rows) : row.symbol;
      heading = insertHeading(db, id, { parent: under, symbol: under === null ? symbol : '', title: row.title });
      if (under === null) large = heading;
      continue;
    }
    if (heading === null || plan === undefined) throw new Error('a good row has a heading before it');
    const written = readNotation(row.notation);
    const key = plan.numbering === 'whole' ? '' : (large ?? '');
    let number = written?.number ?? (last.get(key) ?? (plan.numbering === 'whole' ? nextNumber(plan, heading) - 1 : 0)) + 1;
    let notation = row.notation === '' ? notationOf(number, symbol) : row.notation;
    // A code that another row or the plan has goes to the next free number.
    for (; row.notation === '' && isNotationTaken(db, id, notation, null); notation = notationOf(number, symbol)) number += 1;
    last.set(key, number);
    const entry = insertEntry(db, id, {
      heading,
      number,
      notation,
      title: row.title,
      retention: row.retention,
      maker: { unit: unitNamed(db, row.unitName), unitName: row.unitName, person: personNamed(db, row.personName), personName: row.personName },
      note: row.note,
      line: null,
      addedReason: '',
    });
    noteTitle(db, entry, '', row.title);
  }
  const after = getPlan(db, id);
  if (after === undefined) throw new Error('a file plan is never removed');
  return after;
}

/** The symbol of a large heading as the codes of its entries have it. */
function symbolBelow(row: number, rows: readonly ({ readonly kind: string; readonly row: number; readonly large?: boolean; readonly notation?: string })[]): string {
  for (const below of rows.filter((one) => one.row > row)) {
    if (below.kind === 'heading' && below.large === true) return '';
    const symbol = readNotation(below.notation ?? '')?.symbol ?? '';
    if (symbol !== '') return symbol;
  }
  return '';
}

/** The one unit of this name; null for none or several. */
function unitNamed(db: ReadDb, name: string): string | null {
  const found = name === '' ? [] : all<{ id: string }>(db, sql`SELECT id FROM unit WHERE name = ${name} AND valid_to IS NULL`);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

function personNamed(db: ReadDb, name: string): string | null {
  const found = name === '' ? [] : all<{ id: string }>(db, sql`SELECT id FROM person WHERE name = ${name} AND valid_to IS NULL`);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}
