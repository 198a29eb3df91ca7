import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const dossiers: Migration = {
  version: 270,
  name: 'dossiers',
  up(db) {
    driverOf(db).exec(`
      -- Danh mục hồ sơ: the office's plan of a year (NĐ 30/2020 art. 28, annex V part II).
      CREATE TABLE file_plan (
        id TEXT PRIMARY KEY,
        office TEXT NOT NULL REFERENCES office (id),
        year INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'closed')),
        version INTEGER NOT NULL,
        -- file numbers run through the whole plan, or begin anew in each large heading
        numbering TEXT NOT NULL CHECK (numbering IN ('whole', 'heading')),
        note TEXT NOT NULL DEFAULT '',
        copied_from TEXT REFERENCES file_plan (id),
        -- the decision that issued it; '' until then
        decision_number TEXT NOT NULL DEFAULT '',
        decision_date TEXT,
        approver TEXT NOT NULL DEFAULT '',
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        approved_at TEXT,
        approved_by TEXT NOT NULL DEFAULT '',
        closed_at TEXT,
        closed_by TEXT NOT NULL DEFAULT '',
        UNIQUE (office, year),
        CHECK ((state = 'draft') = (approved_at IS NULL)),
        CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
        CHECK (state = 'draft' OR (decision_number <> '' AND decision_date IS NOT NULL))
      ) STRICT;

      -- Đề mục: large ones (Roman numerals) with their symbol, small ones (Arabic) below them.
      CREATE TABLE file_heading (
        id TEXT PRIMARY KEY,
        plan TEXT NOT NULL REFERENCES file_plan (id),
        parent TEXT REFERENCES file_heading (id),
        ordinal INTEGER NOT NULL,
        -- in file symbols, e.g. TCCB of 01.TCCB; '' of a small heading
        symbol TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL
      ) STRICT;
      CREATE INDEX file_heading_plan ON file_heading (plan, ordinal, id);
      CREATE INDEX file_heading_parent ON file_heading (parent) WHERE parent IS NOT NULL;

      -- One line of the plan: a dossier that the office means to make.
      CREATE TABLE file_entry (
        id TEXT PRIMARY KEY,
        plan TEXT NOT NULL REFERENCES file_plan (id),
        heading TEXT NOT NULL REFERENCES file_heading (id),
        ordinal INTEGER NOT NULL,
        number INTEGER NOT NULL,
        -- số và ký hiệu hồ sơ, e.g. 01.TCCB
        notation TEXT NOT NULL,
        title TEXT NOT NULL,
        retention_kind TEXT NOT NULL CHECK (retention_kind IN ('permanent', 'years')),
        retention_years INTEGER,
        -- what the term is taken from, in words, and the row of the office's schedule where there is one
        retention_basis TEXT NOT NULL DEFAULT '',
        schedule_row TEXT,
        -- người lập: by id where known, and by name for good
        unit TEXT REFERENCES unit (id),
        unit_name TEXT NOT NULL DEFAULT '',
        person TEXT REFERENCES person (id),
        person_name TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        -- the same line through the years: the id of the first one it was copied from
        line TEXT NOT NULL,
        -- why it was added after the plan was issued; '' for what stood in it
        added_reason TEXT NOT NULL DEFAULT '',
        UNIQUE (plan, notation),
        CHECK ((retention_kind = 'permanent') = (retention_years IS NULL)),
        CHECK (retention_years IS NULL OR retention_years > 0)
      ) STRICT;
      CREATE INDEX file_entry_heading ON file_entry (heading, ordinal, id);
      CREATE INDEX file_entry_line ON file_entry (line, plan);

      -- What was issued stays as it was issued; additions of the year say why.
      CREATE TRIGGER file_heading_issued BEFORE UPDATE ON file_heading
        WHEN (SELECT state FROM file_plan WHERE id = OLD.plan) <> 'draft' BEGIN SELECT RAISE(ABORT, 'the file plan is issued'); END;
      CREATE TRIGGER file_heading_stays BEFORE DELETE ON file_heading
        WHEN (SELECT state FROM file_plan WHERE id = OLD.plan) <> 'draft' BEGIN SELECT RAISE(ABORT, 'the file plan is issued'); END;
      CREATE TRIGGER file_heading_closed BEFORE INSERT ON file_heading
        WHEN (SELECT state FROM file_plan WHERE id = NEW.plan) = 'closed' BEGIN SELECT RAISE(ABORT, 'the file plan is closed'); END;
      CREATE TRIGGER file_entry_issued BEFORE UPDATE ON file_entry
        WHEN (SELECT state FROM file_plan WHERE id = OLD.plan) <> 'draft' BEGIN SELECT RAISE(ABORT, 'the file plan is issued'); END;
      CREATE TRIGGER file_entry_stays BEFORE DELETE ON file_entry
        WHEN (SELECT state FROM file_plan WHERE id = OLD.plan) <> 'draft' BEGIN SELECT RAISE(ABORT, 'the file plan is issued'); END;
      CREATE TRIGGER file_entry_added BEFORE INSERT ON file_entry
        WHEN (SELECT state FROM file_plan WHERE id = NEW.plan) = 'closed'
          OR ((SELECT state FROM file_plan WHERE id = NEW.plan) = 'approved' AND NEW.added_reason = '')
        BEGIN SELECT RAISE(ABORT, 'the file plan is issued'); END;
      CREATE TRIGGER file_plan_kept BEFORE DELETE ON file_plan
        BEGIN SELECT RAISE(ABORT, 'a file plan is never removed'); END;

      -- Hồ sơ. Fields follow NĐ 30/2020 annex VI part III and the simpledc fields of TT 05/2025/TT-BNV.
      CREATE TABLE dossier (
        id TEXT PRIMARY KEY,
        office TEXT NOT NULL REFERENCES office (id),
        state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'locked', 'discarded')),
        version INTEGER NOT NULL,
        plan TEXT REFERENCES file_plan (id),
        entry TEXT REFERENCES file_entry (id),
        -- the entry's line through the years; the dossier's own id where it has no entry
        line TEXT NOT NULL,
        -- năm hình thành, số và ký hiệu hồ sơ
        catalog INTEGER NOT NULL,
        notation TEXT NOT NULL,
        title TEXT NOT NULL,
        retention_kind TEXT NOT NULL CHECK (retention_kind IN ('permanent', 'years')),
        retention_years INTEGER,
        retention_basis TEXT NOT NULL DEFAULT '',
        schedule_row TEXT,
        unit TEXT REFERENCES unit (id),
        unit_name TEXT NOT NULL DEFAULT '',
        person TEXT REFERENCES person (id),
        person_name TEXT NOT NULL DEFAULT '',
        -- chế độ sử dụng: công khai, có điều kiện
        use_mode TEXT NOT NULL DEFAULT 'public' CHECK (use_mode IN ('public', 'conditional')),
        language TEXT NOT NULL DEFAULT '01',
        keyword TEXT NOT NULL DEFAULT '',
        -- ký hiệu thông tin
        info_sign TEXT NOT NULL DEFAULT '',
        -- tình trạng vật lý: 01 tốt, 02 bình thường, 03 hỏng
        condition TEXT NOT NULL DEFAULT '01' CHECK (condition IN ('01', '02', '03')),
        -- of the paper that belongs to it: its file code, and sheets
        paper_code TEXT NOT NULL DEFAULT '',
        paper_sheets INTEGER,
        description TEXT NOT NULL DEFAULT '',
        start_date TEXT,
        end_date TEXT,
        -- the year whose end the term runs to (Luật Lưu trữ 2024 art. 15: from the year in which the work ends)
        keep_until INTEGER GENERATED ALWAYS AS (CAST(substr(end_date, 1, 4) AS INTEGER) + retention_years) VIRTUAL,
        -- members stand by the days of the documents, or as somebody put them
        arranged TEXT NOT NULL DEFAULT 'time' CHECK (arranged IN ('time', 'hand')),
        -- who may read it: all of the office, or who is named in dossier_access
        access TEXT NOT NULL DEFAULT 'office' CHECK (access IN ('office', 'named')),
        -- kept by triggers
        member_total INTEGER NOT NULL DEFAULT 0,
        opened_at TEXT NOT NULL,
        opened_by TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        changed_by TEXT NOT NULL,
        closed_at TEXT,
        closed_by TEXT NOT NULL DEFAULT '',
        -- the state that it goes back to when it is unlocked
        locked_from TEXT CHECK (locked_from IN ('open', 'closed')),
        locked_at TEXT,
        locked_by TEXT NOT NULL DEFAULT '',
        locked_reason TEXT NOT NULL DEFAULT '',
        -- nộp lưu: when the archive took it over
        handed_over_at TEXT,
        -- xem xét hủy; hủy
        disposal TEXT CHECK (disposal IN ('review', 'destroyed')),
        disposal_at TEXT,
        -- words of code, title, maker and heading without accents, for the list's filter
        plain TEXT NOT NULL DEFAULT '',
        UNIQUE (office, catalog, notation),
        CHECK ((retention_kind = 'permanent') = (retention_years IS NULL)),
        CHECK (retention_years IS NULL OR retention_years > 0),
        CHECK ((state = 'locked') = (locked_from IS NOT NULL)),
        CHECK (state <> 'closed' OR (closed_at IS NOT NULL AND end_date IS NOT NULL)),
        CHECK ((disposal IS NULL) = (disposal_at IS NULL)),
        CHECK (disposal IS NULL OR state IN ('closed', 'locked'))
      ) STRICT;
      CREATE INDEX dossier_state ON dossier (state, id);
      CREATE INDEX dossier_catalog ON dossier (catalog, id);
      CREATE INDEX dossier_plan ON dossier (plan, id) WHERE plan IS NOT NULL;
      CREATE INDEX dossier_entry ON dossier (entry, id) WHERE entry IS NOT NULL;
      CREATE INDEX dossier_line ON dossier (line, state, id);
      CREATE INDEX dossier_unit ON dossier (unit, id) WHERE unit IS NOT NULL;
      CREATE INDEX dossier_person ON dossier (person, id) WHERE person IS NOT NULL;
      CREATE INDEX dossier_retention ON dossier (retention_kind, retention_years, id);
      CREATE INDEX dossier_keep_until ON dossier (keep_until, id) WHERE keep_until IS NOT NULL;
      CREATE INDEX dossier_disposal ON dossier (disposal, id) WHERE disposal IS NOT NULL;
      CREATE INDEX dossier_handed_over ON dossier (handed_over_at) WHERE handed_over_at IS NOT NULL;
      -- The list's filter by words. Rows of the index are numbered as dossiers came.
      CREATE TABLE dossier_word_row (
        row INTEGER PRIMARY KEY,
        dossier TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE VIRTUAL TABLE dossier_word USING fts5(plain, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '_:'");
      CREATE TRIGGER dossier_word_came AFTER INSERT ON dossier BEGIN
        INSERT INTO dossier_word_row (dossier) VALUES (NEW.id);
        INSERT INTO dossier_word (rowid, plain) SELECT row, NEW.plain FROM dossier_word_row WHERE dossier = NEW.id;
      END;
      CREATE TRIGGER dossier_word_changed AFTER UPDATE OF plain ON dossier WHEN OLD.plain <> NEW.plain BEGIN
        DELETE FROM dossier_word WHERE rowid = (SELECT row FROM dossier_word_row WHERE dossier = NEW.id);
        INSERT INTO dossier_word (rowid, plain) SELECT row, NEW.plain FROM dossier_word_row WHERE dossier = NEW.id;
      END;

      -- A document of the registers in a dossier, or a file of its own (tài liệu khác). Bytes of documents are not copied.
      CREATE TABLE dossier_member (
        id TEXT PRIMARY KEY,
        dossier TEXT NOT NULL REFERENCES dossier (id),
        -- place from 1 without gaps; null once it was taken out; negative within a transaction that arranges anew
        ordinal INTEGER,
        kind TEXT NOT NULL CHECK (kind IN ('incoming', 'outgoing', 'file')),
        incoming TEXT REFERENCES incoming_document (id),
        outgoing TEXT REFERENCES outgoing_document (id),
        -- of a file of its own
        name TEXT NOT NULL DEFAULT '',
        media_type TEXT NOT NULL DEFAULT '',
        size INTEGER,
        sha256 TEXT,
        destroyed_at TEXT,
        type_name TEXT NOT NULL DEFAULT '',
        code_number TEXT NOT NULL DEFAULT '',
        code_notation TEXT NOT NULL DEFAULT '',
        issued_date TEXT,
        issuer_name TEXT NOT NULL DEFAULT '',
        subject TEXT NOT NULL DEFAULT '',
        page_amount INTEGER,
        -- tờ số, trang số; ghi chú
        sheet TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        -- gốc điện tử, số hóa, hỗn hợp
        origin TEXT NOT NULL DEFAULT '01' CHECK (origin IN ('01', '02', '03')),
        -- bút tích
        autograph TEXT NOT NULL DEFAULT '',
        -- who may read it: as the dossier, or who is named for it
        access TEXT NOT NULL DEFAULT 'dossier' CHECK (access IN ('dossier', 'named')),
        added_at TEXT NOT NULL,
        added_by TEXT NOT NULL,
        removed_at TEXT,
        removed_by TEXT NOT NULL DEFAULT '',
        removed_reason TEXT NOT NULL DEFAULT '',
        handed_over_at TEXT,
        CHECK ((removed_at IS NULL) = (ordinal IS NOT NULL)),
        CHECK (removed_at IS NULL OR removed_reason <> ''),
        CHECK ((kind = 'incoming') = (incoming IS NOT NULL)),
        CHECK ((kind = 'outgoing') = (outgoing IS NOT NULL)),
        CHECK ((kind = 'file') = (sha256 IS NOT NULL)),
        CHECK ((kind = 'file') = (size IS NOT NULL))
      ) STRICT;
      CREATE UNIQUE INDEX dossier_member_place ON dossier_member (dossier, ordinal) WHERE ordinal IS NOT NULL;
      CREATE UNIQUE INDEX dossier_member_incoming ON dossier_member (incoming, dossier) WHERE incoming IS NOT NULL AND ordinal IS NOT NULL;
      CREATE UNIQUE INDEX dossier_member_outgoing ON dossier_member (outgoing, dossier) WHERE outgoing IS NOT NULL AND ordinal IS NOT NULL;
      CREATE INDEX dossier_member_removed ON dossier_member (dossier, id) WHERE ordinal IS NULL;
      CREATE INDEX dossier_member_sha256 ON dossier_member (sha256) WHERE sha256 IS NOT NULL;
      CREATE TRIGGER dossier_member_came AFTER INSERT ON dossier_member WHEN NEW.removed_at IS NULL
        BEGIN UPDATE dossier SET member_total = member_total + 1 WHERE id = NEW.dossier; END;
      CREATE TRIGGER dossier_member_went AFTER UPDATE OF removed_at ON dossier_member WHEN OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL
        BEGIN UPDATE dossier SET member_total = member_total - 1 WHERE id = NEW.dossier; END;
      -- A closed dossier stays as it was closed (NĐ 30/2020 annex VI part I III.3, IV: lock against move, delete, edit).
      CREATE TRIGGER dossier_member_added BEFORE INSERT ON dossier_member
        WHEN (SELECT state FROM dossier WHERE id = NEW.dossier) <> 'open' BEGIN SELECT RAISE(ABORT, 'the dossier is closed'); END;
      CREATE TRIGGER dossier_member_frozen BEFORE UPDATE OF dossier, ordinal, kind, incoming, outgoing, name, media_type, size, sha256,
          type_name, code_number, code_notation, issued_date, issuer_name, subject, page_amount, sheet, note, origin, autograph,
          added_at, added_by, removed_at, removed_by, removed_reason ON dossier_member
        WHEN (SELECT state FROM dossier WHERE id = OLD.dossier) <> 'open' OR OLD.removed_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'the dossier is closed'); END;
      CREATE TRIGGER dossier_member_kept BEFORE DELETE ON dossier_member
        BEGIN SELECT RAISE(ABORT, 'what was in a dossier stays on record'); END;
      CREATE TRIGGER dossier_frozen BEFORE UPDATE OF office, plan, entry, line, catalog, notation, title, retention_kind, retention_years,
          retention_basis, schedule_row, unit, unit_name, person, person_name, use_mode, language, keyword, info_sign, condition,
          paper_code, paper_sheets, description, start_date, end_date, arranged, member_total, opened_at, opened_by, plain ON dossier
        WHEN OLD.state <> 'open' BEGIN SELECT RAISE(ABORT, 'the dossier is closed'); END;
      CREATE TRIGGER dossier_step BEFORE UPDATE OF state ON dossier
        WHEN OLD.state <> NEW.state AND (OLD.state = 'discarded' OR OLD.disposal = 'destroyed'
          OR (NEW.state = 'open' AND OLD.handed_over_at IS NOT NULL)
          OR (NEW.state = 'discarded' AND (OLD.state <> 'open' OR OLD.member_total > 0))
          OR (OLD.state = 'locked' AND NEW.state <> OLD.locked_from))
        BEGIN SELECT RAISE(ABORT, 'the dossier cannot go there'); END;
      CREATE TRIGGER dossier_kept BEFORE DELETE ON dossier
        BEGIN SELECT RAISE(ABORT, 'a dossier is never removed'); END;

      -- Who may read a dossier, or one member of it, where not all of the office may.
      CREATE TABLE dossier_access (
        id TEXT PRIMARY KEY,
        dossier TEXT NOT NULL REFERENCES dossier (id),
        -- null: the dossier as a whole
        member TEXT REFERENCES dossier_member (id),
        person TEXT REFERENCES person (id),
        unit TEXT REFERENCES unit (id),
        role TEXT CHECK (role IN ('clerk', 'leader', 'archivist', 'administrator', 'officer')),
        CHECK ((person IS NOT NULL) + (unit IS NOT NULL) + (role IS NOT NULL) = 1)
      ) STRICT;
      CREATE INDEX dossier_access_of ON dossier_access (dossier, member);

      -- What was done to a plan or a dossier, by whom and why; only grows. The audit log has each of them too.
      CREATE TABLE dossier_act (
        id TEXT PRIMARY KEY,
        plan TEXT REFERENCES file_plan (id),
        dossier TEXT REFERENCES dossier (id),
        act TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        reason TEXT NOT NULL,
        -- what else belongs to it, as JSON
        detail TEXT NOT NULL,
        CHECK ((plan IS NULL) <> (dossier IS NULL))
      ) STRICT;
      CREATE INDEX dossier_act_dossier ON dossier_act (dossier, id) WHERE dossier IS NOT NULL;
      CREATE INDEX dossier_act_plan ON dossier_act (plan, id) WHERE plan IS NOT NULL;
      CREATE TRIGGER dossier_act_no_update BEFORE UPDATE ON dossier_act
        BEGIN SELECT RAISE(ABORT, 'what was done is never changed'); END;
      CREATE TRIGGER dossier_act_no_delete BEFORE DELETE ON dossier_act
        BEGIN SELECT RAISE(ABORT, 'what was done is never removed'); END;

      -- What documents of a line had in common so far: past choices, for suggestions.
      CREATE TABLE dossier_trait (
        -- e.g. issuer:…, kind:…, word:…
        trait TEXT NOT NULL,
        line TEXT NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (trait, line)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX dossier_trait_most ON dossier_trait (trait, n DESC, line);

      -- How many dossiers of a year are in each state.
      CREATE TABLE dossier_count (
        catalog INTEGER NOT NULL,
        state TEXT NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (catalog, state)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER dossier_counted AFTER INSERT ON dossier BEGIN
        INSERT INTO dossier_count VALUES (NEW.catalog, NEW.state, 1) ON CONFLICT (catalog, state) DO UPDATE SET n = n + 1;
      END;
      CREATE TRIGGER dossier_recounted AFTER UPDATE OF state, catalog ON dossier
        WHEN OLD.state <> NEW.state OR OLD.catalog <> NEW.catalog BEGIN
        UPDATE dossier_count SET n = n - 1 WHERE catalog = OLD.catalog AND state = OLD.state;
        INSERT INTO dossier_count VALUES (NEW.catalog, NEW.state, 1) ON CONFLICT (catalog, state) DO UPDATE SET n = n + 1;
      END;

      -- A check of a table's words cannot be changed in place. Kinds of the archive's later papers are named here already.
      CREATE TABLE printed_file_wider (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('book', 'handling-slip', 'envelope', 'dispatch-note', 'report', 'verdict',
          'file-plan', 'dossier-documents', 'dossier-list', 'hand-over', 'disposal', 'fixity')),
        made_at TEXT NOT NULL,
        made_by TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL
      ) STRICT;
      INSERT INTO printed_file_wider SELECT id, kind, made_at, made_by, name, media_type, size, sha256 FROM printed_file;
      DROP TABLE printed_file;
      ALTER TABLE printed_file_wider RENAME TO printed_file;
      CREATE INDEX printed_file_sha256 ON printed_file (sha256);
    `);
  },
};
