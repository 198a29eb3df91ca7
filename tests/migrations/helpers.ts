import Database from 'better-sqlite3';
import { asWriteDb, type WriteDb } from '../../electron/store/db.ts';
import { migrate } from '../../electron/store/migrations/index.ts';

/** An empty database as it was at a version, to be filled with data of that time. */
export function databaseAt(version: number): WriteDb {
  const database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  const db = asWriteDb(database);
  migrate(db, 0, version);
  return db;
}

/** Brings it to a later version, in one transaction and without foreign keys meanwhile, as the store does. */
export function bringTo(db: WriteDb, from: number, to: number): void {
  const database = db as unknown as Database.Database;
  database.pragma('foreign_keys = OFF');
  database.transaction(() => {
    migrate(db, from, to);
  })();
  database.pragma('foreign_keys = ON');
}
