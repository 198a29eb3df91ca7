import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const exchangeBoxes: Migration = {
  version: 30,
  name: 'exchange-boxes',
  up(db) {
    driverOf(db).exec(`
      -- Every message taken from the axis, as it came. 'kept': stored, but this version cannot act on it yet.
      CREATE TABLE inbox_message (
        id TEXT PRIMARY KEY,
        transport_id TEXT NOT NULL UNIQUE,
        message_type TEXT NOT NULL CHECK (message_type IN ('edoc', 'status')),
        state TEXT NOT NULL CHECK (state IN ('stored', 'duplicate', 'quarantined', 'kept')),
        sender TEXT NOT NULL,
        sender_document_id TEXT NOT NULL,
        business_type TEXT NOT NULL,
        received_at TEXT NOT NULL,
        acknowledged_at TEXT,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        -- why it could not be read or used; empty for 'stored'
        reason TEXT NOT NULL,
        document TEXT REFERENCES incoming_document (id)
      ) STRICT;
      -- axis.md §1.5: the second key against doubling, after the transport's own id.
      CREATE UNIQUE INDEX inbox_message_once ON inbox_message (sender, sender_document_id, business_type)
        WHERE state = 'stored';
      CREATE INDEX inbox_message_open ON inbox_message (received_at) WHERE acknowledged_at IS NULL;
      CREATE INDEX inbox_message_apart ON inbox_message (state, id) WHERE state IN ('quarantined', 'kept');

      -- What must reach the axis. Rows are never deleted; what runs out of tries becomes 'attention' and stays.
      CREATE TABLE outbox (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'delivered', 'attention', 'cancelled')),
        -- a StatusReport as JSON, parsed again before it is sent
        payload TEXT NOT NULL,
        document TEXT NOT NULL REFERENCES incoming_document (id),
        status_code TEXT NOT NULL,
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
        -- a status is said once per document (axis.md §2.8)
        UNIQUE (document, status_code)
      ) STRICT;
      CREATE INDEX outbox_open ON outbox (state, next_try_at) WHERE state IN ('waiting', 'sending', 'attention');
      CREATE INDEX outbox_axis_doc_id ON outbox (axis_doc_id) WHERE axis_doc_id IS NOT NULL;
    `);
  },
};
