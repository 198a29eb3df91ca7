import type { BoardItem, BoardRow, BoardWhich } from '#contract';
import { all, one, sql, type ReadDb } from '../../../store/index.ts';
import { dueDaysTo, type DueFrame } from './due.ts';

type By = 'unit' | 'person';
type Counts = Pick<BoardRow, 'overdue' | 'soon' | 'later' | 'undated'>;

/** By whom work is counted: the id where there is one, so that a renamed unit stays one row; else the name as written. */
const keyOf = {
  unit: sql`COALESCE(a.unit, a.unit_name)`,
  person: sql`COALESCE(a.person, a.person_name)`,
} as const;

/** How the open work stands. What has no person is one row of its own on the board of persons, and so with units. */
export function boardRows(db: ReadDb, by: By, frame: DueFrame): BoardRow[] {
  const name =
    by === 'unit'
      ? sql`COALESCE((SELECT name FROM unit WHERE id = a.unit), a.unit_name)`
      : sql`COALESCE((SELECT name FROM person WHERE id = a.person), a.person_name)`;
  return all<BoardRow>(
    db,
    sql`SELECT ${keyOf[by]} AS "key", ${name} AS name, ${sums(frame)}
        FROM assignment AS a WHERE a.ended_at IS NULL GROUP BY 1 ORDER BY overdue DESC, soon DESC, later DESC, name`,
  );
}

/** The same in one row. */
export function boardTotal(db: ReadDb, frame: DueFrame): Counts {
  const row = one<Counts>(db, sql`SELECT ${sums(frame)} FROM assignment AS a WHERE a.ended_at IS NULL`);
  return row ?? { overdue: 0, soon: 0, later: 0, undated: 0 };
}

function sums({ today, soonUntil }: DueFrame): ReturnType<typeof sql> {
  return sql`COALESCE(SUM(a.due < ${today}), 0) AS overdue, COALESCE(SUM(a.due BETWEEN ${today} AND ${soonUntil}), 0) AS soon,
    COALESCE(SUM(a.due > ${soonUntil}), 0) AS later, COALESCE(SUM(a.due IS NULL), 0) AS undated`;
}

/** The work behind a number of the board, the earliest day first; `key` null is everybody's. */
export function boardItems(
  db: ReadDb,
  frame: DueFrame,
  page: { readonly by: By; readonly key: string | null; readonly which: BoardWhich; readonly after: string | null; readonly limit: number },
): BoardItem[] {
  const whose = page.key === null ? sql`1 = 1` : sql`${keyOf[page.by]} = ${page.key}`;
  const further =
    page.after === null
      ? sql`1 = 1`
      : page.which === 'undated'
        ? sql`a.id > ${page.after}`
        : sql`(a.due, a.id) > (SELECT due, id FROM assignment WHERE id = ${page.after})`;
  // Named: without it SQLite goes through all the work that was ever given, in the order of its ids.
  const through = page.which === 'undated' ? sql`INDEXED BY assignment_undated` : sql`INDEXED BY assignment_due`;
  type Row = Omit<BoardItem, 'dueDays'>;
  return all<Row>(
    db,
    sql`SELECT a.id, a.document, d.code_number || '/' || d.code_notation AS about, d.subject, d.issuer_name AS issuerName,
          d.arrival_number AS arrivalNumber, a.part, a.unit_name AS unitName, a.person_name AS personName, a.state, a.due
        FROM assignment AS a ${through} JOIN incoming_document AS d ON d.id = a.document
        WHERE a.ended_at IS NULL AND ${dueIs(page.which, frame)} AND ${whose} AND ${further}
        ORDER BY ${page.which === 'undated' ? sql`a.id` : sql`a.due, a.id`} LIMIT ${page.limit}`,
  ).map((row) => ({ ...row, dueDays: dueDaysTo(frame, row.due) }));
}

function dueIs(which: BoardWhich, { today, soonUntil }: DueFrame): ReturnType<typeof sql> {
  switch (which) {
    case 'overdue':
      return sql`a.due < ${today}`;
    case 'soon':
      return sql`a.due BETWEEN ${today} AND ${soonUntil}`;
    case 'later':
      return sql`a.due > ${soonUntil}`;
    case 'undated':
      return sql`a.due IS NULL`;
  }
}

export type HandlingFact = {
  readonly id: string;
  readonly since: string;
  readonly urgency: number;
  readonly due: string;
  /** null while the work is not done */
  readonly doneAt: string | null;
};

/**
 * Registered documents with a day: those being worked on, by the earliest day of the document and of those who have it; and
 * those done since an instant, but after their day.
 */
export function handlingFacts(db: ReadDb, doneSince: string): HandlingFact[] {
  return all<HandlingFact>(
    db,
    sql`SELECT d.id, COALESCE(d.registered_at, d.arrived_at) AS since, d.urgency, w.due, NULL AS doneAt
        FROM (SELECT document, MIN(due) AS due FROM (
            SELECT id AS document, open_due AS due FROM incoming_document WHERE open_due IS NOT NULL
            UNION ALL SELECT document, due FROM assignment WHERE ended_at IS NULL AND due IS NOT NULL) GROUP BY 1) AS w
        JOIN incoming_document AS d ON d.id = w.document
        WHERE d.state = 'registered'
        UNION ALL
        SELECT id, COALESCE(registered_at, arrived_at), urgency, due, done_at FROM incoming_document
        INDEXED BY incoming_document_done_late
        WHERE done_at IS NOT NULL AND date(done_at, '+7 hours') > COALESCE(deadline, due_date) AND done_at >= ${doneSince} AND stage = 'done' AND closure IS NULL`,
  );
}
