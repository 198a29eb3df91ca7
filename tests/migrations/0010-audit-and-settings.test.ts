import { expect, test } from 'vitest';
import { all, changeOne, run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('from an empty file: the log takes entries and refuses changes', () => {
  const db = databaseAt(0);
  bringTo(db, 0, 10);
  changeOne(
    db,
    sql`INSERT INTO audit_entry (seq, at, actor, action, subject_kind, subject_id, detail, previous_hash, hash)
        VALUES (1, 'a', 'b', 'c', 'd', 'e', '{}', 'f', 'g')`,
  );
  expect(() => run(db, sql`UPDATE audit_entry SET actor = 'x'`)).toThrow(/never changed/);
  expect(() => run(db, sql`DELETE FROM audit_entry`)).toThrow(/never shortened/);
  expect(all(db, sql`SELECT seq FROM audit_entry`)).toEqual([{ seq: 1 }]);
});
