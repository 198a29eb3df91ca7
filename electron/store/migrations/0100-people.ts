import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const people: Migration = {
  version: 100,
  name: 'people',
  up(db) {
    const database = driverOf(db);
    database.exec(`
      -- the body that decides together, as it stands after TM.; '' where one head decides alone
      ALTER TABLE office ADD COLUMN collective TEXT NOT NULL DEFAULT '';
      -- position of the head, as it stands after KT., TL., TUQ.
      ALTER TABLE office ADD COLUMN head_position TEXT NOT NULL DEFAULT '';
      -- several offices may go into one
      ALTER TABLE office ADD COLUMN successor TEXT REFERENCES office (id);
      ALTER TABLE unit ADD COLUMN head_position TEXT NOT NULL DEFAULT '';
      ALTER TABLE person ADD COLUMN standing TEXT NOT NULL DEFAULT 'staff'
        CHECK (standing IN ('head', 'acting-head', 'deputy', 'unit-head', 'acting-unit-head', 'unit-deputy', 'staff'));
      CREATE INDEX person_ordinal ON person (ordinal);

      -- What a unit or person was called until a day, which is the last one of it.
      CREATE TABLE unit_past (
        unit TEXT NOT NULL REFERENCES unit (id),
        until TEXT NOT NULL,
        name TEXT NOT NULL,
        abbreviation TEXT NOT NULL,
        PRIMARY KEY (unit, until)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE person_past (
        person TEXT NOT NULL REFERENCES person (id),
        until TEXT NOT NULL,
        name TEXT NOT NULL,
        position TEXT NOT NULL,
        standing TEXT NOT NULL,
        unit TEXT REFERENCES unit (id),
        PRIMARY KEY (person, until)
      ) STRICT, WITHOUT ROWID;

      -- Who signs or directs for whom (NĐ 30/2020 art. 13). Days are inclusive.
      CREATE TABLE delegation (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('KT', 'TL', 'TUQ')),
        giver TEXT NOT NULL REFERENCES person (id),
        taker TEXT NOT NULL REFERENCES person (id),
        valid_from TEXT NOT NULL,
        valid_to TEXT,
        -- JSON lists
        acts TEXT NOT NULL,
        types TEXT NOT NULL,
        content TEXT NOT NULL,
        basis TEXT NOT NULL,
        ended_reason TEXT NOT NULL DEFAULT '',
        -- art. 13.3: in writing, limited in time and content
        CHECK (kind <> 'TUQ' OR (valid_to IS NOT NULL AND content <> '' AND basis <> '')),
        CHECK (giver <> taker)
      ) STRICT;
      CREATE INDEX delegation_taker ON delegation (taker, valid_from);
      CREATE INDEX delegation_giver ON delegation (giver, valid_from);

      -- How a person signs in. No row: not at all.
      CREATE TABLE account (
        person TEXT PRIMARY KEY REFERENCES person (id),
        salt BLOB NOT NULL,
        hash BLOB NOT NULL,
        -- N of scrypt; r = 8, p = 1
        cost INTEGER NOT NULL,
        -- instants
        set_at TEXT NOT NULL,
        -- 1: given by somebody else, to be changed before anything else
        to_change INTEGER NOT NULL,
        wrong_tries INTEGER NOT NULL DEFAULT 0,
        wrong_at TEXT,
        locked_at TEXT,
        -- signing in, or being opened again
        used_at TEXT NOT NULL,
        last_sign_in_at TEXT
      ) STRICT;
      -- Passwords that may not come again.
      CREATE TABLE former_password (
        person TEXT NOT NULL REFERENCES person (id),
        set_at TEXT NOT NULL,
        salt BLOB NOT NULL,
        hash BLOB NOT NULL,
        cost INTEGER NOT NULL,
        PRIMARY KEY (person, set_at)
      ) STRICT, WITHOUT ROWID;
    `);
    // The office has been kept twice: its row counts from now on.
    const known = database.prepare("SELECT value FROM setting WHERE name = 'station'").pluck().get() as string | undefined;
    if (known === undefined) return;
    const { agency, ...rest } = JSON.parse(known) as { agency?: { organId?: string; name?: string } };
    database.prepare("UPDATE setting SET value = ? WHERE name = 'station'").run(JSON.stringify(rest));
    database
      .prepare("UPDATE office SET organ_id = ?, name = ? WHERE valid_to IS NULL AND organ_id = '' AND name = ''")
      .run(agency?.organId ?? '', agency?.name ?? '');
  },
};
