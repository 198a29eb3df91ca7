import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawnDocument, plainLayout } from '../../fakes/intake/drawn-document.ts';
import { factsOf } from '../../fakes/intake/facts.ts';
import { fonts } from '../../unit/practice/pdf-tools.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json } from './tvt.ts';

test('fields are read off a PDF in the terminal, and a document is entered with them and registered', async () => {
  const facts = factsOf(31);
  const pdf = join(scratchFolder(), 'van-ban.pdf');
  writeFileSync(pdf, await drawnDocument(facts, { ...plainLayout, number: 'widget' }, fonts));
  const told = json(['incoming', 'suggest', '--file', pdf]).value as { state: string; fields: { field: string; best: { value: string } | null }[] };
  expect(told.state).toBe('read');
  expect(told.fields.find((one) => one.field === 'codeNumber')?.best?.value).toBe(facts.number);

  const p = ['--profile', join(scratchFolder(), 'profile')];
  expect(json(['settings', 'station', ...p, '--organ-id', 'H29.99', '--name', 'UBND phường', '--operator', 'Văn Thư']).exit).toBe(0);
  expect(json(['incoming', 'add', ...p, '--file', pdf, '--suggested', '--register', '--to', 'Văn phòng'])).toMatchObject({ exit: 0, value: { arrivalNumber: 1 } });
  expect(json(['incoming', 'list', ...p]).value).toMatchObject({ items: [{ codeNumber: facts.number, subject: facts.subject, state: 'registered' }] });
  const paper = ['incoming', 'add', ...p, '--paper', '--number', '7', '--notation', 'GM-SNV', '--type', 'Giấy mời', '--subject', 'họp', '--issuer', 'Sở Nội vụ'];
  expect(json(paper)).toMatchObject({ exit: 0, value: { arrivalNumber: null } });
  expect(json([...paper, '--arrived', '2999-01-01'])).toMatchObject({ exit: 1, failure: { code: 'arrival-in-future' } });
  expect(json([...paper, '--date', '2026-02-30'])).toMatchObject({ exit: 1, failure: { code: 'bad-input', params: { field: 'fields.issuedDate' } } });
  expect(json(['incoming', 'add', ...p, '--type', 'Giấy mời', '--subject', 'họp', '--issuer', 'Sở Nội vụ'])).toMatchObject({ exit: 1, failure: { code: 'file-missing' } });
  expect(json(['incoming', 'suggest', '--file', join(scratchFolder(), 'none.pdf')])).toMatchObject({ exit: 2 });
});
