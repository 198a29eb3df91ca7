import { expect, test } from 'vitest';
import { all, changeOne, one, run, sql } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

const station = '{"agency":{"organId":"H29.99","name":"UBND phường"},"operator":"Trần Thị Văn Thư"}';

test('the office has one place from now on, and everything in it stays', () => {
  const db = databaseAt(80);
  run(db, sql`INSERT INTO setting (name, value, changed_at) VALUES ('station', ${station}, 'x')`);
  run(db, sql`UPDATE office SET organ_id = 'H29.99', name = 'UBND phường'`);
  const office = one<{ id: string }>(db, sql`SELECT id FROM office`)?.id ?? '';
  changeOne(db, sql`INSERT INTO unit (id, office, name) VALUES ('u', ${office}, 'Văn phòng')`);
  changeOne(db, sql`INSERT INTO person (id, name, unit) VALUES ('p', 'Lê Văn A', 'u')`);
  changeOne(db, sql`INSERT INTO person_role (person, role) VALUES ('p', 'clerk')`);
  bringTo(db, 80, 100);

  expect(one(db, sql`SELECT value FROM setting WHERE name = 'station'`)).toEqual({ value: '{"operator":"Trần Thị Văn Thư"}' });
  expect(all(db, sql`SELECT organ_id, name, collective, successor FROM office`)).toEqual([
    { organ_id: 'H29.99', name: 'UBND phường', collective: '', successor: null },
  ]);
  expect(all(db, sql`SELECT name, standing, unit FROM person`)).toEqual([{ name: 'Lê Văn A', standing: 'staff', unit: 'u' }]);
  expect(all(db, sql`SELECT role FROM person_role`)).toEqual([{ role: 'clerk' }]);
});

test('an office that only the setting knew is not lost', () => {
  const db = databaseAt(80);
  run(db, sql`INSERT INTO setting (name, value, changed_at) VALUES ('station', ${station}, 'x')`);
  bringTo(db, 80, 100);
  expect(all(db, sql`SELECT organ_id, name FROM office`)).toEqual([{ organ_id: 'H29.99', name: 'UBND phường' }]);
});

test('a delegation to sign TUQ. without an end, content or basis cannot be stored (NĐ 30/2020 art. 13.3)', () => {
  const db = databaseAt(100);
  for (const id of ['a', 'b']) changeOne(db, sql`INSERT INTO person (id, name) VALUES (${id}, ${id})`);
  const put = (kind: string, to: string | null, content: string, basis: string, taker = 'b'): void => {
    changeOne(
      db,
      sql`INSERT INTO delegation (id, kind, giver, taker, valid_from, valid_to, acts, types, content, basis)
          VALUES (${`${kind}${to ?? ''}${content}${basis}`}, ${kind}, 'a', ${taker}, '2026-01-01', ${to}, '["sign"]', '[]', ${content}, ${basis})`,
    );
  };
  for (const [to, content, basis] of [[null, 'c', 'b'], ['2026-12-31', '', 'b'], ['2026-12-31', 'c', '']] as const) {
    expect(() => {
      put('TUQ', to, content, basis);
    }).toThrow(/CHECK/);
  }
  put('TUQ', '2026-12-31', 'c', 'b');
  put('KT', null, '', '');
  expect(() => {
    put('KT', null, 'x', '', 'a');
  }).toThrow(/CHECK/);
});
