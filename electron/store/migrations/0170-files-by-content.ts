import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const filesByContent: Migration = {
  version: 170,
  name: 'files-by-content',
  up(db) {
    driverOf(db).exec(`
      -- A whole export goes through all stored files in the order of their hashes, a page at a time; and whether anything
      -- has a content is asked before it is destroyed.
      CREATE INDEX dispatch_sha256 ON dispatch (sha256);
      CREATE INDEX draft_file_sha256 ON draft_file (sha256);
      CREATE INDEX evidence_file_sha256 ON evidence_file (sha256);
      CREATE INDEX inbox_message_sha256 ON inbox_message (sha256);
      CREATE INDEX printed_file_sha256 ON printed_file (sha256);
      CREATE INDEX search_export_sha256 ON search_export (sha256);
    `);
  },
};
