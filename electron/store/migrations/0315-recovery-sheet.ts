import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const recoverySheet: Migration = {
  version: 315,
  name: 'recovery-sheet',
  up(db) {
    driverOf(db).exec(`
      -- A check of a table's words cannot be changed in place.
      CREATE TABLE printed_file_wider (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('book', 'handling-slip', 'envelope', 'dispatch-note', 'report', 'verdict',
          'file-plan', 'dossier-documents', 'dossier-list', 'hand-over', 'disposal', 'fixity', 'recovery-sheet')),
        made_at TEXT NOT NULL,
        made_by TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL
      ) STRICT;
      INSERT INTO printed_file_wider SELECT id, kind, made_at, made_by, name, media_type, size, sha256 FROM printed_file;
      DROP TABLE printed_file;
      ALTER TABLE printed_file_wider RENAME TO printed_file;
      CREATE INDEX printed_file_sha256 ON printed_file (sha256);
    `);
  },
};
