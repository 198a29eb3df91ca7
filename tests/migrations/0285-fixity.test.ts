import { expect, test } from 'vitest';
import { run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('one check is under way at a time, and a file is bad once until it is mended', () => {
  const db = databaseAt(280);
  bringTo(db, 280, 285);
  const begin = (id: string): number => run(db, sql`INSERT INTO fixity_run (id, started_at, by) VALUES (${id}, 'a', 'A')`);
  begin('1');
  expect(() => begin('2')).toThrow(/UNIQUE/);
  run(db, sql`UPDATE fixity_run SET ended_at = 'z'`);
  begin('2');
  const bad = (id: string): number => run(db, sql`INSERT INTO fixity_bad (id, content, size, harm, detail, found_at, last_seen_at) VALUES (${id}, 'h', 1, 'missing', '', 'a', 'a')`);
  bad('1');
  expect(() => bad('2')).toThrow(/UNIQUE/);
  expect(() => run(db, sql`UPDATE fixity_bad SET noted_at = 'a'`)).toThrow(/CHECK/);
  run(db, sql`UPDATE fixity_bad SET repaired_at = 'z'`);
  bad('2');
});
