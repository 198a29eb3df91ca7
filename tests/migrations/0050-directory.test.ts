import { expect, test } from 'vitest';
import { all, changeOne, sql, type WriteDb } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

function agency(db: WriteDb, code: string, since: number, until: number | null): void {
  changeOne(
    db,
    sql`INSERT INTO agency (code, plain, name, other_names, level_one, kind, axis_id, parent_axis_id, mail, source, basis,
          inferred, listed, since, until)
        VALUES (${code}, ${code}, ${`${code} ${String(since)}`}, '[]', ${code}, 'agency', '', '', '', 'axis', '', 0, 1,
          ${since}, ${until})`,
  );
}

test('documents of version 30 stay, and readers see one generation of the directory', () => {
  const db = databaseAt(30);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  bringTo(db, 30, 50);
  expect(all(db, sql`SELECT id FROM incoming_document`)).toEqual([{ id: 'd1' }]);

  const seen = (): unknown => all(db, sql`SELECT name FROM agency_now ORDER BY code`);
  agency(db, 'G12', 1, 2);
  agency(db, 'G12', 2, null);
  agency(db, 'H36', 1, null);
  expect(seen()).toEqual([]);
  changeOne(db, sql`UPDATE directory_state SET current = 1`);
  expect(seen()).toEqual([{ name: 'G12 1' }, { name: 'H36 1' }]);
  changeOne(db, sql`UPDATE directory_state SET current = 2`);
  expect(seen()).toEqual([{ name: 'G12 2' }, { name: 'H36 1' }]);
  expect(() => {
    agency(db, 'H36', 3, null);
  }, 'a code has one newest version').toThrow(/UNIQUE/);
});

test('a closed group leaves its name free', () => {
  const db = databaseAt(30);
  bringTo(db, 30, 50);
  const group = (id: string, closedAt: string | null): void => {
    changeOne(
      db,
      sql`INSERT INTO recipient_group (id, name, folded, created_at, changed_at, closed_at) VALUES (${id}, 'a', 'a', '', '', ${closedAt})`,
    );
  };
  group('1', 'then');
  group('2', null);
  expect(() => {
    group('3', null);
  }).toThrow(/UNIQUE/);
});
