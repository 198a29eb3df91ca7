import { existsSync, rmSync, statSync } from 'node:fs';
import { connect, type ProfileAccess } from './connect.ts';
import { asWriteDb, type ReadDb } from './db.ts';

/**
 * Writes the database as it is at one moment into a new file, encrypted with the same key. By SQLite's own VACUUM INTO on a
 * connection of its own: every page is read through its check on the way, what was erased is not in the copy, and the station
 * writes on meanwhile. A copy of the bytes would be quicker, but a process that has the database open must not open its file a
 * second time: closing that would take away the locks of the first (SQLite, How To Corrupt §2.2). Waits; for a thread.
 */
export function copyDatabase(access: ProfileAccess, target: string): void {
  for (const name of [target, `${target}-journal`]) rmSync(name, { force: true });
  const database = connect(`${access.folder}/station.db`, access.database, true);
  try {
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    database.close();
  }
}

export type DatabaseCopy = { readonly read: ReadDb; readonly schemaVersion: number; readonly close: () => void };

/** Opens a copy that nobody writes to. Throws what SQLite says of a damaged one, or of another key. */
export function openCopy(path: string, key: Uint8Array): DatabaseCopy {
  const database = connect(path, key, true);
  try {
    const schemaVersion = database.pragma('user_version', { simple: true }) as number;
    return { read: asWriteDb(database), schemaVersion, close: () => void database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What SQLite's own check says of every page and index of a copy: '' when it is whole. Reads all of it. */
export function faultOfCopy(path: string, key: Uint8Array): string {
  if (!existsSync(path) || statSync(path).size === 0) return 'it is empty';
  const database = connect(path, key, true);
  try {
    const answer = String(database.pragma('integrity_check(1)', { simple: true }));
    return answer === 'ok' ? '' : answer;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    database.close();
  }
}

/** The live database of a profile, for reading beside the station that has it open. */
export function openBeside(access: ProfileAccess): DatabaseCopy {
  return openCopy(`${access.folder}/station.db`, access.database);
}
