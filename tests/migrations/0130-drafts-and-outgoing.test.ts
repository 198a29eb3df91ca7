import { expect, test } from 'vitest';
import { all, changeOne, one, run, sql, type WriteDb } from '../../electron/store/index.ts';
import { bringTo, databaseAt } from './helpers.ts';

function issued(db: WriteDb, id: string, number: string, end: { readonly state: string; readonly by: string | null } | null = null): void {
  changeOne(
    db,
    sql`INSERT INTO outgoing_document (id, state, document_id, code_number, code_notation, issued_date, place, type_name,
          subject, urgency, signer_name, signer_position, signer_competence, to_places, paper, issued_at, issued_by, frozen_at,
          frozen_reason, replaced_by)
        VALUES (${id}, ${end?.state ?? 'issued'}, ${`doc ${id}`}, ${number}, 'VP', '2026-11-20', 'Hà Nội', 'Công văn', 's', 1, 'a',
          'p', 'TM.', '["Như trên"]', 1, 'i', 'b', ${end === null ? null : 'f'}, ${end === null ? '' : 'r'}, ${end?.by ?? null})`,
  );
  changeOne(
    db,
    sql`INSERT INTO outgoing_file (id, document, ordinal, name, media_type, size, sha256) VALUES (${`f ${id}`}, ${id}, 0, 'n', 'm', 1, 'h')`,
  );
}

function databaseOf80(): WriteDb {
  const db = databaseAt(80);
  run(db, sql`UPDATE office SET organ_id = 'H29.99', name = 'UBND phường'`);
  issued(db, 'd1', '1');
  issued(db, 'd2', '2');
  issued(db, 'd3', '3', { state: 'replaced', by: 'd2' });
  changeOne(
    db,
    sql`INSERT INTO dispatch (id, document, kind, reason, created_at, created_by, sender, receivers, sha256, size)
        VALUES ('x1', 'd1', 'new', '', 'sent', 'b', 'H29.99', '[]', 'h', 1)`,
  );
  changeOne(db, sql`INSERT INTO recipient (id, document, dispatch, organ_id, name, added_at) VALUES ('r1', 'd1', 'x1', 'G09', 'Bộ', 'sent')`);
  return db;
}

test('issued documents, their files, recipients and ends stay; what was sent is known as sent', () => {
  const db = databaseOf80();
  const columns = sql`id, state, document_id, code_number, code_notation, issued_date, place, urgency, signer_competence, to_places,
    paper, issued_at, issued_by, frozen_at, frozen_reason, replaced_by`;
  const before = all(db, sql`SELECT ${columns} FROM outgoing_document ORDER BY id`);
  bringTo(db, 80, 130);
  expect(all(db, sql`SELECT ${columns} FROM outgoing_document ORDER BY id`)).toEqual(before);
  expect(all(db, sql`SELECT id, sent_at, tab, (SELECT organ_id FROM office WHERE id = office) AS office FROM outgoing_document ORDER BY id`)).toEqual([
    { id: 'd1', sent_at: 'sent', tab: 'issued', office: 'H29.99' },
    { id: 'd2', sent_at: null, tab: 'issued', office: 'H29.99' },
    { id: 'd3', sent_at: null, tab: 'ended', office: 'H29.99' },
  ]);
  expect(all(db, sql`SELECT state, n FROM outgoing_count ORDER BY state`)).toEqual([{ state: 'issued', n: 2 }, { state: 'replaced', n: 1 }]);
  expect(all(db, sql`SELECT id FROM recipient`)).toEqual([{ id: 'r1' }]);
  expect(() => run(db, sql`DELETE FROM outgoing_document WHERE id = 'd1'`)).toThrow(/never removed/);
});

test('the database itself keeps numbers, versions and what is frozen', () => {
  const db = databaseOf80();
  bringTo(db, 80, 130);
  const office = one<{ id: string }>(db, sql`SELECT id FROM office`)?.id ?? '';
  changeOne(db, sql`INSERT INTO number_series (id, office, register, scope, year, last) VALUES ('s', ${office}, 'outgoing', '', 2026, 7)`);
  const numbered = (id: string, number: number, notation: string): void => {
    changeOne(
      db,
      sql`INSERT INTO outgoing_document (id, state, office, document_id, series, number, code_number, code_notation, issued_date,
            place, type_name, subject, urgency, signer_name, signer_position, signer_competence, to_places, paper, numbered_at)
          VALUES (${id}, 'numbered', ${office}, ${id}, 's', ${number}, ${`0${String(number)}`}, ${notation}, '2026-11-21', '', 'Công văn',
            's', 0, 'a', '', '', '[]', 0, 'n')`,
    );
  };
  numbered('n7', 7, 'VP');
  expect(() => { numbered('again', 7, 'QĐ-VP'); }, 'a number of a series is given once').toThrow(/UNIQUE/);
  expect(() => run(db, sql`UPDATE outgoing_document SET code_number = '08' WHERE id = 'n7'`)).toThrow(/stays as it was given/);
  expect(() => run(db, sql`UPDATE outgoing_document SET state = 'issued' WHERE id = 'n7'`), 'issued without a moment').toThrow(/CHECK/);
  run(db, sql`UPDATE outgoing_document SET state = 'voided', frozen_at = 'v', frozen_reason = 'sai' WHERE id = 'n7'`);
  expect(() => run(db, sql`UPDATE outgoing_document SET subject = 'x' WHERE id = 'n7'`)).toThrow(/frozen/);
  expect(() => run(db, sql`UPDATE outgoing_file SET name = 'x' WHERE document = 'd3'`)).toThrow(/frozen/);
  expect(all(db, sql`SELECT state, n FROM outgoing_count ORDER BY state`)).toEqual([
    { state: 'issued', n: 2 },
    { state: 'numbered', n: 0 },
    { state: 'replaced', n: 1 },
    { state: 'voided', n: 1 },
  ]);
  changeOne(
    db,
    sql`INSERT INTO draft (id, state, version, created_at, created_by, type_name, subject, urgency, signer_name, unit_name, changed_at, changed_by)
        VALUES ('e', 'draft', 1, 'a', 'b', '', '', 0, '', '', 'a', 'b')`,
  );
  changeOne(db, sql`INSERT INTO draft_version (draft, version, at, by, fields, files) VALUES ('e', 1, 'a', 'b', '{}', '[]')`);
  expect(() => run(db, sql`UPDATE draft_version SET fields = '[]'`)).toThrow(/never changed/);
  expect(() => run(db, sql`DELETE FROM draft_version`)).toThrow(/never removed/);
});
