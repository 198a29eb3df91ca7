import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { all, changeOne, one, openStore, run, sql, type StoreOpenFailure } from '../../../electron/store/index.ts';
import { deriveKeys } from '../../../electron/store/keys.ts';
import { latestVersion } from '../../../electron/store/migrations/index.ts';
import { scratchFolder, storeIn } from './helpers.ts';

function refusal(folder: string, key: Buffer, more: { mayCreate?: boolean; readOnly?: boolean } = {}): StoreOpenFailure {
  const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: true, ...more });
  if (opened.ok) {
    opened.value.close();
    throw new Error('it opened');
  }
  return opened.failure;
}

function hashes(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      // SQLite makes an empty write-ahead log and its index even for a reader; what is in them is compared.
      .filter((entry) => entry.isFile() && entry.name !== 'station.lock' && !entry.name.endsWith('-shm'))
      .filter(({ name }) => !name.endsWith('-wal') || readFileSync(join(folder, name)).length > 0)
      .map(({ name }) => [name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')]),
  );
}

function closedProfile(): { folder: string; key: Buffer } {
  const folder = scratchFolder();
  const key = randomBytes(32);
  const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error('not made');
  opened.value.write((db) => run(db, sql`INSERT INTO setting (name, value, changed_at) VALUES ('a', '1', 'x')`));
  opened.value.close();
  return { folder, key };
}

/** Opens the file as any SQLCipher tool would, from outside the product. */
function fromOutside(folder: string, key: Buffer): Database.Database {
  const database = new Database(join(folder, 'station.db'));
  database.pragma("cipher = 'sqlcipher'");
  database.pragma('legacy = 4');
  database.pragma(`key = "x'${deriveKeys(key).database.toString('hex')}'"`);
  return database;
}

test('a new profile has the pragmas that survive a power cut, and STRICT tables only', () => {
  const folder = scratchFolder();
  const store = storeIn(folder);
  const database = store.read as unknown as Database.Database;
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(database.pragma('synchronous', { simple: true })).toBe(2);
  expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(database.pragma('user_version', { simple: true })).toBe(latestVersion);
  const loose = all<{ name: string }>(store.read, sql`SELECT name FROM pragma_table_list WHERE strict = 0 AND type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%'`);
  expect(loose).toEqual([]);
});

test('the file is encrypted: no header, no text of it in clear', () => {
  const { folder } = closedProfile();
  const bytes = readFileSync(join(folder, 'station.db'));
  expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  expect(bytes.includes('CREATE TABLE')).toBe(false);
  const stray = new Database(join(folder, 'station.db'), { readonly: true });
  expect(() => stray.prepare('SELECT * FROM setting').all()).toThrow();
  stray.close();
});

test('what was written is there after closing and opening', () => {
  const { folder, key } = closedProfile();
  const store = storeIn(folder, key);
  expect(one(store.read, sql`SELECT value FROM setting WHERE name = 'a'`)).toEqual({ value: '1' });
});

test('a wrong key is told apart from damage, and changes nothing', () => {
  const { folder } = closedProfile();
  const before = hashes(folder);
  expect(refusal(folder, randomBytes(32)).code).toBe('key-wrong');
  expect(hashes(folder)).toEqual(before);
});

test('a newer file is refused before any write, with both versions and the way to the backups', () => {
  const { folder, key } = closedProfile();
  const future = fromOutside(folder, key);
  future.pragma(`user_version = ${String(latestVersion + 10)}`);
  future.close();
  const label = JSON.parse(readFileSync(join(folder, 'station.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(join(folder, 'station.json'), JSON.stringify({ ...label, programVersion: '9.9.0' }));
  const before = hashes(folder);
  const failure = refusal(folder, key);
  expect(failure).toMatchObject({ code: 'database-newer', params: { fileVersion: '9.9.0', programVersion: '0.1.0' } });
  expect(hashes(folder)).toEqual(before);
});

test('a damaged page is refused as damage', () => {
  const { folder, key } = closedProfile();
  const path = join(folder, 'station.db');
  const bytes = readFileSync(path);
  for (let at = 4096 + 100; at < bytes.length; at += 4096) bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
  writeFileSync(path, bytes);
  expect(refusal(folder, key).code).toBe('database-damaged');
});

test('a first page that is noise, an empty file and a missing file are refused and never made anew', () => {
  for (const spoil of [
    (path: string) => {
      writeFileSync(path, randomBytes(8192));
    },
    (path: string) => {
      writeFileSync(path, '');
    },
    (path: string) => {
      rmSync(path);
    },
  ]) {
    const { folder, key } = closedProfile();
    spoil(join(folder, 'station.db'));
    expect(refusal(folder, key).code).toBe('database-damaged');
  }
});

test('a plain SQLite file and somebody else’s encrypted file are foreign', () => {
  const plain = scratchFolder();
  const database = new Database(join(plain, 'station.db'));
  database.exec('CREATE TABLE notes (text)');
  database.close();
  const before = hashes(plain);
  expect(refusal(plain, randomBytes(32)).code).toBe('database-foreign');
  expect(hashes(plain)).toEqual(before);

  const { folder, key } = closedProfile();
  rmSync(join(folder, 'station.json'));
  const other = fromOutside(folder, key);
  other.pragma('application_id = 7');
  other.close();
  expect(refusal(folder, key).code).toBe('database-foreign');
});

test('a lost label is made again from a file that opens', () => {
  const { folder, key } = closedProfile();
  rmSync(join(folder, 'station.json'));
  storeIn(folder, key);
  expect(existsSync(join(folder, 'station.json'))).toBe(true);
});

test('one station at a time; looking is possible beside it', () => {
  const { folder, key } = closedProfile();
  storeIn(folder, key);
  expect(refusal(folder, key).code).toBe('already-open');
  const looking = openStore({ folder, key, programVersion: '0.1.0', mayCreate: false, readOnly: true });
  if (!looking.ok) throw new Error(looking.failure.code);
  expect(one(looking.value.read, sql`SELECT value FROM setting`)).toEqual({ value: '1' });
  expect(() => looking.value.write((db) => run(db, sql`DELETE FROM setting`))).toThrow(/readonly/);
  looking.value.close();
});

test('a missing folder is not made for a reader, and is refused in words', () => {
  const folder = join(scratchFolder(), 'not-there');
  expect(refusal(folder, randomBytes(32), { mayCreate: false }).code).toBe('folder-missing');
  expect(existsSync(folder)).toBe(false);
});

test('looking beside a station leaves alone what it is writing', async () => {
  const { folder, key } = closedProfile();
  const station = storeIn(folder, key, false);
  const writer = await station.blobs.writer();
  await writer.write(randomBytes(600_000));
  const looking = openStore({ folder, key, programVersion: '0.1.0', mayCreate: false, readOnly: true });
  if (!looking.ok) throw new Error(looking.failure.code);
  looking.value.close();
  const whole = await writer.finish();
  expect(await station.blobs.verify(whole.sha256)).toEqual(whole);
});

test('a read-only folder is refused in words (needs root to mount one, or a user without root’s rights)', ({ skip }) => {
  const { folder, key } = closedProfile();
  if (process.getuid?.() !== 0) {
    chmodSync(folder, 0o500);
    expect(refusal(folder, key).code).toBe('folder-read-only');
    chmodSync(folder, 0o700);
    return;
  }
  try {
    execFileSync('mount', ['--bind', folder, folder], { stdio: 'ignore' });
  } catch {
    skip();
  }
  try {
    execFileSync('mount', ['-o', 'remount,ro,bind', folder], { stdio: 'ignore' });
    expect(refusal(folder, key).code).toBe('folder-read-only');
  } finally {
    execFileSync('umount', [folder]);
  }
});

test('a full disk while writing leaves nothing half-written (needs root to mount a small disk)', ({ skip }) => {
  const folder = join(scratchFolder(), 'small');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    skip();
  }
  try {
    const key = randomBytes(32);
    const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: true });
    if (!opened.ok) throw new Error(opened.failure.code);
    const store = opened.value;
    let written = 0;
    expect(() => {
      for (;;) {
        store.write((db) => {
          changeOne(db, sql`INSERT INTO setting (name, value, changed_at) VALUES (${`n${String(written)}`}, ${'x'.repeat(50_000)}, '')`);
        });
        written += 1;
      }
    }).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }) as Error);
    store.close();
    const again = storeIn(folder, key, false);
    expect(one(again.read, sql`SELECT COUNT(*) AS n FROM setting`)).toEqual({ n: written });
    again.close();
  } finally {
    execFileSync('umount', [folder]);
  }
});

test('transactions: all or nothing, effects only after commit, no promises inside', () => {
  const store = storeIn(scratchFolder());
  expect(() =>
    store.write((db) => {
      run(db, sql`INSERT INTO setting (name, value, changed_at) VALUES ('x', '1', '')`);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(all(store.read, sql`SELECT * FROM setting`)).toEqual([]);
  expect(() => store.write(() => Promise.resolve(1))).toThrow(/must not wait/);
  expect(() => {
    store.write((db) => {
      changeOne(db, sql`UPDATE setting SET value = '2' WHERE name = 'nobody'`);
    });
  }).toThrow(/expected one changed row/);
  expect(() => all(store.read, sql`DELETE FROM setting`)).toThrow(/must not write/);
});
