import { expect, test } from 'vitest';
import { isInUse, usesText } from '../../../electron/services/exchange/destroyed.store.ts';
import { all, run, sql } from '../../../electron/store/index.ts';
import { latestVersion } from '../../../electron/store/migrations/index.ts';
import { databaseAt } from '../../migrations/helpers.ts';

/** Tables that name a content that is not theirs to keep. */
const noClaim = ['file_text', 'verification'];

test('what a draft, a print, a list or an import holds is not destroyed with a recalled document of the same content', () => {
  const db = databaseAt(latestVersion);
  const file = sql`'n', 'application/pdf', 1`;
  run(db, sql`INSERT INTO draft (id, state, version, created_at, created_by, type_name, subject, urgency, signer_name, unit_name, changed_at, changed_by)
    VALUES ('d', 'draft', 1, 'a', 'A', '', '', 0, '', '', 'a', 'A')`);
  run(db, sql`INSERT INTO draft_file (id, draft, role, name, media_type, size, sha256, added_at) VALUES ('f', 'd', 'attachment', ${file}, 'draft_file', 'a')`);
  run(db, sql`INSERT INTO printed_file (id, kind, made_at, made_by, name, media_type, size, sha256) VALUES ('p', 'book', 'a', 'A', ${file}, 'printed_file')`);
  run(db, sql`INSERT INTO search_export (id, made_at, name, media_type, size, sha256) VALUES ('s', 'a', ${file}, 'search_export')`);
  run(db, sql`INSERT INTO register_import (id, started_at, by, name, media_type, size, sha256, sheet, register, year) VALUES ('i', 'a', 'A', ${file}, 'register_import', '', 'incoming', 2020)`);
  run(db, sql`INSERT INTO import_leftover (id, made_at, name, media_type, size, sha256) VALUES ('l', 'a', ${file}, 'import_leftover')`);
  run(db, sql`INSERT INTO signing_picture (id, kind, office, name, media_type, size, sha256, width_px, height_px, width_mm, reason, set_at, set_by)
    VALUES ('q', 'seal', (SELECT id FROM office), ${file}, 'signing_picture', 1, 1, 36, 'r', 'a', 'A')`);
  run(db, sql`INSERT INTO signer_check (id, at, by, certificate, result, online, status, content) VALUES ('c', 'a', 'A', 'f', 'good', 'now', 'good', '{}')`);
  run(db, sql`INSERT INTO signer_evidence (signer_check, ordinal, kind, about, size, sha256) VALUES ('c', 1, 'crl', 'f', 1, 'signer_evidence')`);
  run(db, sql`INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, opened_at, opened_by, changed_at, changed_by)
    VALUES ('h', (SELECT id FROM office), 'open', 1, 'h', 2026, '01', 't', 'permanent', 'a', 'A', 'a', 'A')`);
  run(db, sql`INSERT INTO dossier_member (id, dossier, ordinal, kind, name, media_type, size, sha256, added_at, added_by) VALUES ('m', 'h', 1, 'file', ${file}, 'dossier_member', 'a', 'A')`);
  for (const table of ['dossier_member', 'signing_picture', 'signer_evidence', 'draft_file', 'printed_file', 'search_export', 'register_import', 'import_leftover']) expect(isInUse(db, table), table).toBe(true);
  expect(isInUse(db, 'nothing')).toBe(false);
});

test('every table that names contents is asked before one is destroyed', () => {
  const db = databaseAt(latestVersion);
  const named = all<{ name: string }>(db, sql`SELECT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c ON c.name = 'sha256' WHERE m.type = 'table'`);
  expect(named.length).toBeGreaterThan(noClaim.length);
  for (const { name } of named) if (!noClaim.includes(name)) expect(usesText).toMatch(new RegExp(`FROM ${name}\\b`));
});
