import { expect, test } from 'vitest';
import { all, changeOne, sql, type WriteDb } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

function message(db: WriteDb, id: string, transportId: string, state: string, documentId: string): void {
  changeOne(
    db,
    sql`INSERT INTO inbox_message (id, transport_id, message_type, state, sender, sender_document_id, business_type,
          received_at, sha256, size, reason, document)
        VALUES (${id}, ${transportId}, 'edoc', ${state}, 'G09', ${documentId}, '0', 'a', 'h', 1, '', 'd1')`,
  );
}

function status(db: WriteDb, id: string, code: string): void {
  changeOne(
    db,
    sql`INSERT INTO outbox (id, state, payload, document, status_code, created_at)
        VALUES (${id}, 'waiting', '{}', 'd1', ${code}, 'a')`,
  );
}

test('documents of version 20 stay, and both boxes hold their keys against doubling', () => {
  const db = databaseAt(20);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  bringTo(db, 20, 30);
  expect(all(db, sql`SELECT id, state FROM incoming_document`)).toEqual([{ id: 'd1', state: 'arrived' }]);

  message(db, 'm1', 't1', 'stored', 'x');
  expect(() => {
    message(db, 'm2', 't1', 'stored', 'y');
  }, 'one transport id once').toThrow(/UNIQUE/);
  expect(() => {
    message(db, 'm3', 't3', 'stored', 'x');
  }, 'one document of one sender once').toThrow(/UNIQUE/);
  message(db, 'm4', 't4', 'duplicate', 'x');

  status(db, 'o1', '01');
  status(db, 'o2', '03');
  expect(() => {
    status(db, 'o3', '03');
  }, 'a status is said once').toThrow(/UNIQUE/);
});
