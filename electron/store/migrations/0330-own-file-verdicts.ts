import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

/**
 * Files of a dossier's own are looked at like those of documents. What was found of a content stays as long as anything of the
 * registers or of a dossier has it, and goes with the last.
 */
export const ownFileVerdicts: Migration = {
  version: 330,
  name: 'own-file-verdicts',
  up(db) {
    const database = driverOf(db);
    database.exec(`
      CREATE TRIGGER dossier_member_verified AFTER INSERT ON dossier_member
        WHEN NEW.kind = 'file' AND NEW.destroyed_at IS NULL AND (NEW.media_type = 'application/pdf' OR NEW.name LIKE '%.pdf')
        BEGIN
          INSERT OR IGNORE INTO verification (sha256, state, queued_at, arrived_at)
            VALUES (NEW.sha256, 'waiting', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
        END;
      -- The station vouches for the day on which a file of before was put into its dossier.
      INSERT OR IGNORE INTO verification (sha256, state, queued_at, arrived_at)
        SELECT sha256, 'waiting', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), min(added_at) FROM dossier_member
          WHERE kind = 'file' AND ordinal IS NOT NULL AND destroyed_at IS NULL AND (media_type = 'application/pdf' OR name LIKE '%.pdf') GROUP BY sha256;
      DROP TRIGGER incoming_file_forgotten;
      DROP TRIGGER outgoing_file_forgotten;
    `);
    for (const table of ['incoming_file', 'outgoing_file', 'dossier_member']) {
      database.exec(`
        CREATE TRIGGER ${table}_forgotten AFTER UPDATE OF destroyed_at ON ${table}
          WHEN NEW.destroyed_at IS NOT NULL AND NEW.sha256 IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM incoming_file WHERE sha256 = NEW.sha256 AND destroyed_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM outgoing_file WHERE sha256 = NEW.sha256 AND destroyed_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM dossier_member WHERE sha256 = NEW.sha256 AND destroyed_at IS NULL)
          BEGIN
            DELETE FROM file_text WHERE sha256 = NEW.sha256;
            DELETE FROM verification WHERE sha256 = NEW.sha256;
            DELETE FROM verdict_use WHERE verdict IN (SELECT id FROM file_verdict WHERE content = NEW.sha256);
            DELETE FROM file_verdict WHERE content = NEW.sha256;
            DELETE FROM verdict_material WHERE NOT EXISTS (SELECT 1 FROM verdict_use AS u WHERE u.fingerprint = verdict_material.fingerprint);
          END;
      `);
    }
  },
};
