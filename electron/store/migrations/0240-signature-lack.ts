import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const signatureLack: Migration = {
  version: 240,
  name: 'signature-lack',
  up(db) {
    driverOf(db).exec(`
      -- Whose signatures lack something of the level that the office wants, and are completed when the authorities can be
      -- reached. A list of work: the files themselves tell what each signature has.
      CREATE TABLE signature_lack (
        -- a draft or a row of the outgoing register
        subject TEXT NOT NULL PRIMARY KEY,
        why TEXT NOT NULL,
        detail TEXT NOT NULL,
        noted_at TEXT NOT NULL
      ) STRICT;
    `);
  },
};
