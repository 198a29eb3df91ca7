import { expect, test } from 'vitest';
import { all, changeOne, one, run, sql } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

function databaseOf30(): ReturnType<typeof databaseAt> {
  const db = databaseAt(30);
  insertDocument(db, 'd1', { state: 'registered', number: 7, year: 2026 });
  changeOne(
    db,
    sql`INSERT INTO outbox (id, state, payload, document, status_code, created_at, attempts, next_try_at, doubt_since, last_failure)
        VALUES ('o1', 'waiting', '{"a":1}', 'd1', '03', 'a', 2, 'n', 's', 'time-out')`,
  );
  for (const [id, state, reason, type] of [
    ['m1', 'stored', '', '0'],
    ['m2', 'kept', 'business-type-1', '1'],
    ['m3', 'quarantined', 'not-xml', ''],
  ] as const) {
    changeOne(
      db,
      sql`INSERT INTO inbox_message (id, transport_id, message_type, state, sender, sender_document_id, business_type,
            received_at, sha256, size, reason, document)
          VALUES (${id}, ${id}, 'edoc', ${state}, 'G09', 'x', ${type}, 'a', ${id}, 1, ${reason}, NULL)`,
    );
  }
  return db;
}

test('documents, boxes and doubts of version 30 stay as they were', () => {
  const db = databaseOf30();
  bringTo(db, 30, 60);
  expect(all(db, sql`SELECT id, state, arrival_number, closure, replaced_by FROM incoming_document`)).toEqual([
    { id: 'd1', state: 'registered', arrival_number: 7, closure: null, replaced_by: null },
  ]);
  expect(all(db, sql`SELECT id, state, payload, incoming, outgoing, dispatch, status_code, occasion, attempts, next_try_at, doubt_since, last_failure FROM outbox`)).toEqual([
    { id: 'o1', state: 'waiting', payload: '{"a":1}', incoming: 'd1', outgoing: null, dispatch: null, status_code: '03', occasion: '', attempts: 2, next_try_at: 'n', doubt_since: 's', last_failure: 'time-out' },
  ]);
  // What could not be acted on then is read again; what cannot be read stays as it is.
  expect(all(db, sql`SELECT id, state, reason FROM inbox_message ORDER BY id`)).toEqual([
    { id: 'm1', state: 'stored', reason: '' },
    { id: 'm2', state: 'kept', reason: 'unknown-document' },
    { id: 'm3', state: 'quarantined', reason: 'not-xml' },
  ]);
});

test('the keys against doubling hold, and a recalled document is frozen by the database itself', () => {
  const db = databaseOf30();
  bringTo(db, 30, 60);
  expect(() => {
    run(db, sql`INSERT INTO outbox (id, state, payload, incoming, status_code, occasion, created_at) VALUES ('o2', 'waiting', '', 'd1', '03', '', 'a')`);
  }, 'a status is said once').toThrow(/UNIQUE/);
  run(db, sql`INSERT INTO outbox (id, state, payload, incoming, status_code, occasion, created_at) VALUES ('o3', 'waiting', '', 'd1', '15', 'r1', 'a')`);
  run(db, sql`INSERT INTO outbox (id, state, payload, incoming, status_code, occasion, created_at) VALUES ('o4', 'waiting', '', 'd1', '15', 'r2', 'a')`);

  const issue = (id: string, number: string, date: string): void => {
    changeOne(
      db,
      sql`INSERT INTO outgoing_document (id, state, document_id, code_number, code_notation, issued_date, place, type_name,
            subject, urgency, signer_name, signer_position, signer_competence, to_places, paper, issued_at, issued_by)
          VALUES (${id}, 'issued', ${id}, ${number}, 'VP', ${date}, '', 'Công văn', 's', 0, 'a', '', '', '[]', 0, 'a', 'b')`,
    );
  };
  issue('q1', '1', '2026-01-02');
  expect(() => {
    issue('q2', '1', '2026-12-31');
  }, 'one number a year').toThrow(/UNIQUE/);
  issue('q3', '1', '2027-01-01');

  run(db, sql`INSERT INTO outgoing_file (id, document, ordinal, name, media_type, size, sha256) VALUES ('f', 'q1', 0, 'a.pdf', 'x', 1, 'h')`);
  changeOne(db, sql`UPDATE outgoing_document SET state = 'recalled', frozen_at = 'a', frozen_reason = 'r' WHERE id = 'q1'`);
  expect(() => run(db, sql`UPDATE outgoing_document SET subject = 'khác' WHERE id = 'q1'`)).toThrow(/frozen/);
  expect(() => run(db, sql`UPDATE outgoing_document SET state = 'issued', frozen_at = NULL WHERE id = 'q1'`)).toThrow(/frozen/);
  expect(() => run(db, sql`UPDATE outgoing_file SET sha256 = 'khác' WHERE id = 'f'`)).toThrow(/frozen/);
  expect(() => run(db, sql`DELETE FROM outgoing_document WHERE id = 'q3'`)).toThrow(/never removed/);
  expect(one(db, sql`SELECT subject FROM outgoing_document WHERE id = 'q1'`)).toEqual({ subject: 's' });
});
