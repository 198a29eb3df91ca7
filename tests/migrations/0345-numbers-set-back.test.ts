import { expect, test } from 'vitest';
import { all, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

/** A series that was told to have begun after 100 and then after 150, with what else is told of it. */
function series(db: WriteDb, last: number): void {
  run(db, sql`INSERT INTO office (id, organ_id, name, abbreviation, valid_from) VALUES ('o', 'o', 'UBND xã', 'UBND', '2025-07-01')`);
  run(db, sql`INSERT INTO number_series (id, office, register, scope, year, last) VALUES ('s', 'o', 'outgoing', '', 2026, ${last})`);
  run(db, sql`INSERT INTO number_gap VALUES ('s', 1, 100, 'sổ giấy', 'at', 'A'), ('s', 101, 150, 'sổ giấy', 'at', 'A')`);
}
const gaps = (db: WriteDb): unknown => all(db, sql`SELECT first, last FROM number_gap ORDER BY first`);

test('only the end of what was told of a series can be taken back, and never a number that has a row', () => {
  const db = databaseAt(315);
  series(db, 150);
  expect(() => run(db, sql`DELETE FROM number_gap WHERE first = 101`)).toThrow(/never removed/);
  bringTo(db, 315, 345);
  expect(gaps(db)).toEqual([{ first: 1, last: 100 }, { first: 101, last: 150 }]);
  // The series cannot fall below what is still told; an explanation in the middle stays.
  expect(() => run(db, sql`UPDATE number_series SET last = 120`)).toThrow(/goes forward/);
  expect(() => run(db, sql`DELETE FROM number_gap WHERE first = 1`)).toThrow(/never removed/);
  expect(() => run(db, sql`UPDATE number_gap SET last = 50 WHERE first = 1`)).toThrow(/stays/);
  expect(() => run(db, sql`UPDATE number_gap SET last = 160 WHERE first = 101`)).toThrow(/stays/);
  expect(() => run(db, sql`UPDATE number_gap SET reason = 'khác' WHERE first = 101`)).toThrow(/stays/);
  run(db, sql`UPDATE number_gap SET last = 120 WHERE first = 101`);
  run(db, sql`UPDATE number_series SET last = 120`);
  run(db, sql`INSERT INTO number_entry (series, number, suffix, state, reason, at) VALUES ('s', 110, '', 'void', 'x', 'at')`);
  expect(() => run(db, sql`UPDATE number_gap SET last = 105 WHERE first = 101`)).toThrow(/stays/);
  expect(() => run(db, sql`DELETE FROM number_gap WHERE first = 101`)).toThrow(/never removed/);
  expect(() => run(db, sql`UPDATE number_series SET last = 105`)).toThrow(/goes forward/);
  run(db, sql`UPDATE number_gap SET last = 112 WHERE first = 101`);
  run(db, sql`UPDATE number_series SET last = 112`);
  expect(() => run(db, sql`UPDATE number_series SET year = 2027`)).toThrow(/goes forward/);
});
