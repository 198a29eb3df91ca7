import { expect, test } from 'vitest';
import { all, run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('what was counted of a dossier is forgotten with every member that comes, goes or changes, and with no other', () => {
  const db = databaseAt(300);
  bringTo(db, 300, 305);
  for (const id of ['h', 'c']) run(db, sql`INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, opened_at, opened_by, changed_at, changed_by) SELECT ${id}, id, 'open', 1, ${id}, 2026, ${id}, 't', 'permanent', 'z', 'A', 'z', 'A' FROM office`);
  const known = (): unknown[] => all(db, sql`SELECT dossier FROM dossier_span ORDER BY dossier`).map((row) => (row as { dossier: string }).dossier);
  const put = (): void => {
    for (const id of ['h', 'c']) run(db, sql`INSERT OR REPLACE INTO dossier_span VALUES (${id}, 1, NULL, NULL)`);
  };
  const acts = [
    () => run(db, sql`INSERT INTO dossier_member (id, dossier, ordinal, kind, name, size, sha256, added_at, added_by) VALUES ('m', 'h', 1, 'file', 'n', 1, 'm', 'z', 'A')`),
    () => run(db, sql`UPDATE dossier_member SET page_amount = 3 WHERE id = 'm'`),
    () => run(db, sql`UPDATE dossier_member SET ordinal = NULL, removed_at = 'z', removed_reason = 'r' WHERE id = 'm'`),
  ];
  for (const act of acts) {
    put();
    act();
    expect(known()).toEqual(['c']);
  }
  put();
  run(db, sql`UPDATE dossier_member SET handed_over_at = 'z' WHERE id = 'm'`);
  expect(known()).toEqual(['c', 'h']);
});
