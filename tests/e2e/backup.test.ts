import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import { stationIn } from '../fakes/backup/restore.ts';
import { passphrase } from '../fakes/backup/station.ts';
import { ministry } from '../fakes/station/messages.ts';
import { scratchFolder } from '../unit/store/helpers.ts';
import { dress, goTo, looks, press, sendOwn, violationsOn, waitForNoText, waitForTab, waitForText } from './office.ts';
import { openProfile, openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
let fresh: Awaited<ReturnType<typeof openProfile>> | undefined;
afterEach(async () => {
  await station?.close();
  await fresh?.host.close();
  station = fresh = undefined;
});

/** Types into a field of the shown form by its name, in place of what it has. */
async function fill(page: Page, form: string, name: string, words: string): Promise<void> {
  const field = await page.waitForSelector(`form[aria-label="${form}"] input[name="${name}"]`, { visible: true });
  await field?.click({ count: 3 });
  await field?.type(words);
}

async function withDocument(): Promise<TestStation> {
  return openStation(undefined, undefined, async (start) => {
    const core = await start();
    await sendOwn(core, { number: '15', to: [ministry], pdf: Buffer.alloc(200_000, '%PDF-1.4 ') });
    await core.close();
  });
}

test('an administrator sets folder and passphrase, backs up with F8, reads it again; on a clean machine the window brings it back and waits for a word', async () => {
  station = await withDocument();
  const disk = join(scratchFolder(), 'usb');
  mkdirSync(disk);
  const { page } = station;
  await waitForText(page, 'Sao lưu: cần xem');
  await goTo(page, '#/settings?tab=backup');
  await waitForText(page, 'Chưa có bản sao lưu nào của máy này');
  // This shell has no dialog for folders; typing is all there is, and what was typed is judged at once.
  await fill(page, 'Nơi và giờ sao lưu', 'folder', disk);
  await waitForText(page, 'Thư mục nằm cùng ổ với dữ liệu của trạm');
  expect(await page.$$eval('button', (all) => all.filter((one) => one.innerText.startsWith('Chọn…')).length)).toBe(0);
  await fill(page, 'Nơi và giờ sao lưu', 'folder', join(disk, 'không-có'));
  await waitForText(page, 'Không thấy thư mục');
  await press(page, 'Lưu');
  await page.waitForFunction(() => document.body.innerText.split('Không thấy thư mục').length === 3);
  await fill(page, 'Nơi và giờ sao lưu', 'folder', disk);
  await press(page, 'Lưu');
  await waitForNoText(page, 'Không thấy thư mục');
  await fill(page, 'Mật khẩu khôi phục', 'passphrase', 'ngắn');
  await fill(page, 'Mật khẩu khôi phục', 'again', 'ngắn');
  await press(page, 'Đặt mật khẩu');
  await waitForText(page, 'Cần ít nhất 14 ký tự.');
  await fill(page, 'Mật khẩu khôi phục', 'passphrase', passphrase);
  await fill(page, 'Mật khẩu khôi phục', 'again', passphrase);
  await press(page, 'Đặt mật khẩu');
  await waitForText(page, 'Mã phiếu');
  await page.keyboard.press('F8');
  await waitForText(page, 'Đã đọc lại, tất cả khớp.');
  expect(readdirSync(join(stationIn(disk), 'generations'))).toHaveLength(1);
  await waitForText(page, 'Nhật ký sao lưu');
  await press(page, 'Đọc lại');
  await waitForText(page, 'tất cả còn nguyên.');
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, '#/settings?tab=backup');
    await page.waitForSelector('form');
    expect(await violationsOn(page), JSON.stringify(look)).toEqual([]);
  }
  await dress(page, looks[0]);
  await goTo(page, '#/settings?tab=backup');
  await press(page, 'In phiếu khôi phục');
  await waitForText(page, 'phieu-khoi-phuc');
  expect(station.complaints).toEqual([]);

  // A clean machine whose shell has the dialog; somebody goes on into the folders of the backups, as people do.
  const usb = join(scratchFolder(), 'usb-2');
  mkdirSync(usb);
  const chosen = [null, stationIn(disk), usb];
  const startedIn: (string | null)[] = [];
  fresh = await openProfile(join(scratchFolder(), 'profile'), randomBytes(32).toString('hex'), (start) => {
    startedIn.push(start);
    return Promise.resolve(chosen.shift() ?? null);
  });
  const other = fresh.page;
  await waitForText(other, 'Chuyển từ máy cũ');
  expect(await violationsOn(other)).toEqual([]);
  await press(other, 'Khôi phục từ bản sao lưu');
  await waitForText(other, 'Thư mục có bản sao lưu');
  await press(other, 'Quay lại');
  // Whoever began to set the machine up first finds the way back at the step of backups.
  await other.type('[name=operator]', 'Lê Văn Mới');
  await press(other, 'Bắt đầu thiết lập');
  await waitForText(other, 'Cơ quan');
  await goTo(other, '#/setup?step=backup');
  await waitForText(other, 'Chuyển từ máy cũ');
  expect(await violationsOn(other)).toEqual([]);
  await press(other, 'Khôi phục từ bản sao lưu');
  await waitForText(other, 'Những gì đã thiết lập trên máy này không mất');
  const restoreForm = 'form[aria-label="Khôi phục từ bản sao lưu"]';
  const choose = async (): Promise<void> => (await other.waitForSelector(`${restoreForm} button[aria-label^="Chọn thư mục"]`, { visible: true }))?.click();
  await choose();
  expect(await other.$eval(`${restoreForm} input[name=folder]`, (field) => (field).value)).toBe('');
  await choose();
  await waitForText(other, '1 văn bản đi');
  expect(startedIn).toEqual([null, null]);
  await fill(other, 'Khôi phục từ bản sao lưu', 'passphrase', 'sai mật khẩu rồi');
  await press(other, 'Khôi phục bản này');
  await waitForText(other, 'Mật khẩu khôi phục chưa đúng với bản này');
  await fill(other, 'Khôi phục từ bản sao lưu', 'passphrase', passphrase);
  expect(await violationsOn(other)).toEqual([]);
  await press(other, 'Khôi phục bản này');
  await waitForText(other, 'Chưa vào sổ, chưa cấp số, chưa nhận và gửi gì');
  await press(other, 'Xem và xác nhận');
  await waitForText(other, 'Máy này thay máy cũ');
  expect(await violationsOn(other)).toEqual([]);
  for (const box of await other.$$('section input[type=checkbox]')) {
    const label = await box.evaluate((one) => one.parentElement?.textContent ?? '');
    if (/đối chiếu|Máy cũ/.test(label)) await box.click();
  }
  await press(other, 'Máy này thay máy cũ');
  await waitForNoText(other, 'Chưa vào sổ, chưa cấp số');
  await goTo(other, '#/settings?tab=backup');
  await (await other.waitForSelector('form[aria-label="Nơi và giờ sao lưu"] button[aria-label^="Chọn thư mục"]', { visible: true }))?.click();
  await waitForText(other, 'Thư mục ghi được');
  expect(startedIn.at(-1), 'the dialog opens where the field is').toBe(disk);
  expect(await other.$eval('form[aria-label="Nơi và giờ sao lưu"] input[name=folder]', (field) => (field).value)).toBe(usb);
  expect(await violationsOn(other)).toEqual([]);
  await goTo(other, '#/outgoing');
  await waitForTab(other, 'Đã phát hành 1');
  expect(fresh.complaints).toEqual([]);
});
