import { expect, test } from 'vitest';
import { run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('what a receipt decided and holds stays; a concluded one takes nothing more', () => {
  const db = databaseAt(290);
  bringTo(db, 290, 295);
  run(db, sql`INSERT INTO handover_receipt (id, office, state, version, title, turn, sender_name, sender_code, fields, started_at, started_by) SELECT 'r', id, 'open', 1, 't', 1, 'A', 'H29', '{}', 'z', 'B' FROM office`);
  const put = (id: string, ordinal: number): void => {
    run(
      db,
      sql`INSERT INTO received_package (id, receipt, ordinal, name, path, object_id, file_code, title, permanent, mets_digest, documents, files, bytes, passed, authenticity, integrity, readability, duplicate,
            reasons, described, checked_at) VALUES (${id}, 'r', ${ordinal}, 'n', ${id}, 'o', 'c', 't', 1, 'm', 1, 1, 1, 1, 'passed', 'passed', 'passed', 'none', '[]', '[]', 'z')`,
    );
  };
  put('p1', 1);
  expect(() => { run(db, sql`UPDATE received_package SET decision = 'refused'`); }).toThrow(/CHECK/);
  run(db, sql`UPDATE received_package SET decision = 'refused', decision_reason = 'hỏng'`);
  run(db, sql`INSERT INTO received_file (package, path, size, digest, passed, authenticity, integrity, readability, reasons) VALUES ('p1', 'METS.xml', 1, 'm', 1, 'passed', 'passed', 'passed', '[]')`);
  expect(() => { run(db, sql`UPDATE received_file SET sha256 = 'other'`); }).toThrow(/CHECK/);
  expect(() => { run(db, sql`DELETE FROM received_package`); }).toThrow(/FOREIGN|stays on record/);
  run(db, sql`UPDATE handover_receipt SET state = 'concluded', concluded_at = 'z'`);
  expect(() => { put('p2', 2); }).toThrow(/concluded/);
  expect(() => { run(db, sql`UPDATE received_package SET decision = NULL`); }).toThrow(/stays on record/);
  expect(() => { run(db, sql`UPDATE handover_receipt SET state = 'open', concluded_at = NULL`); }).toThrow(/is concluded/);
});
