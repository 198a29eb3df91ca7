import { expect, test } from 'vitest';
import { all, changeOne, one, run, sql } from '../../electron/store/index.ts';
import { insertDocument } from './documents.ts';
import { bringTo, databaseAt } from './helpers.ts';

test('documents of before are counted where they stand, keep their day, and answers of ours are linked both ways', () => {
  const db = databaseAt(80);
  const series = (year: number): string => {
    run(db, sql`INSERT INTO number_series (id, office, register, year, last) SELECT ${`s${String(year)}`}, id, 'incoming', ${year}, 9 FROM office`);
    return `s${String(year)}`;
  };
  const s = series(2026);
  for (const id of ['d1', 'd2', 'd3', 'd4']) insertDocument(db, id, { state: 'arrived', number: null, year: null });
  changeOne(
    db,
    sql`UPDATE incoming_document SET state = 'registered', arrival_series = ${s}, arrival_number = 1, arrival_year = 2026,
          due_date = '2026-12-01' WHERE id = 'd1'`,
  );
  changeOne(db, sql`UPDATE incoming_document SET closure = 'refused' WHERE id = 'd2'`);
  changeOne(db, sql`UPDATE incoming_document SET due_date = '2026-11-30' WHERE id = 'd2'`);
  changeOne(
    db,
    sql`INSERT INTO outgoing_document (id, state, document_id, code_number, code_notation, issued_date, place, type_name, subject, urgency,
          signer_name, signer_position, signer_competence, to_places, paper, replies_to, issued_at, issued_by)
        VALUES ('o1', 'issued', 'x', '5', 'UBND', '2026-11-01', '', 'Công văn', 's', 0, '', '', '', '[]', 0, 'd1', 'a', 'b')`,
  );
  bringTo(db, 80, 110);

  const counts = (): unknown => all(db, sql`SELECT standing, n FROM incoming_count WHERE n <> 0 ORDER BY standing`);
  expect(counts()).toEqual([
    { standing: 'arrived', n: 2 },
    { standing: 'refused', n: 1 },
    { standing: 'registered', n: 1 },
  ]);
  expect(all(db, sql`SELECT outgoing, incoming FROM outgoing_answer`)).toEqual([{ outgoing: 'o1', incoming: 'd1' }]);
  expect(all(db, sql`SELECT id, due, open_due, holders, deadline_basis FROM incoming_document WHERE due IS NOT NULL ORDER BY id`)).toEqual([
    { id: 'd1', due: '2026-12-01', open_due: '2026-12-01', holders: '', deadline_basis: '' },
    { id: 'd2', due: '2026-11-30', open_due: null, holders: '', deadline_basis: '' },
  ]);

  changeOne(db, sql`UPDATE incoming_document SET stage = 'presented' WHERE id = 'd1'`);
  changeOne(db, sql`UPDATE incoming_document SET closure = 'recalled' WHERE id = 'd2'`);
  insertDocument(db, 'd5', { state: 'arrived', number: null, year: null });
  expect(counts()).toEqual([
    { standing: 'arrived', n: 3 },
    { standing: 'presented', n: 1 },
    { standing: 'recalled', n: 1 },
  ]);
  changeOne(db, sql`DELETE FROM incoming_document WHERE id = 'd5'`);
  expect(one(db, sql`SELECT n FROM incoming_count WHERE standing = 'arrived'`)).toEqual({ n: 2 });
});

test('the day of who has the work follows the document’s, unless it is its own; steps are never changed', () => {
  const db = databaseAt(80);
  insertDocument(db, 'd1', { state: 'arrived', number: null, year: null });
  changeOne(db, sql`UPDATE incoming_document SET due_date = '2026-12-01' WHERE id = 'd1'`);
  bringTo(db, 80, 110);
  changeOne(
    db,
    sql`INSERT INTO direction (id, document, text, leader_name, delegated_as, given_on, from_paper, recorded_at, recorded_by)
        VALUES ('r', 'd1', 't', 'l', '', '2026-11-20', 0, 'a', 'b')`,
  );
  for (const [id, deadline] of [['a', null], ['b', '2026-11-25'], ['c', null]] as const) {
    changeOne(
      db,
      sql`INSERT INTO assignment (id, document, direction, part, unit_name, person_name, deadline, state)
          VALUES (${id}, 'd1', 'r', 'joint', ${id}, '', ${deadline}, 'given')`,
    );
  }
  const due = (): unknown[] => all<{ due: string }>(db, sql`SELECT due FROM assignment ORDER BY id`).map((row) => row.due);
  expect(due()).toEqual(['2026-12-01', '2026-11-25', '2026-12-01']);
  changeOne(db, sql`UPDATE assignment SET state = 'done', ended_at = 'x' WHERE id = 'c'`);
  changeOne(db, sql`UPDATE incoming_document SET deadline = '2026-12-10' WHERE id = 'd1'`);
  expect(due()).toEqual(['2026-12-10', '2026-11-25', '2026-12-01']);
  changeOne(db, sql`UPDATE assignment SET deadline = NULL WHERE id = 'b'`);
  expect(due()).toEqual(['2026-12-10', '2026-12-10', '2026-12-01']);

  changeOne(
    db,
    sql`INSERT INTO handling_step (id, document, act, from_standing, to_standing, at, by_name, note, party, status_code)
        VALUES ('s', 'd1', 'present', 'registered', 'presented', 'a', 'b', '', '', '')`,
  );
  expect(() => run(db, sql`UPDATE handling_step SET note = 'x'`)).toThrow(/never changed/);
  expect(() => run(db, sql`DELETE FROM handling_step`)).toThrow(/never removed/);
});
