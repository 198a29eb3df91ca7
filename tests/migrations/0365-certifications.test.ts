import { expect, test } from 'vitest';
import { run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('a certification waits, is signed, then goes along with a copy or is thrown away, and stays what it is', () => {
  const db = databaseAt(360);
  run(db, sql`INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, opened_at, opened_by, changed_at, changed_by)
    SELECT 'd', id, 'open', 1, 'd', 2025, '01', 't', 'permanent', 'a', 'A', 'a', 'A' FROM office`);
  run(db, sql`INSERT INTO handover_receipt (id, office, state, version, title, turn, sender_name, sender_code, fields, started_at, started_by) SELECT 'r', id, 'open', 1, 't', 1, 'A', 'H29', '{}', 'z', 'B' FROM office`);
  run(
    db,
    sql`INSERT INTO received_package (id, receipt, ordinal, name, path, object_id, file_code, title, permanent, mets_digest, documents, files, bytes, passed, authenticity, integrity, readability, duplicate,
          reasons, described, checked_at, decision, dossier) VALUES ('p', 'r', 1, 'n', 'p', 'o', 'c', 't', 1, 'm', 1, 1, 1, 1, 'passed', 'passed', 'passed', 'none', '[]', '[]', 'z', 'accepted', 'd')`,
  );
  run(db, sql`INSERT INTO archived_package (package, dossier, form, uuid, created_at, created_by) VALUES ('p', 'd', 'AIP_hoso', 'U', 'z', 'B')`);
  bringTo(db, 360, 365);
  for (const id of ['a', 'b']) {
    run(db, sql`INSERT INTO certification (id, package, dossier, state, made_at, made_by, code, uuid, issued_at, archive, copies, wish, place, text_size, text_sha256, name, size, sha256)
      VALUES (${id}, 'p', 'd', 'waiting', 'z', 'B', 'C', ${id}, 'z', 'historical', 1, '{}', '{}', 1, 'h1', 'n', 1, 'h1')`);
  }
  expect(() => { run(db, sql`UPDATE certification SET state = 'used' WHERE id = 'a'`); }).toThrow(/signed, then used/);
  expect(() => { run(db, sql`UPDATE certification SET state = 'signed', wish = '{"a":1}' WHERE id = 'a'`); }).toThrow(/stays what it is/);
  run(db, sql`UPDATE certification SET state = 'signed', sha256 = 'h2' WHERE id = 'a'`);
  expect(() => { run(db, sql`UPDATE certification SET state = 'used', sha256 = 'h3' WHERE id = 'a'`); }).toThrow(/stays what it is/);
  expect(() => { run(db, sql`UPDATE certification SET state = 'waiting' WHERE id = 'a'`); }).toThrow(/stays what it is/);
  run(db, sql`UPDATE certification SET state = 'used' WHERE id = 'a'`);
  expect(() => { run(db, sql`UPDATE certification SET state = 'discarded' WHERE id = 'a'`); }).toThrow(/stays what it is/);
  run(db, sql`UPDATE certification SET state = 'discarded', ended_at = 'z' WHERE id = 'b'`);
  expect(() => { run(db, sql`DELETE FROM certification`); }).toThrow(/on record/);
});
