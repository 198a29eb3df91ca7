import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { documentMessage, emptyPage } from '../fakes/station/messages.ts';
import { scratchFolder } from '../unit/store/helpers.ts';
import { dress, waitForText } from './office.ts';
import { openStation } from './station.ts';

test('pictures', async () => {
  const station = await openStation();
  const { page } = station;
  mkdirSync('/tmp/shots', { recursive: true });
  await page.waitForSelector('nav');
  const folder = scratchFolder();
  const path = join(folder, 'Giấy mời họp.edxml');
  writeFileSync(path, documentMessage({ number: '71', subject: 'V/v mời họp giao ban công tác văn thư, lưu trữ quý IV', files: [{ name: 'giấy mời.pdf', bytes: emptyPage('71') }, { name: 'danh sách.pdf', bytes: emptyPage('x') }] }));
  station.openFile(path);
  await waitForText(page, 'Không có chữ ký số');
  for (const theme of ['light', 'dark'] as const) {
    await dress(page, { language: 'vi', theme }); await waitForText(page, 'Không có chữ ký số');
    await page.screenshot({ path: `/tmp/shots/opener-sheet-${theme}.png` });
  }
  await dress(page, { language: 'vi', theme: 'light' }); await waitForText(page, 'Không có chữ ký số');
  await page.keyboard.press('F8');
  await waitForText(page, 'Cách nhận');
  await page.screenshot({ path: '/tmp/shots/opener-taken.png' });
  const again = join(folder, 'lại.edxml');
  writeFileSync(again, documentMessage({ number: '71', subject: 'V/v mời họp giao ban' }));
  const bad = join(folder, 'giả.edxml');
  writeFileSync(bad, '<!DOCTYPE a><a/>');
  station.openFile(again);
  await waitForText(page, 'cùng mã định danh');
  await page.keyboard.press('F8');
  await page.screenshot({ path: '/tmp/shots/opener-again.png' });
  const recall = join(folder, 'thu hồi.edxml');
  writeFileSync(recall, documentMessage({ number: '73', business: { bussinessDocType: '1', bussinessDocReason: 'Ban hành nhầm' } }));
  station.openFile(recall);
  await waitForText(page, 'Đây là đề nghị thu hồi');
  await page.screenshot({ path: '/tmp/shots/opener-recall.png' });
  station.openFile(bad);
  await waitForText(page, 'DOCTYPE');

  await page.screenshot({ path: '/tmp/shots/opener-bad.png' });
  await station.close();
});
