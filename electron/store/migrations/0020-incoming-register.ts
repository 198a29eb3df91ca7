import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const incomingRegister: Migration = {
  version: 20,
  name: 'incoming-register',
  up(db) {
    driverOf(db).exec(`
      -- Last number given, per register and year; it is raised in the transaction of the register row.
      CREATE TABLE number_series (
        register TEXT NOT NULL,
        year INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (register, year)
      ) STRICT;

      -- Field names follow NĐ 30/2020 annex VI part II and edXML.
      CREATE TABLE incoming_document (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('arrived', 'registered')),
        arrived_at TEXT NOT NULL,
        arrival_number INTEGER,
        arrival_year INTEGER,
        registered_at TEXT,
        registered_by TEXT,
        document_id TEXT NOT NULL,
        issuer_organ_id TEXT NOT NULL,
        issuer_name TEXT NOT NULL,
        -- The code under which the sender addressed this office (old or new form); answers go out under it.
        addressed_organ_id TEXT NOT NULL,
        code_number TEXT NOT NULL,
        code_notation TEXT NOT NULL,
        issued_date TEXT,
        place TEXT NOT NULL,
        type_name TEXT NOT NULL,
        subject TEXT NOT NULL,
        urgency INTEGER NOT NULL,
        due_date TEXT,
        signer_name TEXT NOT NULL,
        signer_position TEXT NOT NULL,
        signer_competence TEXT NOT NULL,
        to_places TEXT NOT NULL,
        page_amount INTEGER,
        CHECK ((state = 'arrived') = (arrival_number IS NULL)),
        CHECK ((arrival_number IS NULL) = (arrival_year IS NULL)),
        UNIQUE (arrival_year, arrival_number)
      ) STRICT;
      CREATE INDEX incoming_document_state ON incoming_document (state, id);

      -- The bytes lie in the blob store under their SHA-256 and were on disk before this row.
      CREATE TABLE incoming_file (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL REFERENCES incoming_document (id),
        ordinal INTEGER NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        UNIQUE (document, ordinal)
      ) STRICT;
    `);
  },
};
