import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

/**
 * An archive takes a package over in steps: one transaction for a dossier of thousands held up every window. What is not whole yet is
 * marked, and nobody is shown it.
 */
export const takingOver: Migration = {
  version: 320,
  name: 'taking-over',
  up(db) {
    driverOf(db).exec(`
      -- Since when what was accepted is being taken in, also through a kill; null before and after. Nothing is decided meanwhile.
      ALTER TABLE handover_receipt ADD COLUMN taking_at TEXT;
      -- the received package whose documents are still coming in; null for every dossier that is there
      ALTER TABLE dossier ADD COLUMN arriving TEXT;
      CREATE UNIQUE INDEX dossier_arriving ON dossier (arriving) WHERE arriving IS NOT NULL;

      DROP TRIGGER received_package_added;
      CREATE TRIGGER received_package_added BEFORE INSERT ON received_package
        WHEN (SELECT state <> 'open' OR taking_at IS NOT NULL FROM handover_receipt WHERE id = NEW.receipt) BEGIN SELECT RAISE(ABORT, 'the receipt is concluded'); END;
      DROP TRIGGER received_package_frozen;
      CREATE TRIGGER received_package_frozen BEFORE UPDATE OF receipt, decision, decision_reason ON received_package
        WHEN (SELECT state <> 'open' OR taking_at IS NOT NULL FROM handover_receipt WHERE id = OLD.receipt) OR OLD.dossier IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'what was received stays on record'); END;

      -- What is arriving is not counted.
      DROP TRIGGER dossier_recounted;
      CREATE TRIGGER dossier_recounted AFTER UPDATE OF state, catalog ON dossier
        WHEN OLD.arriving IS NULL AND NEW.arriving IS NULL AND (OLD.state <> NEW.state OR OLD.catalog <> NEW.catalog) BEGIN
        UPDATE dossier_count SET n = n - 1 WHERE catalog = OLD.catalog AND state = OLD.state;
        INSERT INTO dossier_count VALUES (NEW.catalog, NEW.state, 1) ON CONFLICT (catalog, state) DO UPDATE SET n = n + 1;
      END;
      DROP TRIGGER dossier_counted;
      CREATE TRIGGER dossier_counted AFTER INSERT ON dossier WHEN NEW.arriving IS NULL BEGIN
        INSERT INTO dossier_count VALUES (NEW.catalog, NEW.state, 1) ON CONFLICT (catalog, state) DO UPDATE SET n = n + 1;
      END;
      CREATE TRIGGER dossier_arrived AFTER UPDATE OF arriving ON dossier WHEN OLD.arriving IS NOT NULL AND NEW.arriving IS NULL BEGIN
        INSERT INTO dossier_count VALUES (NEW.catalog, NEW.state, 1) ON CONFLICT (catalog, state) DO UPDATE SET n = n + 1;
      END;
      CREATE TRIGGER dossier_never_leaves BEFORE UPDATE OF arriving ON dossier WHEN OLD.arriving IS NULL AND NEW.arriving IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'the dossier is there'); END;
    `);
  },
};
