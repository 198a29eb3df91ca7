import type { NumberEntry, NumberGap, SeriesRow } from '#contract';
import { all, one, sql, type ReadDb } from '../../../store/index.ts';
import { documentOfCode, entryOf, seriesById, type Entry } from './series.store.ts';

/** Ids of the series of a year that gave numbers, also of the office that this one follows. */
export function seriesOfYear(db: ReadDb, year: number): string[] {
  return all<{ id: string }>(db, sql`SELECT id FROM number_series WHERE year = ${year} ORDER BY register, scope, office`).map(({ id }) => id);
}

/**
 * A series with its counts. Only the few numbers that are not simply on a document are counted.
 * @param office the one that is now
 */
export function seriesRow(db: ReadDb, id: string, office: string): SeriesRow {
  const series = seriesById(db, id);
  if (series === undefined) throw new Error('a series that was just found is gone');
  const states = all<{ state: string; inserted: number; n: number }>(
    db,
    sql`SELECT state, suffix <> '' AS inserted, COUNT(*) AS n FROM number_entry INDEXED BY number_entry_exceptions
        WHERE series = ${id} AND (state <> 'taken' OR suffix <> '') GROUP BY 1, 2`,
  );
  const count = (fits: (row: { state: string; inserted: number }) => boolean): number =>
    states.filter(fits).reduce((sum, { n }) => sum + n, 0);
  return {
    id,
    register: series.register,
    scope: series.scope,
    year: series.year,
    name: series.name,
    formerOffice: series.office === office ? '' : (one<{ name: string }>(db, sql`SELECT name FROM office WHERE id = ${series.office}`)?.name ?? ''),
    last: series.last,
    reserved: count(({ state }) => state === 'reserved'),
    released: count(({ state }) => state === 'released'),
    void: count(({ state }) => state === 'void'),
    skipped: count(({ state }) => state === 'skipped'),
    inserted: count(({ inserted }) => inserted === 1),
    outside: gapsOf(db, id).reduce((sum, { first, last }) => sum + last - first + 1, 0),
    closedAt: series.closed_at,
    closedReason: series.closed_reason,
    lateUntil: series.late_until,
    imported: series.imported === 1,
    current: true,
    offered: true,
  };
}

type BookPage = {
  readonly series: string;
  readonly exceptions: boolean;
  readonly before: { readonly number: number; readonly suffix: string } | null;
  readonly limit: number;
};

type BookRow = Entry & { readonly code: string | null; readonly subject: string | null };

/** A page of the book of a series, highest number first, each with what stands in the register under it. */
export function bookPage(db: ReadDb, page: BookPage): NumberEntry[] {
  const series = seriesById(db, page.series);
  // Left to itself SQLite walks the whole book, as that has the right order too.
  const source = page.exceptions
    ? sql`number_entry AS e INDEXED BY number_entry_exceptions WHERE (e.state <> 'taken' OR e.suffix <> '') AND`
    : sql`number_entry AS e WHERE`;
  const from = page.before ?? { number: Number.MAX_SAFE_INTEGER, suffix: '' };
  const place = sql`FROM ${source} e.series = ${page.series}
    AND (e.number, e.suffix) < (${from.number}, ${from.suffix}) ORDER BY e.number DESC, e.suffix DESC LIMIT ${page.limit}`;
  const rows =
    series?.register === 'incoming'
      ? all<BookRow>(
          db,
          sql`SELECT shown.*, d.code_number || '/' || d.code_notation AS code, d.subject FROM (SELECT e.* ${place}) AS shown
              LEFT JOIN incoming_document AS d ON d.arrival_series = shown.series AND d.arrival_number = shown.number AND d.arrival_suffix = shown.suffix
              ORDER BY shown.number DESC, shown.suffix DESC`,
        )
      : all<BookRow>(
          db,
          sql`SELECT shown.*, c.code_number || '/' || c.code_notation AS code, d.subject FROM (SELECT e.* ${place}) AS shown
              LEFT JOIN number_code AS c ON c.series = shown.series AND c.number = shown.number AND c.suffix = shown.suffix
              LEFT JOIN outgoing_document AS d ON ${documentOfCode}
              ORDER BY shown.number DESC, shown.suffix DESC`,
        );
  return rows.map((row) => entryOf(row, row.code ?? '', row.subject ?? ''));
}

/**
 * The numbers of a series that were given outside the program, highest first. Those whose documents were taken over later
 * stand in the book; they part what was noted as one gap.
 */
export function gapsOf(db: ReadDb, series: string): NumberGap[] {
  return all(
    db,
    sql`WITH given AS (
          SELECT g.first AS gap, e.number, LAG(e.number, 1, g.first - 1) OVER (PARTITION BY g.first ORDER BY e.number) AS former
          FROM number_gap AS g JOIN number_entry AS e ON e.series = g.series AND e.number BETWEEN g.first AND g.last AND e.suffix = ''
          WHERE g.series = ${series}
          UNION ALL
          SELECT g.first, g.last + 1, COALESCE((SELECT MAX(number) FROM number_entry AS e
            WHERE e.series = g.series AND e.number BETWEEN g.first AND g.last AND e.suffix = ''), g.first - 1)
          FROM number_gap AS g WHERE g.series = ${series}
        )
        SELECT former + 1 AS first, number - 1 AS last, g.reason, g.at, g.by
        FROM given JOIN number_gap AS g ON g.series = ${series} AND g.first = gap
        WHERE number > former + 1 ORDER BY 1 DESC`,
  );
}
