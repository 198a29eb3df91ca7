import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const keptCounts: Migration = {
  version: 190,
  name: 'kept-counts',
  up(db) {
    driverOf(db).exec(`
      -- Sums that a list shows at each look; counting a million rows for them would be felt.
      CREATE TABLE kept_count (
        -- sent: documents of ours with a recipient, of ''; taken: numbers on documents, of the series
        what TEXT NOT NULL CHECK (what IN ('sent', 'taken')),
        of TEXT NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (what, of)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO kept_count SELECT 'sent', '', COUNT(DISTINCT document) FROM recipient;
      INSERT INTO kept_count SELECT 'taken', series, COUNT(*) FROM number_entry WHERE state = 'taken' GROUP BY series;
      CREATE TRIGGER recipient_counted AFTER INSERT ON recipient
        WHEN (SELECT COUNT(*) FROM recipient WHERE document = NEW.document) = 1
        BEGIN UPDATE kept_count SET n = n + 1 WHERE what = 'sent'; END;
      CREATE TRIGGER number_entry_counted AFTER INSERT ON number_entry WHEN NEW.state = 'taken' BEGIN
        INSERT INTO kept_count VALUES ('taken', NEW.series, 1) ON CONFLICT (what, of) DO UPDATE SET n = n + 1;
      END;
      CREATE TRIGGER number_entry_recounted AFTER UPDATE OF state ON number_entry WHEN (OLD.state = 'taken') <> (NEW.state = 'taken') BEGIN
        INSERT INTO kept_count VALUES ('taken', NEW.series, 0) ON CONFLICT (what, of) DO NOTHING;
        UPDATE kept_count SET n = n + iif(NEW.state = 'taken', 1, -1) WHERE what = 'taken' AND of = NEW.series;
      END;
      CREATE TRIGGER number_entry_uncounted AFTER DELETE ON number_entry WHEN OLD.state = 'taken' BEGIN
        UPDATE kept_count SET n = n - 1 WHERE what = 'taken' AND of = OLD.series;
      END;
      -- Which contents are never to be kept again is asked at each start.
      CREATE INDEX incoming_file_destroyed ON incoming_file (sha256) WHERE destroyed_at IS NOT NULL;
      CREATE INDEX intake_file_discarded ON intake_file (sha256) WHERE discarded_at IS NOT NULL;
    `);
  },
};
