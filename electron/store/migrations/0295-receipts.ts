import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const receipts: Migration = {
  version: 295,
  name: 'receipts',
  up(db) {
    driverOf(db).exec(`
      -- Lần tiếp nhận of an archive (TT 05/2025/TT-BNV art. 23–25).
      CREATE TABLE handover_receipt (
        id TEXT PRIMARY KEY,
        office TEXT NOT NULL REFERENCES office (id),
        state TEXT NOT NULL CHECK (state IN ('open', 'concluded')),
        version INTEGER NOT NULL,
        title TEXT NOT NULL,
        turn INTEGER NOT NULL,
        sender_name TEXT NOT NULL,
        sender_code TEXT NOT NULL,
        -- ReceiptFields as JSON
        fields TEXT NOT NULL,
        started_at TEXT NOT NULL,
        started_by TEXT NOT NULL,
        concluded_at TEXT,
        concluded_by TEXT NOT NULL DEFAULT '',
        minutes_number TEXT NOT NULL DEFAULT '',
        CHECK ((state = 'concluded') = (concluded_at IS NOT NULL))
      ) STRICT;
      CREATE INDEX handover_receipt_sender ON handover_receipt (sender_code, id);

      -- A package that was looked at; path is where it lay then.
      CREATE TABLE received_package (
        id TEXT PRIMARY KEY,
        receipt TEXT NOT NULL REFERENCES handover_receipt (id),
        ordinal INTEGER NOT NULL,
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        object_id TEXT NOT NULL,
        file_code TEXT NOT NULL,
        title TEXT NOT NULL,
        permanent INTEGER NOT NULL CHECK (permanent IN (0, 1)),
        -- SHA-256 of METS.xml; no file of the store until it is held
        mets_digest TEXT NOT NULL,
        documents INTEGER NOT NULL,
        files INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
        authenticity TEXT NOT NULL CHECK (authenticity IN ('passed', 'failed', 'unsure')),
        integrity TEXT NOT NULL CHECK (integrity IN ('passed', 'failed', 'unsure')),
        readability TEXT NOT NULL CHECK (readability IN ('passed', 'failed', 'unsure')),
        duplicate TEXT NOT NULL CHECK (duplicate IN ('none', 'same-receipt', 'held')),
        -- Reason[] as JSON
        reasons TEXT NOT NULL,
        -- what its field files say, as the validator read them, as JSON
        described TEXT NOT NULL,
        checked_at TEXT NOT NULL,
        decision TEXT CHECK (decision IN ('accepted', 'refused')),
        decision_reason TEXT NOT NULL DEFAULT '',
        decided_at TEXT,
        decided_by TEXT NOT NULL DEFAULT '',
        -- what it became here; set with its dossier, in one transaction
        dossier TEXT REFERENCES dossier (id),
        UNIQUE (receipt, ordinal),
        UNIQUE (receipt, path),
        CHECK (dossier IS NULL OR decision = 'accepted'),
        CHECK (decision IS NOT 'refused' OR decision_reason <> '')
      ) STRICT;
      CREATE INDEX received_package_object ON received_package (object_id, dossier);
      CREATE INDEX received_package_code ON received_package (file_code, dossier);
      CREATE INDEX received_package_dossier ON received_package (dossier) WHERE dossier IS NOT NULL;

      -- Every file of a package, with what was found of it.
      CREATE TABLE received_file (
        package TEXT NOT NULL REFERENCES received_package (id),
        path TEXT NOT NULL,
        size INTEGER NOT NULL,
        -- as it was read; '' when it could not be
        digest TEXT NOT NULL,
        -- the same, once its bytes are in the store
        sha256 TEXT,
        passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
        authenticity TEXT NOT NULL CHECK (authenticity IN ('passed', 'failed', 'unsure')),
        integrity TEXT NOT NULL CHECK (integrity IN ('passed', 'failed', 'unsure')),
        readability TEXT NOT NULL CHECK (readability IN ('passed', 'failed', 'unsure')),
        reasons TEXT NOT NULL,
        PRIMARY KEY (package, path),
        CHECK (sha256 IS NULL OR sha256 = digest)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX received_file_sha256 ON received_file (sha256) WHERE sha256 IS NOT NULL;

      CREATE TRIGGER receipt_step BEFORE UPDATE OF state ON handover_receipt
        WHEN OLD.state = 'concluded' AND NEW.state <> 'concluded' BEGIN SELECT RAISE(ABORT, 'the receipt is concluded'); END;
      CREATE TRIGGER receipt_kept BEFORE DELETE ON handover_receipt
        BEGIN SELECT RAISE(ABORT, 'a receipt is never removed'); END;
      CREATE TRIGGER received_package_kept BEFORE DELETE ON received_package
        BEGIN SELECT RAISE(ABORT, 'what was received stays on record'); END;
      CREATE TRIGGER received_package_added BEFORE INSERT ON received_package
        WHEN (SELECT state FROM handover_receipt WHERE id = NEW.receipt) <> 'open' BEGIN SELECT RAISE(ABORT, 'the receipt is concluded'); END;
      CREATE TRIGGER received_package_frozen BEFORE UPDATE OF receipt, decision, decision_reason ON received_package
        WHEN (SELECT state FROM handover_receipt WHERE id = OLD.receipt) <> 'open' OR OLD.dossier IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'what was received stays on record'); END;
    `);
  },
};
