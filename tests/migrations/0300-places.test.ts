import { expect, test } from 'vitest';
import { all, run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('members keep their order and get room between them, in closed dossiers too, which stay frozen', () => {
  const db = databaseAt(295);
  for (const id of ['h', 'c']) {
    run(db, sql`INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, opened_at, opened_by, changed_at, changed_by) SELECT ${id}, id, 'open', 1, ${id}, 2026, ${id}, 't', 'permanent', 'z', 'A', 'z', 'A' FROM office`);
    for (const [at, member] of ['a', 'b', 'x'].entries()) {
      const out = member === 'x';
      run(db, sql`INSERT INTO dossier_member (id, dossier, ordinal, kind, name, size, sha256, added_at, added_by, removed_at, removed_reason) VALUES (${id + member}, ${id}, ${out ? null : at + 1}, 'file', 'n', 1, ${id + member}, 'z', 'A', ${out ? 'z' : null}, ${out ? 'r' : ''})`);
    }
  }
  run(db, sql`UPDATE dossier SET state = 'closed', closed_at = 'z', end_date = '2026-12-31' WHERE id = 'c'`);
  bringTo(db, 295, 300);
  expect(all(db, sql`SELECT id, ordinal FROM dossier_member ORDER BY id`)).toEqual([
    { id: 'ca', ordinal: 1_048_576 },
    { id: 'cb', ordinal: 2_097_152 },
    { id: 'cx', ordinal: null },
    { id: 'ha', ordinal: 1_048_576 },
    { id: 'hb', ordinal: 2_097_152 },
    { id: 'hx', ordinal: null },
  ]);
  expect(() => run(db, sql`UPDATE dossier_member SET ordinal = 5 WHERE id = 'ca'`)).toThrow('the dossier is closed');
  run(db, sql`UPDATE dossier_member SET ordinal = 5 WHERE id = 'ha'`);
});
