import { expect, test } from 'vitest';
import { all, run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('files that wait stay as they are, and a message may carry others', () => {
  const db = databaseAt(315);
  run(db, sql`INSERT INTO intake_file (id, name, media_type, size, sha256, added_at) VALUES ('a', 'a.pdf', 'application/pdf', 1, 's', 'at')`);
  bringTo(db, 315, 340);
  run(db, sql`INSERT INTO intake_file (id, name, media_type, size, sha256, added_at, message) VALUES ('m', 'm.edxml', 'application/x-edxml', 1, 't', 'at', 1)`);
  run(db, sql`INSERT INTO intake_file (id, name, media_type, size, sha256, added_at, part_of, ordinal) VALUES ('p', 'p.pdf', 'application/pdf', 1, 'u', 'at', 'm', 1)`);
  expect(() => run(db, sql`INSERT INTO intake_file (id, name, media_type, size, sha256, added_at, part_of) VALUES ('q', 'q.pdf', 'application/pdf', 1, 'u', 'at', 'nobody')`)).toThrow(/FOREIGN KEY/);
  expect(() => run(db, sql`UPDATE intake_file SET message = 2 WHERE id = 'm'`)).toThrow(/CHECK/);
  expect(all(db, sql`SELECT id, message, part_of, ordinal FROM intake_file ORDER BY id`)).toEqual([
    { id: 'a', message: 0, part_of: null, ordinal: 0 },
    { id: 'm', message: 1, part_of: null, ordinal: 0 },
    { id: 'p', message: 0, part_of: 'm', ordinal: 1 },
  ]);
});
