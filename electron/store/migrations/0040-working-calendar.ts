import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const workingCalendar: Migration = {
  version: 40,
  name: 'working-calendar',
  up(db) {
    driverOf(db).exec(`
      -- Days that differ from the plain week. 'issued' rows come with the program and are replaced as a whole by a newer
      -- table; 'office' rows are the office's own, go before them, and are only ever changed by a person.
      CREATE TABLE calendar_day (
        origin TEXT NOT NULL CHECK (origin IN ('issued', 'office')),
        date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        kind TEXT NOT NULL CHECK (kind IN
          ('statutory', 'in-lieu', 'swapped-rest', 'makeup-workday', 'office-rest', 'ordinary')),
        name TEXT NOT NULL,
        linked_date TEXT,
        basis TEXT NOT NULL,
        confidence TEXT NOT NULL,
        note TEXT NOT NULL,
        reason TEXT NOT NULL,
        changed_by TEXT NOT NULL,
        changed_at TEXT,
        PRIMARY KEY (origin, date),
        CHECK (origin = 'issued' OR reason <> '')
      ) STRICT;

      -- What was done lately, for the duties that were met too late.
      CREATE INDEX incoming_document_registered ON incoming_document (registered_at) WHERE registered_at IS NOT NULL;
      CREATE INDEX outbox_receipt_delivered ON outbox (delivered_at)
        WHERE status_code = '01' AND delivered_at IS NOT NULL;
    `);
  },
};
