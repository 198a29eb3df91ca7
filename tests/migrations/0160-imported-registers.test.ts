import { expect, test } from 'vitest';
import { all, changeOne, one, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

/** A numbered document of either register, as it stands at version 150. */
function filled(): WriteDb {
  const db = databaseAt(150);
  const office = one<{ id: string }>(db, sql`SELECT id FROM office`)?.id ?? '';
  for (const [series, register] of [['s1', 'incoming'], ['s2', 'outgoing']] as const) {
    changeOne(db, sql`INSERT INTO number_series (id, office, register, scope, name, year, last) VALUES (${series}, ${office}, ${register}, '', '', 2026, 1)`);
    changeOne(db, sql`INSERT INTO number_entry (series, number, suffix, state, day) VALUES (${series}, 1, '', 'taken', '2026-11-20')`);
  }
  changeOne(
    db,
    sql`INSERT INTO incoming_document (id, state, arrived_at, arrival_series, arrival_number, arrival_year, document_id, issuer_organ_id, issuer_name,
          addressed_organ_id, code_number, code_notation, place, type_name, subject, urgency, signer_name, signer_position, signer_competence, to_places)
        VALUES ('d1', 'registered', '2026-11-20T00:00:00.000Z', 's1', 1, 2026, '', '', '', '', '1', 'A', '', '', 's', 0, '', '', '', '[]')`,
  );
  changeOne(
    db,
    sql`INSERT INTO outgoing_document (id, state, office, document_id, series, number, code_number, code_notation, issued_date, place, type_name, subject,
          urgency, signer_name, signer_position, signer_competence, to_places, paper, issued_at)
        VALUES ('o1', 'issued', ${office}, 'o1', 's2', 1, '01', 'QĐ', '2026-11-20', '', '', 's', 0, '', '', '', '[]', 1, '2026-11-20T00:00:00.000Z')`,
  );
  changeOne(db, sql`INSERT INTO number_code (office, year, code, code_number, code_notation, series, number, suffix) VALUES (${office}, 2026, '1/QĐ', '01', 'QĐ', 's2', 1, '')`);
  return db;
}

test('series stay those of the program, and what it gave itself is still never removed', () => {
  const db = filled();
  bringTo(db, 150, 160);
  expect(all(db, sql`SELECT id, last, imported FROM number_series ORDER BY id`)).toEqual([{ id: 's1', last: 1, imported: 0 }, { id: 's2', last: 1, imported: 0 }]);
  expect(() => run(db, sql`DELETE FROM number_entry WHERE series = 's1'`)).toThrow(/never removed/);
  expect(() => run(db, sql`DELETE FROM number_code`)).toThrow(/never removed/);
  expect(() => run(db, sql`DELETE FROM outgoing_document`)).toThrow(/never removed/);
});

test('what was taken over from an old register can go again, with its number', () => {
  const db = filled();
  bringTo(db, 150, 160);
  changeOne(
    db,
    sql`INSERT INTO register_import (id, started_at, by, name, media_type, size, sha256, sheet, register, year) VALUES ('i1', 'a', 'A', 'n', 'm', 1, 'h', '', 'outgoing', 2026)`,
  );
  changeOne(db, sql`INSERT INTO imported_entry (document, import, line) VALUES ('o1', 'i1', 5)`);
  run(db, sql`DELETE FROM number_code WHERE series = 's2'`);
  run(db, sql`DELETE FROM number_entry WHERE series = 's2'`);
  run(db, sql`DELETE FROM outgoing_document WHERE id = 'o1'`);
  expect(one(db, sql`SELECT n FROM outgoing_count WHERE state = 'issued'`)).toEqual({ n: 0 });
  // The other register's number is nobody's to take.
  expect(() => run(db, sql`DELETE FROM number_entry WHERE series = 's1'`)).toThrow(/never removed/);
});
