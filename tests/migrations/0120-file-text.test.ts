import { expect, test } from 'vitest';
import { all, changeOne, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

const waiting = (db: WriteDb): unknown =>
  all<{ sha256: string }>(db, sql`SELECT sha256 FROM file_text WHERE state = 'waiting' ORDER BY sha256`).map((row) => row.sha256);

function put(db: WriteDb, id: string, document: string, name: string, mediaType: string, sha256: string): void {
  changeOne(
    db,
    sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256)
        VALUES (${id}, ${document}, ${Number(id)}, ${name}, ${mediaType}, 1, ${sha256})`,
  );
}

test('the text of PDFs stored before is waited for, of each content once, and of none that was destroyed', () => {
  const db = databaseAt(70);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  put(db, '1', 'd1', 'a.pdf', 'application/octet-stream', 'h1');
  put(db, '2', 'd1', 'b', 'application/pdf', 'h2');
  put(db, '3', 'd1', 'c.xlsx', 'application/vnd.ms-excel', 'h3');
  put(db, '4', 'd1', 'd.PDF', '', 'h1');
  put(db, '5', 'd1', 'e.pdf', 'application/pdf', 'h5');
  run(db, sql`UPDATE incoming_file SET destroyed_at = 'x' WHERE id = '5'`);
  bringTo(db, 70, 120);
  expect(waiting(db)).toEqual(['h1', 'h2']);
});

test('a new file waits with its row; the text goes with the last file of its content', () => {
  const db = databaseAt(120);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  put(db, '1', 'd1', 'a.pdf', 'application/pdf', 'h1');
  put(db, '2', 'd1', 'again.pdf', 'application/pdf', 'h1');
  put(db, '3', 'd1', 'c.docx', 'application/msword', 'h3');
  expect(waiting(db)).toEqual(['h1']);
  run(db, sql`UPDATE incoming_file SET destroyed_at = 'x' WHERE id = '1'`);
  expect(waiting(db)).toEqual(['h1']);
  run(db, sql`UPDATE incoming_file SET destroyed_at = 'x' WHERE id = '2'`);
  expect(waiting(db)).toEqual([]);
  expect(() => {
    run(db, sql`INSERT INTO file_text (sha256, state, size) VALUES ('x', 'read', 1)`);
  }).toThrow(/CHECK/);
});
