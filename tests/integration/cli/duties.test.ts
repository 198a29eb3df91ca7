import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyFile } from '../../../electron/platform/secrets/key-file.ts';
import { queueStatusWith } from '../../../electron/services/exchange/index.ts';
import { recordArrival } from '../../../electron/services/records/index.ts';
import { openStore } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { program } from './tvt.ts';


function tvt(words: readonly string[]): { readonly exit: number | null; readonly out: string; readonly err: string } {
  const ran = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });
  return { exit: ran.status, out: ran.stdout, err: ran.stderr };
}

test('the calendar from the terminal: a year, a day of the office, a table, and what is refused', () => {
  const folder = scratchFolder();
  const p = ['--profile', folder];
  const year = tvt(['calendar', 'show', '2026', ...p]);
  expect(year.exit).toBe(0);
  expect(year.out).toContain('2026-02-17  nghỉ lễ');
  expect(year.out).toContain('Năm 2026: 249 ngày làm việc.');
  expect(tvt(['calendar', 'show', '2027', ...p]).out).toMatch(/2027-02-09 .*chưa công bố, chưa tính/);
  expect(tvt(['calendar', 'show', '2031', ...p]).out).toContain('chỉ biết thứ Bảy, Chủ nhật');
  expect(tvt(['calendar', 'show', ...p]).exit).toBe(2);

  const day = ['--date', '2026-12-24', '--reason', 'QĐ 5'];
  expect(tvt(['calendar', 'add', ...p, ...day, '--kind', 'holiday', '--name', 'x']).exit).toBe(2);
  expect(tvt(['calendar', 'add', ...p, ...day, '--kind', 'office-rest', '--name', 'Hội nghị']).exit).toBe(0);
  expect(tvt(['calendar', 'show', '2026', ...p]).out).toMatch(/2026-12-24 {2}cơ quan nghỉ .*cơ quan ghi: QĐ 5/);
  expect(tvt(['calendar', 'remove', ...p, ...day]).exit).toBe(0);
  const again = tvt(['calendar', 'remove', ...p, ...day]);
  expect(again.exit).toBe(1);
  expect(again.err).toContain('2026-12-24');

  const file = join(folder, 'table.csv');
  writeFileSync(file, 'date;name;kind\n2028-01-03;Nghỉ bù;in-lieu\n');
  expect(tvt(['calendar', 'import', ...p, '--file', file, '--reason', 'TB']).out).toContain('Đã ghi 1 ngày');
  writeFileSync(file, 'date;name;kind\n2028-01-33;Nghỉ bù;in-lieu\n');
  const refused = tvt(['calendar', 'import', ...p, '--file', file, '--reason', 'TB']);
  expect(refused).toMatchObject({ exit: 1 });
  expect(refused.err).toContain('Dòng 2');
});

test('what is owed, from the terminal', async () => {
  const folder = scratchFolder();
  const p = ['--profile', folder];
  expect(tvt(['duties', ...p]).out).toContain('Quá hạn 0, sắp đến hạn 0');
  const key = await keyFile(folder).obtain(false);
  if (!key.ok) throw new Error(key.failure.code);
  const opened = openStore({ folder, key: key.value.key, programVersion: '0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  opened.value.write((db) => recordArrival(db, arrival(4), queueStatusWith(() => undefined), 'UBND'));
  opened.value.close();
  const { out } = tvt(['duties', ...p]);
  // It came at 08:00 on Friday 20 November 2026.
  expect(out).toContain('20/11/2026 23:59  báo đã nhận');
  expect(out).toContain('23/11/2026 23:59  vào sổ');
  expect(out).toContain('NĐ 30/2020/NĐ-CP Điều 21.2');
  const answer = JSON.parse(tvt(['duties', ...p, '--json']).out) as { value: { items: { about: string }[] } };
  expect(answer.value.items.map((item) => item.about)).toEqual(['4/BNV-VP', '4/BNV-VP']);
});
