import { newId } from '../../foundation/ids.ts';
import { one, run, sql, type WriteDb } from '../../store/index.ts';
import { currentOffice } from '../settings/index.ts';

export type TakenNumber = {
  /** id of the series, for the register row */
  readonly series: string;
  readonly number: number;
};

/**
 * Takes the next number of a register in a year, in the caller's transaction: if the register row is not written, the
 * number is not taken either. One series for paper and electronic documents (NĐ 30/2020 art. 22.2), from 1 each year and
 * in each office.
 */
export function takeNumber(db: WriteDb, register: 'incoming', year: number): TakenNumber {
  const office = currentOffice(db);
  run(
    db,
    sql`INSERT INTO number_series (id, office, register, year, last) VALUES (${newId()}, ${office}, ${register}, ${year}, 1)
        ON CONFLICT (office, register, scope, year) DO UPDATE SET last = last + 1`,
  );
  const row = one<{ id: string; last: number }>(
    db,
    sql`SELECT id, last FROM number_series
        WHERE office = ${office} AND register = ${register} AND scope = '' AND year = ${year}`,
  );
  if (row === undefined) throw new Error('the series that was just raised is gone');
  return { series: row.id, number: row.last };
}
