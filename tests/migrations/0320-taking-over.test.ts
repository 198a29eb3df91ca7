import { expect, test } from 'vitest';
import { all, run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('what is arriving is not counted until it is there, and while a receipt is taken in nothing is decided', () => {
  const db = databaseAt(315);
  const dossier = (id: string): void => {
    run(db, sql`INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, opened_at, opened_by, changed_at, changed_by)
      SELECT ${id}, id, 'open', 1, ${id}, 2025, ${id}, 't', 'permanent', 'a', 'A', 'a', 'A' FROM office`);
  };
  dossier('before');
  run(db, sql`INSERT INTO handover_receipt (id, office, state, version, title, turn, sender_name, sender_code, fields, started_at, started_by) SELECT 'r', id, 'open', 1, 't', 1, 'A', 'H29', '{}', 'z', 'B' FROM office`);
  const put = (id: string, ordinal: number): void => {
    run(
      db,
      sql`INSERT INTO received_package (id, receipt, ordinal, name, path, object_id, file_code, title, permanent, mets_digest, documents, files, bytes, passed, authenticity, integrity, readability, duplicate,
            reasons, described, checked_at) VALUES (${id}, 'r', ${ordinal}, 'n', ${id}, 'o', 'c', 't', 1, 'm', 1, 1, 1, 1, 'passed', 'passed', 'passed', 'none', '[]', '[]', 'z')`,
    );
  };
  put('p1', 1);
  bringTo(db, 315, 320);
  const counts = (): unknown => all(db, sql`SELECT state, n FROM dossier_count WHERE n <> 0 ORDER BY state`);
  expect(counts()).toEqual([{ state: 'open', n: 1 }]);
  run(db, sql`INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, opened_at, opened_by, changed_at, changed_by, arriving)
    SELECT 'coming', id, 'open', 1, 'coming', 2025, 'x', 't', 'permanent', 'a', 'A', 'a', 'A', 'p1' FROM office`);
  expect(counts()).toEqual([{ state: 'open', n: 1 }]);
  run(db, sql`UPDATE dossier SET state = 'closed', closed_at = 'z', end_date = '2025-12-31', arriving = NULL WHERE id = 'coming'`);
  expect(counts()).toEqual([{ state: 'closed', n: 1 }, { state: 'open', n: 1 }]);
  expect(() => { run(db, sql`UPDATE dossier SET arriving = 'p1' WHERE id = 'coming'`); }).toThrow(/is there/);
  run(db, sql`UPDATE handover_receipt SET taking_at = 'z'`);
  expect(() => { put('p2', 2); }).toThrow(/concluded/);
  expect(() => { run(db, sql`UPDATE received_package SET decision = 'accepted'`); }).toThrow(/stays on record/);
  run(db, sql`UPDATE handover_receipt SET taking_at = NULL`);
  run(db, sql`UPDATE received_package SET decision = 'accepted'`);
});
