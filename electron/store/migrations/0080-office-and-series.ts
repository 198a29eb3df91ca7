import { newId } from '../../foundation/ids.ts';
import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const officeAndSeries: Migration = {
  version: 80,
  name: 'office-and-series',
  up(db) {
    const database = driverOf(db);
    database.exec(`
      -- This office and those it follows: registers close with an office that ends, the next begins at 1.
      CREATE TABLE office (
        id TEXT PRIMARY KEY,
        -- code of QĐ 20/2020, e.g. H29.99, and the dotted one of before; '' when not set up yet
        organ_id TEXT NOT NULL,
        former_organ_id TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL,
        -- cơ quan chủ quản, as it stands above the name on documents
        parent_name TEXT NOT NULL DEFAULT '',
        -- in symbols, e.g. BNV of 15/QĐ-BNV
        abbreviation TEXT NOT NULL DEFAULT '',
        -- địa danh
        place TEXT NOT NULL DEFAULT '',
        -- mã phông
        fonds_code TEXT NOT NULL DEFAULT '',
        -- days; null: since ever, or still
        valid_from TEXT,
        valid_to TEXT,
        predecessor TEXT REFERENCES office (id)
      ) STRICT;
      CREATE TABLE unit (
        id TEXT PRIMARY KEY,
        office TEXT NOT NULL REFERENCES office (id),
        name TEXT NOT NULL,
        -- in symbols and file codes, e.g. VP of 05/BNV-VP
        abbreviation TEXT NOT NULL DEFAULT '',
        ordinal INTEGER NOT NULL DEFAULT 0,
        valid_from TEXT,
        valid_to TEXT
      ) STRICT;
      CREATE INDEX unit_office ON unit (office, ordinal);
      CREATE TABLE person (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        position TEXT NOT NULL DEFAULT '',
        unit TEXT REFERENCES unit (id),
        ordinal INTEGER NOT NULL DEFAULT 0,
        valid_from TEXT,
        valid_to TEXT
      ) STRICT;
      CREATE INDEX person_unit ON person (unit, ordinal);
      CREATE TABLE person_role (
        person TEXT NOT NULL REFERENCES person (id),
        -- văn thư, lãnh đạo, lưu trữ, quản trị, người xử lý
        role TEXT NOT NULL CHECK (role IN ('clerk', 'leader', 'archivist', 'administrator', 'officer')),
        PRIMARY KEY (person, role)
      ) STRICT, WITHOUT ROWID;

      -- One running order of numbers. The last one given is raised in the transaction of the register row.
      CREATE TABLE number_series_2 (
        id TEXT PRIMARY KEY,
        office TEXT NOT NULL REFERENCES office (id),
        register TEXT NOT NULL CHECK (register IN ('incoming', 'outgoing', 'copy')),
        -- which documents it numbers, as the rule that opened it names them; '' for all that no other series takes
        scope TEXT NOT NULL DEFAULT '',
        year INTEGER NOT NULL,
        last INTEGER NOT NULL,
        -- instants; open while null
        closed_at TEXT,
        closed_reason TEXT NOT NULL DEFAULT '',
        UNIQUE (office, register, scope, year)
      ) STRICT;
    `);
    const office = newId();
    const known = database.prepare("SELECT value FROM setting WHERE name = 'station'").pluck().get() as string | undefined;
    const agency = known === undefined ? undefined : (JSON.parse(known) as { agency?: { organId?: string; name?: string } }).agency;
    database
      .prepare('INSERT INTO office (id, organ_id, name) VALUES (?, ?, ?)')
      .run(office, agency?.organId ?? '', agency?.name ?? '');
    const series = database.prepare('SELECT year, last FROM number_series ORDER BY year').all() as { year: number; last: number }[];
    const put = database.prepare("INSERT INTO number_series_2 (id, office, register, year, last) VALUES (?, ?, 'incoming', ?, ?)");
    for (const { year, last } of series) put.run(newId(), office, year, last);
    // A number that was given without its series having been raised cannot be; but a register is not lost over it.
    const missing = database
      .prepare(
        `SELECT arrival_year AS year, MAX(arrival_number) AS last FROM incoming_document
         WHERE arrival_year IS NOT NULL AND arrival_year NOT IN (SELECT year FROM number_series) GROUP BY 1`,
      )
      .all() as { year: number; last: number }[];
    for (const { year, last } of missing) put.run(newId(), office, year, last);
    database.exec(`
      DROP TABLE number_series;
      ALTER TABLE number_series_2 RENAME TO number_series;

      -- Field names follow NĐ 30/2020 annex VI part II and edXML.
      CREATE TABLE incoming_document_2 (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('arrived', 'registered')),
        -- how far the work on a registered document is; null: nobody has it yet
        stage TEXT CHECK (stage IN ('presented', 'assigned', 'in-progress', 'done')),
        -- what ended it; the register state stays, as a number once given stays given
        closure TEXT CHECK (closure IN ('refused', 'recalled', 'replaced')),
        standing TEXT GENERATED ALWAYS AS (COALESCE(closure, stage, state)) VIRTUAL,
        -- from the axis, from a file, or on paper with or without a scan
        source TEXT NOT NULL DEFAULT 'axis' CHECK (source IN ('axis', 'file', 'paper')),
        arrived_at TEXT NOT NULL,
        arrival_series TEXT REFERENCES number_series (id),
        arrival_number INTEGER,
        -- 'a' of an inserted number 12a; '' else
        arrival_suffix TEXT NOT NULL DEFAULT '',
        arrival_year INTEGER,
        registered_at TEXT,
        registered_by TEXT,
        document_id TEXT NOT NULL,
        issuer_organ_id TEXT NOT NULL,
        issuer_name TEXT NOT NULL,
        -- The code under which the sender addressed this office (old or new form); answers go out under it.
        addressed_organ_id TEXT NOT NULL,
        code_number TEXT NOT NULL,
        code_notation TEXT NOT NULL,
        issued_date TEXT,
        place TEXT NOT NULL,
        type_name TEXT NOT NULL,
        subject TEXT NOT NULL,
        urgency INTEGER NOT NULL,
        -- by when the sender wants an answer
        due_date TEXT,
        -- by when the work must be done, as directed; null: the sender's day holds
        deadline TEXT,
        signer_name TEXT NOT NULL,
        signer_position TEXT NOT NULL,
        signer_competence TEXT NOT NULL,
        to_places TEXT NOT NULL,
        page_amount INTEGER,
        language TEXT NOT NULL DEFAULT '',
        -- ghi chú
        description TEXT NOT NULL DEFAULT '',
        -- đơn vị hoặc người nhận: who has it in this office, in words of the register
        holders TEXT NOT NULL DEFAULT '',
        closed_at TEXT,
        closed_reason TEXT NOT NULL DEFAULT '',
        replaced_by TEXT REFERENCES incoming_document (id),
        CHECK ((state = 'arrived') = (arrival_number IS NULL)),
        CHECK ((arrival_number IS NULL) = (arrival_year IS NULL)),
        CHECK ((arrival_number IS NULL) = (arrival_series IS NULL)),
        CHECK (stage IS NULL OR state = 'registered'),
        UNIQUE (arrival_series, arrival_number, arrival_suffix)
      ) STRICT;
      INSERT INTO incoming_document_2 (id, state, closure, arrived_at, arrival_series, arrival_number, arrival_year,
          registered_at, registered_by, document_id, issuer_organ_id, issuer_name, addressed_organ_id, code_number,
          code_notation, issued_date, place, type_name, subject, urgency, due_date, signer_name, signer_position,
          signer_competence, to_places, page_amount, closed_at, closed_reason, replaced_by)
        SELECT id, state, closure, arrived_at, (SELECT s.id FROM number_series AS s WHERE s.year = arrival_year),
          arrival_number, arrival_year,
          registered_at, registered_by, document_id, issuer_organ_id, issuer_name, addressed_organ_id, code_number,
          code_notation, issued_date, place, type_name, subject, urgency, due_date, signer_name, signer_position,
          signer_competence, to_places, page_amount, closed_at, closed_reason, replaced_by
        FROM incoming_document;
      DROP TABLE incoming_document;
      ALTER TABLE incoming_document_2 RENAME TO incoming_document;
      CREATE INDEX incoming_document_standing ON incoming_document (standing, id);
      CREATE INDEX incoming_document_closure ON incoming_document (closure, id) WHERE closure IS NOT NULL;
      CREATE INDEX incoming_document_registered ON incoming_document (registered_at) WHERE registered_at IS NOT NULL;
      CREATE INDEX incoming_document_sender_id ON incoming_document (document_id);
      CREATE INDEX incoming_document_code ON incoming_document (code_number, code_notation);
    `);
  },
};
