import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const fileText: Migration = {
  version: 120,
  name: 'file-text',
  up(db) {
    driverOf(db).exec(`
      -- The text of each stored PDF, once per content. A row appears with the file, in its transaction, and waits to be
      -- read; it goes when the last file of that content is destroyed.
      CREATE TABLE file_text (
        sha256 TEXT PRIMARY KEY,
        -- 'lost': the store could not give the bytes
        state TEXT NOT NULL CHECK (state IN
          ('waiting', 'read', 'scan', 'empty', 'too-large', 'encrypted', 'broken', 'too-costly', 'lost')),
        size INTEGER NOT NULL,
        pages INTEGER NOT NULL DEFAULT 0,
        -- a form feed after each page
        text TEXT NOT NULL DEFAULT '',
        read_at TEXT,
        CHECK ((state = 'waiting') = (read_at IS NULL))
      ) STRICT;
      CREATE INDEX file_text_waiting ON file_text (sha256) WHERE state = 'waiting';

      -- Files from a picker, a drop or a folder that wait for somebody to enter them. Rows stay as a trace.
      CREATE TABLE intake_file (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        added_at TEXT NOT NULL,
        -- the document that it was entered with
        entered_as TEXT REFERENCES incoming_document (id),
        -- a person put it away; its bytes are destroyed when nothing else has them
        discarded_at TEXT,
        CHECK (entered_as IS NULL OR discarded_at IS NULL)
      ) STRICT;
      CREATE INDEX intake_file_waiting ON intake_file (id) WHERE entered_as IS NULL AND discarded_at IS NULL;
      CREATE INDEX intake_file_sha256 ON intake_file (sha256);
      CREATE INDEX outgoing_file_sha256 ON outgoing_file (sha256);

      CREATE TRIGGER incoming_file_text AFTER INSERT ON incoming_file
        WHEN NEW.media_type = 'application/pdf' OR NEW.name LIKE '%.pdf'
        BEGIN INSERT OR IGNORE INTO file_text (sha256, state, size) VALUES (NEW.sha256, 'waiting', NEW.size); END;
      CREATE TRIGGER outgoing_file_text AFTER INSERT ON outgoing_file
        WHEN NEW.media_type = 'application/pdf' OR NEW.name LIKE '%.pdf'
        BEGIN INSERT OR IGNORE INTO file_text (sha256, state, size) VALUES (NEW.sha256, 'waiting', NEW.size); END;
      -- QĐ 28/2018 art. 9.2: a recalled document is destroyed, its text as well.
      CREATE TRIGGER incoming_file_text_destroyed AFTER UPDATE OF destroyed_at ON incoming_file
        WHEN NEW.destroyed_at IS NOT NULL
        BEGIN
          DELETE FROM file_text WHERE sha256 = NEW.sha256
            AND NOT EXISTS (SELECT 1 FROM incoming_file WHERE sha256 = NEW.sha256 AND destroyed_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM outgoing_file WHERE sha256 = NEW.sha256);
        END;

      INSERT OR IGNORE INTO file_text (sha256, state, size)
        SELECT sha256, 'waiting', size FROM incoming_file
          WHERE (media_type = 'application/pdf' OR name LIKE '%.pdf') AND destroyed_at IS NULL;
      INSERT OR IGNORE INTO file_text (sha256, state, size)
        SELECT sha256, 'waiting', size FROM outgoing_file WHERE media_type = 'application/pdf' OR name LIKE '%.pdf';
    `);
  },
};
