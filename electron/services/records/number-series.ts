import { one, run, sql, type WriteDb } from '../../store/index.ts';

/**
 * Takes the next number of a register in a year, in the caller's transaction: if the register row is not written, the
 * number is not taken either. One series for paper and electronic documents (NĐ 30/2020 art. 22.2), from 1 each year.
 */
export function takeNumber(db: WriteDb, register: 'incoming', year: number): number {
  run(
    db,
    sql`INSERT INTO number_series (register, year, last) VALUES (${register}, ${year}, 1)
        ON CONFLICT (register, year) DO UPDATE SET last = last + 1`,
  );
  const row = one<{ last: number }>(
    db,
    sql`SELECT last FROM number_series WHERE register = ${register} AND year = ${year}`,
  );
  if (row === undefined) throw new Error('the series that was just raised is gone');
  return row.last;
}
