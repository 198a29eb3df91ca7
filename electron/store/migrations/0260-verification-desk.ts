import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const verificationDesk: Migration = {
  version: 260,
  name: 'verification-desk',
  up(db) {
    driverOf(db).exec(`
      -- Every stored PDF of a document is looked at: the row appears with the file, in its transaction. The time is the
      -- database's own, never before the bytes were here.
      CREATE TRIGGER incoming_file_verified AFTER INSERT ON incoming_file
        WHEN NEW.destroyed_at IS NULL AND (NEW.media_type = 'application/pdf' OR NEW.name LIKE '%.pdf')
        BEGIN
          INSERT OR IGNORE INTO verification (sha256, state, queued_at, arrived_at)
            VALUES (NEW.sha256, 'waiting', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
        END;
      CREATE TRIGGER outgoing_file_verified AFTER INSERT ON outgoing_file
        WHEN NEW.media_type = 'application/pdf' OR NEW.name LIKE '%.pdf'
        BEGIN
          INSERT OR IGNORE INTO verification (sha256, state, queued_at, arrived_at)
            VALUES (NEW.sha256, 'waiting', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
        END;
      INSERT OR IGNORE INTO verification (sha256, state, queued_at, arrived_at)
        SELECT sha256, 'waiting', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM (
          SELECT sha256 FROM incoming_file WHERE destroyed_at IS NULL AND (media_type = 'application/pdf' OR name LIKE '%.pdf')
          UNION SELECT sha256 FROM outgoing_file WHERE media_type = 'application/pdf' OR name LIKE '%.pdf');

      -- A result that speaks against a document which is registered already: it came late, or somebody registered against
      -- it and said why, and then it is settled at once. One for each document, the newest.
      CREATE TABLE verdict_alarm (
        document TEXT PRIMARY KEY REFERENCES incoming_document (id),
        decision TEXT NOT NULL CHECK (decision IN ('ask', 'refuse')),
        why TEXT NOT NULL,
        raised_at TEXT NOT NULL,
        settled_at TEXT,
        settled_by TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        CHECK (settled_at IS NULL OR reason <> '')
      ) STRICT;
      CREATE INDEX verdict_alarm_open ON verdict_alarm (document) WHERE settled_at IS NULL;

      -- A check of a table's words cannot be changed in place.
      CREATE TABLE printed_file_wider (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('book', 'handling-slip', 'envelope', 'dispatch-note', 'report', 'verdict')),
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
