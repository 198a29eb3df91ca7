import Database, { type Database as Driver } from 'better-sqlite3';
import type { Result } from '../foundation/outcome.ts';
import { asWriteDb, run, type ReadDb, type WriteDb } from './db.ts';
import { sql, type Sql } from './sql.ts';
import { transaction } from './transaction.ts';

/** An unencrypted database with one fixed form, for what is no profile: the practice axis' queues. */
export type PlainDb = {
  readonly read: ReadDb;
  /** One transaction: all of `work` is on disk when this returns, or nothing of it. */
  readonly write: <T>(work: (db: WriteDb) => T) => T;
  readonly close: () => void;
};

export type PlainForm = {
  /** SQLite's application_id, so that no other program's file is taken for this one */
  readonly applicationId: number;
  /** A file of another version is refused: such files are thrown away, not brought up. */
  readonly version: number;
  readonly schema: readonly Sql[];
};

/**
 * Opens or makes the database at `path`; null keeps it in memory. The file is held alone until it is closed or the
 * process ends. Refused with `in-use` when another process holds it, `foreign` when it is something else or of another
 * version; a refused file was not changed.
 */
export function openPlainDb(path: string | null, form: PlainForm): Result<PlainDb, { readonly code: 'in-use' | 'foreign' }> {
  const database = new Database(path ?? ':memory:', { timeout: 1000 });
  try {
    // Before the first read, as SQLite takes the lock with it and keeps it.
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    if (!fits(database, form)) {
      database.close();
      return { ok: false, failure: { code: 'foreign' } };
    }
    database.pragma('journal_mode = WAL');
    // better-sqlite3 builds default to NORMAL in WAL mode; what was answered with OK must survive a power cut.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    if (database.pragma('user_version', { simple: true }) === 0) {
      transaction(database, (db) => {
        for (const statement of form.schema) run(db, statement);
        database.pragma(`application_id = ${String(form.applicationId)}`);
        database.pragma(`user_version = ${String(form.version)}`);
      });
    }
    return {
      ok: true,
      value: {
        read: asWriteDb(database),
        write: (work) => transaction(database, work),
        close: () => {
          database.close();
        },
      },
    };
  } catch (error) {
    database.close();
    const code = (error as { code?: string }).code ?? '';
    if (code.startsWith('SQLITE_BUSY')) return { ok: false, failure: { code: 'in-use' } };
    if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') return { ok: false, failure: { code: 'foreign' } };
    throw error;
  }
}

function fits(database: Driver, form: PlainForm): boolean {
  const id = database.pragma('application_id', { simple: true });
  const version = database.pragma('user_version', { simple: true });
  if (id === form.applicationId) return version === form.version;
  const tables = database.prepare(sql`SELECT COUNT(*) AS count FROM sqlite_master`.text).get() as { count: number };
  return id === 0 && version === 0 && tables.count === 0;
}
