import { expect, test } from 'vitest';
import { all, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

const anchor = (db: WriteDb, id: string, withdrawn: string | null): void => {
  run(db, sql`INSERT INTO trust_anchor (id, fingerprint, origin, der, reason, added_at, added_by, withdrawn_at) VALUES (${id}, 'f', 'office', '', 'r', 'a', 'A', ${withdrawn})`);
};

test('a station of before gets room for anchors, answers and checks; an anchor stands once and may come again', () => {
  const db = databaseAt(190);
  run(db, sql`INSERT INTO setting (name, value, changed_at) VALUES ('station', '{}', 'then')`);
  bringTo(db, 190, 210);
  expect(all(db, sql`SELECT changed_at FROM setting`)).toEqual([{ changed_at: 'then' }]);
  anchor(db, '1', null);
  expect(() => { anchor(db, '2', null); }).toThrow(/UNIQUE/);
  run(db, sql`UPDATE trust_anchor SET withdrawn_at = 'b' WHERE id = '1'`);
  anchor(db, '3', null);
  const evidence = (check: string): void => {
    run(db, sql`INSERT INTO signer_evidence (signer_check, ordinal, kind, about, size, sha256) VALUES (${check}, 1, 'ocsp', 'f', 1, 's')`);
  };
  expect(() => { evidence('none'); }).toThrow(/FOREIGN KEY/);
  run(db, sql`INSERT INTO signer_check (id, at, by, certificate, result, online, status, content) VALUES ('c', 'a', 'A', 'f', 'good', 'now', 'good', '{}')`);
  evidence('c');
});
