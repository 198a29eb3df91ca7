import Database, { type Database as Driver } from 'better-sqlite3';

/** What a second thread of this process needs to read a profile, and nobody else: its keys are in it. */
export type ProfileAccess = {
  readonly folder: string;
  readonly database: Uint8Array;
  readonly blobs: Uint8Array;
  readonly backup: Uint8Array;
  /** tells one master key from another, without telling any */
  readonly keyCheck: string;
};

/** A connection to an encrypted database of ours. */
export function connect(path: string, key: Uint8Array, readonly: boolean): Driver {
  const database = new Database(path, { readonly });
  // The form of SQLCipher 4, so that the office can open its own register with any SQLCipher tool and its key.
  database.pragma("cipher = 'sqlcipher'");
  database.pragma('legacy = 4');
  database.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
  return database;
}
