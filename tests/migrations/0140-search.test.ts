import { expect, test } from 'vitest';
import { all, changeOne, one, run, sql } from '../../electron/store/index.ts';
import { driverOf } from '../../electron/store/db.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('documents of before wait to be gone through, and changes of theirs are noted from now on', () => {
  const db = databaseAt(70);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  bringTo(db, 70, 80);
  // As migration 0120 has it.
  driverOf(db).exec('CREATE TABLE IF NOT EXISTS file_text (sha256 TEXT PRIMARY KEY, state TEXT NOT NULL, text TEXT NOT NULL) STRICT');
  changeOne(db, sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256) VALUES ('f', 'd1', 0, 'n', 'm', 1, 'h')`);
  bringTo(db, 80, 140);
  expect(one(db, sql`SELECT version, building FROM search_state`)).toEqual({ version: 0, building: 0 });
  expect(all(db, sql`SELECT * FROM search_dirty`)).toEqual([]);
  changeOne(db, sql`UPDATE incoming_document SET subject = 't' WHERE id = 'd1'`);
  expect(all(db, sql`SELECT * FROM search_dirty`)).toEqual([{ id: 'd1', register: 'incoming' }]);
  run(db, sql`DELETE FROM search_dirty`);
  changeOne(db, sql`INSERT INTO file_text (sha256, state, text) VALUES ('h', 'read', 'x')`);
  expect(all(db, sql`SELECT * FROM search_dirty`)).toEqual([{ id: 'd1', register: 'incoming' }]);
  run(db, sql`DELETE FROM search_dirty`);
  changeOne(db, sql`UPDATE incoming_file SET destroyed_at = 'z' WHERE id = 'f'`);
  expect(all(db, sql`SELECT id FROM search_dirty`)).toEqual([{ id: 'd1' }]);
});

test('a name is kept once in an office, and again when it was put away', () => {
  const db = databaseAt(80);
  bringTo(db, 80, 140);
  const office = one<{ id: string }>(db, sql`SELECT id FROM office`)?.id ?? '';
  const put = (id: string): number =>
    run(db, sql`INSERT INTO saved_search (id, office, name, question, saved_at, saved_by) VALUES (${id}, ${office}, 'Tên', '{}', 'x', '')`);
  put('a');
  expect(() => put('b')).toThrow(/UNIQUE/);
  run(db, sql`UPDATE saved_search SET closed_at = 'y' WHERE id = 'a'`);
  put('b');
});
