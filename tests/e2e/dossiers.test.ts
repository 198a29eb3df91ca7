import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { DossierDetail, DossierMember, PlanDetail, PlanSummary } from '#contract';
import { hold, subjects, typedToday, until, year, yearBegun } from './dossier-office.ts';
import { askWindow, dress, goTo, looks, press, pressInDialog, text, violationsOn, waitForNoText, waitForText } from './office.ts';
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

const chosenRow = (page: Page): Promise<string> => page.$eval('[role=tree] [aria-selected=true]', (row) => (row as HTMLElement).innerText);

test('by keyboard alone: the tree leads to a dossier, a document is found and put in, put elsewhere and taken out, and the dossier is closed, locked and unlocked', async () => {
  const { page } = await begin();
  await hold(page, ['Alt'], 'Digit4');
  await waitForText(page, '02.TH Báo cáo công tác văn thư');
  await page.focus('#plan-tree');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => chosenRow(page)).toContain(`Năm ${String(year)}`);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => chosenRow(page)).toContain('02.TH Báo cáo công tác văn thư');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => chosenRow(page)).toContain('I. Tổng hợp');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => page.$eval('#plan-tree [aria-selected=true]', (row) => row.getAttribute('aria-expanded'))).toBe('false');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('KeyB');
  await expect.poll(() => chosenRow(page)).toContain('02.TH');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#dossiers-0');
  await page.focus('[data-pane=list] [role=grid]');
  await page.keyboard.press('Home');
  await waitForText(page, '3 điều cần xem trước khi đóng hồ sơ');

  await press(page, 'Thêm văn bản…');
  await page.waitForSelector('dialog[open] [name=find]');
  await page.keyboard.type('104/UBND');
  await page.waitForSelector('dialog[open] [role=option]');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Thêm 1 văn bản');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Đã thêm 1 văn bản.');
  await until(() => subjects(page), (rows) => rows.length === 4 && rows[3] === 'Báo cáo công tác văn thư quý III');

  await page.focus('[aria-label^="Văn bản ("][role=grid]');
  await page.keyboard.press('End');
  await hold(page, ['Alt'], 'ArrowUp');
  await waitForText(page, 'Đã chuyển 104/UBND-VP tới thứ tự 3.');
  await until(() => subjects(page), (rows) => rows[2] === 'Báo cáo công tác văn thư quý III');
  const rows = await page.$$('[aria-label^="Văn bản ("] [role=row]');
  await dragTo(page, rows[2], rows[0]);
  await until(() => subjects(page), (shown) => shown[0] === 'Báo cáo công tác văn thư quý III');
  await press(page, 'Xếp lại theo ngày');
  await until(() => subjects(page), (shown) => shown[3] === 'Báo cáo công tác văn thư quý III');

  await page.focus('[aria-label^="Văn bản ("][role=grid]');
  await page.keyboard.press('End');
  await page.keyboard.press('Delete');
  await page.waitForSelector('dialog[open] [name=reason]');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Hãy ghi lý do.');
  await page.keyboard.type('Thuộc hồ sơ khác');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Đã đưa 104/UBND-VP ra khỏi hồ sơ.');
  await until(() => subjects(page), (shown) => shown.length === 3);

  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=endDate]');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Hãy xem các nhận xét rồi đánh dấu.');
  await page.focus('dialog[open] [name=seen]');
  await page.keyboard.press('Space');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Đã đóng hồ sơ.');
  await waitForNoText(page, 'Thêm văn bản…');
  await press(page, 'Việc khác');
  await press(page, 'Khóa hồ sơ…');
  await page.waitForSelector('dialog[open] [name=reason]');
  await page.keyboard.type('Phục vụ thanh tra');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Lý do: Phục vụ thanh tra');
  await press(page, 'Việc khác');
  await press(page, 'Bỏ khóa…');
  await page.waitForSelector('dialog[open] [name=reason]');
  await page.keyboard.type('Việc đã xong');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Đã bỏ khóa hồ sơ.');
  await press(page, 'Nhật ký');
  await waitForText(page, 'Đổi chỗ văn bản');
  const list = await askWindow<{ items: { id: string; state: string }[] }>(page, 'dossiers', 'list', { catalog: year, plan: null, entry: null, state: null, unit: null, person: null, retention: null, words: '', before: null, limit: 10 });
  expect(list.items.map(({ state }) => state)).toEqual(['closed']);
  // Mục lục văn bản, opened in the section of prints.
  await page.keyboard.press('F8');
  await waitForText(page, 'Mục lục văn bản');
  await page.waitForFunction(() => location.hash.startsWith('#/printing'));
  expect(station?.complaints).toEqual([]);
});

/** Drags a row onto another as a hand does. */
async function dragTo(page: Page, from: ElementHandle | undefined, to: ElementHandle | undefined): Promise<void> {
  const [a, b] = await Promise.all([from?.boundingBox(), to?.boundingBox()]);
  if (a == null || b == null) throw new Error('no such row');
  await page.mouse.move(a.x + 120, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(b.x + 120, b.y + b.height / 2 + 8, { steps: 8 });
  await page.mouse.move(b.x + 120, b.y + b.height / 2, { steps: 2 });
  await page.mouse.up();
}

test('what is remarked while a dossier is being closed is read anew and shown, and nothing typed is lost', async () => {
  const { page } = await begin();
  await goTo(page, `#/dossiers?year=${String(year)}&node=y:${String(year)}`);
  await page.waitForSelector('#dossiers-0');
  await page.focus('[data-pane=list] [role=grid]');
  await page.keyboard.press('Home');
  await waitForText(page, 'trước khi đóng hồ sơ');
  // A hand that is quicker than the core is answered all the same.
  const core = station?.corePid ?? 0;
  process.kill(core, 'SIGSTOP');
  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=endDate]');
  await hold(page, ['Control'], 'Enter');
  process.kill(core, 'SIGCONT');
  await waitForText(page, 'Hãy xem các nhận xét rồi đánh dấu.');
  await page.click('dialog[open] [name=endDate]', { count: 3 });
  await page.keyboard.type(typedToday);
  await page.waitForSelector('dialog[open] [name=seen]');
  await page.focus('dialog[open] [name=seen]');
  await page.keyboard.press('Space');
  const { items } = await askWindow<{ items: { id: string; codeNumber: string }[] }>(page, 'records', 'outgoingList', { state: 'issued', before: null, limit: 10 });
  const one = items.find(({ codeNumber }) => codeNumber === '102');
  await askWindow(page, 'drafting', 'recallPaper', { document: one?.id ?? '', reason: 'Sai sót' });
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Vừa có thêm 1 nhận xét mới');
  const [first] = await page.$$eval('dialog[open] li', (lines) => lines.map((line) => line.textContent));
  expect(first).toBe('Mới: Văn bản 102/UBND-VP đã bị thu hồi, thay thế hoặc trả lại.');
  expect(await page.$eval('dialog[open] [name=endDate]', (field) => (field as HTMLInputElement).value)).toBe(typedToday);
  await page.focus('dialog[open] [name=seen]');
  await page.keyboard.press('Space');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Đã đóng hồ sơ.');
});

test('a suggested dossier is taken by one key, with its reason shown; another is chosen in the picker, also from the palette', async () => {
  const { page } = await begin();
  await goTo(page, '#/outgoing?tab=issued');
  await page.waitForSelector('#outgoing-1');
  await page.click('#outgoing-1');
  await waitForText(page, 'Hồ sơ gợi ý: 02.TH Báo cáo công tác văn thư, lưu trữ');
  expect(await text(page)).toMatch(/\(vì: .+\)/);
  await hold(page, ['Alt'], 'KeyH');
  await waitForText(page, 'Đã đưa vào hồ sơ 02.TH');
  await waitForText(page, 'Trong hồ sơ:');

  // Of the plan, and opened with the document that needs it.
  await page.click('#outgoing-0');
  await waitForText(page, 'Hồ sơ gợi ý, chưa mở: 01.TCCB Tuyển dụng công chức');
  await hold(page, ['Alt'], 'KeyH');
  await waitForText(page, 'Đã đưa vào hồ sơ 01.TCCB');
  await hold(page, ['Control'], 'KeyK');
  await page.keyboard.type('Đưa vào hồ sơ');
  await page.waitForSelector('::-p-xpath(//dialog[@open]//*[@role="option"][contains(., "Đưa vào hồ sơ…")])');
  const option = await page.$('::-p-xpath(//dialog[@open]//*[@role="option"][contains(., "Đưa vào hồ sơ…")])');
  await option?.click();
  await page.waitForSelector('dialog[open] [name=find]');
  await page.keyboard.type('bao cao van thu');
  await page.waitForSelector('::-p-xpath(//dialog[@open]//*[@role="option"][contains(., "02.TH")])');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Đã chọn: 02.TH');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Trong 2 hồ sơ:');
  const found = await askWindow<{ items: DossierDetail[] }>(page, 'dossiers', 'list', { catalog: year, plan: null, entry: null, state: 'open', unit: null, person: null, retention: null, words: '02.TH', before: null, limit: 5 });
  const members = await askWindow<{ items: DossierMember[] }>(page, 'dossiers', 'members', { dossier: found.items[0]?.id, after: 0, limit: 50 });
  expect(members.items.map(({ codeNumber }) => codeNumber)).toEqual(['101', '102', '103', '104', '105']);
  expect(station?.complaints).toEqual([]);
});

test('a plan is copied from last year, written, read from a table with its bad row told, moved by keys, and approved', async () => {
  const { page, opened } = await begin();
  await goTo(page, '#/dossiers?part=plan');
  await waitForText(page, `Danh mục năm ${String(year)}`);
  await press(page, 'Lập danh mục…');
  await page.waitForSelector('dialog[open] [name=year]');
  expect(await page.$eval('dialog[open] [name=year]', (field) => (field as HTMLInputElement).value)).toBe(String(year + 1));
  await hold(page, ['Control'], 'Enter');
  await page.waitForSelector('dialog[open]', { hidden: true });
  await waitForText(page, 'Kế hoạch công tác năm');
  const [{ id } = { id: '' }] = await askWindow<PlanSummary[]>(page, 'dossiers', 'plans', {});
  const stored = (): Promise<PlanDetail> => askWindow(page, 'dossiers', 'plan', { id });
  expect((await stored()).entries).toHaveLength(3);

  await page.focus('#plan-lines');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await hold(page, ['Alt'], 'ArrowDown');
  await until(stored, (plan) => plan.entries[0]?.title === 'Báo cáo công tác văn thư, lưu trữ');
  await hold(page, ['Alt'], 'KeyN');
  await page.waitForSelector('dialog[open] [name=title]');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Hãy ghi ô này.');
  await page.focus('dialog[open] [name=title]');
  await page.keyboard.type('Quy chế làm việc');
  await page.type('dialog[open] [name=years]', '15');
  await page.type('dialog[open] [name=unitName]', 'Văn phòng');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Đã lưu vào danh mục.');
  await waitForText(page, '15 năm');

  const file = join(opened.folder, 'danh-muc.csv');
  writeFileSync(file, '\uFEFFSố và ký hiệu,Tiêu đề hồ sơ,Thời hạn bảo quản,Người lập,Ghi chú\nIII,Tài chính (TC),,,\n01.TC,Dự toán ngân sách năm,Vĩnh viễn,Phòng Tài chính,\n02.TC,Chứng từ chi,mãi,Phòng Tài chính,\n');
  await press(page, 'Nhập từ Excel…');
  const input = await page.waitForSelector('dialog[open] input[type=file]');
  await (input as ElementHandle<HTMLInputElement>).uploadFile(file);
  await page.waitForSelector('dialog[open] [name=header]');
  await pressInDialog(page, 'Xem trước');
  await waitForText(page, '1 đề mục, 1 hồ sơ đọc được; 1 dòng chưa đọc được');
  await waitForText(page, 'Không đọc được thời hạn bảo quản “mãi”');
  await pressInDialog(page, 'Ghi 1 hồ sơ');
  await waitForText(page, 'Đã thêm 1 đề mục, 1 hồ sơ; bỏ qua 1 dòng.');

  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=decisionNumber]');
  await page.keyboard.type('03/QĐ-UBND');
  await page.type('dialog[open] [name=approver]', 'Lê Thị Chủ Tịch');
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, 'Danh mục đã ban hành.');
  expect(await stored()).toMatchObject({ state: 'approved', decisionNumber: '03/QĐ-UBND', entryTotal: 5 });
  await page.keyboard.press('F8');
  await page.waitForFunction(() => location.hash.startsWith('#/printing'));
  expect(station?.complaints).toEqual([]);
});

test('what one may not do is not offered: a clerk has dossiers and plan, an officer cannot write the plan, the archivist has the archive too', async () => {
  const { page } = await begin();
  const password = 'Mat-khau so 1';
  const person = (name: string, role: string): Promise<{ id: string }> =>
    askWindow(page, 'people', 'savePerson', { id: null, name, position: '', standing: 'staff', unit: null, validFrom: null, since: null, roles: [role] });
  const admin = await person('Đỗ Quản Trị', 'administrator');
  await askWindow(page, 'people', 'setPassword', { person: admin.id, password });
  await askWindow(page, 'people', 'signIn', { person: admin.id, password });
  const tabsOf = async (role: string): Promise<string[]> => {
    const { id } = await person(`Người ${role}`, role);
    await askWindow(page, 'people', 'setPassword', { person: id, password });
    await askWindow(page, 'people', 'signIn', { person: id, password });
    await askWindow(page, 'people', 'changePassword', { old: password, password: 'Mat-khau so 2' });
    await goTo(page, '#/dossiers?part=plan');
    await waitForText(page, `Danh mục năm ${String(year)}`);
    const tabs = await page.$$eval('main [role=tablist][aria-label="Các phần của hồ sơ"] > [role=tab]', (all) => all.map((tab) => (tab as HTMLElement).innerText.replace(/ \(.*/, '')));
    const words = await text(page);
    await askWindow(page, 'people', 'signIn', { person: admin.id, password });
    return [...tabs, ...(words.includes('Lập danh mục…') ? ['writes'] : [])];
  };
  expect(await tabsOf('clerk')).toEqual(['Hồ sơ', 'Danh mục hồ sơ', 'writes']);
  expect(await tabsOf('officer')).toEqual(['Hồ sơ', 'Danh mục hồ sơ']);
  expect(await tabsOf('leader')).toEqual(['Hồ sơ', 'Danh mục hồ sơ', 'Hủy tài liệu']);
  expect(await tabsOf('archivist')).toEqual(['Hồ sơ', 'Danh mục hồ sơ', 'Thời hạn bảo quản', 'Hủy tài liệu', 'Nộp lưu', 'Gói tin lưu trữ', 'Kiểm tra toàn vẹn', 'writes']);
});

test('every part of the section can be used by everybody, in every look', async () => {
  const { page } = await begin();
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, `#/dossiers?year=${String(year)}&node=y:${String(year)}`);
    await page.waitForSelector('#dossiers-0');
    await page.click('#dossiers-0');
    await page.waitForSelector('#dossier-members-0');
    expect(await violationsOn(page), look.theme).toEqual([]);
    await page.keyboard.press('F8');
    await page.waitForSelector('dialog[open] [name=endDate]');
    expect(await violationsOn(page), `closing, ${look.theme}`).toEqual([]);
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog[open]', { hidden: true });
    await page.keyboard.press('F2');
    await page.waitForSelector('dialog[open] [name=notation]');
    expect(await violationsOn(page), `editing, ${look.theme}`).toEqual([]);
    await page.keyboard.press('Escape');
    for (const part of ['plan', 'deadlines', 'disposals', 'fixity']) {
      await goTo(page, `#/dossiers?part=${part}`);
      await page.waitForSelector(part === 'plan' ? '#plan-lines' : '[data-pane=list], [aria-label]');
      expect(await violationsOn(page), `${part}, ${look.theme}`).toEqual([]);
    }
  }
  expect(station?.complaints).toEqual([]);
});
