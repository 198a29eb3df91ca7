import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, tvt } from './tvt.ts';

test('documents are found from the terminal, without accents, by number, and narrowed', () => {
  const p = ['--profile', join(scratchFolder(), 'profile')];
  json(['settings', 'station', ...p, '--organ-id', ownAgency.code, '--name', ownAgency.name, '--operator', 'Trần Thị Văn Thư']);
  const pdf = join(scratchFolder(), 'cong-van.pdf');
  writeFileSync(pdf, '%PDF-1.4 đi');
  for (const [number, subject] of [['15', 'V/v phòng, chống lũ quét'], ['16', 'V/v nghỉ Tết năm 2027']] as const) {
    const words = ['outgoing', 'record', ...p, '--file', pdf, '--number', number, '--notation', 'UBND-VP', '--date', '2026-11-20', '--type', 'Công văn', '--subject', subject, '--signer', 'Nguyễn Văn Ký'];
    expect(json(words).exit).toBe(0);
  }
  expect(tvt(['search', 'lu quet', ...p]).out).toMatch(/2026-11-20 {2}15\/UBND-VP {2}.*lũ quét.*\[outgoing [0-9a-f-]{36}\]\nTổng số: 1\n$/);
  expect(json(['search', '16/ubnd-vp', ...p]).value).toMatchObject({ items: [{ subject: [{ text: 'V/v nghỉ Tết năm 2027', hit: false }] }], next: null });
  expect(json(['search', 'Nam', ...p]).value).toMatchObject({ items: [{}] });
  expect(tvt(['search', 'nám', ...p]).out).toBe('Không tìm thấy.\n');
  expect(json(['search', 'v/v', ...p, '--to', '2026-11-19']).value).toMatchObject({ items: [] });
  expect(json(['search', 'v/v', ...p, '--register', 'nowhere'])).toMatchObject({ exit: 1, failure: { code: 'bad-input' } });
  expect(tvt(['search', ...p]).exit).toBe(2);
});
