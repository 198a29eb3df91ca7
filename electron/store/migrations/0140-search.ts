import { driverOf, type WriteDb } from '../db.ts';
import type { Migration } from './migration.ts';

/** A table whose rows are searched as part of a document, and how a row of it names that document. */
type Followed = {
  readonly table: string;
  readonly register: 'incoming' | 'outgoing';
  /** the column with the document's id */
  readonly id: string;
};

const followed: readonly Followed[] = [
  { table: 'incoming_document', register: 'incoming', id: 'id' },
  { table: 'incoming_file', register: 'incoming', id: 'document' },
  { table: 'direction', register: 'incoming', id: 'document' },
  { table: 'assignment', register: 'incoming', id: 'document' },
  { table: 'handling_step', register: 'incoming', id: 'document' },
  { table: 'outgoing_document', register: 'outgoing', id: 'id' },
  { table: 'outgoing_file', register: 'outgoing', id: 'document' },
  { table: 'recipient', register: 'outgoing', id: 'document' },
];

export const search: Migration = {
  version: 140,
  name: 'search',
  up(db) {
    driverOf(db).exec(`
      -- Words in the form of services/search/words.ts; the tokenizer only parts them at spaces. The subject begins with
      -- number and notation; plain and others are subject and the other columns without accents. Facets are words with
      -- a colon, which no text has. The texts themselves are not kept here a second time.
      CREATE VIRTUAL TABLE search_field USING fts5(subject, arrival, issuer, holder, field, plain, others, facet,
        content = '', contentless_delete = 1, tokenize = "ascii tokenchars '_:'");
      -- Documents that have a text layer, once more with their text. Apart, as the fields alone are searched much faster.
      CREATE VIRTUAL TABLE search_body USING fts5(subject, arrival, issuer, holder, field, facet, body,
        content = '', contentless_delete = 1, tokenize = "ascii tokenchars '_:'");
      -- Merging as it comes would now and then hold up a commit for long; the indexer merges a little after each.
      INSERT INTO search_field (search_field, rank) VALUES ('automerge', 0);
      INSERT INTO search_body (search_body, rank) VALUES ('automerge', 0);
      -- doc: day and time of day, so that the newest has the highest
      CREATE TABLE search_doc (
        doc INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        register TEXT NOT NULL CHECK (register IN ('incoming', 'outgoing')),
        has_body INTEGER NOT NULL,
        issued TEXT,
        -- of incoming documents that are not done
        due TEXT
      ) STRICT;
      -- The words that are known, to write out what was typed without accents or not to its end.
      CREATE TABLE search_word (
        word TEXT PRIMARY KEY,
        plain TEXT NOT NULL,
        -- roughly
        docs INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX search_word_plain ON search_word (plain, docs);

      -- Documents that changed since they were indexed; written in the transaction of the change.
      CREATE TABLE search_dirty (
        id TEXT PRIMARY KEY,
        register TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      -- How far the walk over all documents is, newest first: those of the register with ids from \`after\` up are done.
      CREATE TABLE search_state (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        version INTEGER NOT NULL,
        building INTEGER NOT NULL,
        register TEXT NOT NULL,
        after TEXT NOT NULL,
        done INTEGER NOT NULL,
        total INTEGER NOT NULL
      ) STRICT;
      INSERT INTO search_state VALUES (1, 0, 0, 'incoming', '~', 0, 0);

      CREATE TABLE saved_search (
        id TEXT PRIMARY KEY,
        office TEXT NOT NULL REFERENCES office (id),
        name TEXT NOT NULL,
        -- SearchQuestion as JSON
        question TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        saved_by TEXT NOT NULL,
        closed_at TEXT
      ) STRICT;
      CREATE UNIQUE INDEX saved_search_name ON saved_search (office, name) WHERE closed_at IS NULL;
      -- Result lists that were written out.
      CREATE TABLE search_export (
        id TEXT PRIMARY KEY,
        made_at TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL
      ) STRICT;
    `);
    followTables(db);
  },
};

/** Makes the triggers that note changed documents, for those of the followed tables that are there. */
export function followTables(db: WriteDb): void {
  const database = driverOf(db);
  const isThere = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
  for (const { table, register, id } of followed) {
    if (isThere.get(table) === undefined) continue;
    for (const [event, row] of [['INSERT', 'NEW'], ['UPDATE', 'NEW'], ['DELETE', 'OLD']] as const) {
      // No "OR IGNORE": the statement that fires a trigger may put its own rule in that one's place.
      database.exec(`CREATE TRIGGER IF NOT EXISTS search_dirty_${table}_${event.toLowerCase()} AFTER ${event} ON ${table}
        WHEN NOT EXISTS (SELECT 1 FROM search_dirty WHERE id = ${row}.${id})
        BEGIN INSERT INTO search_dirty VALUES (${row}.${id}, '${register}'); END`);
    }
  }
  if (isThere.get('file_text') === undefined) return;
  database.exec('CREATE INDEX IF NOT EXISTS outgoing_file_sha256 ON outgoing_file (sha256)');
  for (const [event, row] of [['INSERT', 'NEW'], ['UPDATE', 'NEW'], ['DELETE', 'OLD']] as const) {
    database.exec(`CREATE TRIGGER IF NOT EXISTS search_dirty_file_text_${event.toLowerCase()} AFTER ${event} ON file_text
      WHEN ${row}.state = 'read'
      BEGIN
        INSERT INTO search_dirty SELECT DISTINCT document, 'incoming' FROM incoming_file
          WHERE sha256 = ${row}.sha256 AND document NOT IN (SELECT id FROM search_dirty);
        INSERT INTO search_dirty SELECT DISTINCT document, 'outgoing' FROM outgoing_file
          WHERE sha256 = ${row}.sha256 AND document NOT IN (SELECT id FROM search_dirty);
      END`);
  }
}
