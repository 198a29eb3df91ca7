import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { recoverySheet } from '../../../electron/services/backup/sheet.ts';
import { scratchFolder } from '../store/helpers.ts';

test('the sheet for the safe is one page also where names and folder are long, and says the way by the window before the command', async () => {
  const sheet = {
    code: 'GDEH-DBMD', setAt: '2026-11-23T04:25:00.000Z', setBy: 'Nguyễn Thị Thanh Hoa, Văn phòng HĐND và UBND xã Tân Lập', version: '0.1.0',
    folder: '\\\\may-chu.phong-hanh-chinh.tanlap.langson.gov.vn\\sao-luu\\van-thu\\nam-2026\\hang-ngay',
  };
  const facts = { officeName: 'Ủy ban nhân dân xã Tân Lập', parentName: 'Ủy ban nhân dân tỉnh Lạng Sơn', place: 'Tân Lập', day: '2026-11-23', at: '2026-11-23T04:25:00.000Z', by: 'Nguyễn Thị Thanh Hoa' };
  const path = join(scratchFolder(), 'phieu.pdf');
  writeFileSync(path, await recoverySheet(sheet, facts, documentFonts()));
  const words = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  expect(words.split('\f').filter((page) => page.trim() !== '')).toHaveLength(1);
  const places = ['Mã phiếu: GDEH-DBMD', 'khôi phục bằng cửa sổ chương trình', 'Chuyển từ máy cũ', 'Máy này thay máy cũ', 'tvt restore --from', 'Người giữ phiếu'].map((one) => words.indexOf(one));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
});
