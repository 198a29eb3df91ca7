import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const handling: Migration = {
  version: 110,
  name: 'handling',
  up(db) {
    driverOf(db).exec(`
      -- The leader to whom it was presented; the name stays when the person goes.
      ALTER TABLE incoming_document ADD COLUMN leader TEXT REFERENCES person (id);
      ALTER TABLE incoming_document ADD COLUMN leader_name TEXT NOT NULL DEFAULT '';
      -- where the deadline comes from: a direction, or a rule of the office; '' while the sender's day holds
      ALTER TABLE incoming_document ADD COLUMN deadline_basis TEXT NOT NULL DEFAULT '' CHECK (deadline_basis IN ('', 'directed', 'rule'));
      ALTER TABLE incoming_document ADD COLUMN result TEXT CHECK (result IN ('answered', 'filed', 'no-answer'));
      ALTER TABLE incoming_document ADD COLUMN done_at TEXT;
      -- the day that holds, and the same as long as the work is not done
      ALTER TABLE incoming_document ADD COLUMN due TEXT GENERATED ALWAYS AS (COALESCE(deadline, due_date)) VIRTUAL;
      ALTER TABLE incoming_document ADD COLUMN open_due TEXT GENERATED ALWAYS AS
        (CASE WHEN closure IS NULL AND stage IS NOT 'done' THEN COALESCE(deadline, due_date) END) VIRTUAL;
      CREATE INDEX incoming_document_open_due ON incoming_document (open_due, id) WHERE open_due IS NOT NULL;
      CREATE INDEX incoming_document_done ON incoming_document (done_at) WHERE done_at IS NOT NULL;

      -- How many documents stand where: a list's tabs must not count a million rows.
      CREATE TABLE incoming_count (
        standing TEXT PRIMARY KEY,
        n INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      INSERT INTO incoming_count SELECT standing, COUNT(*) FROM incoming_document GROUP BY 1;
      CREATE TRIGGER incoming_count_came AFTER INSERT ON incoming_document BEGIN
        INSERT INTO incoming_count VALUES (NEW.standing, 1) ON CONFLICT (standing) DO UPDATE SET n = n + 1;
      END;
      CREATE TRIGGER incoming_count_moved AFTER UPDATE OF state, stage, closure ON incoming_document BEGIN
        UPDATE incoming_count SET n = n - 1 WHERE standing = OLD.standing;
        INSERT INTO incoming_count VALUES (NEW.standing, 1) ON CONFLICT (standing) DO UPDATE SET n = n + 1;
      END;
      CREATE TRIGGER incoming_count_went AFTER DELETE ON incoming_document BEGIN
        UPDATE incoming_count SET n = n - 1 WHERE standing = OLD.standing;
      END;

      -- Every step of a document's way through the house; only grows.
      CREATE TABLE handling_step (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL REFERENCES incoming_document (id),
        act TEXT NOT NULL,
        from_standing TEXT NOT NULL,
        to_standing TEXT NOT NULL,
        at TEXT NOT NULL,
        by_person TEXT REFERENCES person (id),
        by_name TEXT NOT NULL,
        -- reason, or what was noted of the progress
        note TEXT NOT NULL,
        -- to whom it went, in words
        party TEXT NOT NULL,
        -- what the sender was told; '' for nothing
        status_code TEXT NOT NULL
      ) STRICT;
      CREATE INDEX handling_step_of ON handling_step (document, id);
      CREATE TRIGGER handling_step_no_update BEFORE UPDATE ON handling_step
        BEGIN SELECT RAISE(ABORT, 'a step that was taken is never changed'); END;
      CREATE TRIGGER handling_step_no_delete BEFORE DELETE ON handling_step
        BEGIN SELECT RAISE(ABORT, 'a step that was taken is never removed'); END;

      -- A leader's direction (bút phê), one row for each round.
      CREATE TABLE direction (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL REFERENCES incoming_document (id),
        text TEXT NOT NULL,
        leader TEXT REFERENCES person (id),
        leader_name TEXT NOT NULL,
        -- KT., TL., TUQ. … as which the leader decided; '' in the leader's own right
        delegated_as TEXT NOT NULL,
        -- the day on which it was given; on paper that may be before it is written down here
        given_on TEXT NOT NULL,
        from_paper INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        recorded_by TEXT NOT NULL
      ) STRICT;
      CREATE INDEX direction_of ON direction (document, id);

      -- Who has the work: units and persons by id where they are known, and by name for good.
      CREATE TABLE assignment (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL REFERENCES incoming_document (id),
        direction TEXT NOT NULL REFERENCES direction (id),
        -- chủ trì, phối hợp
        part TEXT NOT NULL CHECK (part IN ('lead', 'joint')),
        unit TEXT REFERENCES unit (id),
        unit_name TEXT NOT NULL,
        person TEXT REFERENCES person (id),
        person_name TEXT NOT NULL,
        -- a day of its own; null: the document's holds
        deadline TEXT,
        -- the day that holds, kept by the triggers below
        due TEXT,
        state TEXT NOT NULL CHECK (state IN ('given', 'received', 'working', 'done', 'withdrawn')),
        -- ngày chuyển; ký nhận
        transferred_on TEXT,
        received_at TEXT,
        received_by TEXT NOT NULL DEFAULT '',
        ended_at TEXT,
        ended_note TEXT NOT NULL DEFAULT '',
        CHECK (unit_name <> '' OR person_name <> ''),
        CHECK ((state IN ('done', 'withdrawn')) = (ended_at IS NOT NULL))
      ) STRICT;
      CREATE INDEX assignment_of ON assignment (document, id);
      CREATE INDEX assignment_due ON assignment (due, id) WHERE ended_at IS NULL AND due IS NOT NULL;
      CREATE INDEX assignment_open ON assignment (document) WHERE ended_at IS NULL;
      CREATE TRIGGER assignment_due_given AFTER INSERT ON assignment BEGIN
        UPDATE assignment SET due = COALESCE(NEW.deadline, (SELECT due FROM incoming_document WHERE id = NEW.document)) WHERE id = NEW.id;
      END;
      CREATE TRIGGER assignment_due_changed AFTER UPDATE OF deadline ON assignment BEGIN
        UPDATE assignment SET due = COALESCE(NEW.deadline, (SELECT due FROM incoming_document WHERE id = NEW.document)) WHERE id = NEW.id;
      END;
      CREATE TRIGGER assignment_due_followed AFTER UPDATE OF deadline, due_date ON incoming_document BEGIN
        UPDATE assignment SET due = COALESCE(deadline, NEW.deadline, NEW.due_date) WHERE document = NEW.id AND ended_at IS NULL;
      END;

      -- Our documents that answer received ones; the other way is incoming_answer.
      CREATE TABLE outgoing_answer (
        outgoing TEXT NOT NULL REFERENCES outgoing_document (id),
        incoming TEXT NOT NULL REFERENCES incoming_document (id),
        PRIMARY KEY (outgoing, incoming)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX outgoing_answer_to ON outgoing_answer (incoming);
      INSERT INTO outgoing_answer SELECT id, replies_to FROM outgoing_document WHERE replies_to IS NOT NULL;

      -- How many working days the office gives itself (its working rules); an empty criterion fits every document.
      CREATE TABLE deadline_rule (
        id TEXT PRIMARY KEY,
        type_name TEXT NOT NULL,
        urgency INTEGER,
        issuer TEXT NOT NULL,
        working_days INTEGER NOT NULL CHECK (working_days >= 0),
        note TEXT NOT NULL
      ) STRICT;

      -- Where a person moved the arrival mark of a file's first page to, in millimetres from its top left corner.
      CREATE TABLE stamp_place (
        file TEXT PRIMARY KEY REFERENCES incoming_file (id),
        x REAL NOT NULL,
        y REAL NOT NULL
      ) STRICT;
    `);
  },
};
