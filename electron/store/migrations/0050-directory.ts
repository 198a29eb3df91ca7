import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const directory: Migration = {
  version: 50,
  name: 'directory',
  up(db) {
    driverOf(db).exec(`
      -- One row. Readers see generation 'current'; a run of the synchronisation writes the next one and then moves
      -- 'current' on, so that a run that breaks off changes nothing that anybody sees.
      CREATE TABLE directory_state (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        current INTEGER NOT NULL,
        -- hash of the decisions' codes that were taken over
        decisions TEXT NOT NULL,
        every_hours INTEGER NOT NULL,
        last_full_at TEXT,
        last_at TEXT,
        last_tried_at TEXT,
        trouble TEXT,
        trouble_detail TEXT NOT NULL,
        incomplete INTEGER NOT NULL,
        -- of generation 'current', counted while it was written: agencies in force, closed ones, rows of the axis' list
        open INTEGER NOT NULL,
        closed INTEGER NOT NULL,
        listed INTEGER NOT NULL
      ) STRICT;
      INSERT INTO directory_state (one, current, decisions, every_hours, trouble_detail, incomplete, open, closed, listed)
        VALUES (1, 0, '', 24, '', 0, 0, 0, 0);

      -- A version of an agency's row; what it was before stays as an earlier version. Never deleted once seen.
      CREATE TABLE agency (
        id INTEGER PRIMARY KEY,
        code TEXT NOT NULL,
        -- the code in capitals without dots
        plain TEXT NOT NULL,
        name TEXT NOT NULL,
        -- names it had, or is known by elsewhere, newest first; JSON list of texts
        other_names TEXT NOT NULL,
        level_one TEXT NOT NULL,
        -- centres (axis.md §1.1, W00) carry messages and are nobody's recipient
        kind TEXT NOT NULL CHECK (kind IN ('agency', 'centre')),
        axis_id TEXT NOT NULL,
        parent_axis_id TEXT NOT NULL,
        mail TEXT NOT NULL,
        valid_from TEXT,
        closed_on TEXT,
        successor TEXT,
        source TEXT NOT NULL CHECK (source IN ('decision', 'axis')),
        basis TEXT NOT NULL,
        inferred INTEGER NOT NULL,
        -- the last list had it
        listed INTEGER NOT NULL,
        since INTEGER NOT NULL,
        until INTEGER
      ) STRICT;
      CREATE UNIQUE INDEX agency_newest ON agency (code) WHERE until IS NULL;
      CREATE INDEX agency_code ON agency (code);
      CREATE INDEX agency_plain ON agency (plain);
      CREATE INDEX agency_axis_id ON agency (axis_id) WHERE axis_id <> '';
      CREATE INDEX agency_successor ON agency (successor) WHERE successor IS NOT NULL;
      CREATE INDEX agency_since ON agency (since);
      CREATE INDEX agency_until ON agency (until) WHERE until IS NOT NULL;

      -- Another code of the agency 'code' (axis.md §3.10).
      CREATE TABLE agency_alias (
        id INTEGER PRIMARY KEY,
        alias TEXT NOT NULL,
        plain TEXT NOT NULL,
        code TEXT NOT NULL,
        since INTEGER NOT NULL,
        until INTEGER
      ) STRICT;
      CREATE UNIQUE INDEX agency_alias_newest ON agency_alias (alias) WHERE until IS NULL;
      CREATE INDEX agency_alias_alias ON agency_alias (alias);
      CREATE INDEX agency_alias_plain ON agency_alias (plain);
      CREATE INDEX agency_alias_code ON agency_alias (code);
      CREATE INDEX agency_alias_since ON agency_alias (since);
      CREATE INDEX agency_alias_until ON agency_alias (until) WHERE until IS NOT NULL;

      -- The plus signs keep the generations' indexes out: nearly every row is of the present generation, so a row is to
      -- be found by what else is asked for.
      CREATE VIEW agency_now AS
        SELECT * FROM agency WHERE +since <= (SELECT current FROM directory_state)
          AND (+until IS NULL OR +until > (SELECT current FROM directory_state));
      CREATE VIEW agency_alias_now AS
        SELECT * FROM agency_alias WHERE +since <= (SELECT current FROM directory_state)
          AND (+until IS NULL OR +until > (SELECT current FROM directory_state));

      -- Lists of recipients that the office keeps. A closed one stays with its members.
      CREATE TABLE recipient_group (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        closed_at TEXT
      ) STRICT;
      CREATE UNIQUE INDEX recipient_group_name ON recipient_group (folded) WHERE closed_at IS NULL;
      CREATE TABLE recipient_group_member (
        recipient_group TEXT NOT NULL REFERENCES recipient_group (id),
        ordinal INTEGER NOT NULL,
        code TEXT NOT NULL,
        PRIMARY KEY (recipient_group, ordinal),
        UNIQUE (recipient_group, code)
      ) STRICT;
    `);
  },
};
