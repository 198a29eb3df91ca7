import type { DeadlineCounts, DeadlineKind, DossierDeadline, RetentionMonth, RetentionSettings } from '#contract';
import { dayPlus } from '../../../foundation/clock.ts';
import { all, one, sql, type ReadDb, type Sql } from '../../../store/index.ts';
import { choiceOf, dueDay, dueSql, isOver } from './rules.ts';

/** Dossiers that a day comes to; the words are those of the indexes of migration 0280. */
const withTerm = sql`d.keep_until IS NOT NULL AND d.state IN ('closed', 'locked') AND d.disposal IS NOT 'destroyed'`;
/** Only what is kept for five years or more must be handed in (NĐ 30/2020 art. 30). */
const toHandIn = sql`d.handed_over_at IS NULL AND d.state IN ('closed', 'locked') AND d.disposal IS NULL AND (d.retention_years IS NULL OR d.retention_years >= 5)`;

type Frame = { readonly table: Sql; readonly which: Sql; readonly due: Sql; readonly order: Sql };

function frameOf(settings: RetentionSettings, kind: DeadlineKind): Frame {
  const due = dueSql(choiceOf(settings, kind).rule);
  return kind === 'expiry'
    ? { table: sql`dossier AS d INDEXED BY dossier_term`, which: withTerm, due, order: sql`d.keep_until, substr(d.end_date, 6), d.id` }
    : { table: sql`dossier AS d INDEXED BY dossier_hand_in`, which: toHandIn, due, order: sql`d.end_date, d.id` };
}

/** Where a day is looked for in the index, whichever rule counts: a year or so around it. */
function around(kind: DeadlineKind, from: string | null, to: string): Sql {
  const year = (day: string): number => Number(day.slice(0, 4));
  if (kind === 'expiry') return from === null ? sql`d.keep_until <= ${year(to)}` : sql`d.keep_until BETWEEN ${year(from) - 1} AND ${year(to)}`;
  return from === null ? sql`d.end_date <= ${to}` : sql`d.end_date BETWEEN ${`${String(year(from) - 2)}-01-01`} AND ${to}`;
}

/** What is due by a day whatever the rule, by its year alone. */
function surely(kind: DeadlineKind, day: string): Sql {
  const year = Number(day.slice(0, 4));
  return kind === 'expiry' ? sql`d.keep_until <= ${year - 2}` : sql`d.end_date < ${`${String(year - 2)}-01-01`}`;
}

/** The rest of what may be due by a day. */
function between(kind: DeadlineKind, day: string): Sql {
  const year = Number(day.slice(0, 4));
  return kind === 'expiry' ? sql`d.keep_until BETWEEN ${year - 1} AND ${year}` : sql`d.end_date BETWEEN ${`${String(year - 2)}-01-01`} AND ${day}`;
}

type Row = {
  id: string; code: string; title: string; kind: 'permanent' | 'years'; years: number | null; basis: string; endedOn: string; keepUntil: number | null;
  documents: number; disposal: string | null; disposalTitle: string | null;
};

export type DeadlineQuestion = { readonly kind: DeadlineKind; readonly from: string | null; readonly to: string; readonly listed: boolean; readonly after: string | null; readonly limit: number };

/** Dossiers by the day that comes to them, a page at a time. */
export function findDeadlines(db: ReadDb, settings: RetentionSettings, question: DeadlineQuestion, today: string): { items: DossierDeadline[]; next: string | null } {
  const { kind, from, to, listed, after, limit } = question;
  const { table, which, due, order } = frameOf(settings, kind);
  const rows = all<Row>(
    db,
    sql`SELECT d.id, d.notation AS code, d.title, d.retention_kind AS kind, d.retention_years AS years, d.retention_basis AS basis, d.end_date AS endedOn,
          d.keep_until AS keepUntil, d.member_total AS documents, l.id AS disposal, l.title AS disposalTitle
        FROM ${table} LEFT JOIN disposal_item AS i ON i.dossier = d.id AND i.state IN ('proposed', 'destroying', 'destroyed')
        LEFT JOIN disposal AS l ON l.id = i.disposal
        WHERE ${which} AND ${around(kind, from, to)} AND ${due} <= ${to} AND ${from === null ? sql`TRUE` : sql`${due} >= ${from}`}
          AND ${listed ? sql`TRUE` : sql`i.id IS NULL`} AND ${after === null ? sql`TRUE` : beyond(kind, after)}
        ORDER BY ${order} LIMIT ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map((row) => deadlineOf(row, settings, kind, today)), next: rows.length > limit && last !== undefined ? placeOf(kind, last) : null };
}

function placeOf(kind: DeadlineKind, { id, endedOn, keepUntil }: Row): string {
  return kind === 'expiry' ? `${String(keepUntil)} ${endedOn.slice(5)} ${id}` : `${endedOn} ${id}`;
}

function beyond(kind: DeadlineKind, after: string): Sql {
  const [first = '', second = '', third = ''] = after.split(' ');
  return kind === 'expiry'
    ? sql`(d.keep_until, substr(d.end_date, 6), d.id) > (${Number(first)}, ${second}, ${third})`
    : sql`(d.end_date, d.id) > (${first}, ${second})`;
}

function deadlineOf(row: Row, settings: RetentionSettings, kind: DeadlineKind, today: string): DossierDeadline {
  const { rule, basis, confidence } = choiceOf(settings, kind);
  const due = dueDay(rule, row.endedOn, row.years ?? 0);
  const lead = kind === 'expiry' ? settings.expiryLeadDays : settings.handInLeadDays;
  return {
    dossier: row.id,
    code: row.code,
    title: row.title,
    kind,
    period: row.kind === 'years' ? { kind: 'years', years: row.years ?? 0 } : { kind: 'permanent' },
    periodBasis: row.basis,
    endedOn: row.endedOn,
    due,
    state: isOver(kind, due, today) ? 'overdue' : due <= dayPlus(today, lead) ? 'soon' : 'later',
    rule,
    ruleBasis: basis,
    ruleConfidence: confidence,
    documents: row.documents,
    disposal: row.disposal === null ? null : { id: row.disposal, title: row.disposalTitle ?? '' },
  };
}

/** How many dossiers stand where. */
export function countDeadlines(db: ReadDb, settings: RetentionSettings, kind: DeadlineKind, today: string): DeadlineCounts {
  const { table, which, due } = frameOf(settings, kind);
  const lead = kind === 'expiry' ? settings.expiryLeadDays : settings.handInLeadDays;
  const over = kind === 'expiry' ? today : dayPlus(today, -1);
  const soon = dayPlus(today, lead);
  const counted = (more: Sql): number => one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM ${table} WHERE ${which} AND ${more}`)?.n ?? 0;
  // Where the years tell already, no day is computed: of two years at most one by one.
  const upTo = (day: string): number => counted(surely(kind, day)) + counted(sql`${between(kind, day)} AND ${due} <= ${day}`);
  const total = counted(sql`TRUE`);
  const [overdue, near] = [upTo(over), upTo(soon)];
  return { overdue, soon: near - overdue, later: total - near };
}

/** How many come in each month of whole years, every month of them. */
export function monthsOf(db: ReadDb, settings: RetentionSettings, fromYear: number, toYear: number): RetentionMonth[] {
  const [from, to] = [`${String(fromYear)}-01-01`, `${String(toYear)}-12-31`];
  const counted = (kind: DeadlineKind): ReadonlyMap<string, number> => {
    const { table, which, due } = frameOf(settings, kind);
    return new Map(
      all<{ month: string; n: number }>(
        db,
        sql`SELECT substr(${due}, 1, 7) AS month, COUNT(*) AS n FROM ${table} WHERE ${which} AND ${around(kind, from, to)} AND ${due} BETWEEN ${from} AND ${to} GROUP BY 1`,
      ).map(({ month, n }) => [month, n]),
    );
  };
  const [expiry, handIn] = [counted('expiry'), counted('hand-in')];
  return Array.from({ length: (toYear - fromYear + 1) * 12 }, (_, at) => {
    const [year, month] = [fromYear + Math.floor(at / 12), (at % 12) + 1];
    const key = `${String(year)}-${String(month).padStart(2, '0')}`;
    return { year, month, expiry: expiry.get(key) ?? 0, handIn: handIn.get(key) ?? 0 };
  });
}
