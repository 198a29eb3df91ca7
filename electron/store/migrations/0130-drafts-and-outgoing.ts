import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const draftsAndOutgoing: Migration = {
  version: 130,
  name: 'drafts-and-outgoing',
  up(db) {
    driverOf(db).exec(`
      -- A document of ours before it has a number. What it says of itself stands in its newest version.
      CREATE TABLE draft (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL
          CHECK (state IN ('draft', 'submitted', 'content-checked', 'form-checked', 'signed', 'numbered', 'discarded')),
        -- how far along the list shows it; null once it is a row of the register, or was given up
        tab TEXT GENERATED ALWAYS AS (CASE state
          WHEN 'draft' THEN 'draft' WHEN 'submitted' THEN 'checking' WHEN 'content-checked' THEN 'checking'
          WHEN 'form-checked' THEN 'signing' WHEN 'signed' THEN 'numbering' END) VIRTUAL,
        version INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        -- of the newest version, for lists
        type_name TEXT NOT NULL,
        subject TEXT NOT NULL,
        urgency INTEGER NOT NULL,
        due_date TEXT,
        signer_name TEXT NOT NULL,
        unit_name TEXT NOT NULL,
        -- the last person who touched it, and when
        changed_at TEXT NOT NULL,
        changed_by TEXT NOT NULL,
        -- why it came back to its drafter; '' once it was submitted again
        returned_reason TEXT NOT NULL DEFAULT '',
        -- when its competent person signed
        signed_at TEXT
      ) STRICT;
      CREATE INDEX draft_tab ON draft (tab, id) WHERE tab IS NOT NULL;

      -- NĐ 30/2020 annex VI III.5.a: every draft is kept. A version is never changed.
      CREATE TABLE draft_version (
        draft TEXT NOT NULL REFERENCES draft (id),
        version INTEGER NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        -- DraftFields as JSON
        fields TEXT NOT NULL,
        -- ids of draft_file in their order, as JSON
        files TEXT NOT NULL,
        PRIMARY KEY (draft, version)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER draft_version_kept BEFORE UPDATE ON draft_version
        BEGIN SELECT RAISE(ABORT, 'a version is never changed'); END;
      CREATE TRIGGER draft_version_stays BEFORE DELETE ON draft_version
        BEGIN SELECT RAISE(ABORT, 'a version is never removed'); END;

      CREATE TABLE draft_file (
        id TEXT PRIMARY KEY,
        draft TEXT NOT NULL REFERENCES draft (id),
        -- main: the document; attachment: its annexes; source: what it was converted from, which is never sent
        role TEXT NOT NULL CHECK (role IN ('main', 'attachment', 'source')),
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        added_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX draft_file_draft ON draft_file (draft);

      -- Checks, signature, comments and returns of a draft. What holds no longer is marked, never removed.
      CREATE TABLE draft_act (
        id TEXT PRIMARY KEY,
        draft TEXT NOT NULL REFERENCES draft (id),
        version INTEGER NOT NULL,
        act TEXT NOT NULL CHECK (act IN ('submit', 'comment', 'check-content', 'check-form', 'sign', 'return', 'reopen')),
        at TEXT NOT NULL,
        -- whose act it is, and who wrote it down
        person TEXT NOT NULL,
        actor TEXT NOT NULL,
        comment TEXT NOT NULL,
        -- what else belongs to it, as JSON
        detail TEXT NOT NULL,
        voided_at TEXT,
        voided_reason TEXT NOT NULL DEFAULT ''
      ) STRICT;
      CREATE INDEX draft_act_draft ON draft_act (draft, id);

      -- Field names follow NĐ 30/2020 annex VI part I and edXML.
      CREATE TABLE outgoing_document_2 (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('numbered', 'sealed', 'issued', 'recalled', 'replaced', 'voided')),
        tab TEXT GENERATED ALWAYS AS (CASE state
          WHEN 'numbered' THEN 'issuing' WHEN 'sealed' THEN 'issuing' WHEN 'issued' THEN 'issued' ELSE 'ended' END) VIRTUAL,
        office TEXT NOT NULL REFERENCES office (id),
        -- null: it was written down as it was issued elsewhere
        draft TEXT REFERENCES draft (id),
        document_id TEXT NOT NULL UNIQUE,
        -- the running order its number is from; null as above
        series TEXT REFERENCES number_series (id),
        number INTEGER,
        -- 'a' of an inserted number 12a; '' else
        suffix TEXT NOT NULL DEFAULT '',
        code_number TEXT NOT NULL,
        code_notation TEXT NOT NULL,
        issued_date TEXT NOT NULL,
        place TEXT NOT NULL,
        type_name TEXT NOT NULL,
        subject TEXT NOT NULL,
        urgency INTEGER NOT NULL,
        due_date TEXT,
        language TEXT NOT NULL DEFAULT '',
        -- ghi chú
        description TEXT NOT NULL DEFAULT '',
        -- who drafted it; the name as it was then
        unit TEXT REFERENCES unit (id),
        unit_name TEXT NOT NULL DEFAULT '',
        drafter TEXT NOT NULL DEFAULT '',
        -- council or board that issues under the seal of the office, with a running order of its own
        body TEXT NOT NULL DEFAULT '',
        -- TM., Q., KT., TL., TUQ.; '' for the head himself
        signer_authority TEXT NOT NULL DEFAULT '',
        signer_name TEXT NOT NULL,
        signer_position TEXT NOT NULL,
        signer_competence TEXT NOT NULL,
        to_places TEXT NOT NULL,
        -- who shall get it, as JSON: over the axis, and on paper
        planned_to TEXT NOT NULL DEFAULT '[]',
        paper_to TEXT NOT NULL DEFAULT '[]',
        page_amount INTEGER,
        -- số lượng bản phát hành; đơn vị, người nhận bản lưu
        issued_amount INTEGER,
        keep_unit TEXT NOT NULL DEFAULT '',
        -- năm hình thành, số và ký hiệu hồ sơ
        file_catalog INTEGER,
        file_notation TEXT NOT NULL DEFAULT '',
        paper INTEGER NOT NULL,
        replies_to TEXT REFERENCES incoming_document (id),
        -- the document of ours whose form or procedure this one puts right (công văn đính chính, NĐ 30/2020 art. 18.3)
        corrects TEXT REFERENCES outgoing_document (id),
        -- the one that this shall take the place of when it is sent
        replaces TEXT REFERENCES outgoing_document (id),
        signed_at TEXT,
        numbered_at TEXT,
        numbered_by TEXT NOT NULL DEFAULT '',
        sealed_at TEXT,
        sealed_by TEXT NOT NULL DEFAULT '',
        issued_at TEXT,
        issued_by TEXT NOT NULL DEFAULT '',
        -- when it was first given to the outbox, or handed over on paper when it goes on paper alone
        sent_at TEXT,
        paper_sent_at TEXT,
        updated_at TEXT,
        frozen_at TEXT,
        frozen_reason TEXT NOT NULL DEFAULT '',
        replaced_by TEXT REFERENCES outgoing_document (id),
        CHECK ((state IN ('numbered', 'sealed', 'issued')) = (frozen_at IS NULL)),
        CHECK ((series IS NULL) = (number IS NULL)),
        CHECK (state IN ('numbered', 'sealed', 'voided') OR issued_at IS NOT NULL),
        UNIQUE (series, number, suffix)
      ) STRICT;
    `);
    driverOf(db)
      .prepare(
        `INSERT INTO outgoing_document_2 (id, state, office, document_id, code_number, code_notation, issued_date, place,
           type_name, subject, urgency, due_date, signer_name, signer_position, signer_competence, to_places, page_amount,
           paper, replies_to, issued_at, issued_by, sent_at, frozen_at, frozen_reason, replaced_by)
         SELECT d.id, d.state, d.office, d.document_id,
           d.code_number, d.code_notation, d.issued_date, d.place, d.type_name, d.subject, d.urgency, d.due_date,
           d.signer_name, d.signer_position, d.signer_competence, d.to_places, d.page_amount, d.paper, d.replies_to,
           d.issued_at, d.issued_by, (SELECT MIN(created_at) FROM dispatch WHERE document = d.id AND kind IN ('new', 'replace')),
           d.frozen_at, d.frozen_reason, d.replaced_by
         FROM outgoing_document AS d`,
      )
      .run();
    driverOf(db).exec(`
      DROP TRIGGER outgoing_file_frozen;
      DROP TABLE outgoing_document;
      ALTER TABLE outgoing_document_2 RENAME TO outgoing_document;
      -- One number and symbol in a year, also when the number was voided (NĐ 30/2020 art. 15.1).
      CREATE UNIQUE INDEX outgoing_document_number
        ON outgoing_document (office, substr(issued_date, 1, 4), code_notation, code_number);
      CREATE INDEX outgoing_document_code_read
        ON outgoing_document (office, substr(issued_date, 1, 4), ltrim(code_number, '0') || '/' || code_notation);
      CREATE INDEX outgoing_document_state ON outgoing_document (state, id);
      CREATE INDEX outgoing_document_tab ON outgoing_document (tab, id);
      CREATE INDEX outgoing_document_draft ON outgoing_document (draft) WHERE draft IS NOT NULL;
      CREATE INDEX outgoing_document_corrects ON outgoing_document (corrects) WHERE corrects IS NOT NULL;
      CREATE INDEX outgoing_document_replaces ON outgoing_document (replaces) WHERE replaces IS NOT NULL;
      CREATE INDEX outgoing_document_code ON outgoing_document (code_number || '/' || code_notation);
      -- What is signed and has not left: few at any time, however long the register is.
      CREATE INDEX outgoing_document_owed ON outgoing_document (id)
        WHERE state IN ('numbered', 'sealed', 'issued') AND sent_at IS NULL AND signed_at IS NOT NULL;
      -- What waits in the outbox, and what left lately, for the clocks of what is owed.
      CREATE INDEX outgoing_document_sent ON outgoing_document (sent_at) WHERE sent_at IS NOT NULL;
      CREATE INDEX recipient_unsent ON recipient (document) WHERE sent_at IS NULL AND cancelled_at IS NULL;
      -- NĐ 30/2020 annex VI III.8: a recalled document and its metadata are frozen; so are a replaced and a voided one.
      CREATE TRIGGER outgoing_document_frozen BEFORE UPDATE ON outgoing_document
        WHEN OLD.state NOT IN ('numbered', 'sealed', 'issued')
        BEGIN SELECT RAISE(ABORT, 'the document is frozen'); END;
      CREATE TRIGGER outgoing_document_kept BEFORE DELETE ON outgoing_document
        BEGIN SELECT RAISE(ABORT, 'a document of the register is never removed'); END;
      -- A number and what it stands on are given once.
      CREATE TRIGGER outgoing_document_number_stays BEFORE UPDATE OF series, number, suffix, code_number, code_notation,
          issued_date, document_id, office ON outgoing_document
        WHEN OLD.code_number <> NEW.code_number OR OLD.code_notation <> NEW.code_notation OR OLD.issued_date <> NEW.issued_date
          OR OLD.document_id <> NEW.document_id OR OLD.series IS NOT NEW.series OR OLD.number IS NOT NEW.number
          OR OLD.suffix <> NEW.suffix OR OLD.office <> NEW.office
        BEGIN SELECT RAISE(ABORT, 'a number stays as it was given'); END;
      CREATE TRIGGER outgoing_file_frozen BEFORE UPDATE ON outgoing_file
        WHEN (SELECT state FROM outgoing_document WHERE id = OLD.document) NOT IN ('numbered', 'sealed', 'issued')
        BEGIN SELECT RAISE(ABORT, 'the document is frozen'); END;

      -- How many documents of the register are in each state: counting a million rows at each change would be felt.
      CREATE TABLE outgoing_count (
        state TEXT PRIMARY KEY,
        n INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      INSERT INTO outgoing_count (state, n) SELECT state, COUNT(*) FROM outgoing_document GROUP BY state;
      CREATE TRIGGER outgoing_document_counted AFTER INSERT ON outgoing_document BEGIN
        INSERT INTO outgoing_count (state, n) VALUES (NEW.state, 1) ON CONFLICT (state) DO UPDATE SET n = n + 1;
      END;
      CREATE TRIGGER outgoing_document_recounted AFTER UPDATE OF state ON outgoing_document WHEN OLD.state <> NEW.state BEGIN
        UPDATE outgoing_count SET n = n - 1 WHERE state = OLD.state;
        INSERT INTO outgoing_count (state, n) VALUES (NEW.state, 1) ON CONFLICT (state) DO UPDATE SET n = n + 1;
      END;
    `);
  },
};
