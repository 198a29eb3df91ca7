import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const signingPictures: Migration = {
  version: 220,
  name: 'signing-pictures',
  up(db) {
    driverOf(db).exec(`
      -- The picture of a person's signature, and that of the agency's seal. A new one ends the one before; none is removed.
      CREATE TABLE signing_picture (
        id TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('signature', 'seal')),
        office TEXT NOT NULL REFERENCES office (id),
        -- whose signature
        person TEXT REFERENCES person (id),
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        width_px INTEGER NOT NULL,
        height_px INTEGER NOT NULL,
        -- true size on paper; the height follows from the pixels
        width_mm REAL NOT NULL,
        reason TEXT NOT NULL,
        set_at TEXT NOT NULL,
        set_by TEXT NOT NULL,
        ended_at TEXT,
        ended_by TEXT,
        ended_reason TEXT,
        CHECK ((kind = 'seal') = (person IS NULL))
      ) STRICT;
      CREATE UNIQUE INDEX signing_picture_signature ON signing_picture (person) WHERE kind = 'signature' AND ended_at IS NULL;
      CREATE UNIQUE INDEX signing_picture_seal ON signing_picture (office) WHERE kind = 'seal' AND ended_at IS NULL;
      CREATE INDEX signing_picture_content ON signing_picture (sha256, size);
    `);
  },
};
