import { expect, test } from 'vitest';
import { all, changeOne, one, run, sql } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('given numbers, what refers to documents and what ended them stay; the office has the name it was set to', () => {
  const db = databaseAt(70);
  run(
    db,
    sql`INSERT INTO setting (name, value, changed_at)
        VALUES ('station', '{"agency":{"organId":"H29.99","name":"UBND phường"},"operator":"A"}', 'x')`,
  );
  insertDocument(db, 'd1', { state: 'registered', number: 7, year: 2026 });
  insertDocument(db, 'd2', { state: 'arrived', number: null, year: null });
  insertDocument(db, 'd3', { state: 'registered', number: 1, year: 2025 });
  changeOne(db, sql`UPDATE incoming_document SET closure = 'replaced', closed_at = 'z', replaced_by = 'd2' WHERE id = 'd1'`);
  run(db, sql`INSERT INTO number_series (register, year, last) VALUES ('incoming', 2026, 7)`);
  changeOne(
    db,
    sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256) VALUES ('f', 'd1', 0, 'n', 'm', 1, 'h')`,
  );
  const before = all(db, sql`SELECT id, arrived_at, document_id, subject, replaced_by FROM incoming_document ORDER BY id`);
  bringTo(db, 70, 80);

  expect(all(db, sql`SELECT id, arrived_at, document_id, subject, replaced_by FROM incoming_document ORDER BY id`)).toEqual(before);
  expect(all(db, sql`SELECT organ_id, name, valid_to FROM office`)).toEqual([{ organ_id: 'H29.99', name: 'UBND phường', valid_to: null }]);
  expect(all(db, sql`SELECT register, scope, year, last FROM number_series ORDER BY year`)).toEqual([
    { register: 'incoming', scope: '', year: 2025, last: 1 },
    { register: 'incoming', scope: '', year: 2026, last: 7 },
  ]);
  expect(
    all(
      db,
      sql`SELECT d.id, d.standing, d.source, s.year, d.arrival_number FROM incoming_document AS d
          LEFT JOIN number_series AS s ON s.id = d.arrival_series ORDER BY d.id`,
    ),
  ).toEqual([
    { id: 'd1', standing: 'replaced', source: 'axis', year: 2026, arrival_number: 7 },
    { id: 'd2', standing: 'arrived', source: 'axis', year: null, arrival_number: null },
    { id: 'd3', standing: 'registered', source: 'axis', year: 2025, arrival_number: 1 },
  ]);
  const series = one<{ id: string }>(db, sql`SELECT id FROM number_series WHERE year = 2026`)?.id ?? '';
  const number = (id: string, suffix: string, inSeries: string | null): void => {
    changeOne(
      db,
      sql`UPDATE incoming_document SET state = 'registered', arrival_series = ${inSeries}, arrival_number = 7,
            arrival_suffix = ${suffix}, arrival_year = 2026 WHERE id = ${id}`,
    );
  };
  // Never one number twice in a series, and never a number of no series.
  expect(() => {
    number('d2', '', series);
  }).toThrow(/UNIQUE/);
  expect(() => {
    number('d2', '', null);
  }).toThrow(/CHECK/);
  expect(() => {
    number('d2', '', 'of no office');
  }).toThrow(/FOREIGN KEY/);
  number('d2', 'a', series);
  // Work cannot be done on what is not in the register, and what refers to a document holds it.
  insertDocument(db, 'd4', { state: 'arrived', number: null, year: null });
  expect(() => changeOne(db, sql`UPDATE incoming_document SET stage = 'done' WHERE id = 'd4'`)).toThrow(/CHECK/);
  expect(() => run(db, sql`DELETE FROM incoming_document WHERE id = 'd1'`)).toThrow(/FOREIGN KEY/);
});

test('an office that was never set up is there without a name', () => {
  const db = databaseAt(70);
  bringTo(db, 70, 80);
  expect(all(db, sql`SELECT organ_id, name FROM office`)).toEqual([{ organ_id: '', name: '' }]);
});
