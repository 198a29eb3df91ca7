import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import { documentMessage, emptyPage } from '../fakes/station/messages.ts';
import { scratchFolder } from '../unit/store/helpers.ts';
import { press, text, violationsOn, waitForNoText, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

function written(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const letter = (number: string): Uint8Array =>
  documentMessage({ number, subject: `V/v mời họp số ${number}`, files: [{ name: 'giấy mời.pdf', bytes: emptyPage(number) }, { name: 'danh sách.txt', bytes: Buffer.from('một') }] });

async function pick(page: Page, path: string): Promise<void> {
  const input = (await page.waitForSelector('input[data-intake=files]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(path);
}

test('a file that the system opens with the running station is shown, taken in by one key, and stands in the list as received by file', async () => {
  station = await openStation();
  const { page } = station;
  await page.waitForSelector('nav');
  await waitForText(page, 'Thêm văn bản…');
  station.openFile(written(scratchFolder(), 'Giấy mời.edxml', letter('71')));
  await waitForText(page, 'Văn bản điện tử trong tệp, chưa nhận');
  await waitForText(page, 'Không có chữ ký số');
  for (const words of ['71/BNV-VP', 'V/v mời họp số 71', 'Bộ Nội vụ (G09)', 'Ủy ban nhân dân phường Luyện Tập (H29.99)', 'giấy mời.pdf', 'danh sách.txt', 'không đến qua trục liên thông', 'Giấy mời.edxml']) expect(await text(page)).toContain(words);
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press('F8');
  await waitForText(page, 'Cách nhận');
  expect(await text(page)).toContain('Nhận bằng tệp');
  expect(await page.evaluate(() => location.hash)).toContain('#/incoming?id=');
  await waitForText(page, 'chưa vào sổ');
  // Nothing waits for the axis.
  expect(await text(page)).toContain('Hộp gửi 0');

  // The same letter again, chosen on the screen: told before it is doubled, and closed without a trace in the list.
  await page.keyboard.press('F9');
  await pick(page, written(scratchFolder(), 'lần hai.edxml', letter('71')));
  await waitForText(page, 'cùng mã định danh văn bản');
  await page.keyboard.press('F8');
  await waitForText(page, 'Văn bản này có thể đã có trong trạm');
  await press(page, 'Đóng, bỏ tệp');
  await press(page, 'Bỏ tệp');
  await waitForNoText(page, 'lần hai.edxml');
  await waitForText(page, 'Chưa có tệp nào chờ nhập');
  expect(station.complaints).toEqual([]);
});

test('files opened before anybody is there wait; a bad one says why in one sentence', async () => {
  station = await openStation();
  const { page } = station;
  const folder = scratchFolder();
  station.openFile(written(folder, 'giả.edxml', Buffer.from('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')));
  station.openFile(join(folder, 'không còn.edxml'));
  station.openFile(written(folder, 'tốt.edxml', letter('72')));
  await waitForText(page, 'Không mở được 2 tệp');
  const said = await text(page);
  expect(said).toContain('giả.edxml có phần DOCTYPE nên bị từ chối vì lý do an toàn');
  expect(said).toContain('Không đọc được không còn.edxml');
  await press(page, 'Đóng');
  await waitForText(page, '72/BNV-VP');
  expect(station.complaints).toEqual([]);
});

test('a recall in a file can be looked at and not taken in', async () => {
  station = await openStation();
  const { page } = station;
  await page.waitForSelector('nav');
  station.openFile(written(scratchFolder(), 'thu hồi.edxml', documentMessage({ number: '73', business: { bussinessDocType: '1', bussinessDocReason: 'Ban hành nhầm' } })));
  await waitForText(page, 'Đây là đề nghị thu hồi');
  expect(await text(page)).toContain('Ban hành nhầm');
  await page.keyboard.press('F8');
  expect(await page.evaluate(() => location.hash)).toContain('#/intake');
  expect(await page.$$eval('button', (all) => all.filter(({ textContent }) => textContent.startsWith('Nhận văn bản')).length)).toBe(0);
});
