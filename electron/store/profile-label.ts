import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../foundation/durable-file.ts';

/** What stands in clear beside the encrypted database, to tell a wrong key and a newer file with certainty. */
export type ProfileLabel = {
  readonly keyCheck: string;
  readonly schemaVersion: number;
  /** the program that last opened it, for the sentence that says which version is needed */
  readonly programVersion: string;
};

/** Reads `station.json`; undefined when it is absent or not ours, for the database then speaks for itself. */
export function readLabel(folder: string): ProfileLabel | undefined {
  const path = join(folder, 'station.json');
  if (!existsSync(path)) return undefined;
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<ProfileLabel> | null;
    if (
      typeof value?.keyCheck === 'string' &&
      typeof value.schemaVersion === 'number' &&
      typeof value.programVersion === 'string'
    ) {
      return { keyCheck: value.keyCheck, schemaVersion: value.schemaVersion, programVersion: value.programVersion };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return undefined;
}

/** Replaces `station.json` durably. */
export function writeLabel(folder: string, label: ProfileLabel): void {
  replaceFile(join(folder, 'station.json'), `${JSON.stringify(label, null, 2)}\n`);
}
