import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stationIn } from '../../fakes/backup/restore.ts';
import { ownAgency } from '../../fakes/station/messages.ts';
import { tree } from '../../fakes/transfer/round-trip.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, tvt } from './tvt.ts';

test('from the terminal: set up, back up, list, check, restore on a clean machine under another passphrase, export the same, confirm', () => {
  const place = scratchFolder();
  const disk = join(place, 'ổ sao lưu');
  mkdirSync(disk);
  const env = { RECOVERY: 'mưa rào tháng bảy trên mái ngói', NEW: 'mật khẩu máy mới 2026', SHORT: 'ngắn' };
  const p = ['--profile', join(place, 'profile')];
  json(['settings', 'station', ...p, '--organ-id', ownAgency.code, '--name', ownAgency.name, '--operator', 'Trần Thị Văn Thư']);
  const pdf = join(place, 'cong-van.pdf');
  writeFileSync(pdf, '%PDF-1.4 đi');
  const words = ['--file', pdf, '--number', '15', '--notation', 'UBND-VP', '--date', '2026-11-20', '--type', 'Công văn', '--subject', 'V/v thử', '--signer', 'Nguyễn Văn Ký'];
  expect(json(['outgoing', 'record', ...p, ...words]).exit).toBe(0);

  expect(json(['backup', '--to', disk, ...p], env)).toMatchObject({ exit: 1, failure: { code: 'recovery-not-set', sentence: expect.stringContaining('tvt backup set') as string } });
  expect(json(['backup', 'set', '--recovery-env', 'SHORT', ...p], env)).toMatchObject({ exit: 1, failure: { code: 'bad-input' } });
  const sheet = join(place, 'phieu.pdf');
  const set = json(['backup', 'set', '--folder', disk, '--at', '18:00', '--recovery-env', 'RECOVERY', '--sheet', sheet, ...p], env);
  expect(set).toMatchObject({ exit: 0, value: { settings: { folder: disk, at: '18:00', enabled: true } } });
  expect(readFileSync(sheet).subarray(0, 5).toString()).toBe('%PDF-');
  const made = tvt(['backup', ...p], env);
  expect(made).toMatchObject({ exit: 0, err: '' });
  // The sheet itself is a stored file.
  expect(made.out).toMatch(/Đã sao lưu vào .*: 2 tệp, .*Đã đọc lại, tất cả khớp\.\nSHA-256 của manifest\.json: [0-9a-f]{64}/);

  const exported = json(['export', join(place, 'một'), ...p]);
  const listed = json(['backup', 'list', '--from', disk]);
  const { code } = (set.value as { recovery: { code: string } }).recovery;
  expect(listed.value).toMatchObject([{ state: 'good', office: ownAgency.name, outgoing: 1, recovery: code }]);
  expect(tvt(['backup', 'list', '--from', disk, '--lang', 'en']).out).toContain(`sheet ${code}`);
  expect(tvt(['backup', 'verify', '--from', disk])).toMatchObject({ exit: 0, out: expect.stringMatching(/đã đọc lại 2 tệp .*tất cả còn nguyên/) as string });

  const fresh = ['--profile', join(place, 'máy mới'), '--passphrase-env', 'NEW'];
  expect(tvt(['restore', '--from', disk, '--recovery-env', 'RECOVERY', '--profile', join(place, 'máy mới')], env).exit).toBe(2);
  expect(json(['restore', '--from', disk, '--recovery-env', 'SHORT', ...fresh], env)).toMatchObject({ exit: 1, failure: { code: 'recovery-wrong' } });
  const restored = tvt(['restore', '--from', disk, '--recovery-env', 'RECOVERY', ...fresh], env);
  expect(restored).toMatchObject({ exit: 0, err: '' });
  expect(restored.out).toMatch(/Đã khôi phục bản .*2 tệp, tất cả đã được kiểm tra\.\nTrạm chưa nhận và gửi gì/);
  const again = json(['export', join(place, 'hai'), ...fresh], env);
  expect(again.value['manifestSha256']).toBe(exported.value['manifestSha256']);
  expect(tree(join(place, 'hai'))).toEqual(tree(join(place, 'một')));
  // Neither key lies on the disk in the clear.
  expect(readdirSync(join(place, 'máy mới')).filter((name) => name.endsWith('.key') || name.endsWith('.key.json')).toSorted()).toEqual(['held.key', 'passphrase.key.json']);

  expect(json(['outgoing', 'record', ...fresh, ...words.map((word) => (word === '15' ? '16' : word))], env)).toMatchObject({ failure: { code: 'restored-to-confirm' } });
  expect(tvt(['restore', 'confirm', ...fresh], env).exit).toBe(2);
  expect(json(['restore', 'confirm', '--numbers-checked', '--old-stopped', ...fresh], env)).toMatchObject({ exit: 0, value: { restored: null } });
  expect(json(['outgoing', 'record', ...fresh, ...words.map((word) => (word === '15' ? '16' : word))], env).exit).toBe(0);

  // Never over data, but by an explicit word; and then nothing of the former is lost.
  expect(json(['restore', '--from', disk, '--recovery-env', 'RECOVERY', ...fresh], env)).toMatchObject({ exit: 1, failure: { code: 'restore-over-data' } });
  const moved = json(['restore', '--from', disk, '--recovery-env', 'RECOVERY', '--move-old-aside', ...fresh], env);
  const aside = moved.value['aside'] as string;
  expect(existsSync(join(aside, 'station.db'))).toBe(true);
  expect(json(['outgoing', 'list', '--profile', aside, '--passphrase-env', 'NEW'], env).value['items']).toHaveLength(2);
  expect(json(['outgoing', 'list', ...fresh], env).value['items']).toHaveLength(1);

  const [blob = ''] = Object.keys(tree(join(stationIn(disk), 'blobs')));
  writeFileSync(join(stationIn(disk), 'blobs', blob), 'x');
  const bad = tvt(['backup', 'verify', '--from', disk]);
  expect(bad.exit).toBe(1);
  expect(bad.out).toContain(`  ĐÃ KHÁC  blobs/${blob}`);
  expect(tvt(['backup', 'verify', ...p], env).exit).toBe(1);
});
