import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { actorOf } from '../../people/index.ts';

type Closing = { readonly at: string; readonly reason: string; readonly by: string };

/** Closes a series that is open. */
export function closeSeriesRow(db: WriteDb, series: string, { at, reason, by }: Closing): void {
  changeOne(
    db,
    sql`UPDATE number_series SET closed_at = ${at}, closed_reason = ${reason}, closed_by = ${by}
        WHERE id = ${series} AND closed_at IS NULL`,
  );
}

/** Opens a closed series again; false when its whole year is closed. */
export function reopenSeriesRow(db: WriteDb, series: string): boolean {
  return (
    run(
      db,
      sql`UPDATE number_series SET closed_at = NULL, closed_reason = '', closed_by = ''
          WHERE id = ${series} AND NOT EXISTS (SELECT 1 FROM number_year AS y
            WHERE y.office = number_series.office AND y.year = number_series.year)`,
    ) === 1
  );
}

/** Lets a series of a past year give numbers until a day. */
export function noteLate(db: WriteDb, series: string, until: string): void {
  changeOne(db, sql`UPDATE number_series SET late_until = ${until} WHERE id = ${series}`);
}

/** How many numbers of a year are still kept, in series that are open. */
export function reservedInYear(db: ReadDb, office: string, year: number): number {
  return (
    one<{ n: number }>(
      db,
      sql`SELECT COUNT(*) AS n FROM number_series AS s JOIN number_entry AS e INDEXED BY number_entry_exceptions ON e.series = s.id
          WHERE s.office = ${office} AND s.year = ${year} AND s.closed_at IS NULL
            AND (e.state <> 'taken' OR e.suffix <> '') AND e.state = 'reserved'`,
    )?.n ?? 0
  );
}

/** Closes a year with all its series; answers how many were open. */
export function closeYearRows(db: WriteDb, office: string, year: number, { at, reason, by }: Closing): number {
  changeOne(db, sql`INSERT INTO number_year (office, year, closed_at, reason, by) VALUES (${office}, ${year}, ${at}, ${reason}, ${by})`);
  return run(
    db,
    sql`UPDATE number_series SET closed_at = ${at}, closed_reason = ${reason}, closed_by = ${by}
        WHERE office = ${office} AND year = ${year} AND closed_at IS NULL`,
  );
}

/** Opens a year again with the series that were closed with it; answers how many. */
export function reopenYearRows(db: WriteDb, office: string, year: number, closedAt: string): number {
  changeOne(db, sql`DELETE FROM number_year WHERE office = ${office} AND year = ${year}`);
  return run(
    db,
    sql`UPDATE number_series SET closed_at = NULL, closed_reason = '', closed_by = ''
        WHERE office = ${office} AND year = ${year} AND closed_at = ${closedAt}`,
  );
}

/**
 * Closes every year in which an office that ends still gives numbers; answers how many series were open. Numbers given stay
 * given, and the successor's series begin at 1.
 */
export function closeOffice(db: WriteDb, { office, at, reason }: { readonly office: string; readonly at: string; readonly reason: string }): number {
  const years = all<{ year: number }>(
    db,
    sql`SELECT DISTINCT year FROM number_series WHERE office = ${office} AND closed_at IS NULL
          AND year NOT IN (SELECT year FROM number_year WHERE office = ${office})`,
  );
  return years.reduce((sum, { year }) => sum + closeYearRows(db, office, year, { at, reason, by: actorOf(db).name }), 0);
}
