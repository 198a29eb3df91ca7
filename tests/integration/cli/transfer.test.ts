import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownAgency } from '../../fakes/station/messages.ts';
import { tree } from '../../fakes/transfer/round-trip.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, tvt } from './tvt.ts';

test('a station goes out, is checked, looked at and taken into an empty profile from the terminal, and is the same there', () => {
  const place = scratchFolder();
  const p = ['--profile', join(place, 'profile')];
  json(['settings', 'station', ...p, '--organ-id', ownAgency.code, '--name', ownAgency.name, '--operator', 'Trần Thị Văn Thư']);
  const pdf = join(place, 'cong-van.pdf');
  writeFileSync(pdf, '%PDF-1.4 đi');
  const words = ['--file', pdf, '--number', '15', '--notation', 'UBND-VP', '--date', '2026-11-20', '--type', 'Công văn', '--subject', 'V/v thử', '--signer', 'Nguyễn Văn Ký'];
  expect(json(['outgoing', 'record', ...p, ...words]).exit).toBe(0);

  const folder = join(place, 'bản xuất');
  const exported = json(['export', folder, ...p]);
  expect(exported).toMatchObject({ exit: 0, value: { folder, files: 1, unreadable: 0 } });
  expect(readdirSync(folder).toSorted()).toEqual(['README.txt', 'documents', 'files', 'manifest.json']);
  expect(json(['export', folder, ...p])).toMatchObject({ exit: 1, failure: { code: 'place-taken', sentence: expect.stringContaining(folder) as string } });
  expect(json(['export', 'verify', folder])).toMatchObject({ exit: 0, value: { whole: true, files: 1, manifestSha256: exported.value['manifestSha256'] } });

  const other = ['--profile', join(place, 'other')];
  const looked = tvt(['import', folder, ...other]);
  expect(looked.out).toContain(`Bản xuất của ${ownAgency.name}`);
  expect(looked.out).toContain('văn bản đến 0, văn bản đi 1');
  expect(looked.out).toContain('Mới chỉ xem, chưa nhập gì');
  expect(json(['import', folder, ...other])).toMatchObject({ exit: 0, value: { written: false, counts: { 'outgoing-documents': 1 } } });
  expect(json(['import', folder, ...other, '--write'])).toMatchObject({ exit: 0, value: { written: true } });
  expect(json(['import', folder, ...other, '--write'])).toMatchObject({ exit: 1, failure: { code: 'station-not-empty' } });
  expect(json(['search', 'thử', ...other]).value).toMatchObject({ items: [{}] });
  expect(tvt(['audit', 'verify', ...other]).exit).toBe(0);
  const again = join(place, 'again');
  expect(json(['export', again, ...other]).value['manifestSha256']).toBe(exported.value['manifestSha256']);
  expect(tree(again)).toEqual(tree(folder));

  rmSync(join(again, 'README.txt'));
  const broken = tvt(['export', 'verify', again]);
  expect(broken.exit).toBe(1);
  expect(broken.out).toMatch(/1 chỗ khác với danh sách\.\n {2}README\.txt: không còn trong thư mục\n$/);
  expect(json(['import', again, '--profile', join(place, 'third'), '--write'])).toMatchObject({ exit: 1, failure: { code: 'export-changed' } });
  expect(json(['import', join(place, 'nowhere'), '--profile', join(place, 'fourth')])).toMatchObject({ exit: 1, failure: { code: 'export-missing' } });
  expect(existsSync(join(place, 'fourth'))).toBe(false);
  expect(tvt(['export', ...p]).exit).toBe(2);
});
