import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { Disposal, DossierSummary } from '#contract';
import { year, yearBegun } from './dossier-office.ts';
import { askWindow, dress, goTo, looks, press, pressInDialog, violationsOn, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

async function begin(part: string): Promise<{ readonly page: Page; readonly opened: TestStation }> {
  const opened = await openStation(undefined, undefined, yearBegun);
  station = opened;
  await dress(opened.page, { language: 'vi', theme: 'light' });
  await goTo(opened.page, `#/dossiers?part=${part}`);
  return { page: opened.page, opened };
}

async function ctrlEnter(page: Page): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
}

/** Puts another text into a field. */
async function fill(page: Page, selector: string, words: string): Promise<void> {
  await page.focus(selector);
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyA');
  await page.keyboard.up('Control');
  await page.keyboard.type(words);
}

/** Hands a file to the input of the open dialog or of the page. */
async function hand(page: Page, selector: string, path: string): Promise<void> {
  const input = await page.waitForSelector(selector);
  await (input as ElementHandle<HTMLInputElement>).uploadFile(path);
}

test('a dossier whose term is over goes by every step from the list to its destruction, and only its trace is left', async () => {
  const { page, opened } = await begin('disposals');
  await waitForText(page, 'Chưa có danh mục nào');
  await page.keyboard.down('Alt');
  await page.keyboard.press('KeyN');
  await page.keyboard.up('Alt');
  await page.waitForSelector('dialog[open] [name=title]');
  await page.keyboard.type('Tài liệu hết giá trị đợt 1');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Hồ sơ (1)');
  await waitForText(page, 'Nếu hủy theo danh mục: 1 hồ sơ');

  await page.keyboard.press('F8');
  await waitForText(page, 'Trình Hội đồng xác định giá trị tài liệu');
  await ctrlEnter(page);
  await waitForText(page, 'Đã trình Hội đồng.');
  // Without an opinion there is no conclusion.
  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=words]');
  await page.keyboard.type('Lê Văn Chủ Tịch Hội Đồng');
  await page.type('dialog[open] [name=words]', 'Đồng ý hủy');
  await ctrlEnter(page);
  await waitForText(page, 'Hội đồng chưa cho ý kiến');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog[open]', { hidden: true });
  await page.click('input[type=checkbox][aria-label^="Chọn hồ sơ"]');
  await press(page, 'Hủy (1)…');
  await page.waitForSelector('dialog[open] [name=by]');
  await fill(page, 'dialog[open] [name=by]', 'Lê Văn Chủ Tịch Hội Đồng');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Đã ghi ý kiến.');
  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=words]');
  await page.keyboard.type('Lê Văn Chủ Tịch Hội Đồng');
  await page.type('dialog[open] [name=words]', 'Đồng ý hủy');
  await ctrlEnter(page);
  await waitForText(page, 'Đã ghi kết luận của Hội đồng.');
  await waitForText(page, 'Kết luận: Đồng ý hủy');

  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=number]');
  await page.keyboard.type('55/QĐ-UBND');
  await page.type('dialog[open] [name=name]', 'Trần Văn Chủ Tịch');
  const decision = join(opened.folder, 'quyet-dinh.pdf');
  writeFileSync(decision, '%PDF-1.4 quyết định hủy');
  await hand(page, 'dialog[open] input[type=file]', decision);
  await waitForText(page, 'Đã nhận tệp quyet-dinh.pdf');
  await ctrlEnter(page);
  await waitForText(page, 'Đã ghi quyết định hủy.');
  await waitForText(page, 'Quyết định hủy số 55/QĐ-UBND');

  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=number]');
  await page.keyboard.type('56/QĐ-UBND');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Số quyết định gõ lại không khớp. Chưa hủy gì.');
  await fill(page, 'dialog[open] [name=number]', '55/QĐ-UBND');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Vết của tài liệu đã hủy');
  await page.click('::-p-xpath(//*[@role="tab"][contains(., "Vết của tài liệu")])');
  await waitForText(page, '7.pdf');
  // The file is gone before the list is done with.
  await expect
    .poll(async () => (await askWindow<{ items: Disposal[] }>(page, 'keeping', 'disposals', { after: null, limit: 5 })).items)
    .toMatchObject([{ state: 'destroyed', counts: { gone: 1 } }]);
  const dossiers = await askWindow<{ items: DossierSummary[] }>(page, 'dossiers', 'list', { catalog: 2014, plan: null, entry: null, state: null, unit: null, person: null, retention: null, words: '', before: null, limit: 5 });
  expect(dossiers.items.map(({ disposal }) => disposal)).toEqual(['destroyed']);
  expect(opened.complaints).toEqual([]);
});

test('a file that the disk has lost raises the alarm, a strange file does not mend it, the very file does', async () => {
  const { page, opened } = await begin('fixity');
  const bytes = Buffer.from('%PDF-1.4 101');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await waitForText(page, 'Chưa lần nào kiểm tra hết kho tệp.');
  const blob = blobOf(opened.folder, sha256);
  const stored = readFileSync(blob);
  writeFileSync(blob, Buffer.from(stored.map((byte, at) => (at === stored.length - 1 ? byte ^ 1 : byte))));
  await page.keyboard.press('F8');
  await waitForText(page, '1 tệp bị hỏng hoặc mất mà chưa ai ghi nhận');
  await waitForText(page, '101.pdf');
  await waitForText(page, '02.TH');
  await waitForText(page, '1 tệp lưu bị hỏng hoặc mất');

  const strange = join(opened.folder, 'la.pdf');
  writeFileSync(strange, '%PDF-1.4 999');
  await hand(page, 'main input[type=file]', strange);
  await waitForText(page, 'la.pdf: không trùng với tệp nào đang hỏng.');
  await press(page, 'Ghi nhận mất…');
  await page.waitForSelector('dialog[open] [name=reason]');
  await page.keyboard.type('Tìm trong bản sao lưu');
  await ctrlEnter(page);
  await waitForText(page, 'Ghi nhận lúc');
  const right = join(opened.folder, '101.pdf');
  writeFileSync(right, bytes);
  await hand(page, 'main input[type=file]', right);
  await waitForText(page, '101.pdf: đã khôi phục.');
  await waitForText(page, 'Không có tệp nào đang hỏng hoặc mất.');
  expect(opened.complaints).toEqual([]);
});

/** Where the store keeps a file: somewhere below its folder, under its hash. */
function blobOf(folder: string, sha256: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith(sha256));
  if (found === undefined) throw new Error('not stored');
  return join(folder, found);
}

test('a schedule is read from a table, its unreadable row left out on purpose, and its terms are offered where a dossier is written; the calendar leads to what is due', async () => {
  const { page, opened } = await begin('deadlines');
  await waitForText(page, '1 đã quá hạn');
  await page.click('::-p-xpath(//*[@role="tab"][.="Bảng thời hạn"])');
  await press(page, 'Nhập bảng từ Excel…');
  const table = join(opened.folder, 'thoi-han.csv');
  writeFileSync(table, '\uFEFFSTT,Tên nhóm hồ sơ tài liệu,Thời hạn bảo quản\n1,Kế hoạch và báo cáo công tác hằng năm,Vĩnh viễn\n2,Hồ sơ tuyển dụng công chức,20 năm\n3,Tài liệu khác,tùy trường hợp\n');
  await hand(page, 'dialog[open] input[type=file]', table);
  await page.waitForSelector('dialog[open] [name=header]');
  await pressInDialog(page, 'Xem trước');
  await waitForText(page, '1 dòng chưa đọc được');
  await pressInDialog(page, 'Bỏ 1 dòng chưa đọc được');
  await waitForText(page, 'Ghi 2 dòng');
  await page.type('dialog[open] [name=source]', 'TT 10/2022/TT-BNV');
  await pressInDialog(page, 'Ghi 2 dòng');
  await waitForText(page, 'Đã ghi 2 dòng thời hạn.');
  await press(page, 'Xem các dòng');
  await waitForText(page, 'Hồ sơ tuyển dụng công chức');

  await page.click('::-p-xpath(//*[@role="tab"][.="Cách tính"])');
  await page.waitForSelector('[name=expiryLeadDays]');
  await fill(page, '[name=expiryLeadDays]', '90');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Đã lưu cách tính.');
  await page.click('::-p-xpath(//*[@role="tab"][.="Lịch"])');
  // What lies before the years that are shown is counted on the way there.
  await press(page, 'Các năm sau');
  await waitForText(page, 'Các năm trước (1 hồ sơ)');
  // How many pages back it lies depends on the year in which the suite runs.
  const january = 'button[aria-label="1 hồ sơ trong tháng 1 năm 2025"]';
  await expect
    .poll(
      async () => {
        if ((await page.$(january)) === null) await press(page, 'Các năm trước');
        return page.waitForSelector(january, { timeout: 2_000 }).then(() => true, () => false);
      },
      { timeout: 60_000 },
    )
    .toBe(true);
  const month = await page.$(january);
  await month?.click();
  await waitForText(page, 'Hồ sơ đến hạn từ 01/01/2025');

  await goTo(page, `#/dossiers?year=${String(year)}&node=y:${String(year)}`);
  await page.waitForSelector('#dossiers-0');
  await page.click('#dossiers-0');
  await page.waitForSelector('#dossier-members-0');
  await page.keyboard.press('F2');
  await page.waitForSelector('dialog[open] [name=notation]');
  await page.type('dialog[open] input[placeholder^="Gõ tên nhóm"]', 'tuyen dung');
  await page.waitForSelector('::-p-xpath(//dialog[@open]//*[@role="option"][contains(., "tuyển dụng")])');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.$eval('dialog[open] [name=years]', (field) => (field as HTMLInputElement).value)).toBe('20');
  await ctrlEnter(page);
  await waitForText(page, 'Đã lưu dữ liệu của hồ sơ.');
  await waitForText(page, '20 năm');
  expect(opened.complaints).toEqual([]);
});

test('who may read is changed only with who wins and who loses before one’s eyes, and every part is open to everybody in every look', async () => {
  const { page, opened } = await begin('deadlines');
  await goTo(page, `#/dossiers?year=${String(year)}&node=y:${String(year)}`);
  await page.waitForSelector('#dossiers-0');
  await page.click('#dossiers-0');
  await page.waitForSelector('#dossier-members-0');
  await page.click('::-p-xpath(//*[@role="tab"][.="Quyền xem"])');
  await waitForText(page, 'Mọi người trong cơ quan xem được.');
  await press(page, 'Đổi quyền xem…');
  await page.waitForSelector('dialog[open] input[value=named]');
  await page.click('dialog[open] input[value=named]');
  await page.waitForSelector('dialog[open] [name=find]');
  await waitForText(page, 'Thay đổi này:');
  await page.type('dialog[open] [name=find]', 'vai tro: lanh dao');
  await page.waitForSelector('dialog[open] [role=option]');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Vai trò: lãnh đạo');
  await ctrlEnter(page);
  await waitForText(page, 'Hãy ghi lý do.');
  await page.type('dialog[open] [name=reason]', 'Có nội dung nhân sự');
  expect(await violationsOn(page)).toEqual([]);
  await ctrlEnter(page);
  await waitForText(page, 'Đã đổi quyền xem hồ sơ.');
  await waitForText(page, 'Chỉ những người được nêu tên xem được.');
  for (const look of looks) {
    await dress(page, look);
    for (const words of ['calendar', 'schedules', 'rules'] as const) {
      await goTo(page, '#/dossiers?part=deadlines');
      const at = ['due', 'calendar', 'schedules', 'rules'].indexOf(words) + 1;
      await page.waitForSelector('main [role=tablist] [role=tab][aria-setsize="4"]');
      await page.focus('main [role=tablist] [role=tab][aria-setsize="4"][aria-selected=true]');
      await page.keyboard.press('Home');
      for (let step = 1; step < at; step += 1) {
        await page.waitForSelector(`main [role=tab][aria-setsize="4"][aria-posinset="${String(step)}"][aria-selected=true]:focus`);
        await page.keyboard.press('ArrowRight');
      }
      await page.waitForSelector(`main [role=tab][aria-setsize="4"][aria-posinset="${String(at)}"][aria-selected=true]`);
      expect(await violationsOn(page), `${words}, ${look.theme}`).toEqual([]);
    }
  }
  expect(opened.complaints).toEqual([]);
});
