import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

/** Pages and days of a dossier of thousands were counted anew by each act on it. */
export const spans: Migration = {
  version: 305,
  name: 'spans',
  up(db) {
    driverOf(db).exec(`
      -- What is known of the members of a dossier as a whole. No row: not counted since something changed.
      CREATE TABLE dossier_span (
        dossier TEXT PRIMARY KEY REFERENCES dossier (id),
        pages INTEGER NOT NULL,
        first_day TEXT,
        last_day TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER dossier_span_came AFTER INSERT ON dossier_member BEGIN DELETE FROM dossier_span WHERE dossier = NEW.dossier; END;
      CREATE TRIGGER dossier_span_changed AFTER UPDATE OF removed_at, issued_date, page_amount ON dossier_member
        BEGIN DELETE FROM dossier_span WHERE dossier = NEW.dossier; END;
      CREATE TRIGGER dossier_span_incoming AFTER UPDATE OF issued_date, page_amount ON incoming_document
        WHEN OLD.issued_date IS NOT NEW.issued_date OR OLD.page_amount IS NOT NEW.page_amount
        BEGIN DELETE FROM dossier_span WHERE dossier IN (SELECT dossier FROM dossier_member WHERE incoming = NEW.id AND ordinal IS NOT NULL); END;
      CREATE TRIGGER dossier_span_outgoing AFTER UPDATE OF issued_date, page_amount ON outgoing_document
        WHEN OLD.issued_date IS NOT NEW.issued_date OR OLD.page_amount IS NOT NEW.page_amount
        BEGIN DELETE FROM dossier_span WHERE dossier IN (SELECT dossier FROM dossier_member WHERE outgoing = NEW.id AND ordinal IS NOT NULL); END;
    `);
  },
};
