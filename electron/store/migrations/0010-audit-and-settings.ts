import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const auditAndSettings: Migration = {
  version: 10,
  name: 'audit-and-settings',
  up(db) {
    driverOf(db).exec(`
      CREATE TABLE audit_entry (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject_kind TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        detail TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL
      ) STRICT;
      CREATE INDEX audit_entry_subject ON audit_entry (subject_id, seq);
      -- The log only grows. Who goes around these triggers breaks the chain instead.
      CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
      CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'the audit log is never shortened'); END;

      -- The newest entry, kept apart: a log cut at its end no longer meets its head.
      CREATE TABLE audit_head (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL
      ) STRICT;

      CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL,
        changed_at TEXT NOT NULL
      ) STRICT;
    `);
  },
};
