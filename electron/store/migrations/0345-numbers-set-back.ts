import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const numbersSetBack: Migration = {
  version: 345,
  name: 'numbers-set-back',
  up(db) {
    driverOf(db).exec(`
      -- What was told of numbers given outside the program may have been told wrong. The end of it can be taken back as long as
      -- no number above has a row: then nobody ever had one of them from here.
      DROP TRIGGER number_series_forward;
      CREATE TRIGGER number_series_forward BEFORE UPDATE ON number_series
        WHEN NEW.id <> OLD.id OR NEW.office <> OLD.office OR NEW.register <> OLD.register OR NEW.scope <> OLD.scope OR NEW.year <> OLD.year
          OR (NEW.last < OLD.last AND (
            EXISTS (SELECT 1 FROM number_entry AS e WHERE e.series = OLD.id AND e.number > NEW.last)
            OR EXISTS (SELECT 1 FROM number_gap AS g WHERE g.series = OLD.id AND g.last > NEW.last)))
        BEGIN SELECT RAISE(ABORT, 'a series only goes forward'); END;
      DROP TRIGGER number_gap_stays;
      CREATE TRIGGER number_gap_stays BEFORE UPDATE ON number_gap
        WHEN NEW.series <> OLD.series OR NEW.first <> OLD.first OR NEW.reason <> OLD.reason OR NEW.at <> OLD.at OR NEW.by <> OLD.by
          OR NEW.last > OLD.last
          OR EXISTS (SELECT 1 FROM number_entry AS e WHERE e.series = OLD.series AND e.number > NEW.last)
          OR EXISTS (SELECT 1 FROM number_gap AS g WHERE g.series = OLD.series AND g.first > OLD.first)
        BEGIN SELECT RAISE(ABORT, 'an explanation stays'); END;
      DROP TRIGGER number_gap_kept;
      CREATE TRIGGER number_gap_kept BEFORE DELETE ON number_gap
        WHEN EXISTS (SELECT 1 FROM number_entry AS e WHERE e.series = OLD.series AND e.number >= OLD.first)
          OR EXISTS (SELECT 1 FROM number_gap AS g WHERE g.series = OLD.series AND g.first > OLD.first)
        BEGIN SELECT RAISE(ABORT, 'an explanation is never removed'); END;
    `);
  },
};
