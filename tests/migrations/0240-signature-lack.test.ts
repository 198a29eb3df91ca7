import { expect, test } from 'vitest';
import { all, run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('a profile of before has nothing to complete, and a subject is named once', () => {
  const db = databaseAt(220);
  bringTo(db, 220, 240);
  expect(all(db, sql`SELECT * FROM signature_lack`)).toEqual([]);
  run(db, sql`INSERT INTO signature_lack (subject, why, detail, noted_at) VALUES ('a', 'unreachable', '', 't')`);
  expect(() => run(db, sql`INSERT INTO signature_lack (subject, why, detail, noted_at) VALUES ('a', 'refused', '', 't')`)).toThrow(/UNIQUE/);
});
