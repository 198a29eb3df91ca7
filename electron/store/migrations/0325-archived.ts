import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const archived: Migration = {
  version: 325,
  name: 'archived',
  up(db) {
    driverOf(db).exec(`
      -- Gói lưu trữ (AIP) made of a received package that is held (TT 05/2025/TT-BNV art. 25.3.a, 28). Its files lie in the file store.
      CREATE TABLE archived_package (
        package TEXT PRIMARY KEY REFERENCES received_package (id),
        dossier TEXT NOT NULL REFERENCES dossier (id),
        form TEXT NOT NULL CHECK (form IN ('AIP_hoso', 'AIP_tailieu')),
        -- decides its OBJID; made again after a kill it gets the same
        uuid TEXT NOT NULL UNIQUE,
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        object_id TEXT NOT NULL DEFAULT '',
        -- name of its root folder
        folder TEXT NOT NULL DEFAULT '',
        -- SHA-256 of METS.xml, which names all the rest
        mets_digest TEXT NOT NULL DEFAULT '',
        files INTEGER NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL DEFAULT 0,
        -- since when it is whole; null while it is written down
        kept_at TEXT
      ) STRICT;
      CREATE INDEX archived_package_dossier ON archived_package (dossier);
      CREATE TABLE archived_file (
        package TEXT NOT NULL REFERENCES archived_package (package),
        path TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (package, path)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX archived_file_sha256 ON archived_file (sha256);
      CREATE TRIGGER archived_package_frozen BEFORE UPDATE ON archived_package WHEN OLD.kept_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'what is archived stays as it is'); END;
      CREATE TRIGGER archived_package_kept BEFORE DELETE ON archived_package
        BEGIN SELECT RAISE(ABORT, 'what is archived stays as it is'); END;
      CREATE TRIGGER archived_file_frozen BEFORE UPDATE ON archived_file
        BEGIN SELECT RAISE(ABORT, 'what is archived stays as it is'); END;
      CREATE TRIGGER archived_file_kept BEFORE DELETE ON archived_file WHEN (SELECT kept_at FROM archived_package WHERE package = OLD.package) IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'what is archived stays as it is'); END;
      CREATE TRIGGER archived_file_added BEFORE INSERT ON archived_file WHEN (SELECT kept_at FROM archived_package WHERE package = NEW.package) IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'what is archived stays as it is'); END;

      -- Bản sử dụng (DIP) made of it: who got what, when and what for (TT 05/2025/TT-BNV art. 42). Only grows.
      CREATE TABLE use_copy (
        id TEXT PRIMARY KEY,
        package TEXT NOT NULL REFERENCES archived_package (package),
        dossier TEXT NOT NULL REFERENCES dossier (id),
        made_at TEXT NOT NULL,
        made_by TEXT NOT NULL,
        recipient TEXT NOT NULL CHECK (recipient <> ''),
        -- số định danh cá nhân, or number of another paper; '' none was asked for
        recipient_id TEXT NOT NULL,
        valid_until TEXT,
        -- what was asked for, as JSON (Phụ lục V)
        request TEXT NOT NULL,
        -- codes of the documents that are in it, as JSON; '': all
        chosen TEXT NOT NULL,
        object_id TEXT NOT NULL,
        mets_digest TEXT NOT NULL,
        documents INTEGER NOT NULL,
        files INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        -- where it was put, and what the validator said of it there
        path TEXT NOT NULL,
        fit INTEGER NOT NULL CHECK (fit IN (0, 1))
      ) STRICT;
      CREATE INDEX use_copy_package ON use_copy (package, id);
      CREATE TRIGGER use_copy_no_update BEFORE UPDATE ON use_copy BEGIN SELECT RAISE(ABORT, 'what was given out stays on record'); END;
      CREATE TRIGGER use_copy_no_delete BEFORE DELETE ON use_copy BEGIN SELECT RAISE(ABORT, 'what was given out stays on record'); END;
    `);
  },
};
