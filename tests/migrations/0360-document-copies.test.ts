import { expect, test } from 'vitest';
import { run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('a copy goes from waiting to ready to removed, stays what it is, and its record is never changed', () => {
  const db = databaseAt(355);
  run(db, sql`INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, opened_at, opened_by, changed_at, changed_by)
    SELECT 'd', id, 'open', 1, 'd', 2025, '01', 't', 'permanent', 'a', 'A', 'a', 'A' FROM office`);
  bringTo(db, 355, 360);
  run(db, sql`INSERT INTO document_copy (id, dossier, kind, made_at, made_by, recipient, recipient_id, request, approved_on, approver, download_until, remove_on)
    VALUES ('c', 'd', 'certified', 'z', 'B', 'Người đọc', '', '{}', '2026-11-01', '', '2026-11-16', '2026-11-21')`);
  for (const [id, ordinal] of [['f', 1], ['g', 2]] as const) {
    run(db, sql`INSERT INTO document_copy_file (id, copy, ordinal, state, member, code_number, code_notation, type_name, subject, source_name, source_sha256, pages, left_out, name, size, sha256)
      VALUES (${id}, 'c', ${ordinal}, 'waiting', 'm', '1', 'A', '', 's', 'n', 'h0', 1, 0, 'n', 1, 'h1')`);
  }
  expect(() => { run(db, sql`UPDATE document_copy_file SET state = 'removed' WHERE id = 'f'`); }).toThrow(/waiting to ready to removed/);
  run(db, sql`UPDATE document_copy_file SET state = 'ready', sha256 = 'h2', signed = '{}' WHERE id = 'f'`);
  for (const change of [
    sql`UPDATE document_copy_file SET state = 'waiting' WHERE id = 'f'`, sql`UPDATE document_copy_file SET state = 'discarded' WHERE id = 'f'`,
    sql`UPDATE document_copy_file SET state = 'removed', sha256 = 'h3' WHERE id = 'f'`, sql`UPDATE document_copy_file SET state = 'removed', source_sha256 = 'x' WHERE id = 'f'`,
  ]) expect(() => { run(db, change); }).toThrow(/stays what it is/);
  run(db, sql`UPDATE document_copy_file SET state = 'removed', ended_at = 'z' WHERE id = 'f'`);
  run(db, sql`UPDATE document_copy_file SET state = 'discarded', ended_at = 'z' WHERE id = 'g'`);
  expect(() => { run(db, sql`UPDATE document_copy_file SET state = 'ready' WHERE id = 'g'`); }).toThrow(/stays what it is/);
  for (const change of [sql`UPDATE document_copy SET recipient = 'khác'`, sql`DELETE FROM document_copy`, sql`DELETE FROM document_copy_file`]) expect(() => { run(db, change); }).toThrow(/on record/);
});
