import { expect, test } from 'vitest';
import { all, run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('the log of backups takes lines and keeps them', () => {
  const db = databaseAt(305);
  bringTo(db, 305, 310);
  run(
    db,
    sql`INSERT INTO backup_run (id, started_at, ended_at, by, folder, failure, params, generation, files, bytes, new_files, new_bytes, missing, manifest_digest)
        VALUES ('a', 'x', 'y', 'B', '/usb', '', '{}', 'g', 1, 2, 1, 2, 0, 'm')`,
  );
  expect(() => { run(db, sql`UPDATE backup_run SET failure = 'x'`); }).toThrow(/not changed/);
  expect(() => { run(db, sql`DELETE FROM backup_run`); }).toThrow(/not changed/);
  expect(all(db, sql`SELECT id FROM backup_run`)).toEqual([{ id: 'a' }]);
});
