import { expect, test } from 'vitest';
import { all, run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('what was printed stays, and a recovery sheet may be printed', () => {
  const db = databaseAt(310);
  const put = (id: string, kind: string): number => run(db, sql`INSERT INTO printed_file VALUES (${id}, ${kind}, 'at', 'by', 'n', 'application/pdf', 1, 's')`);
  put('a', 'fixity');
  expect(() => put('b', 'recovery-sheet')).toThrow(/CHECK/);
  bringTo(db, 310, 315);
  put('b', 'recovery-sheet');
  expect(() => put('c', 'letter')).toThrow(/CHECK/);
  expect(all(db, sql`SELECT id, kind FROM printed_file ORDER BY id`)).toEqual([{ id: 'a', kind: 'fixity' }, { id: 'b', kind: 'recovery-sheet' }]);
  expect(all(db, sql`SELECT name FROM sqlite_schema WHERE name = 'printed_file_sha256'`)).toHaveLength(1);
});
