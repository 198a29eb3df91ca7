import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { arrival, arrivalHeads } from '../../fakes/legacy/importing.ts';
import { madeWorkbook } from '../../fakes/legacy/made-workbook.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, tvt } from './tvt.ts';

test('an old register from the terminal: looked at first, taken over with --write, its bad rows saved, undone', () => {
  const folder = scratchFolder();
  const p = ['--profile', join(folder, 'profile')];
  json(['settings', 'station', ...p, '--organ-id', 'H29.99', '--name', 'UBND phường Luyện Tập', '--operator', 'Trần Thị Văn Thư']);
  const file = join(folder, 'so-den-2024.xlsx');
  const rows = [arrival(1), arrival(2), arrival(3, { 0: '30/02/2024' })];
  writeFileSync(file, madeWorkbook([{ name: 'Năm 2024', rows: [arrivalHeads, ...rows] }]));
  const seen = json(['registers', 'import', file, ...p]);
  expect(seen.value).toMatchObject({ written: false, asked: { register: 'incoming', year: 2024, header: { row: 1, rows: 1 } }, counts: { good: 2, bad: 1 } });
  expect(tvt(['registers', 'import', file, ...p]).out).toContain('Dòng 4: Cột A: Không có ngày 30/02/2024. Hãy ghi ngày có thật.');
  expect(json(['search', 'báo cáo', ...p]).value).toMatchObject({ items: [] });

  const bad = join(folder, 'sua.csv');
  const done = json(['registers', 'import', file, ...p, '--write', '--bad', bad]);
  expect(done.value).toMatchObject({ written: true, added: 2, bad: 1 });
  expect(readFileSync(bad, 'utf8')).toContain('Không có ngày 30/02/2024');
  expect(json(['search', 'báo cáo', ...p]).value).toMatchObject({ items: [{ imported: true }, { imported: true }] });
  const [one] = json(['registers', 'list', ...p]).value as unknown as { id: string; added: number }[];
  expect(one?.added).toBe(2);
  expect(json(['registers', 'undo', ...p, one?.id ?? '']).exit).toBe(0);
  expect(json(['search', 'báo cáo', ...p]).value).toMatchObject({ items: [] });

  expect(json(['registers', 'import', file, ...p, '--column', 'B=note'])).toMatchObject({ exit: 1, failure: { code: 'columns-missing' } });
  expect(tvt(['registers', 'import', join(folder, 'khong-co.xlsx'), ...p]).exit).toBe(2);
  const old = join(folder, 'cu.xls');
  writeFileSync(old, Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]));
  expect(json(['registers', 'import', old, ...p]).failure).toMatchObject({ code: 'table-xls', sentence: expect.stringContaining('Save As') });
});
