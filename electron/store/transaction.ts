import type { Database } from 'better-sqlite3';
import { asWriteDb, driverOf, type WriteDb } from './db.ts';

const effects = new WeakMap<Database, (() => void)[]>();

/**
 * Runs `work` as one transaction: all of it is on disk when this returns, or nothing of it. `work` must be
 * synchronous. Effects registered with `afterCommit` run in order once the commit stands, also behind one that throws; its
 * error is thrown at the end, though the transaction stands.
 */
export function transaction<T>(database: Database, work: (db: WriteDb) => T): T {
  if (database.inTransaction) throw new Error('transactions do not nest; pass the WriteDb down instead');
  const queue: (() => void)[] = [];
  effects.set(database, queue);
  let result: T;
  database.exec('BEGIN IMMEDIATE');
  try {
    result = work(asWriteDb(database));
    if (result instanceof Promise) throw new Error('a transaction must not wait: its work returned a promise');
    database.exec('COMMIT');
  } catch (error) {
    // On a full disk SQLite may have rolled back by itself.
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  } finally {
    effects.delete(database);
  }
  let failed: { readonly error: unknown } | undefined;
  for (const effect of queue) {
    try {
      effect();
    } catch (error) {
      failed ??= { error };
    }
  }
  if (failed !== undefined) throw failed.error;
  return result;
}

/** Registers what must happen only if and when the running transaction is on disk: events, waking a loop. */
export function afterCommit(db: WriteDb, effect: () => void): void {
  const queue = effects.get(driverOf(db));
  if (queue === undefined) throw new Error('afterCommit needs a running transaction');
  queue.push(effect);
}
