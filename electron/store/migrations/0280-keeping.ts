import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const keeping: Migration = {
  version: 280,
  name: 'keeping',
  up(db) {
    driverOf(db).exec(`
      -- Bảng thời hạn bảo quản, each version as it was imported. Which holds on a day is told by valid_from and valid_to.
      CREATE TABLE retention_schedule (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        -- the act that it stands in
        source TEXT NOT NULL,
        confidence TEXT NOT NULL,
        valid_from TEXT NOT NULL,
        valid_to TEXT,
        note TEXT NOT NULL DEFAULT '',
        imported_at TEXT NOT NULL,
        imported_by TEXT NOT NULL,
        -- the file as it was
        file_name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        CHECK (valid_to IS NULL OR valid_to >= valid_from)
      ) STRICT;
      CREATE INDEX retention_schedule_sha256 ON retention_schedule (sha256);
      CREATE TABLE retention_row (
        id TEXT PRIMARY KEY,
        schedule TEXT NOT NULL REFERENCES retention_schedule (id),
        ordinal INTEGER NOT NULL,
        code TEXT NOT NULL,
        group_name TEXT NOT NULL,
        description TEXT NOT NULL,
        period_kind TEXT NOT NULL CHECK (period_kind IN ('permanent', 'years')),
        period_years INTEGER,
        -- as it stood in the file
        period_text TEXT NOT NULL,
        basis TEXT NOT NULL,
        note TEXT NOT NULL,
        -- the words that it is found by, with a space around each; with their accents, and without
        words TEXT NOT NULL,
        plain TEXT NOT NULL,
        UNIQUE (schedule, ordinal),
        CHECK ((period_kind = 'permanent') = (period_years IS NULL)),
        CHECK (period_years IS NULL OR period_years > 0)
      ) STRICT;
      -- Dossiers name rows: what stood in a table is not written anew.
      CREATE TRIGGER retention_row_stays BEFORE UPDATE ON retention_row
        BEGIN SELECT RAISE(ABORT, 'a schedule stays as it was imported'); END;
      CREATE TRIGGER retention_row_kept BEFORE DELETE ON retention_row
        BEGIN SELECT RAISE(ABORT, 'a schedule stays as it was imported'); END;

      -- Days that come to dossiers, in their order: by whichever rule is counted, the year comes first. All that counting
      -- them asks for is in the index.
      CREATE INDEX dossier_term ON dossier (keep_until, substr(end_date, 6), id, end_date, retention_years, state, disposal)
        WHERE keep_until IS NOT NULL AND state IN ('closed', 'locked') AND disposal IS NOT 'destroyed';
      CREATE INDEX dossier_hand_in ON dossier (end_date, id, handed_over_at, retention_years, state, disposal)
        WHERE handed_over_at IS NULL AND state IN ('closed', 'locked') AND disposal IS NULL AND (retention_years IS NULL OR retention_years >= 5);

      -- A list of what is worthless and its way to being destroyed (TT 05/2025/TT-BNV art. 48–49).
      CREATE TABLE disposal (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('drafting', 'council', 'concluded', 'decided', 'destroying', 'destroyed', 'cancelled')),
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        -- CouncilMember as JSON; '' until the council has met
        members TEXT NOT NULL DEFAULT '',
        met_on TEXT,
        conclusion TEXT NOT NULL DEFAULT '',
        appraiser TEXT NOT NULL DEFAULT '',
        appraisal_number TEXT NOT NULL DEFAULT '',
        appraisal_day TEXT,
        appraisal_opinion TEXT NOT NULL DEFAULT '',
        decision_number TEXT NOT NULL DEFAULT '',
        decision_day TEXT,
        signer TEXT NOT NULL DEFAULT '',
        signer_position TEXT NOT NULL DEFAULT '',
        ended_at TEXT,
        CHECK (state NOT IN ('concluded', 'decided', 'destroying', 'destroyed') OR (met_on IS NOT NULL AND members <> '')),
        CHECK (state NOT IN ('decided', 'destroying', 'destroyed') OR (decision_number <> '' AND decision_day IS NOT NULL AND signer <> '')),
        CHECK ((state IN ('destroyed', 'cancelled')) = (ended_at IS NOT NULL))
      ) STRICT;
      -- The steps of services/keeping/disposal/steps.ts, held by the database itself.
      CREATE TRIGGER disposal_goes BEFORE UPDATE OF state ON disposal
        WHEN OLD.state <> NEW.state AND OLD.state || ' ' || NEW.state NOT IN ('drafting council', 'council concluded', 'council drafting',
          'concluded drafting', 'concluded decided', 'decided concluded', 'decided destroying', 'destroying destroyed',
          'drafting cancelled', 'council cancelled', 'concluded cancelled')
        BEGIN SELECT RAISE(ABORT, 'no such step of a disposal'); END;
      CREATE TRIGGER disposal_frozen BEFORE UPDATE ON disposal WHEN OLD.state IN ('destroyed', 'cancelled')
        BEGIN SELECT RAISE(ABORT, 'the disposal has ended'); END;
      CREATE TRIGGER disposal_kept BEFORE DELETE ON disposal
        BEGIN SELECT RAISE(ABORT, 'a disposal stays on record'); END;

      CREATE TABLE disposal_item (
        id TEXT PRIMARY KEY,
        disposal TEXT NOT NULL REFERENCES disposal (id),
        dossier TEXT NOT NULL REFERENCES dossier (id),
        reason TEXT NOT NULL CHECK (reason IN ('expired', 'duplicate')),
        note TEXT NOT NULL DEFAULT '',
        opinion TEXT CHECK (opinion IN ('destroy', 'keep')),
        opinion_note TEXT NOT NULL DEFAULT '',
        opinion_by TEXT NOT NULL DEFAULT '',
        -- removed: taken off the list while it was made, or given up with it
        state TEXT NOT NULL CHECK (state IN ('proposed', 'destroying', 'destroyed', 'kept', 'removed')),
        CHECK (state NOT IN ('destroying', 'destroyed') OR opinion = 'destroy')
      ) STRICT;
      CREATE INDEX disposal_item_of ON disposal_item (disposal, id);
      -- On one list at a time.
      CREATE UNIQUE INDEX disposal_item_once ON disposal_item (dossier) WHERE state IN ('proposed', 'destroying', 'destroyed');
      CREATE INDEX disposal_item_open ON disposal_item (disposal, id) WHERE state IN ('proposed', 'destroying');
      -- What is kept for good is never on a list, whoever writes it there.
      CREATE TRIGGER disposal_item_permanent BEFORE INSERT ON disposal_item
        WHEN (SELECT retention_kind FROM dossier WHERE id = NEW.dossier) = 'permanent'
        BEGIN SELECT RAISE(ABORT, 'a permanent dossier is never destroyed'); END;
      CREATE TRIGGER disposal_item_goes BEFORE UPDATE OF state ON disposal_item
        WHEN NEW.state IN ('destroying', 'destroyed') AND OLD.state <> NEW.state AND (
          (SELECT retention_kind FROM dossier WHERE id = NEW.dossier) = 'permanent'
          OR (SELECT state FROM disposal WHERE id = NEW.disposal) <> 'destroying'
          OR (NEW.state = 'destroyed' AND OLD.state <> 'destroying'))
        BEGIN SELECT RAISE(ABORT, 'not decided'); END;
      CREATE TRIGGER disposal_item_stays BEFORE DELETE ON disposal_item
        BEGIN SELECT RAISE(ABORT, 'a disposal stays on record'); END;

      -- Every step, with the paper that it stands on; only grows.
      CREATE TABLE disposal_step (
        id TEXT PRIMARY KEY,
        disposal TEXT NOT NULL REFERENCES disposal (id),
        act TEXT NOT NULL,
        from_state TEXT,
        to_state TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        note TEXT NOT NULL,
        file_name TEXT NOT NULL DEFAULT '',
        media_type TEXT NOT NULL DEFAULT '',
        size INTEGER,
        sha256 TEXT
      ) STRICT;
      CREATE INDEX disposal_step_of ON disposal_step (disposal, id);
      CREATE INDEX disposal_step_sha256 ON disposal_step (sha256) WHERE sha256 IS NOT NULL;
      CREATE TRIGGER disposal_step_no_update BEFORE UPDATE ON disposal_step
        BEGIN SELECT RAISE(ABORT, 'a step that was taken is never changed'); END;
      CREATE TRIGGER disposal_step_no_delete BEFORE DELETE ON disposal_step
        BEGIN SELECT RAISE(ABORT, 'a step that was taken is never removed'); END;

      -- Documents of the registers whose content is destroyed: what carried it holds it no more. Their entries stay.
      CREATE TABLE disposed_document (
        document TEXT PRIMARY KEY,
        item TEXT NOT NULL REFERENCES disposal_item (id),
        at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- The trace of each file: its name and hash, never its bytes.
      CREATE TABLE destroyed_file (
        id TEXT PRIMARY KEY,
        disposal TEXT NOT NULL REFERENCES disposal (id),
        item TEXT NOT NULL REFERENCES disposal_item (id),
        -- of incoming_document, outgoing_document or dossier_member
        document TEXT NOT NULL,
        -- number and symbol, or the name
        about TEXT NOT NULL,
        -- a file of the document, or what carried it: a message, a draft, an evidence file
        kind TEXT NOT NULL CHECK (kind IN ('file', 'draft', 'message', 'evidence')),
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        -- SHA-256; nothing is kept by this
        content TEXT NOT NULL,
        destroyed_at TEXT NOT NULL,
        -- when the bytes were seen to be gone; null: still to be removed
        gone_at TEXT,
        -- something else has the same content
        stays INTEGER NOT NULL DEFAULT 0 CHECK (stays IN (0, 1))
      ) STRICT;
      CREATE INDEX destroyed_file_of ON destroyed_file (disposal, id);
      CREATE INDEX destroyed_file_item ON destroyed_file (item, id);
      CREATE INDEX destroyed_file_waiting ON destroyed_file (item, id) WHERE gone_at IS NULL;
      CREATE INDEX destroyed_file_content ON destroyed_file (content);
      CREATE TRIGGER destroyed_file_no_delete BEFORE DELETE ON destroyed_file
        BEGIN SELECT RAISE(ABORT, 'a trace is never removed'); END;
      CREATE TRIGGER destroyed_file_no_update BEFORE UPDATE OF id, disposal, item, document, about, kind, name, size, content, destroyed_at ON destroyed_file
        BEGIN SELECT RAISE(ABORT, 'a trace is never changed'); END;

      ALTER TABLE outgoing_file ADD COLUMN destroyed_at TEXT;
      CREATE INDEX outgoing_file_destroyed ON outgoing_file (sha256) WHERE destroyed_at IS NOT NULL;
      -- A frozen document changes no more; that it is destroyed after its term is another matter.
      DROP TRIGGER outgoing_file_frozen;
      CREATE TRIGGER outgoing_file_frozen BEFORE UPDATE OF id, document, ordinal, name, media_type, size, sha256, superseded_at ON outgoing_file
        WHEN (SELECT state FROM outgoing_document WHERE id = OLD.document) NOT IN ('numbered', 'sealed', 'issued')
        BEGIN SELECT RAISE(ABORT, 'the document is frozen'); END;
      -- A station that is filled from an export has rows of files that were destroyed before.
      DROP TRIGGER outgoing_file_verified;
      CREATE TRIGGER outgoing_file_verified AFTER INSERT ON outgoing_file
        WHEN NEW.destroyed_at IS NULL AND (NEW.media_type = 'application/pdf' OR NEW.name LIKE '%.pdf')
        BEGIN
          INSERT OR IGNORE INTO verification (sha256, state, queued_at, arrived_at)
            VALUES (NEW.sha256, 'waiting', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
        END;
    `);
    forgetContents(driverOf(db));
  },
};

/** What was read out of a file goes with the last document that has it: its text, and what was found of its signatures. */
function forgetContents(database: ReturnType<typeof driverOf>): void {
  database.exec('DROP TRIGGER incoming_file_text_destroyed; DROP TRIGGER incoming_file_verdict_destroyed;');
  for (const table of ['incoming_file', 'outgoing_file']) {
    database.exec(`
      CREATE TRIGGER ${table}_forgotten AFTER UPDATE OF destroyed_at ON ${table}
        WHEN NEW.destroyed_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM incoming_file WHERE sha256 = NEW.sha256 AND destroyed_at IS NULL)
          AND NOT EXISTS (SELECT 1 FROM outgoing_file WHERE sha256 = NEW.sha256 AND destroyed_at IS NULL)
        BEGIN
          DELETE FROM file_text WHERE sha256 = NEW.sha256;
          DELETE FROM verification WHERE sha256 = NEW.sha256;
          DELETE FROM verdict_use WHERE verdict IN (SELECT id FROM file_verdict WHERE content = NEW.sha256);
          DELETE FROM file_verdict WHERE content = NEW.sha256;
          DELETE FROM verdict_material WHERE NOT EXISTS (SELECT 1 FROM verdict_use AS u WHERE u.fingerprint = verdict_material.fingerprint);
        END;
    `);
  }
}
