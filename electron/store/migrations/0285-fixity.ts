import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const fixity: Migration = {
  version: 285,
  name: 'fixity',
  up(db) {
    driverOf(db).exec(`
      -- A walk over every stored file that records name, in the order of hashes: it goes on where it was.
      CREATE TABLE fixity_run (
        id TEXT PRIMARY KEY,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        by TEXT NOT NULL,
        -- the last hash that was looked at; '' at the beginning
        after TEXT NOT NULL DEFAULT '',
        files INTEGER NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL DEFAULT 0,
        missing INTEGER NOT NULL DEFAULT 0,
        damaged INTEGER NOT NULL DEFAULT 0,
        unreadable INTEGER NOT NULL DEFAULT 0,
        stopped INTEGER NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1))
      ) STRICT;
      CREATE UNIQUE INDEX fixity_run_open ON fixity_run ((1)) WHERE ended_at IS NULL;

      -- A file that was found bad, until it is whole again; once more when it is found bad again.
      CREATE TABLE fixity_bad (
        id TEXT PRIMARY KEY,
        -- SHA-256; nothing is kept by this
        content TEXT NOT NULL,
        size INTEGER NOT NULL,
        harm TEXT NOT NULL CHECK (harm IN ('missing', 'damaged', 'unreadable')),
        detail TEXT NOT NULL,
        found_at TEXT NOT NULL,
        last_seen_at TEXT NOT NULL,
        repaired_at TEXT,
        repaired_by TEXT NOT NULL DEFAULT '',
        repaired_from TEXT NOT NULL DEFAULT '',
        noted_at TEXT,
        noted_by TEXT NOT NULL DEFAULT '',
        noted_reason TEXT NOT NULL DEFAULT '',
        CHECK ((noted_at IS NULL) = (noted_reason = ''))
      ) STRICT;
      CREATE UNIQUE INDEX fixity_bad_open ON fixity_bad (content) WHERE repaired_at IS NULL;
    `);
  },
};
