import { expect, test } from 'vitest';
import { run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('an archived package that is whole stays as it is, and what was given out of it stays on record', () => {
  const db = databaseAt(320);
  run(db, sql`INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, opened_at, opened_by, changed_at, changed_by)
    SELECT 'd', id, 'open', 1, 'd', 2025, '01', 't', 'permanent', 'a', 'A', 'a', 'A' FROM office`);
  run(db, sql`INSERT INTO handover_receipt (id, office, state, version, title, turn, sender_name, sender_code, fields, started_at, started_by) SELECT 'r', id, 'open', 1, 't', 1, 'A', 'H29', '{}', 'z', 'B' FROM office`);
  run(
    db,
    sql`INSERT INTO received_package (id, receipt, ordinal, name, path, object_id, file_code, title, permanent, mets_digest, documents, files, bytes, passed, authenticity, integrity, readability, duplicate,
          reasons, described, checked_at, decision, dossier) VALUES ('p', 'r', 1, 'n', 'p', 'o', 'c', 't', 1, 'm', 1, 1, 1, 1, 'passed', 'passed', 'passed', 'none', '[]', '[]', 'z', 'accepted', 'd')`,
  );
  bringTo(db, 320, 325);
  run(db, sql`INSERT INTO archived_package (package, dossier, form, uuid, created_at, created_by) VALUES ('p', 'd', 'AIP_hoso', 'U', 'z', 'B')`);
  run(db, sql`INSERT INTO archived_file (package, path, size, sha256) VALUES ('p', 'half', 1, 'h')`);
  run(db, sql`DELETE FROM archived_file`);
  run(db, sql`INSERT INTO archived_file (package, path, size, sha256) VALUES ('p', 'METS.xml', 1, 'h')`);
  run(db, sql`UPDATE archived_package SET kept_at = 'z', files = 1`);
  for (const change of [
    sql`UPDATE archived_package SET files = 2`, sql`DELETE FROM archived_file`, sql`UPDATE archived_file SET size = 2`, sql`INSERT INTO archived_file (package, path, size, sha256) VALUES ('p', 'more', 1, 'h')`,
  ]) expect(() => { run(db, change); }).toThrow(/stays as it is/);
  run(
    db,
    sql`INSERT INTO use_copy (id, package, dossier, made_at, made_by, recipient, recipient_id, request, chosen, object_id, mets_digest, documents, files, bytes, path, fit)
        VALUES ('u', 'p', 'd', 'z', 'B', 'Người đọc', '', '{}', '', 'o', 'm', 1, 1, 1, 'goi-tin/x', 1)`,
  );
  expect(() => { run(db, sql`UPDATE use_copy SET recipient = 'khác'`); }).toThrow(/on record/);
  expect(() => { run(db, sql`DELETE FROM use_copy`); }).toThrow(/on record/);
});
