import { expect, test } from 'vitest';
import { all, one, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

function dossier(db: WriteDb, id: string, notation: string, state = 'open'): void {
  const office = one<{ id: string }>(db, sql`SELECT id FROM office`)?.id ?? '';
  run(
    db,
    sql`INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, retention_years, opened_at, opened_by, changed_at, changed_by, plain)
        VALUES (${id}, ${office}, ${state}, 1, ${id}, 2026, ${notation}, 't', 'years', 10, 'z', 'A', 'z', 'A', 'ho so')`,
  );
}
const file = (db: WriteDb, id: string, of: string, ordinal: number): number =>
  run(db, sql`INSERT INTO dossier_member (id, dossier, ordinal, kind, name, size, sha256, added_at, added_by) VALUES (${id}, ${of}, ${ordinal}, 'file', 'n', 1, ${id}, 'z', 'A')`);

test('prints of before stay, and those of dossiers may be kept; counts and words follow the dossiers', () => {
  const db = databaseAt(260);
  run(db, sql`INSERT INTO printed_file (id, kind, made_at, made_by, name, media_type, size, sha256) VALUES ('p', 'verdict', 'z', 'A', 'n', 'm', 1, 'h')`);
  bringTo(db, 260, 270);
  run(db, sql`INSERT INTO printed_file (id, kind, made_at, made_by, name, media_type, size, sha256) VALUES ('q', 'file-plan', 'z', 'A', 'n', 'm', 1, 'h')`);
  expect(all(db, sql`SELECT id FROM printed_file ORDER BY id`)).toEqual([{ id: 'p' }, { id: 'q' }]);
  dossier(db, 'd1', '01');
  dossier(db, 'd2', '02');
  expect(all(db, sql`SELECT catalog, state, n FROM dossier_count`)).toEqual([{ catalog: 2026, state: 'open', n: 2 }]);
  run(db, sql`UPDATE dossier SET state = 'closed', closed_at = 'z', end_date = '2026-12-31', plain = 'khac' WHERE id = 'd1'`);
  expect(all(db, sql`SELECT state, n FROM dossier_count ORDER BY state`)).toEqual([{ state: 'closed', n: 1 }, { state: 'open', n: 1 }]);
  const found = (word: string): unknown => all(db, sql`SELECT r.dossier FROM dossier_word AS w JOIN dossier_word_row AS r ON r.row = w.rowid WHERE dossier_word MATCH ${word}`);
  expect([found('ho'), found('khac')]).toEqual([[{ dossier: 'd2' }], [{ dossier: 'd1' }]]);
  expect(one(db, sql`SELECT keep_until FROM dossier WHERE id = 'd1'`)).toEqual({ keep_until: 2036 });
});

test('a closed dossier stays as it was closed, nothing in it is removed, and it takes no way that is not its own', () => {
  const db = databaseAt(270);
  dossier(db, 'd1', '01');
  file(db, 'm1', 'd1', 1);
  file(db, 'm2', 'd1', 2);
  expect(one(db, sql`SELECT member_total AS n FROM dossier`)).toEqual({ n: 2 });
  expect(() => file(db, 'm3', 'd1', 2)).toThrow(/UNIQUE/);
  expect(() => run(db, sql`DELETE FROM dossier_member`)).toThrow('stays on record');
  expect(() => run(db, sql`UPDATE dossier SET state = 'discarded'`)).toThrow('cannot go there');
  expect(() => run(db, sql`UPDATE dossier SET state = 'closed'`)).toThrow(/CHECK/);
  run(db, sql`UPDATE dossier SET state = 'closed', closed_at = 'z', end_date = '2026-12-31'`);
  for (const change of [
    sql`UPDATE dossier SET title = 'khác'`,
    sql`UPDATE dossier SET retention_years = 5`,
    sql`UPDATE dossier_member SET ordinal = 7 WHERE id = 'm2'`,
    sql`UPDATE dossier_member SET note = 'x' WHERE id = 'm2'`,
    sql`UPDATE dossier_member SET ordinal = NULL, removed_at = 'z', removed_reason = 'x' WHERE id = 'm1'`,
  ]) expect(() => run(db, change)).toThrow('the dossier is closed');
  expect(() => file(db, 'm3', 'd1', 3)).toThrow('the dossier is closed');
  run(db, sql`UPDATE dossier_member SET handed_over_at = 'z'`);
  run(db, sql`UPDATE dossier SET state = 'locked', locked_from = 'closed'`);
  expect(() => run(db, sql`UPDATE dossier SET state = 'open', locked_from = NULL`)).toThrow('cannot go there');
  run(db, sql`UPDATE dossier SET state = 'closed', locked_from = NULL, handed_over_at = 'z'`);
  expect(() => run(db, sql`UPDATE dossier SET state = 'open', closed_at = NULL`)).toThrow('cannot go there');
  expect(() => run(db, sql`DELETE FROM dossier`)).toThrow('never removed');
  run(db, sql`INSERT INTO dossier_act (id, dossier, act, at, by, reason, detail) VALUES ('a', 'd1', 'closed', 'z', 'A', '', '{}')`);
  expect(() => run(db, sql`UPDATE dossier_act SET by = 'B'`)).toThrow('never changed');
});
