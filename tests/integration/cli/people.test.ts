import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, tvt } from './tvt.ts';

test('people from the terminal: a table is taken over, a lost password replaced with the profile’s key, and the log has it', () => {
  const folder = scratchFolder();
  const p = ['--profile', join(folder, 'profile')];
  expect(json(['status', ...p]).ok).toBe(true);
  const file = join(folder, 'people.csv');
  writeFileSync(file, 'Lê Quản Trị;Trưởng phòng;Văn phòng;quản trị\nTrần Văn Thư;Văn thư;Văn phòng;văn thư\nSai;;;giám sát\n');
  const taken = tvt(['people', 'import', ...p, '--file', file, '--add-units']);
  expect(taken.out).toContain('Dòng 3: Không rõ vai trò “giám sát”');
  expect(taken.out).toContain('Đã nhập 2 người, 1 đơn vị mới, bỏ qua 1 dòng.');

  const reset = (name: string, word: string): ReturnType<typeof json> =>
    json(['people', 'reset-password', ...p, '--name', name, '--password-env', 'WORD'], { WORD: word });
  expect(reset('Trần Văn Thư', 'Mat-khau 1').failure.code).toBe('first-account-administrator');
  expect(reset('Lê Quản Trị', 'yeu').failure.code).toBe('password-weak');
  expect(reset('Không Có', 'Mat-khau 1').failure.code).toBe('not-found');
  expect(reset('Lê Quản Trị', 'Mat-khau 1')).toMatchObject({ exit: 0, ok: true });
  // With accounts the terminal goes on working: it has the key.
  expect(reset('Lê Quản Trị', 'Mat-khau 2')).toMatchObject({ exit: 0, ok: true });
  expect(tvt(['people', 'list', ...p]).out).toMatch(/Lê Quản Trị {2}Trưởng phòng {2}\[administrator\] {2}to-change/);

  const out = join(folder, 'log.jsonl');
  expect(tvt(['audit', 'export', ...p, '--out', out]).exit).toBe(0);
  expect(tvt(['audit', 'verify', '--file', out]).exit).toBe(0);
});
