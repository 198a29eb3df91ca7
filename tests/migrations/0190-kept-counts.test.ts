import { expect, test } from 'vitest';
import { all, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

const counts = (db: WriteDb): unknown[] => all(db, sql`SELECT what, of, n FROM kept_count ORDER BY what, of`);

/** The same, counted row by row. */
const counted = (db: WriteDb): unknown[] =>
  all(
    db,
    sql`SELECT 'sent' AS what, '' AS of, COUNT(DISTINCT document) AS n FROM recipient
        UNION ALL SELECT 'taken', series, COUNT(*) FROM number_entry WHERE state = 'taken' GROUP BY series ORDER BY 1, 2`,
  );

test('what was there is counted, and the sums follow what comes after', () => {
  const db = databaseAt(150);
  const office = all<{ id: string }>(db, sql`SELECT id FROM office`)[0]?.id ?? '';
  run(db, sql`INSERT INTO number_series (id, office, register, year, last) VALUES ('s1', ${office}, 'incoming', 2026, 0), ('s2', ${office}, 'outgoing', 2026, 0)`);
  const number = (series: string, n: bigint, state: string): void => {
    run(db, sql`INSERT INTO number_entry (series, number, state, reason, at, by) VALUES (${series}, ${n}, ${state}, 'r', 'a', 'A')`);
  };
  const document = (id: string): void => {
    run(
      db,
      sql`INSERT INTO outgoing_document (id, state, office, document_id, code_number, code_notation, issued_date, place, type_name, subject, urgency, signer_name,
            signer_position, signer_competence, to_places, paper, issued_at)
          VALUES (${id}, 'issued', ${office}, ${id}, ${id}, 'UBND', '2026-11-20', '', '', '', 0, '', '', '', '[]', 0, 'a')`,
    );
    run(db, sql`INSERT INTO dispatch (id, document, kind, reason, created_at, created_by, sender, receivers, sha256, size) VALUES (${id}, ${id}, 'new', '', 'a', 'A', 'H', '[]', '', 1)`);
  };
  const send = (id: string, organ: string): void => {
    run(db, sql`INSERT INTO recipient (id, document, dispatch, organ_id, name, added_at) VALUES (${`${id} ${organ}`}, ${id}, ${id}, ${organ}, 'N', 'a')`);
  };
  number('s1', 1n, 'taken');
  number('s1', 2n, 'reserved');
  document('d1');
  send('d1', 'H1');
  send('d1', 'H2');
  bringTo(db, 150, 190);
  expect(counts(db)).toEqual([{ what: 'sent', of: '', n: 1 }, { what: 'taken', of: 's1', n: 1 }]);
  number('s1', 3n, 'taken');
  number('s1', 4n, 'skipped');
  number('s2', 1n, 'taken');
  run(db, sql`UPDATE number_entry SET state = 'taken' WHERE series = 's1' AND number = 2`);
  run(db, sql`UPDATE number_entry SET state = 'void' WHERE series = 's1' AND number = 3`);
  document('d2');
  send('d2', 'H1');
  send('d2', 'H2');
  expect(counts(db)).toEqual([{ what: 'sent', of: '', n: 2 }, { what: 'taken', of: 's1', n: 2 }, { what: 'taken', of: 's2', n: 1 }]);
  expect(counts(db)).toEqual(counted(db));
});
