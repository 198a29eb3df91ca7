import Database, { type Database as Driver } from 'better-sqlite3';
import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../foundation/durable-file.ts';
import type { Result } from '../foundation/outcome.ts';
import { wrapKey, type WrappedKey } from '../foundation/wrapped-key.ts';
import { blobsBeside, openBlobs, type BlobAccess, type Blobs } from './blobs.ts';
import { connect, type ProfileAccess } from './connect.ts';
import { asWriteDb, type ReadDb, type WriteDb } from './db.ts';
import { storeFaultOf } from './errors.ts';
import { masterKeyOf } from './held-key.ts';
import { deriveKeys, type ProfileKeys } from './keys.ts';
import { latestVersion, migrate } from './migrations/index.ts';
import { pageCache } from './page-cache.ts';
import { readLabel, writeLabel, type ProfileLabel } from './profile-label.ts';
import { switchOver } from './switch-over.ts';
import { transaction } from './transaction.ts';

export type StoreOpenCode =
  | 'database-newer'
  | 'database-damaged'
  | 'database-foreign'
  | 'key-wrong'
  | 'folder-read-only'
  | 'folder-missing'
  | 'disk-full'
  | 'already-open';

export type StoreOpenFailure = {
  readonly code: StoreOpenCode;
  readonly params: Readonly<Record<string, string | number>>;
};

export type Store = {
  readonly read: ReadDb;
  /** One transaction: all of `work` or nothing. */
  readonly write: <T>(work: (db: WriteDb) => T) => T;
  /**
   * The same for what can be made again from the rest, such as an index: it does not wait for the disk. A power cut may undo it as
   * a whole, and nothing else with it: what `write` commits is durable, together with all that came before.
   */
  readonly derive: <T>(work: (db: WriteDb) => T) => T;
  /** As `write`, and what it deletes is overwritten in the database's file (SQLite, PRAGMA secure_delete). */
  readonly erase: <T>(work: (db: WriteDb) => T) => T;
  /** Folds the write-ahead log in and empties it, so that nothing deleted stays in it; false while somebody reads an older moment. */
  readonly foldLog: () => boolean;
  /** Holds more of the database in memory for a minute: for what reads the same pages again and again. */
  readonly holdPages: () => void;
  /**
   * A reading connection of its own that goes on seeing the database as it is now, whatever is written meanwhile. Until it
   * is closed, the write-ahead log keeps all that is written.
   */
  readonly snapshot: () => Snapshot;
  readonly blobs: Blobs;
  /** for a second thread that writes files too */
  readonly blobAccess: BlobAccess;
  /** for a thread that copies the whole profile */
  readonly access: ProfileAccess;
  /** The master key under a passphrase, to be kept with a backup; the key itself is given to nobody. */
  readonly wrapMaster: (format: string, words: string) => Promise<WrappedKey>;
  readonly close: () => void;
};

export type Snapshot = { readonly read: ReadDb; readonly close: () => void };

export type OpenOptions = {
  /** Folder of the profile; made when it is not there and `mayCreate` is set. */
  readonly folder: string;
  /** 32-byte master key */
  readonly key: Uint8Array;
  readonly programVersion: string;
  readonly mayCreate: boolean;
  /** Look without writing and without the one-process lock, beside a station that is open. */
  readonly readOnly?: boolean;
};

/** "TVT" and the form of the file, as SQLite's application_id. */
const applicationId = 0x54_56_54_01;
/** Up to this size every start reads every page; above, only after an unclean stop. */
const alwaysCheckedBytes = 64 * 1024 * 1024;

/** True when the folder holds a profile already; a key is made only where this is false. */
export function profileExists(folder: string): boolean {
  return existsSync(databasePath(folder)) || existsSync(join(folder, 'station.json'));
}

/**
 * Opens a profile's database and files. Refusals are values, and a refused file was not written to: the version is
 * read through a read-only connection first. Before an older file is brought up, a copy of it is made in `backups`.
 */
export function openStore(options: OpenOptions): Result<Store, StoreOpenFailure> {
  let lock: Driver | undefined;
  try {
    if (!existsSync(options.folder)) {
      if (!options.mayCreate) return refuse('folder-missing', { folder: options.folder });
      mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    }
    if (options.readOnly !== true) {
      const taken = takeLock(options.folder);
      if (!taken.ok) return taken;
      lock = taken.value;
      switchOver(options.folder);
    }
    const master = masterKeyOf(options.folder, options.key);
    const opened = master === undefined ? refuse('key-wrong', { folder: options.folder }) : openLocked(options, master, lock);
    if (!opened.ok) lock?.close();
    return opened;
  } catch (error) {
    lock?.close();
    return refuseBecause(error, options.folder);
  }
}

function openLocked(options: OpenOptions, master: Uint8Array, lock: Driver | undefined): Result<Store, StoreOpenFailure> {
  const keys = deriveKeys(master);
  const path = databasePath(options.folder);
  const label = readLabel(options.folder);
  const isNew = !existsSync(path) || statSync(path).size === 0;
  if (isNew && (label !== undefined || !options.mayCreate || options.readOnly === true)) {
    return refuse('database-damaged', { folder: options.folder, missing: 1 });
  }
  if (label !== undefined && label.keyCheck !== keys.check) return refuse('key-wrong', { folder: options.folder });
  if (!isNew) {
    const looked = look(path, keys, label, options);
    if (!looked.ok) return looked;
    if (looked.value < latestVersion) {
      // A read-only look cannot bring an older file up; the station itself must be started once.
      if (options.readOnly === true) return refuse('database-damaged', { folder: options.folder, older: looked.value });
      backUpBefore(path, options.folder, keys, looked.value);
    }
  }
  const database = connect(path, keys.database, options.readOnly === true);
  try {
    if (options.readOnly !== true) {
      prepare(database, isNew);
      const next: ProfileLabel = {
        keyCheck: keys.check,
        schemaVersion: latestVersion,
        programVersion: options.programVersion,
      };
      if (JSON.stringify(next) !== JSON.stringify(label)) writeLabel(options.folder, next);
    }
    const pages = pageCache(database);
    const blobAccess = { folder: join(options.folder, 'blobs'), key: keys.blobs };
    const blobs = options.readOnly === true ? blobsBeside(blobAccess) : openBlobs(blobAccess.folder, blobAccess.key);
    return {
      ok: true,
      value: {
        read: asWriteDb(database),
        write: (work) => transaction(database, work),
        derive: (work) => under(database, ['synchronous = NORMAL', 'synchronous = FULL'], work),
        erase: (work) => under(database, ['secure_delete = ON', 'secure_delete = OFF'], work),
        foldLog: () => (database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[])[0]?.busy === 0,
        holdPages: pages.hold,
        snapshot: () => snapshotOf(path, keys),
        blobs,
        blobAccess,
        access: { folder: options.folder, database: keys.database, blobs: keys.blobs, backup: keys.backup, keyCheck: keys.check },
        wrapMaster: (format, words) => wrapKey(format, words, master),
        close: () => {
          pages.end();
          database.close();
          lock?.close();
        },
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Lets what a restore has put together take its place in a profile that nobody has open. Answers where the former data are;
 * undefined when there were none.
 */
export function finishRestore(folder: string): Result<string | undefined, StoreOpenFailure> {
  const lock = takeLock(folder);
  if (!lock.ok) return lock;
  try {
    return { ok: true, value: switchOver(folder) };
  } finally {
    lock.value.close();
  }
}

/** A separate file is locked, so that the lock ends with the process however it dies, and readers need not ask. */
function takeLock(folder: string): Result<Driver, StoreOpenFailure> {
  const lock = new Database(join(folder, 'station.lock'), { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
    return { ok: true, value: lock };
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY') === true) return refuse('already-open', { folder });
    throw error;
  }
}

/** One transaction under a setting of the connection, which is taken back whatever happens. */
function under<T>(database: Driver, [set, back]: readonly [string, string], work: (db: WriteDb) => T): T {
  database.pragma(set);
  try {
    return transaction(database, work);
  } finally {
    database.pragma(back);
  }
}

function snapshotOf(path: string, keys: ProfileKeys): Snapshot {
  const database = connect(path, keys.database, true);
  try {
    database.exec('BEGIN');
    // The moment is that of the first read.
    database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
  } catch (error) {
    database.close();
    throw error;
  }
  return { read: asWriteDb(database), close: () => void database.close() };
}

/** Reads the version without writing; tells foreign, damaged and newer files apart. */
function look(
  path: string,
  keys: ProfileKeys,
  label: ProfileLabel | undefined,
  options: OpenOptions,
): Result<number, StoreOpenFailure> {
  const folder = options.folder;
  if (startsLikePlainSqlite(path)) return refuse('database-foreign', { folder });
  const uncleanStop = existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
  const database = connect(path, keys.database, true);
  try {
    const version = database.pragma('user_version', { simple: true }) as number;
    if (database.pragma('application_id', { simple: true }) !== applicationId) return refuse('database-foreign', { folder });
    if (version > latestVersion) {
      return refuse('database-newer', {
        folder,
        fileVersion: label?.programVersion ?? String(version),
        programVersion: options.programVersion,
        backup: join(folder, 'backups'),
      });
    }
    if (uncleanStop || statSync(path).size <= alwaysCheckedBytes) {
      const answer = database.pragma('quick_check(1)', { simple: true });
      if (answer !== 'ok') return refuse('database-damaged', { folder, backup: join(folder, 'backups') });
    }
    return { ok: true, value: version };
  } catch (error) {
    if (storeFaultOf(error) !== 'store-damaged') throw error;
    // Without a label nothing says whether the key or the file is at fault.
    return label === undefined
      ? refuse('database-foreign', { folder })
      : refuse('database-damaged', { folder, backup: join(folder, 'backups') });
  } finally {
    database.close();
  }
}

function prepare(database: Driver, isNew: boolean): void {
  database.pragma('journal_mode = WAL');
  // better-sqlite3 builds default to NORMAL in WAL mode; a number given must survive a power cut.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 5000');
  database.pragma('trusted_schema = OFF');
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version === latestVersion) return;
  // Has no effect inside the transaction.
  database.pragma('foreign_keys = OFF');
  transaction(database, (db) => {
    if (isNew) database.pragma(`application_id = ${String(applicationId)}`);
    migrate(db, version);
  });
  database.pragma('foreign_keys = ON');
}

/** Copies the file as it is (still encrypted) after folding its write-ahead log in. */
function backUpBefore(path: string, folder: string, keys: ProfileKeys, version: number): void {
  const database = connect(path, keys.database, false);
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
  const backups = join(folder, 'backups');
  mkdirSync(backups, { recursive: true, mode: 0o700 });
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const copy = join(backups, `before-${String(latestVersion)}-from-${String(version)}-${stamp}.db`);
  copyFileSync(path, copy);
  const handle = openSync(copy, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  syncFolder(backups);
}

function startsLikePlainSqlite(path: string): boolean {
  const head = Buffer.alloc(16);
  const handle = openSync(path, 'r');
  try {
    readSync(handle, head, 0, 16, 0);
  } finally {
    closeSync(handle);
  }
  return head.toString('latin1').startsWith('SQLite format 3');
}

function databasePath(folder: string): string {
  return join(folder, 'station.db');
}

function refuse(code: StoreOpenCode, params: StoreOpenFailure['params']): { ok: false; failure: StoreOpenFailure } {
  return { ok: false, failure: { code, params } };
}

function refuseBecause(error: unknown, folder: string): { ok: false; failure: StoreOpenFailure } {
  const fault = storeFaultOf(error);
  if (fault === 'disk-full') return refuse('disk-full', { folder });
  if (fault === 'store-read-only') return refuse('folder-read-only', { folder });
  if (fault === 'store-damaged') return refuse('database-damaged', { folder, backup: join(folder, 'backups') });
  throw error;
}
