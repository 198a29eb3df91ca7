import type { DossierMaker, PlanDetail, PlanEntry, PlanHeading, PlanNumbering, PlanState, PlanSummary, Retention } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { planActs } from '../life.ts';
import { makerOf, type MakerRow } from '../makers.store.ts';
import { retentionOf, type RetentionRow } from '../retention.ts';

type PlanRow = Omit<PlanSummary, 'may' | 'entryTotal' | 'permanentTotal' | 'dossierTotal'> & { readonly entryTotal: number; readonly permanentTotal: number; readonly dossierTotal: number };

const planColumns = sql`p.id, p.year, p.state, p.version, p.numbering, p.note, p.copied_from AS copiedFrom, p.decision_number AS decisionNumber,
  p.decision_date AS decisionDate, p.approver, p.created_at AS createdAt, p.created_by AS createdBy, p.approved_at AS approvedAt,
  p.approved_by AS approvedBy, p.closed_at AS closedAt, p.closed_by AS closedBy,
  (SELECT COUNT(*) FROM file_entry WHERE plan = p.id) AS entryTotal,
  (SELECT COUNT(*) FROM file_entry WHERE plan = p.id AND retention_kind = 'permanent') AS permanentTotal,
  (SELECT COUNT(*) FROM dossier WHERE plan = p.id) AS dossierTotal`;

/** Plans of the office and of those it follows, newest year first. */
export function listPlans(db: ReadDb): PlanSummary[] {
  return all<PlanRow>(db, sql`SELECT ${planColumns} FROM file_plan AS p ORDER BY p.year DESC, p.id DESC`).map((row) => ({ ...row, may: planActs(row.state) }));
}

/** What an act must know of a plan before it changes something. */
export type PlanHead = { readonly id: string; readonly office: string; readonly year: number; readonly state: PlanState; readonly version: number; readonly numbering: PlanNumbering };

/** A plan without its lines; undefined when there is none. */
export function planHead(db: ReadDb, id: string): PlanHead | undefined {
  return one<PlanHead>(db, sql`SELECT id, office, year, state, version, numbering FROM file_plan WHERE id = ${id}`);
}

type HeadingRow = { readonly id: string; readonly parent: string | null; readonly symbol: string; readonly title: string };
type EntryRow = RetentionRow & MakerRow & Omit<PlanEntry, 'retention' | 'maker'>;

/** A plan with its lines in order; undefined when there is none. */
export function getPlan(db: ReadDb, id: string): PlanDetail | undefined {
  const row = one<PlanRow>(db, sql`SELECT ${planColumns} FROM file_plan AS p WHERE p.id = ${id}`);
  if (row === undefined) return undefined;
  const headings = headingsOf(db, id);
  const entries = all<EntryRow>(
    db,
    sql`SELECT e.id, e.heading, e.number, e.notation, e.title, e.retention_kind, e.retention_years, e.retention_basis, e.schedule_row, e.unit, e.unit_name,
          e.person, e.person_name, e.note, e.added_reason AS addedReason,
          (SELECT MAX(id) FROM dossier WHERE entry = e.id) AS dossier, (SELECT COUNT(*) FROM dossier WHERE entry = e.id) AS dossiers
        FROM file_entry AS e WHERE e.plan = ${id} ORDER BY e.ordinal, e.id`,
  );
  const place = new Map(headings.map((heading, index) => [heading.id, index]));
  return {
    ...row,
    may: planActs(row.state),
    headings,
    entries: entries
      .toSorted((a, b) => (place.get(a.heading) ?? 0) - (place.get(b.heading) ?? 0))
      .map(({ retention_kind, retention_years, retention_basis, schedule_row, unit, unit_name, person, person_name, ...rest }) => ({
        ...rest,
        retention: retentionOf({ retention_kind, retention_years, retention_basis, schedule_row }),
        maker: makerOf({ unit, unit_name, person, person_name }),
      })),
  };
}

/** Headings in their order, each large one before its small ones, with the marks of annex V part II. */
export function headingsOf(db: ReadDb, plan: string): PlanHeading[] {
  const rows = all<HeadingRow>(db, sql`SELECT id, parent, symbol, title FROM file_heading WHERE plan = ${plan} ORDER BY ordinal, id`);
  return rows
    .filter(({ parent }) => parent === null)
    .flatMap((large, index) => [
      { ...large, mark: roman(index + 1) },
      ...rows.filter(({ parent }) => parent === large.id).map((small, at) => ({ ...small, mark: String(at + 1) })),
    ]);
}

function roman(value: number): string {
  const signs = [[100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']] as const;
  let rest = value;
  let text = '';
  for (const [worth, sign] of signs) {
    for (; rest >= worth; rest -= worth) text += sign;
  }
  return text;
}

/** A new plan of a year; answers its id. */
export function insertPlan(db: WriteDb, plan: { readonly office: string; readonly year: number; readonly numbering: PlanNumbering; readonly note: string; readonly copiedFrom: string | null; readonly at: string; readonly by: string }): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO file_plan (id, office, year, state, version, numbering, note, copied_from, created_at, created_by)
        VALUES (${id}, ${plan.office}, ${plan.year}, 'draft', 1, ${plan.numbering}, ${plan.note}, ${plan.copiedFrom}, ${plan.at}, ${plan.by})`,
  );
  return id;
}

/** The plan of a year; undefined when there is none. */
export function planOfYear(db: ReadDb, office: string, year: number): PlanHead | undefined {
  return one<PlanHead>(db, sql`SELECT id, office, year, state, version, numbering FROM file_plan WHERE office = ${office} AND year = ${year}`);
}

/** One more act was taken on it. */
export function raisePlan(db: WriteDb, id: string): void {
  changeOne(db, sql`UPDATE file_plan SET version = version + 1 WHERE id = ${id}`);
}

/** Puts a heading at the end of its siblings; answers its id. */
export function insertHeading(db: WriteDb, plan: string, heading: { readonly parent: string | null; readonly symbol: string; readonly title: string }): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO file_heading (id, plan, parent, ordinal, symbol, title)
        VALUES (${id}, ${plan}, ${heading.parent}, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM file_heading WHERE plan = ${plan}), ${heading.symbol}, ${heading.title})`,
  );
  return id;
}

export type NewEntry = {
  readonly heading: string;
  readonly number: number;
  readonly notation: string;
  readonly title: string;
  readonly retention: Retention;
  readonly maker: DossierMaker;
  readonly note: string;
  /** null: a line of its own */
  readonly line: string | null;
  readonly addedReason: string;
};

/** Puts an entry at the end of its heading; answers its id. */
export function insertEntry(db: WriteDb, plan: string, entry: NewEntry): string {
  const id = newId();
  const { retention, maker } = entry;
  changeOne(
    db,
    sql`INSERT INTO file_entry (id, plan, heading, ordinal, number, notation, title, retention_kind, retention_years, retention_basis, schedule_row,
          unit, unit_name, person, person_name, note, line, added_reason)
        VALUES (${id}, ${plan}, ${entry.heading}, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM file_entry WHERE heading = ${entry.heading}),
          ${entry.number}, ${entry.notation}, ${entry.title}, ${retention.kind}, ${retention.years}, ${retention.basis}, ${retention.scheduleRow},
          ${maker.unit}, ${maker.unitName}, ${maker.person}, ${maker.personName}, ${entry.note}, ${entry.line ?? id}, ${entry.addedReason})`,
  );
  return id;
}

/** Writes what was changed of an entry of a draft. */
export function updateEntry(db: WriteDb, id: string, { retention, maker, ...entry }: Omit<NewEntry, 'line' | 'addedReason'>): void {
  changeOne(
    db,
    sql`UPDATE file_entry SET heading = ${entry.heading}, number = ${entry.number}, notation = ${entry.notation}, title = ${entry.title},
          retention_kind = ${retention.kind}, retention_years = ${retention.years}, retention_basis = ${retention.basis}, schedule_row = ${retention.scheduleRow},
          unit = ${maker.unit}, unit_name = ${maker.unitName}, person = ${maker.person}, person_name = ${maker.personName}, note = ${entry.note}
        WHERE id = ${id}`,
  );
}

/** What was given to an entry when it was made, for copies and suggestions. */
export type EntryHead = { readonly id: string; readonly plan: string; readonly heading: string; readonly notation: string; readonly number: number; readonly title: string; readonly line: string };

/** An entry's own data; undefined when there is none. */
export function entryHead(db: ReadDb, id: string): EntryHead | undefined {
  return one<EntryHead>(db, sql`SELECT id, plan, heading, notation, number, title, line FROM file_entry WHERE id = ${id}`);
}

/** The lines of a plan's entries, by entry. */
export function linesOfPlan(db: ReadDb, plan: string): ReadonlyMap<string, string> {
  return new Map(all<{ id: string; line: string }>(db, sql`SELECT id, line FROM file_entry WHERE plan = ${plan}`).map(({ id, line }) => [id, line]));
}

/** Whether a plan has an entry of this code, other than `except`. */
export function isNotationTaken(db: ReadDb, plan: string, notation: string, except: string | null): boolean {
  return one(db, sql`SELECT 1 FROM file_entry WHERE plan = ${plan} AND notation = ${notation} AND id <> ${except ?? ''}`) !== undefined;
}

/** Puts nodes of one table into the order given. */
export function arrangeNodes(db: WriteDb, what: 'heading' | 'entry', ids: readonly string[]): void {
  ids.forEach((id, index) => {
    if (what === 'heading') run(db, sql`UPDATE file_heading SET ordinal = ${index + 1} WHERE id = ${id}`);
    else run(db, sql`UPDATE file_entry SET ordinal = ${index + 1} WHERE id = ${id}`);
  });
}
