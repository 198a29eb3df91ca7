import { newId } from '../../../foundation/ids.ts';
import { changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { currentOffice } from '../../settings/index.ts';

/** Name and abbreviation of the office as it is now. */
export function officeNames(db: ReadDb): { readonly name: string; readonly abbreviation: string } {
  const names = one<{ name: string; abbreviation: string }>(db, sql`SELECT name, abbreviation FROM office WHERE id = ${currentOffice(db)}`);
  if (names === undefined) throw new Error('there is no office');
  return names;
}

/** Abbreviation of a unit by its id or name; '' when there is none. */
export function unitAbbreviation(db: ReadDb, unit: string): string {
  return one<{ abbreviation: string }>(db, sql`SELECT abbreviation FROM unit WHERE id = ${unit} OR name = ${unit}`)?.abbreviation ?? '';
}

/** The running order of a year, opened when this is its first document. */
export function seriesOf(db: WriteDb, scope: string, year: number): { readonly id: string; readonly last: number; readonly closed: boolean } {
  const office = currentOffice(db);
  run(
    db,
    sql`INSERT INTO number_series (id, office, register, scope, year, last) VALUES (${newId()}, ${office}, 'outgoing', ${scope}, ${year}, 0)
        ON CONFLICT (office, register, scope, year) DO NOTHING`,
  );
  const row = one<{ id: string; last: number; closed_at: string | null }>(
    db,
    sql`SELECT id, last, closed_at FROM number_series
        WHERE office = ${office} AND register = 'outgoing' AND scope = ${scope} AND year = ${year}`,
  );
  if (row === undefined) throw new Error('the series that was just opened is gone');
  return { id: row.id, last: row.last, closed: row.closed_at !== null };
}

/** Raises a running order to the number that was given. */
export function raiseSeries(db: WriteDb, id: string, number: number): void {
  changeOne(db, sql`UPDATE number_series SET last = ${number} WHERE id = ${id}`);
}
