import { expect, test } from 'vitest';
import { all, changeOne, sql } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('messages of version 30 stay, and one that cannot be fetched is counted once under its transport id', () => {
  const db = databaseAt(60);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  changeOne(
    db,
    sql`INSERT INTO inbox_message (id, transport_id, message_type, state, sender, sender_document_id, business_type,
          received_at, sha256, size, reason, document)
        VALUES ('m1', 't1', 'edoc', 'stored', 'G09', 'x', '0', 'a', 'h', 1, '', 'd1')`,
  );
  bringTo(db, 60, 70);
  expect(all(db, sql`SELECT id, state, document FROM inbox_message`)).toEqual([{ id: 'm1', state: 'stored', document: 'd1' }]);

  const withhold = (transportId: string, messageType: string, tries: number): void => {
    changeOne(
      db,
      sql`INSERT INTO inbox_withheld (transport_id, message_type, sender, tries, first_failed_at, last_failed_at,
            next_try_at, failure, detail)
          VALUES (${transportId}, ${messageType}, 'G09', ${tries}, 'a', 'a', 'a', 'time-out', '')`,
    );
  };
  withhold('t2', 'edoc', 1);
  expect(() => {
    withhold('t2', 'edoc', 1);
  }).toThrow(/UNIQUE/);
  expect(() => {
    withhold('t3', 'letter', 1);
  }).toThrow(/CHECK/);
  expect(() => {
    withhold('t4', 'edoc', 0);
  }).toThrow(/CHECK/);
});
