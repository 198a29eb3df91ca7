import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { DossierDetail, DossierSummary } from '#contract';
import { brokenOff } from './handover-office.ts';
import { askWindow, dress, goTo, looks, press, violationsOn, waitForNoText, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

async function ctrlEnter(page: Page): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
}

/** Takes the first dossier that words find. */
async function choose(page: Page, words: string, code: string): Promise<void> {
  await page.type('[data-pane=list] [name=find]', words);
  await page.waitForSelector(`::-p-xpath(//*[@role="option"][contains(., "${code}")])`, { timeout: 60_000 });
  await page.keyboard.press('Enter');
  await page.waitForSelector(`button[aria-label*="${code}"]`);
}

test('a hand-over that was broken off goes on; a problem is told live with the way to its remedy and is gone when it is mended; the package is made, read again and judged; one changed byte is found and said', async () => {
  const opened = await openStation(undefined, undefined, brokenOff);
  station = opened;
  const { page } = opened;
  await dress(page, { language: 'vi', theme: 'light' });
  // What was broken off goes on: nothing is chosen or checked anew.
  await goTo(page, '#/dossiers?part=handover');
  await waitForText(page, 'Đã đóng xong 0 trên 1 gói. Có thể đóng gói tiếp');
  await page.keyboard.press('F8');
  await waitForText(page, 'Phần đã xong được giữ nguyên.');
  await ctrlEnter(page);
  await waitForText(page, 'Đã đóng gói xong 1 hồ sơ và đọc lại từng tệp.');
  const [batch] = await askWindow<{ id: string }[]>(page, 'handover', 'batches', { before: null, limit: 1 });
  const { folder } = await askWindow<{ folder: string }>(page, 'handover', 'batch', { id: batch?.id });
  expect(readdirSync(folder).filter((name) => name.endsWith('.zip'))).toHaveLength(1);
  rmSync(folder, { recursive: true });
  // The archive answers on paper: what is ticked was refused, and why.
  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=day]');
  await ctrlEnter(page);
  await waitForText(page, 'Đã ghi ngày giao.');
  await press(page, 'Nhập từ biên bản giấy…');
  await page.waitForSelector('dialog[open] [name=number]');
  await page.keyboard.type('07/BB-LT');
  await page.click('dialog[open] li input[type=checkbox]');
  await page.type('dialog[open] [aria-label^="Lý do trả lại hồ sơ"]', 'Thiếu chữ ký');
  expect(await violationsOn(page)).toEqual([]);
  await ctrlEnter(page);
  await waitForText(page, 'Đã ghi biên bản: trả lại 1 hồ sơ.');
  await waitForText(page, 'Thiếu chữ ký');

  await goTo(page, '#/dossiers?part=packages');
  await waitForText(page, 'Chưa chọn gì để đóng gói');
  await choose(page, 'khen thưởng', '04.VP');
  await waitForText(page, 'Còn 3 điều phải sửa trước khi đóng gói.');
  await waitForText(page, 'Hồ sơ H29.99.2025.04.VP chưa đóng.');
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, '#/dossiers?part=packages');
    await choose(page, '04.VP', '04.VP');
    await page.waitForSelector('[data-pane=reading] li');
    expect(await violationsOn(page), look.theme).toEqual([]);
  }
  await dress(page, { language: 'vi', theme: 'light' });
  await goTo(page, '#/dossiers?part=packages');
  await choose(page, '04.VP', '04.VP');
  // The first is mended on the spot, the second where the dossier is: the way leads there, and back nothing is lost.
  await waitForText(page, 'chưa có mã đăng ký yêu cầu thu nộp');
  await page.click('button[aria-label^="Tới chỗ sửa: Đợt nộp chưa có mã đăng ký"]');
  await page.keyboard.type('02.LT.1.2026');
  await waitForNoText(page, 'chưa có mã đăng ký yêu cầu thu nộp');
  await waitForText(page, 'Còn 2 điều phải sửa trước khi đóng gói.');
  await page.click('::-p-xpath(//a[contains(., "Tới chỗ sửa") and contains(., "04.VP")])');
  await page.waitForSelector('#dossier-members-0');
  const { items } = await askWindow<{ items: DossierSummary[] }>(page, 'dossiers', 'list', { catalog: 2025, plan: null, entry: null, state: 'open', unit: null, person: null, retention: null, words: '', before: null, limit: 5 });
  const dossier = await askWindow<DossierDetail>(page, 'dossiers', 'get', { id: items[0]?.id });
  const remarks = await askWindow<{ key: string }[]>(page, 'dossiers', 'check', { id: dossier.id, endDate: '2025-12-31' });
  await askWindow(page, 'dossiers', 'close', { id: dossier.id, version: dossier.version, endDate: '2025-12-31', seen: remarks.map(({ key }) => key) });
  await page.click('::-p-xpath(//*[@role="tab"][.="Gói tin lưu trữ"])');
  await waitForText(page, 'Không có gì cản trở');
  expect(await page.$eval('[name=agreement]', (field) => (field as HTMLInputElement).value)).toBe('02.LT.1.2026');
  await page.click('[data-pane=list] input[value=folder]');
  await page.waitForFunction(() => document.querySelector('[aria-keyshortcuts=F8]')?.getAttribute('aria-disabled') !== 'true');
  await page.keyboard.press('F8');
  await waitForText(page, 'Đã lập 1 gói');
  await waitForText(page, 'bộ kiểm tra kết luận đạt');

  await page.click('::-p-xpath(//a[.="Xem kết quả kiểm tra"])');
  await waitForText(page, 'chưa được kiểm tra ở đây');
  await page.keyboard.press('F8');
  await waitForText(page, ': đạt.');
  await waitForText(page, 'Nên sửa (1)');
  const made = join(opened.folder, 'Documents/goi-tin');
  const data = join(made, readdirSync(made)[0] ?? '', 'representations/rep1/data');
  const name = readdirSync(data).find((one) => one.endsWith('.pdf')) ?? '';
  const bytes = readFileSync(join(data, name));
  bytes[60] = (bytes[60] ?? 0) ^ 1;
  writeFileSync(join(data, name), bytes);
  await page.keyboard.press('F8');
  await waitForText(page, 'không đạt.');
  await waitForText(page, 'Bắt buộc (');
  await waitForText(page, `representations/rep1/data/${name}`);
  await waitForText(page, 'Căn cứ:');
  expect(await violationsOn(page)).toEqual([]);

  const strange = join(opened.folder, 'goi-la.zip');
  writeFileSync(strange, 'PK nothing');
  const input = await page.waitForSelector('main input[type=file]');
  await (input as ElementHandle<HTMLInputElement>).uploadFile(strange);
  await waitForText(page, 'Gói goi-la.zip chưa được kiểm tra ở đây.');
  await page.keyboard.press('F8');
  await waitForText(page, 'Gói goi-la.zip: không đạt.');
  expect(opened.complaints).toEqual([]);
});
