import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const backup: Migration = {
  version: 310,
  name: 'backup',
  up(db) {
    driverOf(db).exec(`
      -- Nhật ký sao lưu (TT 05/2025/TT-BNV art. 30.3.e). A row is written when a backup has come to its end.
      CREATE TABLE backup_run (
        id TEXT PRIMARY KEY,
        started_at TEXT NOT NULL,
        ended_at TEXT NOT NULL,
        by TEXT NOT NULL,
        folder TEXT NOT NULL,
        -- '' when it is good
        failure TEXT NOT NULL,
        -- facts of the failure as JSON
        params TEXT NOT NULL,
        generation TEXT NOT NULL,
        files INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        new_files INTEGER NOT NULL,
        new_bytes INTEGER NOT NULL,
        missing INTEGER NOT NULL,
        -- of the generation's manifest; '' when it is none
        manifest_digest TEXT NOT NULL
      ) STRICT;
      CREATE INDEX backup_run_good ON backup_run (id) WHERE failure = '';
      CREATE TRIGGER backup_run_stays BEFORE UPDATE ON backup_run BEGIN
        SELECT RAISE(ABORT, 'the log of backups is not changed');
      END;
      CREATE TRIGGER backup_run_not_removed BEFORE DELETE ON backup_run BEGIN
        SELECT RAISE(ABORT, 'the log of backups is not changed');
      END;
    `);
  },
};
