import { expect, test } from 'vitest';
import { all, changeOne, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

const untold = (db: WriteDb): unknown[] => all<{ document: string }>(db, sql`SELECT document FROM arrival_untold ORDER BY 1`).map(({ document }) => document);

function notice(db: WriteDb, document: string, code = '01'): void {
  run(
    db,
    sql`INSERT INTO outbox (id, state, payload, incoming, status_code, occasion, created_at)
        VALUES (${document + code}, 'waiting', '', ${document}, ${code}, '', 'at')`,
  );
}

test('senders who were never told that a document came are known from before, and leave with the notice', () => {
  const db = databaseAt(345);
  for (const id of ['d1', 'd2', 'd3']) insertDocument(db, id, { state: 'arrived', number: null, year: null });
  changeOne(db, sql`UPDATE incoming_document SET source = 'paper' WHERE id = 'd3'`);
  notice(db, 'd1');
  notice(db, 'd2', '03');
  bringTo(db, 345, 355);
  expect(untold(db)).toEqual(['d2']);
  insertDocument(db, 'd4', { state: 'arrived', number: null, year: null });
  expect(untold(db)).toEqual(['d2', 'd4']);
  notice(db, 'd4', '02');
  notice(db, 'd2');
  expect(untold(db)).toEqual(['d4']);
  notice(db, 'd4');
  expect(untold(db)).toEqual([]);
});

test('what was done in time is in none of the indexes over what may have been late', () => {
  const db = databaseAt(345);
  run(db, sql`INSERT INTO number_series (id, office, register, year, last) SELECT 's', id, 'incoming', 2026, 9 FROM office`);
  const at = '2026-11-20T16:59:00.000Z';
  const entered = { early: '2026-11-21T16:59:59.999Z', late: '2026-11-21T17:00:00.000Z' };
  Object.entries(entered).forEach(([id, registered], n) => {
    insertDocument(db, id, { state: 'arrived', number: null, year: null });
    changeOne(
      db,
      sql`UPDATE incoming_document SET arrived_at = ${at}, state = 'registered', arrival_series = 's', arrival_number = ${n + 1}, arrival_year = 2026,
            registered_at = ${registered}, due_date = '2026-11-21', stage = 'done', done_at = ${registered} WHERE id = ${id}`,
    );
  });
  bringTo(db, 345, 355);
  const entry = sql`SELECT id FROM incoming_document INDEXED BY incoming_document_entered_late WHERE registered_at IS NOT NULL
    AND (date(registered_at, '+7 hours') > date(arrived_at, '+7 hours', '+1 day') OR (urgency > 0 AND unixepoch(registered_at) - unixepoch(arrived_at) >= 300))`;
  const done = sql`SELECT id FROM incoming_document INDEXED BY incoming_document_done_late WHERE done_at IS NOT NULL AND date(done_at, '+7 hours') > COALESCE(deadline, due_date)`;
  expect(all(db, entry)).toEqual([{ id: 'late' }]);
  expect(all(db, done)).toEqual([{ id: 'late' }]);
  changeOne(db, sql`UPDATE incoming_document SET urgency = 1 WHERE id = 'early'`);
  expect(all(db, entry)).toHaveLength(2);
});
