import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const outgoingAndChanges: Migration = {
  version: 60,
  name: 'outgoing-and-changes',
  up(db) {
    driverOf(db).exec(`
      -- Our issued documents. Field names follow NĐ 30/2020 annex VI part I and edXML.
      CREATE TABLE outgoing_document (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('issued', 'recalled', 'replaced')),
        document_id TEXT NOT NULL UNIQUE,
        code_number TEXT NOT NULL,
        code_notation TEXT NOT NULL,
        issued_date TEXT NOT NULL,
        place TEXT NOT NULL,
        type_name TEXT NOT NULL,
        subject TEXT NOT NULL,
        urgency INTEGER NOT NULL,
        due_date TEXT,
        signer_name TEXT NOT NULL,
        signer_position TEXT NOT NULL,
        signer_competence TEXT NOT NULL,
        to_places TEXT NOT NULL,
        page_amount INTEGER,
        paper INTEGER NOT NULL,
        replies_to TEXT REFERENCES incoming_document (id),
        issued_at TEXT NOT NULL,
        issued_by TEXT NOT NULL,
        frozen_at TEXT,
        frozen_reason TEXT NOT NULL DEFAULT '',
        replaced_by TEXT REFERENCES outgoing_document (id),
        CHECK ((state = 'issued') = (frozen_at IS NULL))
      ) STRICT;
      CREATE UNIQUE INDEX outgoing_document_number
        ON outgoing_document (substr(issued_date, 1, 4), code_number, code_notation);
      CREATE TABLE outgoing_file (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL REFERENCES outgoing_document (id),
        ordinal INTEGER NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        -- an update put others in its place
        superseded_at TEXT,
        UNIQUE (document, ordinal)
      ) STRICT;
      -- NĐ 30/2020 annex VI III.8: a recalled document and its metadata are frozen.
      CREATE TRIGGER outgoing_document_frozen BEFORE UPDATE ON outgoing_document WHEN OLD.state <> 'issued'
        BEGIN SELECT RAISE(ABORT, 'the document is frozen'); END;
      CREATE TRIGGER outgoing_document_kept BEFORE DELETE ON outgoing_document
        BEGIN SELECT RAISE(ABORT, 'an issued document is never removed'); END;
      CREATE TRIGGER outgoing_file_frozen BEFORE UPDATE ON outgoing_file
        WHEN (SELECT state FROM outgoing_document WHERE id = OLD.document) <> 'issued'
        BEGIN SELECT RAISE(ABORT, 'the document is frozen'); END;

      -- What ends a received document; its register state stays, as a number once given stays given.
      ALTER TABLE incoming_document ADD COLUMN closure TEXT CHECK (closure IN ('refused', 'recalled', 'replaced'));
      ALTER TABLE incoming_document ADD COLUMN closed_at TEXT;
      ALTER TABLE incoming_document ADD COLUMN closed_reason TEXT NOT NULL DEFAULT '';
      ALTER TABLE incoming_document ADD COLUMN replaced_by TEXT REFERENCES incoming_document (id);
      CREATE INDEX incoming_document_closure ON incoming_document (closure, id) WHERE closure IS NOT NULL;
      CREATE INDEX incoming_document_sender_id ON incoming_document (document_id);
      CREATE INDEX incoming_document_code ON incoming_document (code_number, code_notation);
      -- The bytes of a recalled document are destroyed; name and hash stay as metadata of the recall.
      ALTER TABLE incoming_file ADD COLUMN destroyed_at TEXT;
      ALTER TABLE incoming_file ADD COLUMN superseded_at TEXT;
      CREATE INDEX incoming_file_sha256 ON incoming_file (sha256);

      -- What a sender asks about a document that we have: to take it back, or to change it.
      CREATE TABLE change_request (
        id TEXT PRIMARY KEY,
        incoming TEXT NOT NULL REFERENCES incoming_document (id),
        kind TEXT NOT NULL CHECK (kind IN ('recall', 'update')),
        form TEXT NOT NULL CHECK (form IN ('status', 'message')),
        reason TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'agreed', 'refused')),
        decided_at TEXT,
        decided_by TEXT,
        decision_reason TEXT NOT NULL DEFAULT '',
        -- an update's new fields and files as JSON; '' for a recall
        content TEXT NOT NULL
      ) STRICT;
      CREATE INDEX change_request_of ON change_request (incoming);
      CREATE INDEX change_request_open ON change_request (incoming) WHERE state = 'open';

      -- Received documents that answer ours.
      CREATE TABLE incoming_answer (
        incoming TEXT NOT NULL REFERENCES incoming_document (id),
        outgoing TEXT NOT NULL REFERENCES outgoing_document (id),
        PRIMARY KEY (incoming, outgoing)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX incoming_answer_to ON incoming_answer (outgoing);

      -- A document message of ours; its bytes are fixed before the first try.
      CREATE TABLE dispatch (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL REFERENCES outgoing_document (id),
        kind TEXT NOT NULL CHECK (kind IN ('new', 'recall', 'update', 'replace')),
        reason TEXT NOT NULL,
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        -- the code under which it is sent, and the agencies it names as To, as JSON
        sender TEXT NOT NULL,
        receivers TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX dispatch_document ON dispatch (document);

      -- One row per document and receiver: the status matrix.
      CREATE TABLE recipient (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL REFERENCES outgoing_document (id),
        -- the message that carried the document to it
        dispatch TEXT NOT NULL REFERENCES dispatch (id),
        organ_id TEXT NOT NULL,
        name TEXT NOT NULL,
        added_at TEXT NOT NULL,
        sent_at TEXT,
        cancelled_at TEXT,
        take_back TEXT CHECK (take_back IN ('asked', 'agreed', 'refused')),
        take_back_at TEXT,
        -- when it last said how far the document is; null: nothing yet
        heard_at TEXT,
        -- it has sent the document back
        refused INTEGER NOT NULL DEFAULT 0,
        -- a person has dealt with what asked for attention until then
        settled_at TEXT,
        UNIQUE (document, organ_id)
      ) STRICT;
      CREATE INDEX recipient_dispatch ON recipient (dispatch);
      -- Where an alarm may be. The query must say the same words.
      CREATE INDEX recipient_alarming ON recipient (document)
        WHERE cancelled_at IS NULL AND (heard_at IS NULL OR refused = 1 OR take_back IN ('asked', 'refused'));
      CREATE TABLE recipient_status (
        id TEXT PRIMARY KEY,
        recipient TEXT NOT NULL REFERENCES recipient (id),
        status_code TEXT NOT NULL,
        -- as the receiver wrote it; null when unreadable
        said_at TEXT,
        heard_at TEXT NOT NULL,
        note TEXT NOT NULL,
        staff TEXT NOT NULL,
        message TEXT NOT NULL REFERENCES inbox_message (id)
      ) STRICT;
      CREATE INDEX recipient_status_of ON recipient_status (recipient);

      -- The outbox, now for documents as well.
      CREATE TABLE outbox_2 (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'delivered', 'attention', 'cancelled')),
        -- a StatusReport as JSON, parsed again before it is sent; '' for a document
        payload TEXT NOT NULL,
        incoming TEXT REFERENCES incoming_document (id),
        outgoing TEXT REFERENCES outgoing_document (id),
        dispatch TEXT UNIQUE REFERENCES dispatch (id),
        status_code TEXT NOT NULL,
        -- '' for a status that is said once per document (axis.md §2.8); else what it answers
        occasion TEXT NOT NULL,
        -- higher goes first
        rank INTEGER NOT NULL DEFAULT 0,
        created_at TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_try_at TEXT,
        -- set before a try leaves, cleared when its outcome is known: what is found here after a crash is in doubt
        doubt_since TEXT,
        -- the id the axis gave to the delivered message
        axis_doc_id TEXT,
        delivered_at TEXT,
        last_failure TEXT,
        last_failure_detail TEXT,
        CHECK ((incoming IS NULL) <> (outgoing IS NULL)),
        CHECK ((dispatch IS NULL) = (status_code <> ''))
      ) STRICT;
      INSERT INTO outbox_2 (id, state, payload, incoming, status_code, occasion, created_at, attempts, next_try_at,
          doubt_since, axis_doc_id, delivered_at, last_failure, last_failure_detail)
        SELECT id, state, payload, document, status_code, '', created_at, attempts, next_try_at, doubt_since,
          axis_doc_id, delivered_at, last_failure, last_failure_detail FROM outbox;
      DROP TABLE outbox;
      ALTER TABLE outbox_2 RENAME TO outbox;
      CREATE UNIQUE INDEX outbox_once ON outbox (incoming, status_code, occasion) WHERE incoming IS NOT NULL;
      CREATE INDEX outbox_open ON outbox (state, next_try_at) WHERE state IN ('waiting', 'sending', 'attention');
      CREATE INDEX outbox_incoming ON outbox (incoming, id) WHERE incoming IS NOT NULL;
      CREATE INDEX outbox_outgoing ON outbox (outgoing, id) WHERE outgoing IS NOT NULL;
      CREATE INDEX outbox_axis_doc_id ON outbox (axis_doc_id) WHERE axis_doc_id IS NOT NULL;
      CREATE INDEX outbox_receipt_delivered ON outbox (delivered_at)
        WHERE status_code = '01' AND delivered_at IS NOT NULL;

      -- Every call that a row of the outbox cost, with request and answer, for the delivery evidence.
      CREATE TABLE axis_call (
        id TEXT PRIMARY KEY,
        outbox TEXT NOT NULL REFERENCES outbox (id),
        at TEXT NOT NULL,
        note TEXT NOT NULL
      ) STRICT;
      CREATE INDEX axis_call_of ON axis_call (outbox, id);
      CREATE TABLE evidence_file (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL REFERENCES outgoing_document (id),
        made_at TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL
      ) STRICT;

      -- A recall may be asked twice, a status said twice: for those the bytes are the key, for documents the id.
      DROP INDEX inbox_message_once;
      CREATE UNIQUE INDEX inbox_message_once ON inbox_message (sender, sender_document_id, business_type)
        WHERE state = 'stored' AND message_type = 'edoc' AND business_type IN ('0', '3');
      CREATE UNIQUE INDEX inbox_message_same ON inbox_message (sender, sha256)
        WHERE state = 'stored' AND (message_type = 'status' OR business_type IN ('1', '2'));
      ALTER TABLE inbox_message ADD COLUMN outgoing TEXT REFERENCES outgoing_document (id);
      ALTER TABLE inbox_message ADD COLUMN replayed_at TEXT;
      ALTER TABLE inbox_message ADD COLUMN handed_by TEXT NOT NULL DEFAULT '';
      -- how it deviates from the format, as JSON
      ALTER TABLE inbox_message ADD COLUMN deviations TEXT NOT NULL DEFAULT '[]';
      CREATE INDEX inbox_message_outgoing ON inbox_message (outgoing) WHERE outgoing IS NOT NULL;
      -- What version 30 kept because it could not act on it is read again.
      UPDATE inbox_message SET reason = 'unknown-document'
        WHERE state = 'kept' AND reason IN ('status-not-handled', 'business-type-1', 'business-type-2', 'business-type-3');
    `);
  },
};
