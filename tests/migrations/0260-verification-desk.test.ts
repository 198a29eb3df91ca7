import { expect, test } from 'vitest';
import { all, changeOne, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

function put(db: WriteDb, id: string, sha256: string, name = 'a.pdf'): void {
  changeOne(db, sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256) VALUES (${id}, 'd1', ${Number(id)}, ${name}, 'x', 1, ${sha256})`);
}
const queued = (db: WriteDb): unknown => all<{ sha256: string }>(db, sql`SELECT sha256 FROM verification WHERE state = 'waiting' ORDER BY sha256`).map(({ sha256 }) => sha256);

test('PDFs of before wait to be looked at, and every later one does from its first moment; what was destroyed and other files do not', () => {
  const db = databaseAt(250);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  put(db, '1', 'h1');
  put(db, '2', 'h2', 'a.docx');
  put(db, '3', 'h3');
  run(db, sql`UPDATE incoming_file SET destroyed_at = 'x' WHERE id = '3'`);
  run(db, sql`INSERT INTO printed_file (id, kind, made_at, made_by, name, media_type, size, sha256) VALUES ('p', 'book', 'z', 'A', 'n', 'm', 1, 'h')`);
  bringTo(db, 250, 260);
  expect(queued(db)).toEqual(['h1']);
  put(db, '4', 'h4', 'B.PDF');
  put(db, '5', 'h4');
  expect(queued(db)).toEqual(['h1', 'h4']);
  run(db, sql`UPDATE incoming_file SET destroyed_at = 'x' WHERE id IN ('4', '5')`);
  expect(queued(db)).toEqual(['h1']);
  expect(all(db, sql`SELECT * FROM printed_file`)).toEqual([{ id: 'p', kind: 'book', made_at: 'z', made_by: 'A', name: 'n', media_type: 'm', size: 1, sha256: 'h' }]);
  run(db, sql`INSERT INTO printed_file (id, kind, made_at, made_by, name, media_type, size, sha256) VALUES ('q', 'verdict', 'z', 'A', 'n', 'm', 1, 'h')`);
  expect(() => { run(db, sql`INSERT INTO printed_file (id, kind, made_at, made_by, name, media_type, size, sha256) VALUES ('r', 'other', 'z', 'A', 'n', 'm', 1, 'h')`); }).toThrow(/CHECK/);
});

test('an alarm is settled with a reason only', () => {
  const db = databaseAt(260);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  run(db, sql`INSERT INTO verdict_alarm (document, decision, why, raised_at) VALUES ('d1', 'ask', 'no-signature', 'z')`);
  expect(() => { run(db, sql`UPDATE verdict_alarm SET settled_at = 'z' WHERE document = 'd1'`); }).toThrow(/CHECK/);
});
