import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { replaceFile, syncFolder } from '../foundation/durable-file.ts';
import { heldKeyName } from './held-key.ts';

/** Folder of a profile in which what comes from a backup is put together. */
export const restoringName = 'restoring';
/** What a restored profile tells its first start. */
export const restoredNote = 'restored.json';
/** Holds the name of the folder into which the former data go. */
const readyName = 'ready';

/** What has no counterpart in a backup; the write-ahead log goes first, as it must never lie beside another database. */
const formerOnly = ['station.db-wal', 'station.db-shm', 'backups'] as const;
/** What comes. The database is the last: as long as it is not in its place, everything is done again. */
const coming = ['blobs', 'station.json', heldKeyName, restoredNote, 'station.db'] as const;

/** Says that what lies in `restoring` is whole, and is to take the place of what the profile holds now. */
export function readyToSwitch(folder: string): void {
  replaceFile(join(folder, restoringName, readyName), `before-restore-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
}

/**
 * Lets a whole restored profile take the place of the present one, whose data are moved aside into a folder of their own and
 * not deleted. Does nothing when nothing is ready. May be killed at any point: what is done is not done again. Nobody may have
 * the profile open. Answers where the former data are; undefined when there were none.
 */
export function switchOver(folder: string): string | undefined {
  const from = join(folder, restoringName);
  if (!existsSync(join(from, readyName))) return undefined;
  const aside = join(folder, basename(readFileSync(join(from, readyName), 'utf8')));
  const waits = (name: string): boolean => existsSync(join(from, name));
  if (waits('station.db')) {
    for (const name of [...formerOnly, ...coming.filter(waits)]) {
      if (!existsSync(join(folder, name))) continue;
      mkdirSync(aside, { recursive: true, mode: 0o700 });
      renameSync(join(folder, name), join(aside, name));
    }
    syncFolder(folder);
    for (const name of coming) if (waits(name)) renameSync(join(from, name), join(folder, name));
    syncFolder(folder);
  }
  rmSync(from, { recursive: true, force: true });
  syncFolder(folder);
  return existsSync(aside) ? aside : undefined;
}
