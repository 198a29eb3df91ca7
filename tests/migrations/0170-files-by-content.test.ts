import { expect, test } from 'vitest';
import { all, run, sql } from '../../electron/store/index.ts';
import { namedFiles } from '../../electron/services/transfer/files.store.ts';
import { driverOf } from '../../electron/store/db.ts';
import { latestVersion } from '../../electron/store/migrations/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('documents and prints stay as they are, and files are gone through by their hashes without sorting any table', () => {
  const db = databaseAt(80);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  bringTo(db, 80, 150);
  run(db, sql`INSERT INTO printed_file (id, kind, made_at, made_by, name, media_type, size, sha256) VALUES ('p', 'book', 'a', 'A', 'n', 'application/pdf', 7, 'h')`);
  bringTo(db, 150, 170);
  expect(all(db, sql`SELECT id FROM incoming_document`)).toEqual([{ id: 'd1' }]);
  // The program's own question names tables that came later.
  bringTo(db, 170, latestVersion);
  expect([...namedFiles(db)]).toEqual([[{ sha256: 'h', size: 7, needed: 1 }]]);
  for (const table of ['dispatch', 'draft_file', 'evidence_file', 'inbox_message', 'printed_file', 'search_export']) {
    const plan = driverOf(db).prepare(`EXPLAIN QUERY PLAN SELECT sha256, MAX(size) FROM ${table} WHERE sha256 > 'a' GROUP BY 1 ORDER BY 1 LIMIT 5`).all() as { detail: string }[];
    expect(plan.map(({ detail }) => detail).join('; '), table).toMatch(/^SEARCH .* USING (COVERING )?INDEX \w+_sha256 \(sha256>\?\)$/);
  }
});
