import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const certifications: Migration = {
  version: 365,
  name: 'certifications',
  up(db) {
    driverOf(db).exec(`
      -- Văn bản xác thực of a use copy (TT 05/2025/TT-BNV art. 42.2), from when its text is made until the copy is given out: so that it
      -- waits for its signature in the profile. The wish is what the text was made of; a copy with another wish is not what it certifies.
      CREATE TABLE certification (
        id TEXT PRIMARY KEY,
        package TEXT NOT NULL REFERENCES archived_package (package),
        dossier TEXT NOT NULL REFERENCES dossier (id),
        state TEXT NOT NULL CHECK (state IN ('waiting', 'signed', 'used', 'discarded')),
        made_at TEXT NOT NULL,
        made_by TEXT NOT NULL,
        code TEXT NOT NULL,
        -- of the package that it will go along with
        uuid TEXT NOT NULL UNIQUE,
        issued_at TEXT NOT NULL,
        archive TEXT NOT NULL CHECK (archive IN ('historical', 'current')),
        copies INTEGER NOT NULL,
        -- request, recipient, validUntil, documents, as JSON
        wish TEXT NOT NULL,
        -- where on which page the agency's signature is shown, as JSON: page, x, y
        place TEXT NOT NULL,
        -- the text as it was made, which a signature appends to
        text_size INTEGER NOT NULL,
        text_sha256 TEXT NOT NULL,
        -- the text as it is now: as made while it waits, then with its signature
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        -- by, at, level, way (here, outside), as JSON; '' while nobody signed it
        signed TEXT NOT NULL DEFAULT '',
        ended_at TEXT,
        ended_by TEXT NOT NULL DEFAULT '',
        ended_reason TEXT NOT NULL DEFAULT ''
      ) STRICT;
      CREATE INDEX certification_package ON certification (package, id);
      CREATE INDEX certification_sha256 ON certification (sha256);
      CREATE INDEX certification_waiting ON certification (id) WHERE state = 'waiting';
      CREATE TRIGGER certification_step BEFORE UPDATE ON certification
        WHEN NOT (OLD.state = 'waiting' AND NEW.state IN ('signed', 'discarded') OR OLD.state = 'signed' AND NEW.state IN ('used', 'discarded'))
          OR NEW.id <> OLD.id OR NEW.package <> OLD.package OR NEW.uuid <> OLD.uuid OR NEW.issued_at <> OLD.issued_at OR NEW.code <> OLD.code
          OR NEW.archive <> OLD.archive OR NEW.copies <> OLD.copies OR NEW.wish <> OLD.wish OR NEW.text_sha256 <> OLD.text_sha256 OR OLD.state = 'signed' AND NEW.sha256 <> OLD.sha256
        BEGIN SELECT RAISE(ABORT, 'a certification is signed, then used, and stays what it is'); END;
      CREATE TRIGGER certification_no_delete BEFORE DELETE ON certification BEGIN SELECT RAISE(ABORT, 'what was made to certify stays on record'); END;
    `);
  },
};
