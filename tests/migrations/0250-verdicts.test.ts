import { expect, test } from 'vitest';
import { all, changeOne, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

function put(db: WriteDb, id: string, sha256: string): void {
  changeOne(db, sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256) VALUES (${id}, 'd1', ${Number(id)}, 'a.pdf', 'application/pdf', 1, ${sha256})`);
}

test('files of before stay as they are and nothing is said of them; a verdict goes with the last file of its content', () => {
  const db = databaseAt(190);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  put(db, '1', 'h1');
  bringTo(db, 190, 250);
  expect(all(db, sql`SELECT sha256 FROM incoming_file`)).toEqual([{ sha256: 'h1' }]);
  expect(all(db, sql`SELECT 1 FROM verification`)).toEqual([]);
  put(db, '2', 'h1');
  put(db, '3', 'h2');
  for (const [id, content] of [['v1', 'h1'], ['v2', 'h2']] as const) {
    run(db, sql`INSERT INTO file_verdict (id, content, at, online, state, indication, report) VALUES (${id}, ${content}, 'z', 1, 'signed', 'passed', '{}')`);
    run(db, sql`INSERT INTO verification (sha256, state, queued_at, arrived_at, verdict, indication) VALUES (${content}, 'done', 'z', 'z', ${id}, 'passed')`);
    for (const fingerprint of ['both', id]) {
      run(db, sql`INSERT INTO verdict_material (fingerprint, kind, der) VALUES (${fingerprint}, 'certificate', '') ON CONFLICT DO NOTHING`);
      run(db, sql`INSERT INTO verdict_use (verdict, fingerprint) VALUES (${id}, ${fingerprint})`);
    }
  }
  const left = (): unknown => all<{ content: string }>(db, sql`SELECT content FROM file_verdict ORDER BY content`).map(({ content }) => content);
  run(db, sql`UPDATE incoming_file SET destroyed_at = 'x' WHERE id = '1'`);
  expect(left()).toEqual(['h1', 'h2']);
  run(db, sql`UPDATE incoming_file SET destroyed_at = 'x' WHERE id = '2'`);
  expect(left()).toEqual(['h2']);
  expect(all(db, sql`SELECT fingerprint FROM verdict_material ORDER BY fingerprint`)).toEqual([{ fingerprint: 'both' }, { fingerprint: 'v2' }]);
  expect(all(db, sql`SELECT sha256 FROM verification`)).toEqual([{ sha256: 'h2' }]);
});
