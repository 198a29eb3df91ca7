import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { DossierDetail } from '#contract';
import { hold, subjects, until, year, yearBegun } from './dossier-office.ts';
import { askWindow, dress, goTo, press, pressInDialog, text, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

async function begin(): Promise<{ readonly page: Page; readonly opened: TestStation }> {
  const opened = await openStation(undefined, undefined, yearBegun);
  station = opened;
  await dress(opened.page, { language: 'vi', theme: 'light' });
  return { page: opened.page, opened };
}

test('a document is dragged from its list onto a dossier, a new one is opened from another, and one that is registered goes where it was wished to', async () => {
  const { page } = await begin();
  await goTo(page, '#/outgoing?tab=issued');
  await page.waitForSelector('#outgoing-1');
  const row = await (await page.$('#outgoing-1'))?.boundingBox();
  if (row == null) throw new Error('no row');
  await page.mouse.move(row.x + 80, row.y + 12);
  await page.mouse.down();
  await page.mouse.move(row.x + 120, row.y + 20, { steps: 4 });
  const target = await page.waitForSelector('::-p-xpath(//aside[@aria-label="Thả vào hồ sơ"]//li[contains(., "02.TH")])');
  expect(await text(page)).toMatch(/tiêu đề hồ sơ cũng có “.*công tác văn thư”/);
  const place = await target?.boundingBox();
  if (place == null) throw new Error('no place');
  await page.mouse.move(place.x + 60, place.y + 20, { steps: 12 });
  await page.mouse.move(place.x + 70, place.y + 22, { steps: 2 });
  await page.mouse.up();
  await waitForText(page, 'Đã đưa vào hồ sơ 02.TH');
  await page.click('aside[aria-label="Thả vào hồ sơ"] button');
  await page.waitForSelector('aside[aria-label="Thả vào hồ sơ"]', { hidden: true });

  await page.click('#outgoing-0');
  await press(page, 'Mở hồ sơ mới…');
  await page.waitForSelector('dialog[open] [name=notation]');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'với 1 văn bản.');
  await waitForText(page, 'Trong hồ sơ:');

  await goTo(page, '#/intake?paper=yes');
  await page.waitForSelector('[name=subject]');
  await page.type('[name=codeNumber]', '88');
  await page.type('[name=codeNotation]', 'SNV-VTLT');
  await page.type('[name=typeName]', 'Công văn');
  await page.type('[name=issuerName]', 'Sở Nội vụ');
  await page.type('[name=subject]', `V/v báo cáo công tác văn thư, lưu trữ năm ${String(year)}`);
  await waitForText(page, 'Hồ sơ gợi ý: 02.TH');
  await hold(page, ['Alt'], 'KeyH');
  await waitForText(page, 'Khi vào sổ sẽ đưa vào hồ sơ 02.TH');
  await page.keyboard.press('F8');
  await waitForText(page, 'Đã đưa vào hồ sơ 02.TH');

  // The same where a document waits in the list to be registered.
  await page.waitForSelector('[name=subject]');
  for (const [name, value] of [['codeNumber', '89'], ['codeNotation', 'SNV-VTLT'], ['typeName', 'Công văn'], ['issuerName', 'Sở Nội vụ'], ['subject', `V/v báo cáo công tác lưu trữ năm ${String(year)}`]] as const) await page.type(`[name=${name}]`, value);
  await hold(page, ['Control'], 'KeyS');
  await page.waitForFunction(() => location.hash.startsWith('#/incoming'));
  await waitForText(page, 'lần trước ông/bà chọn hồ sơ này cho văn bản của Sở Nội vụ');
  await hold(page, ['Alt'], 'KeyH');
  await waitForText(page, 'Khi vào sổ sẽ đưa vào hồ sơ 02.TH');
  await page.keyboard.press('F8');
  await waitForText(page, 'Trong hồ sơ:');
  const found = await askWindow<{ items: DossierDetail[] }>(page, 'dossiers', 'list', { catalog: year, plan: null, entry: null, state: 'open', unit: null, person: null, retention: null, words: '02.TH', before: null, limit: 5 });
  expect(found.items.find(({ notation }) => notation === '02.TH')?.members).toBe(6);
  expect(station?.complaints).toEqual([]);
});

test('a file of its own comes in and is described; one document is for a few only, with who loses the right shown; the list is printed; the search leads to it', async () => {
  const { page, opened } = await begin();
  await goTo(page, `#/dossiers?year=${String(year)}&node=y:${String(year)}`);
  await page.waitForSelector('#dossiers-0');
  await page.click('#dossiers-0');
  await page.waitForSelector('#dossier-members-0');
  const file = join(opened.folder, 'Ảnh hội nghị văn thư.jpg');
  writeFileSync(file, 'ảnh');
  await press(page, 'Việc khác');
  await press(page, 'Thêm tệp khác…');
  await page.waitForSelector('dialog[open] [name=ownFile]');
  const input = await page.$('dialog[open] [name=ownFile]');
  await (input as ElementHandle<HTMLInputElement>).uploadFile(file);
  await page.waitForSelector('dialog[open] [name=subject]');
  expect(await page.$eval('dialog[open] [name=subject]', (field) => (field as HTMLTextAreaElement).value)).toBe('Ảnh hội nghị văn thư');
  await page.type('dialog[open] [name=issuedDate]', `01/01/${String(year)}`);
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Đã thêm tệp Ảnh hội nghị văn thư.jpg vào hồ sơ.');
  await until(() => subjects(page), (rows) => rows.length === 4 && rows[0] === 'Ảnh hội nghị văn thư');

  await page.focus('[aria-label^="Văn bản ("][role=grid]');
  await page.keyboard.press('Home');
  await page.keyboard.press('F2');
  await page.waitForSelector('dialog[open] [name=pageAmount]');
  await page.type('dialog[open] [name=pageAmount]', '3');
  await page.type('dialog[open] [name=note]', 'Ảnh gốc ở phòng lưu trữ');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Đã lưu ghi chú của văn bản trong hồ sơ.');

  await askWindow(page, 'people', 'savePerson', { id: null, name: 'Ngô Văn Xem', position: '', standing: 'staff', unit: null, validFrom: null, since: null, roles: ['officer'] });
  await press(page, 'Quyền xem…');
  await waitForText(page, 'Người không được nêu tên chỉ thấy thứ tự của văn bản.');
  await page.click('dialog[open] input[value=named]');
  await waitForText(page, 'Thay đổi này:');
  await waitForText(page, 'Mất quyền (1)');
  await page.type('dialog[open] [name=reason]', 'Ảnh có người dân');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Đã đổi quyền xem văn bản trong hồ sơ.');

  await press(page, 'In mục lục…');
  await waitForText(page, 'Bảo quản có thời hạn (1 hồ sơ)');
  await hold(page, ['Control'], 'Enter');
  await page.waitForFunction(() => location.hash.startsWith('#/printing'));

  await hold(page, ['Control'], 'KeyK');
  await page.keyboard.type('02.TH');
  const option = await page.waitForSelector('::-p-xpath(//dialog[@open]//*[@role="option"][contains(., "Báo cáo công tác văn thư, lưu trữ")][contains(., "Hồ sơ")])');
  await option?.click();
  await page.waitForFunction(() => location.hash.startsWith('#/dossiers'));
  await waitForText(page, '02.TH · Báo cáo công tác văn thư, lưu trữ');
  await goTo(page, '#/search?q=cong%20tac%20van%20thu');
  await page.waitForSelector('[aria-label="Hồ sơ tìm thấy"] a');
  await waitForText(page, '2 hồ sơ có mã hoặc tiêu đề như vậy');
  expect(station?.complaints).toEqual([]);
});

test('dossiers of the years before are taken over from a table, with what cannot be read told', async () => {
  const { page, opened } = await begin();
  await goTo(page, '#/dossiers');
  await page.waitForSelector('#dossiers-0');
  // A heading of the plan narrows the list to what was opened from it.
  await (await page.waitForSelector('::-p-xpath(//*[@id="plan-tree"]//*[@role="treeitem"][contains(., "II. Tổ chức, cán bộ")])'))?.click();
  await waitForText(page, 'Chưa mở hồ sơ nào từ mục này');
  await (await page.waitForSelector('::-p-xpath(//*[@id="plan-tree"]//*[@role="treeitem"][contains(., "I. Tổng hợp")])'))?.click();
  await page.waitForSelector('#dossiers-0');
  await goTo(page, '#/dossiers');
  const file = join(opened.folder, 'ho-so-2018.csv');
  writeFileSync(file, '\uFEFFFileCode,Title,Maintenance,Rights\nG09.2018.01.TCCB,Hồ sơ tuyển dụng,Vĩnh viễn,Không hạn chế\nG09.2018.02.TCCB,Hồ sơ khác,mãi,\n');
  await press(page, 'Nhập từ bảng…');
  const input = await page.waitForSelector('dialog[open] input[type=file]');
  await (input as ElementHandle<HTMLInputElement>).uploadFile(file);
  await page.waitForSelector('dialog[open] [name=header]');
  await pressInDialog(page, 'Xem trước');
  await waitForText(page, '1 hồ sơ sẽ mở; 0 đã có, 1 dòng chưa đọc được');
  await waitForText(page, 'Không đọc được thời hạn bảo quản “mãi”');
  await pressInDialog(page, 'Mở 1 hồ sơ');
  await waitForText(page, 'Đã mở 1 hồ sơ;');
  await waitForText(page, 'Hồ sơ tuyển dụng');
  expect(station?.complaints).toEqual([]);
});
