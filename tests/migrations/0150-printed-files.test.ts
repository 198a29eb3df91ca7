import { expect, test } from 'vitest';
import { all, changeOne, sql } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('documents stay as they are, and a print of an unknown kind is refused', () => {
  const db = databaseAt(80);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  bringTo(db, 80, 150);
  expect(all(db, sql`SELECT id FROM incoming_document`)).toEqual([{ id: 'd1' }]);
  const print = (kind: string): void => {
    changeOne(
      db,
      sql`INSERT INTO printed_file (id, kind, made_at, made_by, name, media_type, size, sha256)
          VALUES (${kind}, ${kind}, 'a', 'A', 'n', 'application/pdf', 1, 'h')`,
    );
  };
  print('book');
  expect(() => {
    print('poster');
  }).toThrow(/CHECK/);
});
