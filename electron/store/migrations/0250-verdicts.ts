import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const verdicts: Migration = {
  version: 250,
  name: 'verdicts',
  up(db) {
    driverOf(db).exec(`
      -- What was found of the signatures of a stored file, each time anew: the whole report, which only grows in number.
      CREATE TABLE file_verdict (
        id TEXT PRIMARY KEY,
        -- SHA-256 of the file; it is kept by the document, not by this
        content TEXT NOT NULL,
        at TEXT NOT NULL,
        online INTEGER NOT NULL CHECK (online IN (0, 1)),
        state TEXT NOT NULL CHECK (state IN ('signed', 'none', 'unknown')),
        indication TEXT NOT NULL CHECK (indication IN ('passed', 'failed', 'indeterminate')),
        sub_indication TEXT,
        report TEXT NOT NULL
      ) STRICT;
      CREATE INDEX file_verdict_content ON file_verdict (content, id);

      -- Certificates, OCSP answers and lists that verdicts stand on (TT 15/2025/TT-BKHCN Điều 6), each once, by SHA-256.
      CREATE TABLE verdict_material (
        fingerprint TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('certificate', 'ocsp', 'crl')),
        -- DER as Base64; '' for a list that is too long to lie here and was in the folder of lists
        der TEXT NOT NULL
      ) STRICT;
      CREATE TABLE verdict_use (
        verdict TEXT NOT NULL REFERENCES file_verdict (id),
        fingerprint TEXT NOT NULL REFERENCES verdict_material (fingerprint),
        PRIMARY KEY (verdict, fingerprint)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX verdict_use_fingerprint ON verdict_use (fingerprint);

      -- Files whose signatures are to be looked at in the background.
      CREATE TABLE verification (
        sha256 TEXT PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'done')),
        queued_at TEXT NOT NULL,
        -- when the bytes first came to this station, which it vouches for
        arrived_at TEXT NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0,
        -- newest result; NULL before the first
        verdict TEXT REFERENCES file_verdict (id),
        indication TEXT,
        -- when another look may tell more; NULL: no sooner than new data arrive
        renew_at TEXT,
        CHECK ((verdict IS NULL) = (indication IS NULL))
      ) STRICT;
      CREATE INDEX verification_waiting ON verification (queued_at, sha256) WHERE state = 'waiting';
      CREATE INDEX verification_renew ON verification (renew_at) WHERE renew_at IS NOT NULL;
      CREATE INDEX verification_open ON verification (sha256) WHERE indication = 'indeterminate';

      -- What was found of a document that was recalled and destroyed goes with it (QĐ 28/2018 art. 9.2).
      CREATE TRIGGER incoming_file_verdict_destroyed AFTER UPDATE OF destroyed_at ON incoming_file
        WHEN NEW.destroyed_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM incoming_file WHERE sha256 = NEW.sha256 AND destroyed_at IS NULL)
          AND NOT EXISTS (SELECT 1 FROM outgoing_file WHERE sha256 = NEW.sha256)
        BEGIN
          DELETE FROM verification WHERE sha256 = NEW.sha256;
          DELETE FROM verdict_use WHERE verdict IN (SELECT id FROM file_verdict WHERE content = NEW.sha256);
          DELETE FROM file_verdict WHERE content = NEW.sha256;
          DELETE FROM verdict_material WHERE NOT EXISTS (SELECT 1 FROM verdict_use AS u WHERE u.fingerprint = verdict_material.fingerprint);
        END;
    `);
  },
};
