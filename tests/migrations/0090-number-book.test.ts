import { expect, test } from 'vitest';
import { checkSeries } from '../../electron/services/records/numbers/check.store.ts';
import { latestVersion } from '../../electron/store/migrations/index.ts';
import { all, changeOne, one, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

function registered(db: WriteDb, id: string, number: number, series: string): void {
  insertDocument(db, id, { state: 'arrived', number: null, year: null });
  changeOne(
    db,
    sql`UPDATE incoming_document SET state = 'registered', arrival_series = ${series}, arrival_number = ${number}, arrival_year = 2026,
          registered_at = '2026-11-20T18:00:00.000Z' WHERE id = ${id}`,
  );
}

function issued(db: WriteDb, id: string, state: string): void {
  changeOne(
    db,
    sql`INSERT INTO outgoing_document (id, state, document_id, code_number, code_notation, issued_date, place, type_name, subject,
          urgency, signer_name, signer_position, signer_competence, to_places, paper, issued_at, issued_by, frozen_at)
        VALUES (${id}, ${state}, ${id}, ${id}, 'UBND-VP', '2026-11-20', '', 'Công văn', 's', 0, '', '', '', '[]', 0, 'a', 'b',
          ${state === 'issued' ? null : 'z'})`,
  );
}

test('numbers that were given are in the book, what is missing is explained, and frozen documents stay frozen', () => {
  const db = databaseAt(80);
  const office = one<{ id: string }>(db, sql`SELECT id FROM office`)?.id ?? '';
  run(db, sql`INSERT INTO number_series (id, office, register, year, last) VALUES ('whole', ${office}, 'incoming', 2026, 2), ('torn', ${office}, 'incoming', 2025, 6)`);
  registered(db, 'd1', 1, 'whole');
  registered(db, 'd2', 2, 'whole');
  registered(db, 'd3', 3, 'torn');
  registered(db, 'd4', 4, 'torn');
  issued(db, '1', 'issued');
  issued(db, '2', 'recalled');
  bringTo(db, 80, 90);

  expect(all(db, sql`SELECT series, number, state, day FROM number_entry ORDER BY series, number`)).toEqual([
    { series: 'torn', number: 3, state: 'taken', day: '2026-11-21' },
    { series: 'torn', number: 4, state: 'taken', day: '2026-11-21' },
    { series: 'whole', number: 1, state: 'taken', day: '2026-11-21' },
    { series: 'whole', number: 2, state: 'taken', day: '2026-11-21' },
  ]);
  expect(all(db, sql`SELECT series, first, last FROM number_gap ORDER BY first`)).toEqual([
    { series: 'torn', first: 1, last: 2 },
    { series: 'torn', first: 5, last: 6 },
  ]);
  // The check is that of today, and looks at what later versions added.
  bringTo(db, 90, latestVersion);
  expect(checkSeries(db, 'whole').problems).toEqual([]);
  expect(checkSeries(db, 'torn').problems).toEqual([]);
  expect(all(db, sql`SELECT DISTINCT office FROM outgoing_document`)).toEqual([{ office }]);
  expect(() => run(db, sql`UPDATE outgoing_document SET subject = 'x' WHERE id = '2'`)).toThrow('frozen');
});

test('the database itself refuses to give a number twice, to take one back, or to leave a gap without a word', () => {
  const db = databaseAt(80);
  bringTo(db, 80, 90);
  const office = one<{ id: string }>(db, sql`SELECT id FROM office`)?.id ?? '';
  run(db, sql`INSERT INTO number_series (id, office, register, year, last) VALUES ('s', ${office}, 'outgoing', 2026, 5)`);
  run(db, sql`INSERT INTO number_entry (series, number, state) VALUES ('s', 1, 'taken')`);
  run(db, sql`INSERT INTO number_entry (series, number, state, reason, at) VALUES ('s', 2, 'void', 'hỏng', 'a'), ('s', 3, 'reserved', 'họp', 'a')`);
  run(db, sql`INSERT INTO number_code VALUES (${office}, 2026, '1/QĐ-UBND', '01', 'QĐ-UBND', 's', 1, '')`);
  const refused: readonly (readonly [string, () => unknown])[] = [
    ['UNIQUE', () => run(db, sql`INSERT INTO number_entry (series, number, state) VALUES ('s', 1, 'taken')`)],
    ['UNIQUE', () => run(db, sql`INSERT INTO number_code VALUES (${office}, 2026, '1/QĐ-UBND', '1', 'QĐ-UBND', 's', 3, '')`)],
    ['CHECK', () => run(db, sql`INSERT INTO number_entry (series, number, state, at) VALUES ('s', 4, 'void', 'a')`)],
    ['CHECK', () => run(db, sql`INSERT INTO number_gap VALUES ('s', 4, 5, '', 'a', 'b')`)],
    ['stays as it is', () => run(db, sql`UPDATE number_entry SET state = 'taken' WHERE number = 2`)],
    ['stays as it is', () => run(db, sql`UPDATE number_entry SET state = 'reserved', reason = 'r', at = 'a' WHERE number = 1`)],
    ['never removed', () => run(db, sql`DELETE FROM number_entry WHERE number = 3`)],
    ['never removed', () => run(db, sql`DELETE FROM number_code`)],
    ['only goes forward', () => run(db, sql`UPDATE number_series SET last = 4 WHERE id = 's'`)],
    ['never removed', () => run(db, sql`DELETE FROM number_series`)],
  ];
  for (const [words, act] of refused) expect(act, words).toThrow(words);
});
