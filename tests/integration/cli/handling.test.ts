import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyFile } from '../../../electron/platform/secrets/key-file.ts';
import { queueStatusWith } from '../../../electron/services/exchange/index.ts';
import { recordArrival } from '../../../electron/services/records/index.ts';
import { currentOffice } from '../../../electron/services/settings/index.ts';
import { changeOne, openStore, sql } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';
import { people } from '../../unit/records/handling-office.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, tvt } from './tvt.ts';

test('a document’s way from the terminal: presented, directed, assigned anew, worked on, finished, and the board of it', async () => {
  const folder = join(scratchFolder(), 'p');
  const p = ['--profile', folder];
  expect(tvt(['incoming', 'board', ...p]).out).toContain('Tất cả');
  const key = await keyFile(folder).obtain(false);
  if (!key.ok) throw new Error(key.failure.code);
  const opened = openStore({ folder, key: key.value.key, programVersion: '0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  const [id = '', other = ''] = opened.value.write((db) => {
    changeOne(db, sql`INSERT INTO unit (id, office, name) VALUES (${people.finance}, ${currentOffice(db)}, 'Phòng Tài chính')`);
    return [1, 2].map((n) => recordArrival(db, { ...arrival(n), dueDate: null }, queueStatusWith(() => undefined), 'UBND'));
  });
  opened.value.close();

  const at = (name: string, ...words: string[]): ReturnType<typeof json> => json(['incoming', name, ...p, '--id', id, ...words]);
  expect(at('present', '--leader', 'Chủ tịch')).toMatchObject({ exit: 1, failure: { code: 'step-not-allowed' } });
  expect(at('register').exit).toBe(0);
  expect(at('present', '--leader', 'Chủ tịch').value).toMatchObject({ standing: 'presented', leaderName: 'Chủ tịch' });
  expect(at('present', '--take-back', '--reason', 'trình nhầm').value).toMatchObject({ standing: 'registered' });
  expect(at('present', '--leader', 'Chủ tịch').exit).toBe(0);
  expect(at('direct').exit).toBe(2);
  const directed = at('direct', '--lead', 'Phòng Tài chính', '--joint', 'Công an phường', '--text', 'Tham mưu', '--leader', 'Chủ tịch', '--deadline', '2099-12-31');
  expect(directed.value).toMatchObject({ standing: 'assigned', due: '2099-12-31', assignments: [{ unit: people.finance }, { unit: null, unitName: 'Công an phường' }] });
  expect(at('assign', '--lead', 'Phòng Văn hóa', '--withdraw', '--reason', 'đúng việc', '--leader', 'Chủ tịch').exit).toBe(0);
  expect(tvt(['incoming', 'board', ...p]).out).toMatch(/0\s+0\s+1\s+0 {2}Phòng Văn hóa/);
  expect(tvt(['incoming', 'progress', ...p, '--id', id, '--note', 'đang làm']).out).toContain('Tình trạng: đang xử lý, hạn 2099-12-31.');
  expect(at('finish', '--result', 'answered')).toMatchObject({ exit: 1, failure: { code: 'answer-missing' } });
  expect(at('finish', '--result', 'filed').value).toMatchObject({ standing: 'done', result: 'filed' });
  expect(at('finish', '--reopen', '--reason', 'còn thiếu').value).toMatchObject({ standing: 'in-progress' });
  expect(json(['incoming', 'register', ...p, '--id', other]).exit).toBe(0);
  expect(json(['incoming', 'return', ...p, '--id', other, '--reason', 'Gửi nhầm']).value).toMatchObject({ standing: 'refused' });
  expect(tvt(['incoming', 'list', ...p, '--state', 'in-progress']).out).toContain('Tổng số: 1');
  expect(tvt(['incoming', 'list', ...p, '--due', 'overdue']).out).toContain('Tổng số: 0');
  expect(tvt(['help']).out).toContain('incoming board');
});
