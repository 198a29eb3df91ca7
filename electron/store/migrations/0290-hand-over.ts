import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const handOver: Migration = {
  version: 290,
  name: 'hand-over',
  up(db) {
    driverOf(db).exec(`
      -- Đợt nộp lưu: closed dossiers that go to an archive together (TT 05/2025/TT-BNV art. 20–25).
      CREATE TABLE handover_batch (
        id TEXT PRIMARY KEY,
        office TEXT NOT NULL REFERENCES office (id),
        state TEXT NOT NULL CHECK (state IN ('draft', 'checked', 'packaging', 'packaged', 'handed', 'accepted', 'partly-refused', 'refused', 'cancelled')),
        version INTEGER NOT NULL,
        title TEXT NOT NULL,
        -- số lần nộp
        turn INTEGER NOT NULL,
        archive_name TEXT NOT NULL,
        archive_code TEXT NOT NULL,
        -- BatchFields as JSON
        fields TEXT NOT NULL,
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        checked_at TEXT,
        -- HandoverRemark[] as JSON; '' before the first check
        remarks TEXT NOT NULL DEFAULT '',
        folder TEXT NOT NULL DEFAULT '',
        packaged_at TEXT,
        handed_on TEXT,
        answered_at TEXT,
        answered_by TEXT NOT NULL DEFAULT '',
        minutes_number TEXT NOT NULL DEFAULT '',
        ended_reason TEXT NOT NULL DEFAULT '',
        CHECK (state <> 'handed' OR handed_on IS NOT NULL),
        CHECK ((state IN ('accepted', 'partly-refused', 'refused')) = (answered_at IS NOT NULL))
      ) STRICT;

      -- A dossier of a batch with its package.
      CREATE TABLE handover_item (
        id TEXT PRIMARY KEY,
        batch TEXT NOT NULL REFERENCES handover_batch (id),
        ordinal INTEGER NOT NULL,
        dossier TEXT NOT NULL REFERENCES dossier (id),
        file_code TEXT NOT NULL,
        title TEXT NOT NULL,
        permanent INTEGER NOT NULL CHECK (permanent IN (0, 1)),
        documents INTEGER NOT NULL,
        -- what the package is built from, as it was taken down with the verdicts of that moment, as JSON; '' before
        content TEXT NOT NULL DEFAULT '',
        object_id TEXT NOT NULL DEFAULT '',
        built_at TEXT,
        -- SHA-256 of METS.xml, which names all the rest; no file of the store
        mets_digest TEXT NOT NULL DEFAULT '',
        files INTEGER NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL DEFAULT 0,
        answer TEXT CHECK (answer IN ('accepted', 'refused')),
        answer_reason TEXT NOT NULL DEFAULT '',
        -- 0 once the batch was cancelled, or the dossier refused: another batch may have it
        live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
        UNIQUE (batch, dossier),
        CHECK ((built_at IS NULL) = (mets_digest = '')),
        CHECK (answer IS NOT 'refused' OR answer_reason <> '')
      ) STRICT;
      CREATE INDEX handover_item_place ON handover_item (batch, ordinal);
      CREATE UNIQUE INDEX handover_item_live ON handover_item (dossier) WHERE live = 1;
      CREATE INDEX handover_item_object ON handover_item (object_id) WHERE object_id <> '';

      -- What lies in packages, or is on its way, is not opened again.
      CREATE TRIGGER dossier_on_its_way BEFORE UPDATE OF state ON dossier
        WHEN NEW.state = 'open' AND OLD.state <> 'open' AND EXISTS (SELECT 1 FROM handover_item AS i JOIN handover_batch AS b ON b.id = i.batch
          WHERE i.dossier = NEW.id AND i.live = 1 AND b.state IN ('packaging', 'packaged', 'handed'))
        BEGIN SELECT RAISE(ABORT, 'the dossier is on its way to an archive'); END;
      CREATE TRIGGER handover_step BEFORE UPDATE OF state ON handover_batch
        WHEN OLD.state <> NEW.state AND NOT (OLD.state || '>' || NEW.state IN (
          'draft>checked', 'checked>draft', 'checked>packaging', 'packaging>packaged', 'packaging>draft', 'packaged>draft', 'packaged>handed',
          'handed>accepted', 'handed>partly-refused', 'handed>refused',
          'draft>cancelled', 'checked>cancelled', 'packaging>cancelled', 'packaged>cancelled'))
        BEGIN SELECT RAISE(ABORT, 'the batch cannot go there'); END;
      CREATE TRIGGER handover_kept BEFORE DELETE ON handover_batch
        BEGIN SELECT RAISE(ABORT, 'a batch is never removed'); END;
      -- What was handed stays as it was; only the answer comes.
      CREATE TRIGGER handover_item_frozen BEFORE UPDATE OF batch, ordinal, dossier, file_code, title, permanent, documents, content, object_id, built_at, mets_digest, files, bytes ON handover_item
        WHEN (SELECT state FROM handover_batch WHERE id = OLD.batch) NOT IN ('draft', 'checked', 'packaging', 'packaged')
        BEGIN SELECT RAISE(ABORT, 'what was handed over stays as it was'); END;
      CREATE TRIGGER handover_item_kept BEFORE DELETE ON handover_item
        WHEN (SELECT state FROM handover_batch WHERE id = OLD.batch) <> 'draft'
        BEGIN SELECT RAISE(ABORT, 'what was handed over stays as it was'); END;
      CREATE TRIGGER handover_item_added BEFORE INSERT ON handover_item
        WHEN (SELECT state FROM handover_batch WHERE id = NEW.batch) <> 'draft'
        BEGIN SELECT RAISE(ABORT, 'dossiers are chosen while it is a draft'); END;
      CREATE INDEX dossier_candidate ON dossier (id) WHERE state IN ('closed', 'locked') AND handed_over_at IS NULL AND disposal IS NULL;
    `);
  },
};
