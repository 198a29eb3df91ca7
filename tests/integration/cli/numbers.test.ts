import { expect, test } from 'vitest';
import { vietnamDay } from '../../../electron/foundation/clock.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, tvt } from './tvt.ts';

test('numbers from the terminal: kept, voided, inserted, listed, proved, closed, and what is refused', () => {
  const p = ['--profile', scratchFolder()];
  const today = vietnamDay(new Date());
  const year = today.slice(0, 4);
  expect(tvt(['numbers', 'reserve', ...p, '--for', 'VX', '--reason', 'họp']).out).toMatch(/01 {2}đang giữ .*VX · họp/);
  expect(json(['numbers', 'void', ...p, '--reason', 'hỏng']).value).toMatchObject({ number: 2, state: 'void' });
  expect(tvt(['numbers', 'void', ...p, '--number', '0', '--reason', 'x']).exit).toBe(2);
  expect(json(['numbers', 'void', ...p, '--number', '9', '--reason', 'x'])).toMatchObject({ exit: 1, failure: { code: 'number-unknown' } });
  expect(json(['numbers', 'insert', ...p, '--after', '2', '--day', today, '--for', 'VX', '--reason', 'sót']).value).toMatchObject({ number: 2, suffix: 'a' });
  expect(tvt(['numbers', 'list', ...p, '--book']).out).toMatch(/02a {2}đang giữ[^]*02 {2}đã bỏ[^]*01 {2}đang giữ/);
  expect(tvt(['numbers', 'check', ...p]).out).toContain('1 sổ, 0 số đã cấp: không trùng, mọi khoảng trống có lý do.');
  for (const number of ['2a', '1']) tvt(['numbers', 'void', ...p, '--number', number, '--reason', 'thôi']);
  expect(tvt(['numbers', 'close', ...p, '--office-ends', '--reason', 'Sáp nhập']).out).toContain(`Đã đóng 1 sổ của năm ${year}.`);
  expect(json(['numbers', 'reserve', ...p, '--for', 'VX', '--reason', 'x']).failure).toMatchObject({ code: 'series-closed', sentence: expect.stringContaining('đã đóng') as string });
});
