import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const documentCopies: Migration = {
  version: 360,
  name: 'document-copies',
  up(db) {
    driverOf(db).exec(`
      -- Bản sao tài liệu lưu trữ số (TT 05/2025/TT-BNV art. 40, 41): who got copies of which documents, when, what for and until when.
      CREATE TABLE document_copy (
        id TEXT PRIMARY KEY,
        dossier TEXT NOT NULL REFERENCES dossier (id),
        kind TEXT NOT NULL CHECK (kind IN ('plain', 'certified')),
        made_at TEXT NOT NULL,
        made_by TEXT NOT NULL,
        recipient TEXT NOT NULL CHECK (recipient <> ''),
        recipient_id TEXT NOT NULL,
        -- what was asked for, as JSON
        request TEXT NOT NULL,
        approved_on TEXT NOT NULL,
        approver TEXT NOT NULL,
        -- art. 40.5 and 40.6, as the rule was then
        download_until TEXT NOT NULL,
        remove_on TEXT NOT NULL
      ) STRICT;
      CREATE INDEX document_copy_dossier ON document_copy (dossier, id);
      CREATE TRIGGER document_copy_no_update BEFORE UPDATE ON document_copy BEGIN SELECT RAISE(ABORT, 'what was given out stays on record'); END;
      CREATE TRIGGER document_copy_no_delete BEFORE DELETE ON document_copy BEGIN SELECT RAISE(ABORT, 'what was given out stays on record'); END;

      -- The copy of one file; its bytes lie in the file store while it waits or is ready.
      CREATE TABLE document_copy_file (
        id TEXT PRIMARY KEY,
        copy TEXT NOT NULL REFERENCES document_copy (id),
        ordinal INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'discarded', 'removed')),
        -- of the dossier's place that it is a copy of; one that was taken out of the dossier since is not there any more
        member TEXT NOT NULL,
        code_number TEXT NOT NULL,
        code_notation TEXT NOT NULL,
        type_name TEXT NOT NULL,
        subject TEXT NOT NULL,
        source_name TEXT NOT NULL,
        source_sha256 TEXT NOT NULL,
        pages INTEGER NOT NULL,
        left_out INTEGER NOT NULL,
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        -- as JSON: certificate, by, at, level; '' while nobody signed it
        signed TEXT NOT NULL DEFAULT '',
        -- discarded or removed: when, by whom, why
        ended_at TEXT,
        ended_by TEXT NOT NULL DEFAULT '',
        ended_reason TEXT NOT NULL DEFAULT '',
        UNIQUE (copy, ordinal)
      ) STRICT;
      CREATE INDEX document_copy_file_sha256 ON document_copy_file (sha256);
      CREATE INDEX document_copy_file_waiting ON document_copy_file (id) WHERE state = 'waiting';
      CREATE INDEX document_copy_file_ready ON document_copy_file (copy) WHERE state = 'ready';
      CREATE TRIGGER document_copy_file_step BEFORE UPDATE ON document_copy_file
        WHEN NOT (OLD.state = 'waiting' AND NEW.state IN ('ready', 'discarded') OR OLD.state = 'ready' AND NEW.state = 'removed')
          OR NEW.id <> OLD.id OR NEW.copy <> OLD.copy OR NEW.member <> OLD.member OR NEW.source_sha256 <> OLD.source_sha256
          OR OLD.state = 'ready' AND (NEW.sha256 <> OLD.sha256 OR NEW.signed <> OLD.signed)
        BEGIN SELECT RAISE(ABORT, 'a copy goes from waiting to ready to removed, and stays what it is'); END;
      CREATE TRIGGER document_copy_file_no_delete BEFORE DELETE ON document_copy_file BEGIN SELECT RAISE(ABORT, 'what was given out stays on record'); END;
    `);
  },
};
