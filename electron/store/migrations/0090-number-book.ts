import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const numberBook: Migration = {
  version: 90,
  name: 'number-book',
  up(db) {
    const database = driverOf(db);
    database.exec(`
      -- of the kind, group, body or book that it numbers, as it was called when it opened; '' for the common series
      ALTER TABLE number_series ADD COLUMN name TEXT NOT NULL DEFAULT '';
      ALTER TABLE number_series ADD COLUMN closed_by TEXT NOT NULL DEFAULT '';
      -- last day on which numbers of a past year may be given
      ALTER TABLE number_series ADD COLUMN late_until TEXT;
      CREATE INDEX number_series_year ON number_series (year, office);
      CREATE TRIGGER number_series_forward BEFORE UPDATE ON number_series
        WHEN NEW.last < OLD.last OR NEW.id <> OLD.id OR NEW.office <> OLD.office OR NEW.register <> OLD.register
          OR NEW.scope <> OLD.scope OR NEW.year <> OLD.year
        BEGIN SELECT RAISE(ABORT, 'a series only goes forward'); END;
      CREATE TRIGGER number_series_kept BEFORE DELETE ON number_series
        BEGIN SELECT RAISE(ABORT, 'a series is never removed'); END;

      -- Sổ số: one row for each number that was given, kept, given back or voided.
      CREATE TABLE number_entry (
        series TEXT NOT NULL REFERENCES number_series (id),
        number INTEGER NOT NULL CHECK (number > 0),
        -- 'a' of an inserted number 12a; '' else
        suffix TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL CHECK (state IN ('taken', 'reserved', 'released', 'void', 'skipped')),
        -- it was kept before a document had it
        held INTEGER NOT NULL DEFAULT 0,
        -- issue or arrival date
        day TEXT,
        for_whom TEXT NOT NULL DEFAULT '',
        until TEXT,
        reason TEXT NOT NULL DEFAULT '',
        -- when and by whom it came into this state; null for what a register row tells
        at TEXT,
        by TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (series, number, suffix),
        CHECK (state = 'taken' OR (reason <> '' AND at IS NOT NULL))
      ) STRICT, WITHOUT ROWID;
      -- What is not simply on a document. The queries must say the same words.
      CREATE INDEX number_entry_exceptions ON number_entry (series, number, suffix) WHERE state <> 'taken' OR suffix <> '';
      CREATE TRIGGER number_entry_stays BEFORE UPDATE ON number_entry
        WHEN OLD.state IN ('void', 'skipped') OR (OLD.state = 'taken' AND NEW.state <> 'void')
          OR NEW.series <> OLD.series OR NEW.number <> OLD.number OR NEW.suffix <> OLD.suffix
        BEGIN SELECT RAISE(ABORT, 'a number that was given stays as it is'); END;
      CREATE TRIGGER number_entry_kept BEFORE DELETE ON number_entry
        BEGIN SELECT RAISE(ABORT, 'a number is never removed'); END;

      -- Numbers that were given outside the program.
      CREATE TABLE number_gap (
        series TEXT NOT NULL REFERENCES number_series (id),
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        reason TEXT NOT NULL CHECK (reason <> ''),
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        PRIMARY KEY (series, first),
        CHECK (0 < first AND first <= last)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER number_gap_stays BEFORE UPDATE ON number_gap
        BEGIN SELECT RAISE(ABORT, 'an explanation stays'); END;
      CREATE TRIGGER number_gap_kept BEFORE DELETE ON number_gap
        BEGIN SELECT RAISE(ABORT, 'an explanation is never removed'); END;

      -- NĐ 30/2020 art. 15: number and symbol are given once in a year, whatever the series.
      CREATE TABLE number_code (
        office TEXT NOT NULL REFERENCES office (id),
        year INTEGER NOT NULL,
        -- as it is read: 5/QĐ-UBND of 05/QĐ-UBND, 28/2018/QĐ-TTg wherever number and symbol are parted
        code TEXT NOT NULL,
        code_number TEXT NOT NULL,
        code_notation TEXT NOT NULL,
        series TEXT NOT NULL,
        number INTEGER NOT NULL,
        suffix TEXT NOT NULL,
        PRIMARY KEY (office, year, code),
        UNIQUE (series, number, suffix),
        FOREIGN KEY (series, number, suffix) REFERENCES number_entry (series, number, suffix)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER number_code_stays BEFORE UPDATE ON number_code
        BEGIN SELECT RAISE(ABORT, 'a number that was given stays as it is'); END;
      CREATE TRIGGER number_code_kept BEFORE DELETE ON number_code
        BEGIN SELECT RAISE(ABORT, 'a number is never removed'); END;

      -- Into which series a document falls, as the head of the office decided. Versions are only added.
      CREATE TABLE number_rules (
        id TEXT PRIMARY KEY,
        office TEXT NOT NULL REFERENCES office (id),
        valid_from TEXT NOT NULL,
        rules TEXT NOT NULL,
        reason TEXT NOT NULL,
        made_at TEXT NOT NULL,
        made_by TEXT NOT NULL
      ) STRICT;
      CREATE INDEX number_rules_order ON number_rules (office, valid_from, id);

      -- The office's own words in symbols, beside the kinds of the decree, its units and itself.
      CREATE TABLE abbreviation (
        id TEXT PRIMARY KEY,
        office TEXT NOT NULL REFERENCES office (id),
        category TEXT NOT NULL CHECK (category IN ('kind', 'legal-kind', 'body', 'title', 'field')),
        name TEXT NOT NULL,
        abbreviation TEXT NOT NULL,
        ended_at TEXT
      ) STRICT;
      CREATE UNIQUE INDEX abbreviation_letters ON abbreviation (office, category, abbreviation) WHERE ended_at IS NULL;

      -- A year whose registers are closed: no series opens in it any more.
      CREATE TABLE number_year (
        office TEXT NOT NULL REFERENCES office (id),
        year INTEGER NOT NULL,
        closed_at TEXT NOT NULL,
        reason TEXT NOT NULL,
        by TEXT NOT NULL,
        PRIMARY KEY (office, year)
      ) STRICT, WITHOUT ROWID;

      INSERT INTO number_entry (series, number, suffix, state, day)
        SELECT arrival_series, arrival_number, arrival_suffix, 'taken', date(registered_at, '+7 hours')
        FROM incoming_document WHERE arrival_number IS NOT NULL;
      -- Registers of before had no gaps; a damaged one is not to stop the office, and says so itself.
      WITH given AS (
        SELECT series, number, LAG(number, 1, 0) OVER (PARTITION BY series ORDER BY number) AS former FROM number_entry
        UNION ALL
        SELECT id, last + 1, COALESCE((SELECT MAX(number) FROM number_entry WHERE series = id), 0) FROM number_series
      )
      INSERT INTO number_gap (series, first, last, reason, at, by)
        SELECT series, former + 1, number - 1, 'Không có trong sổ khi chuyển sang phiên bản có sổ số',
          strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'station'
        FROM given WHERE number > former + 1;

      -- A number is unique in its office: one that follows another in mid-year begins at 01 again.
      -- Never null, as the index below would then hold nothing apart.
      ALTER TABLE outgoing_document ADD COLUMN office TEXT NOT NULL DEFAULT '';
      DROP TRIGGER outgoing_document_frozen;
      UPDATE outgoing_document SET office = (SELECT id FROM office WHERE valid_to IS NULL ORDER BY valid_from DESC LIMIT 1);
      CREATE TRIGGER outgoing_document_frozen BEFORE UPDATE ON outgoing_document WHEN OLD.state <> 'issued'
        BEGIN SELECT RAISE(ABORT, 'the document is frozen'); END;
      DROP INDEX outgoing_document_number;
      CREATE UNIQUE INDEX outgoing_document_number
        ON outgoing_document (office, substr(issued_date, 1, 4), code_notation, code_number);
      -- The same as number_code.code; not unique, as registers of before may hold 5 beside 05.
      CREATE INDEX outgoing_document_code_read
        ON outgoing_document (office, substr(issued_date, 1, 4), ltrim(code_number, '0') || '/' || code_notation);
    `);
  },
};
