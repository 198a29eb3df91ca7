import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const importedRegisters: Migration = {
  version: 160,
  name: 'imported-registers',
  up(db) {
    driverOf(db).exec(`
      -- 1: the register of a past year as it was kept outside the program. It gives no numbers, and its gaps are not ours
      -- to explain.
      ALTER TABLE number_series ADD COLUMN imported INTEGER NOT NULL DEFAULT 0;

      -- Each time that an old register was taken over from a file.
      CREATE TABLE register_import (
        id TEXT PRIMARY KEY,
        started_at TEXT NOT NULL,
        -- null: under way, or broken off; the same file imported again completes it
        finished_at TEXT,
        by TEXT NOT NULL,
        -- the file as it was, kept as the evidence of what was taken over
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        sheet TEXT NOT NULL,
        register TEXT NOT NULL CHECK (register IN ('incoming', 'outgoing')),
        year INTEGER NOT NULL,
        -- rows of the file, and what became of them
        rows INTEGER NOT NULL DEFAULT 0,
        added INTEGER NOT NULL DEFAULT 0,
        known INTEGER NOT NULL DEFAULT 0,
        bad INTEGER NOT NULL DEFAULT 0,
        other_year INTEGER NOT NULL DEFAULT 0,
        undone_at TEXT,
        undone_by TEXT NOT NULL DEFAULT ''
      ) STRICT;

      CREATE INDEX register_import_sha256 ON register_import (sha256);

      -- What the register of a document says beside the document, where it was taken over.
      CREATE TABLE imported_entry (
        -- of incoming_document or outgoing_document
        document TEXT PRIMARY KEY,
        import TEXT NOT NULL REFERENCES register_import (id),
        -- row of the sheet
        line INTEGER NOT NULL,
        -- ngày chuyển: a day as yyyy-MM-dd, or what else stood there
        transferred TEXT NOT NULL DEFAULT '',
        -- ký nhận
        received_by TEXT NOT NULL DEFAULT ''
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX imported_entry_of ON imported_entry (import, document);

      -- Rows that could not be taken over, written out to be mended.
      CREATE TABLE import_leftover (
        id TEXT PRIMARY KEY,
        made_at TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL
      ) STRICT;
      CREATE INDEX import_leftover_sha256 ON import_leftover (sha256);

      -- An import may be undone as a whole. What the program gave itself still never goes.
      DROP TRIGGER number_entry_kept;
      CREATE TRIGGER number_entry_kept BEFORE DELETE ON number_entry
        WHEN NOT EXISTS (SELECT 1 FROM incoming_document AS d JOIN imported_entry AS m ON m.document = d.id
            WHERE d.arrival_series = OLD.series AND d.arrival_number = OLD.number AND d.arrival_suffix = OLD.suffix)
          AND NOT EXISTS (SELECT 1 FROM outgoing_document AS d JOIN imported_entry AS m ON m.document = d.id
            WHERE d.series = OLD.series AND d.number = OLD.number AND d.suffix = OLD.suffix)
        BEGIN SELECT RAISE(ABORT, 'a number is never removed'); END;
      DROP TRIGGER number_code_kept;
      CREATE TRIGGER number_code_kept BEFORE DELETE ON number_code
        WHEN NOT EXISTS (SELECT 1 FROM outgoing_document AS d JOIN imported_entry AS m ON m.document = d.id
            WHERE d.series = OLD.series AND d.number = OLD.number AND d.suffix = OLD.suffix)
        BEGIN SELECT RAISE(ABORT, 'a number is never removed'); END;
      DROP TRIGGER outgoing_document_kept;
      CREATE TRIGGER outgoing_document_kept BEFORE DELETE ON outgoing_document
        WHEN NOT EXISTS (SELECT 1 FROM imported_entry WHERE document = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'a document of the register is never removed'); END;
      CREATE TRIGGER outgoing_document_uncounted AFTER DELETE ON outgoing_document BEGIN
        UPDATE outgoing_count SET n = n - 1 WHERE state = OLD.state;
      END;
    `);
  },
};
