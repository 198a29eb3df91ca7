import { expect, test } from 'vitest';
import { all, changeOne, run, sql } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('what was presented before is found by its leader through the index, and leaves it with its next step', () => {
  const db = databaseAt(80);
  run(db, sql`INSERT INTO number_series (id, office, register, year, last) SELECT 's', id, 'incoming', 2026, 9 FROM office`);
  for (const [at, id] of ['d1', 'd2', 'd3'].entries()) {
    insertDocument(db, id, { state: 'arrived', number: null, year: null });
    changeOne(db, sql`UPDATE incoming_document SET state = 'registered', arrival_series = 's', arrival_number = ${at + 1}, arrival_year = 2026 WHERE id = ${id}`);
  }
  bringTo(db, 80, 150);
  for (const person of ['p1', 'p2']) changeOne(db, sql`INSERT INTO person (id, name, position) VALUES (${person}, ${person}, '')`);
  const present = (id: string, leader: string | null): void => {
    changeOne(db, sql`UPDATE incoming_document SET stage = 'presented', leader = ${leader} WHERE id = ${id}`);
  };
  present('d1', 'p1');
  present('d2', 'p2');
  bringTo(db, 150, 180);
  present('d3', 'p1');
  const question = sql`SELECT id FROM incoming_document AS d WHERE d.standing = 'presented' AND d.leader = ${'p1'} AND d.id < ${'~'} ORDER BY d.id DESC LIMIT 9`;
  expect(all(db, question)).toEqual([{ id: 'd3' }, { id: 'd1' }]);
  const plan = all<{ detail: string }>(
    db,
    sql`EXPLAIN QUERY PLAN SELECT * FROM incoming_document AS d WHERE d.standing = 'presented' AND d.leader = 'p1' AND d.id < '~' ORDER BY d.id DESC LIMIT 9`,
  );
  expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH d USING INDEX incoming_document_presented (leader=? AND id<?)']);
  changeOne(db, sql`UPDATE incoming_document SET stage = 'assigned' WHERE id = 'd3'`);
  expect(all(db, question)).toEqual([{ id: 'd1' }]);
});
