import { expect, test } from 'vitest';
import { all, run, sql } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('settings and log of version 10 stay as they are, and the register holds its rules', () => {
  const db = databaseAt(10);
  run(db, sql`INSERT INTO setting (name, value, changed_at) VALUES ('station', '{}', 'x')`);
  bringTo(db, 10, 20);
  expect(all(db, sql`SELECT name, value FROM setting`)).toEqual([{ name: 'station', value: '{}' }]);

  insertDocument(db, 'd1', { state: 'registered', number: 1, year: 2026 });
  insertDocument(db, 'd2', { state: 'registered', number: 1, year: 2027 });
  // Never one number twice in a year, and never a registered document without its number.
  expect(() => {
    insertDocument(db, 'd3', { state: 'registered', number: 1, year: 2026 });
  }).toThrow(/UNIQUE/);
  expect(() => {
    insertDocument(db, 'd4', { state: 'registered', number: null, year: null });
  }).toThrow(/CHECK/);
  expect(() => {
    insertDocument(db, 'd5', { state: 'arrived', number: 2, year: 2026 });
  }).toThrow(/CHECK/);
  insertDocument(db, 'd6', { state: 'arrived', number: null, year: null });
  insertDocument(db, 'd7', { state: 'arrived', number: null, year: null });
});
