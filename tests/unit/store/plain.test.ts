import Database from 'better-sqlite3';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { one, openPlainDb, run, sql, type PlainDb } from '../../../electron/store/index.ts';
import { scratchFolder } from './helpers.ts';

const form = { applicationId: 7, version: 2, schema: [sql`CREATE TABLE t (n INTEGER NOT NULL) STRICT`, sql`CREATE INDEX i ON t (n)`] };

function opened(path: string | null): PlainDb {
  const result = openPlainDb(path, form);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

const count = (db: PlainDb): number | undefined => one<{ n: number }>(db.read, sql`SELECT COUNT(*) AS n FROM t`)?.n;

test('keeps what was committed, undoes what was thrown', () => {
  const path = join(scratchFolder(), 'a.db');
  const first = opened(path);
  first.write((db) => run(db, sql`INSERT INTO t VALUES (1)`));
  expect(() =>
    first.write((db) => {
      run(db, sql`INSERT INTO t VALUES (2)`);
      throw new Error('no');
    }),
  ).toThrow('no');
  first.close();
  const second = opened(path);
  expect(count(second)).toBe(1);
  second.close();
});

test('a file in use is refused', () => {
  const path = join(scratchFolder(), 'a.db');
  const first = opened(path);
  expect(openPlainDb(path, form)).toEqual({ ok: false, failure: { code: 'in-use' } });
  first.close();
  opened(path).close();
});

test("anything else is refused as foreign, and left as it was", () => {
  const folder = scratchFolder();
  const path = (name: string): string => join(folder, name);
  opened(path('good.db')).close();
  writeFileSync(path('text.db'), 'a text of a few words that is no database at all'.repeat(100));
  const other = new Database(path('other.db'));
  other.exec('CREATE TABLE x (y)');
  other.close();
  copyFileSync(path('good.db'), path('newer.db'));
  const newer = new Database(path('newer.db'));
  newer.pragma('user_version = 3');
  newer.close();
  for (const name of ['text.db', 'other.db', 'newer.db']) {
    const before = readFileSync(path(name));
    expect(openPlainDb(path(name), form), name).toEqual({ ok: false, failure: { code: 'foreign' } });
    expect(readFileSync(path(name)).equals(before), name).toBe(true);
  }
});

test('in memory, each is its own', () => {
  const [a, b] = [opened(null), opened(null)];
  a.write((db) => run(db, sql`INSERT INTO t VALUES (1)`));
  expect([count(a), count(b)]).toEqual([1, 0]);
});
