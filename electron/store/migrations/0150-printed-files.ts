import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const printedFiles: Migration = {
  version: 150,
  name: 'printed-files',
  up(db) {
    driverOf(db).exec(`
      -- What was printed or saved from the system; the query it came from stands in the audit log.
      CREATE TABLE printed_file (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('book', 'handling-slip', 'envelope', 'dispatch-note', 'report')),
        made_at TEXT NOT NULL,
        made_by TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL
      ) STRICT;
      -- Whether a replacement came before what it replaces is asked for every document. The query says the same words.
      CREATE INDEX inbox_message_replacing ON inbox_message (sender)
        WHERE state = 'stored' AND message_type = 'edoc' AND business_type = '3';
      CREATE INDEX inbox_message_document ON inbox_message (document) WHERE document IS NOT NULL;
    `);
  },
};
