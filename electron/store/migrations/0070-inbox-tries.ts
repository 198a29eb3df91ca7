import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const inboxTries: Migration = {
  version: 70,
  name: 'inbox-tries',
  up(db) {
    driverOf(db).exec(`
      -- Messages that the axis lists and that could not be fetched. A row goes when its message is stored, or is
      -- listed no more; the audit log keeps what was said of it.
      CREATE TABLE inbox_withheld (
        transport_id TEXT PRIMARY KEY,
        message_type TEXT NOT NULL CHECK (message_type IN ('edoc', 'status')),
        sender TEXT NOT NULL,
        tries INTEGER NOT NULL CHECK (tries > 0),
        first_failed_at TEXT NOT NULL,
        last_failed_at TEXT NOT NULL,
        next_try_at TEXT NOT NULL,
        failure TEXT NOT NULL,
        -- the axis' own words or what was observed, for support
        detail TEXT NOT NULL
      ) STRICT;
    `);
  },
};
