import { expect, test } from 'vitest';
import { all, run, sql, type SqlValue, type WriteDb } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

function picture(db: WriteDb, id: string, kind: string, person: SqlValue, ended: string | null = null): void {
  run(
    db,
    sql`INSERT INTO signing_picture (id, kind, office, person, name, media_type, size, sha256, width_px, height_px, width_mm, reason, set_at, set_by, ended_at)
        VALUES (${id}, ${kind}, (SELECT id FROM office LIMIT 1), ${person}, 'n', 'image/png', 1, 's', 10, 10, 36, 'r', 'a', 'A', ${ended})`,
  );
}

test('persons and offices of before may have a picture, one at a time, and the former ones stay', () => {
  const db = databaseAt(190);
  run(db, sql`INSERT INTO person (id, name, position, standing, ordinal) VALUES ('p', 'Nguyễn Văn A', '', 'head', 1)`);
  bringTo(db, 190, 220);
  picture(db, '1', 'signature', 'p', 'b');
  picture(db, '2', 'signature', 'p');
  expect(() => { picture(db, '3', 'signature', 'p'); }).toThrow(/UNIQUE/);
  picture(db, '4', 'seal', null);
  expect(() => { picture(db, '5', 'seal', null); }).toThrow(/UNIQUE/);
  expect(() => { picture(db, '6', 'seal', 'p', 'b'); }).toThrow(/CHECK/);
  expect(() => { run(db, sql`DELETE FROM person`); }).toThrow(/FOREIGN KEY/);
  expect(all(db, sql`SELECT id FROM signing_picture ORDER BY id`)).toHaveLength(3);
});
