import { expect, test } from 'vitest';
import { newId } from '../../electron/foundation/ids.ts';
import { all, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

function closedDossier(db: WriteDb, id: string): void {
  run(
    db,
    sql`INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, opened_at, opened_by, changed_at, changed_by, end_date, closed_at)
        SELECT ${id}, id, 'closed', 1, ${id}, 2025, ${id}, 't', 'permanent', 'z', 'A', 'z', 'A', '2025-12-31', 'z' FROM office LIMIT 1`,
  );
}

function batch(db: WriteDb, id: string): void {
  run(
    db,
    sql`INSERT INTO handover_batch (id, office, state, version, title, turn, archive_name, archive_code, fields, created_at, created_by)
        SELECT ${id}, id, 'draft', 1, 't', 1, 'Lưu trữ', 'LT', '{}', 'z', 'A' FROM office LIMIT 1`,
  );
}

const item = (db: WriteDb, of: string, dossier: string): void => {
  run(db, sql`INSERT INTO handover_item (id, batch, ordinal, dossier, file_code, title, permanent, documents) VALUES (${newId()}, ${of}, 1, ${dossier}, 'c', 't', 1, 1)`);
};
const move = (db: WriteDb, id: string, state: string): void => {
  run(db, sql`UPDATE handover_batch SET state = ${state}, handed_on = iif(${state} = 'handed', '2026-11-22', handed_on), answered_at = iif(${state} IN ('accepted', 'refused', 'partly-refused'), 'z', answered_at) WHERE id = ${id}`);
};

test('dossiers of before may be chosen; a batch makes no illegal jump, and what lies in packages is neither changed nor opened', () => {
  const db = databaseAt(270);
  closedDossier(db, 'd1');
  bringTo(db, 270, 295);
  batch(db, 'b1');
  item(db, 'b1', 'd1');
  for (const state of ['packaging', 'packaged', 'handed', 'accepted', 'refused']) expect(() => { move(db, 'b1', state); }, state).toThrow(/cannot go there/);
  for (const state of ['checked', 'packaging']) move(db, 'b1', state);
  expect(() => { run(db, sql`UPDATE dossier SET state = 'open' WHERE id = 'd1'`); }).toThrow(/on its way/);
  expect(() => { item(db, 'b1', 'd1'); }).toThrow(/while it is a draft/);
  for (const state of ['packaged', 'handed']) move(db, 'b1', state);
  for (const state of ['draft', 'checked', 'packaged', 'cancelled']) expect(() => { move(db, 'b1', state); }, state).toThrow(/cannot go there/);
  expect(() => { run(db, sql`UPDATE handover_item SET title = 'x'`); }).toThrow(/stays as it was/);
  run(db, sql`UPDATE handover_item SET answer = 'accepted'`);
  move(db, 'b1', 'accepted');
  expect(() => { run(db, sql`DELETE FROM handover_batch`); }).toThrow(/never removed/);
  expect(all(db, sql`SELECT state FROM handover_batch`)).toEqual([{ state: 'accepted' }]);
});

test('a dossier is in one living batch only', () => {
  const db = databaseAt(295);
  closedDossier(db, 'd1');
  batch(db, 'b1');
  batch(db, 'b2');
  item(db, 'b1', 'd1');
  expect(() => { item(db, 'b2', 'd1'); }).toThrow(/UNIQUE/);
  run(db, sql`UPDATE handover_item SET live = 0`);
  item(db, 'b2', 'd1');
});
