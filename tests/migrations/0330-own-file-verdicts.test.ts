import { expect, test } from 'vitest';
import { all, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

function own(db: WriteDb, id: string, sha256: string, { name = 'a.pdf', out = false, at = '2026-01-02T00:00:00.000Z' } = {}): void {
  run(
    db,
    sql`INSERT INTO dossier_member (id, dossier, ordinal, kind, name, media_type, size, sha256, added_at, added_by, removed_at, removed_reason)
        VALUES (${id}, 'd', ${out ? null : Number(id) * 10}, 'file', ${name}, 'x', 1, ${sha256}, ${at}, 'A', ${out ? 'z' : null}, ${out ? 'r' : ''})`,
  );
}
function letter(db: WriteDb, id: string, sha256: string): void {
  run(db, sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256) VALUES (${id}, 'd1', ${Number(id)}, 'a.pdf', 'x', 1, ${sha256})`);
}
function filled(db: WriteDb): WriteDb {
  run(db, sql`INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, opened_at, opened_by, changed_at, changed_by) SELECT 'd', id, 'open', 1, 'd', 2026, '01', 't', 'permanent', 'z', 'A', 'z', 'A' FROM office`);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  return db;
}
const queued = (db: WriteDb): unknown => all<{ sha256: string }>(db, sql`SELECT sha256 FROM verification WHERE state = 'waiting' ORDER BY sha256`).map(({ sha256 }) => sha256);

test("PDFs of dossiers' own wait to be looked at, those of before with the day on which they came; taken out, destroyed and other files do not", () => {
  const db = filled(databaseAt(315));
  own(db, '1', 'h1', { at: '2026-01-05T00:00:00.000Z' });
  own(db, '2', 'h1');
  own(db, '3', 'h2', { name: 'a.docx' });
  own(db, '4', 'h3', { out: true });
  own(db, '5', 'h4');
  run(db, sql`UPDATE dossier_member SET destroyed_at = 'z' WHERE id = '5'`);
  letter(db, '1', 'h5');
  run(db, sql`UPDATE verification SET arrived_at = 'before' WHERE sha256 = 'h5'`);
  own(db, '6', 'h5');
  bringTo(db, 315, 330);
  expect(queued(db)).toEqual(['h1', 'h5']);
  expect(all(db, sql`SELECT sha256, arrived_at AS at FROM verification ORDER BY sha256`)).toEqual([{ sha256: 'h1', at: '2026-01-02T00:00:00.000Z' }, { sha256: 'h5', at: 'before' }]);
  own(db, '7', 'h6', { name: 'B.PDF' });
  own(db, '8', 'h7', { name: 'b.png' });
  expect(queued(db)).toEqual(['h1', 'h5', 'h6']);
});

test('what was found of a content stays while a register or a dossier has it, and goes with the last of them', () => {
  const db = filled(databaseAt(330));
  letter(db, '1', 'h1');
  own(db, '1', 'h1');
  own(db, '2', 'h2');
  const find = (content: string): void => {
    run(db, sql`INSERT INTO file_verdict (id, content, at, online, state, indication, report) VALUES (${content}, ${content}, 'z', 0, 'none', 'indeterminate', '{}')`);
    run(db, sql`UPDATE verification SET state = 'done', verdict = ${content}, indication = 'indeterminate' WHERE sha256 = ${content}`);
  };
  const found = (): unknown => all<{ content: string }>(db, sql`SELECT content FROM file_verdict UNION SELECT sha256 FROM verification ORDER BY 1`).map(({ content }) => content);
  find('h1');
  find('h2');
  run(db, sql`UPDATE incoming_file SET destroyed_at = 'z'`);
  expect(found()).toEqual(['h1', 'h2']);
  run(db, sql`UPDATE dossier_member SET destroyed_at = 'z' WHERE id = '2'`);
  expect(found()).toEqual(['h1']);
  run(db, sql`UPDATE dossier_member SET destroyed_at = 'z' WHERE id = '1'`);
  expect(found()).toEqual([]);
});
