import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asWriteDb } from '../../electron/store/db.ts';
import { openStore, one, sql } from '../../electron/store/index.ts';
import { deriveKeys } from '../../electron/store/keys.ts';
import { latestVersion, migrate, migrations } from '../../electron/store/migrations/index.ts';
import { scratchFolder } from '../unit/store/helpers.ts';

const schema = (database: Database.Database): unknown =>
  database.prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name").all();

test('every migration has a test that starts from data at the version before', () => {
  const missing = migrations.filter(({ version, name }) => {
    const path = new URL(`${String(version).padStart(4, '0')}-${name}.test.ts`, import.meta.url);
    return !existsSync(path) || (version > 10 && !/databaseAt\(\d+\)/.test(readFileSync(path, 'utf8')));
  });
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test('step by step and all at once give the same form', () => {
  const stepped = new Database(':memory:');
  let from = 0;
  for (const { version } of migrations) {
    migrate(asWriteDb(stepped), from, version);
    from = version;
  }
  const atOnce = new Database(':memory:');
  migrate(asWriteDb(atOnce), 0);
  expect(schema(stepped)).toEqual(schema(atOnce));
  expect(atOnce.pragma('user_version', { simple: true })).toBe(latestVersion);
});

test('an older profile is copied before it is brought up, and the copy opens as it was', () => {
  const folder = scratchFolder();
  const key = randomBytes(32);
  const older = connect(join(folder, 'station.db'), key);
  older.pragma('journal_mode = WAL');
  migrate(asWriteDb(older), 0, 10);
  older.pragma(`application_id = ${String(0x54565401)}`);
  older.exec("INSERT INTO setting VALUES ('station', '{}', 'then')");
  older.close();

  const opened = openStore({ folder, key, programVersion: '0.2.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  expect(one(opened.value.read, sql`SELECT changed_at FROM setting`)).toEqual({ changed_at: 'then' });
  expect(one(opened.value.read, sql`PRAGMA user_version`)).toEqual({ user_version: latestVersion });
  opened.value.close();

  const [copy] = readdirSync(join(folder, 'backups'));
  const kept = connect(join(folder, 'backups', copy ?? ''), key);
  expect(kept.pragma('user_version', { simple: true })).toBe(10);
  expect(kept.prepare('SELECT changed_at FROM setting').get()).toEqual({ changed_at: 'then' });
  kept.close();
});

function connect(path: string, key: Buffer): Database.Database {
  const database = new Database(path);
  database.pragma("cipher = 'sqlcipher'");
  database.pragma('legacy = 4');
  database.pragma(`key = "x'${deriveKeys(key).database.toString('hex')}'"`);
  return database;
}
