import { expect, test } from 'vitest';
import { all, changeOne, one, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

function outgoing(db: WriteDb): void {
  changeOne(
    db,
    sql`INSERT INTO outgoing_document (id, state, office, document_id, code_number, code_notation, issued_date, place, type_name, subject, urgency, signer_name, signer_position, signer_competence,
          to_places, paper, issued_at, issued_by)
        VALUES ('o1', 'issued', (SELECT id FROM office), 'doc', '1', 'VP', '2019-01-01', '', 'Công văn', 's', 0, '', '', '', '[]', 0, 'a', 'A')`,
  );
}
const put = (db: WriteDb, table: 'incoming' | 'outgoing', id: string, sha256: string): number =>
  run(
    db,
    table === 'incoming'
      ? sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256) VALUES (${id}, 'd1', ${Number(id)}, 'a.pdf', 'x', 1, ${sha256})`
      : sql`INSERT INTO outgoing_file (id, document, ordinal, name, media_type, size, sha256) VALUES (${id}, 'o1', ${Number(id)}, 'a.pdf', 'x', 1, ${sha256})`,
  );
const known = (db: WriteDb): unknown => all<{ sha256: string }>(db, sql`SELECT sha256 FROM file_text UNION ALL SELECT sha256 FROM verification ORDER BY 1`).map(({ sha256 }) => sha256);

test('a text and what was found of signatures go with the last document that has the file, of either register', () => {
  const db = databaseAt(270);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  outgoing(db);
  put(db, 'incoming', '1', 'h1');
  put(db, 'outgoing', '2', 'h1');
  put(db, 'outgoing', '3', 'h2');
  bringTo(db, 270, 280);
  expect(known(db)).toEqual(['h1', 'h1', 'h2', 'h2']);
  run(db, sql`UPDATE incoming_file SET destroyed_at = 'z'`);
  expect(known(db)).toEqual(['h1', 'h1', 'h2', 'h2']);
  run(db, sql`UPDATE outgoing_file SET destroyed_at = 'z' WHERE id = '3'`);
  expect(known(db)).toEqual(['h1', 'h1']);
  run(db, sql`UPDATE outgoing_file SET destroyed_at = 'z' WHERE id = '2'`);
  expect(known(db)).toEqual([]);
});

test('a frozen document of ours changes no more, but may be destroyed after its term', () => {
  const db = databaseAt(270);
  outgoing(db);
  put(db, 'outgoing', '1', 'h1');
  run(db, sql`UPDATE outgoing_document SET state = 'recalled', frozen_at = 'z', frozen_reason = 'r' WHERE id = 'o1'`);
  bringTo(db, 270, 280);
  expect(() => run(db, sql`UPDATE outgoing_file SET name = 'b'`)).toThrow(/frozen/);
  expect(run(db, sql`UPDATE outgoing_file SET destroyed_at = 'z'`)).toBe(1);
});

test('rows of a schedule, steps, lists and traces are never changed or removed', () => {
  const db = databaseAt(280);
  run(db, sql`INSERT INTO retention_schedule (id, name, source, confidence, valid_from, imported_at, imported_by, file_name, media_type, size, sha256) VALUES ('s', 'n', 'q', 'office', '2026-01-01', 'a', 'A', 'f', 'm', 1, 'h')`);
  run(db, sql`INSERT INTO retention_row (id, schedule, ordinal, code, group_name, description, period_kind, period_years, period_text, basis, note, words, plain) VALUES ('r', 's', 1, '', '', 'd', 'years', 5, '5 năm', '', '', '', '')`);
  expect(() => run(db, sql`UPDATE retention_row SET period_years = 1`)).toThrow(/stays as it was/);
  expect(() => run(db, sql`DELETE FROM retention_row`)).toThrow(/stays as it was/);
  expect(() => run(db, sql`UPDATE retention_schedule SET valid_to = '2025-01-01'`)).toThrow(/CHECK/);
  run(db, sql`INSERT INTO disposal (id, title, state, created_at, created_by) VALUES ('l', 't', 'drafting', 'a', 'A')`);
  for (const state of ['concluded', 'decided', 'destroying', 'destroyed']) expect(() => run(db, sql`UPDATE disposal SET state = ${state}, ended_at = NULL`), state).toThrow(/no such step|CHECK/);
  expect(() => run(db, sql`DELETE FROM disposal`)).toThrow(/on record/);
  run(db, sql`UPDATE disposal SET state = 'cancelled', ended_at = 'z'`);
  expect(() => run(db, sql`UPDATE disposal SET title = 'x'`)).toThrow(/ended/);
  expect(one(db, sql`SELECT COUNT(*) AS n FROM disposal`)).toEqual({ n: 1 });
});
