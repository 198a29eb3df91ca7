import { expect, test } from 'vitest';
import { all, run, sql } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('documents of version 30 stay, and an office row stands beside the issued one of its day', () => {
  const db = databaseAt(30);
  insertDocument(db, 'd1', { state: 'registered', number: 1, year: 2026 });
  bringTo(db, 30, 40);
  expect(all(db, sql`SELECT id, state FROM incoming_document`)).toEqual([{ id: 'd1', state: 'registered' }]);

  const day = (origin: string, date: string, kind: string, reason: string): number =>
    run(
      db,
      sql`INSERT INTO calendar_day (origin, date, kind, name, basis, confidence, note, reason, changed_by)
          VALUES (${origin}, ${date}, ${kind}, 'n', '', 'office', '', ${reason}, '')`,
    );
  day('issued', '2026-09-02', 'statutory', '');
  day('office', '2026-09-02', 'ordinary', 'r');
  expect(() => day('office', '2026-09-02', 'office-rest', 'r'), 'one row of an origin for a day').toThrow(/UNIQUE/);
  expect(() => day('office', '2026-09-03', 'office-rest', ''), 'an office says why').toThrow(/CHECK/);
  expect(() => day('issued', '2/9/2026', 'statutory', ''), 'a day is yyyy-MM-dd').toThrow(/CHECK/);
  expect(() => day('issued', '2026-09-04', 'holiday', ''), 'a kind is known').toThrow(/CHECK/);
});
