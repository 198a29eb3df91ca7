import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import { queueStatusWith } from '../../electron/services/exchange/index.ts';
import { recordArrival } from '../../electron/services/records/index.ts';
import { openStore } from '../../electron/store/index.ts';
import { arrival } from '../bench/profile.ts';
import { ownAgency } from '../fakes/station/messages.ts';
import { violationsOn } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const minute = 60_000;
const day = 24 * 60 * minute;

/** One ordinary document that came twenty days ago, and an urgent one of half an hour ago; neither is registered. */
function leaveLying(folder: string, key: Buffer): void {
  const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  const queue = queueStatusWith(() => undefined);
  opened.value.write((db) => {
    for (const [number, urgency, age] of [[4, 0, 20 * day], [5, 1, 30 * minute]] as const) {
      const arrivedAt = new Date(Date.now() - age).toISOString();
      recordArrival(db, { ...arrival(number), arrivedAt, urgency, dueDate: null }, queue, ownAgency.name);
    }
  });
  opened.value.close();
}

async function waitForText(page: Page, wanted: string): Promise<void> {
  await page.waitForFunction((words) => document.body.innerText.includes(words), { timeout: 60_000 }, wanted);
}

const text = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

async function pressSection(page: Page, section: number): Promise<void> {
  await page.keyboard.down('Alt');
  await page.keyboard.press(`Digit${String(section) as '1'}`);
  await page.keyboard.up('Alt');
}

async function openDuties(page: Page): Promise<void> {
  await page.click('footer a[href="#/duties"]');
  await page.waitForSelector('[role="tablist"]');
}

/** Types into a field of the calendar's open form; other forms of the page have fields of the same name. */
async function fill(page: Page, name: string, value: string): Promise<void> {
  const field = `section[aria-label="Lịch làm việc"] form [name="${name}"]`;
  await page.waitForSelector(field);
  await page.click(field, { count: 3 });
  await page.type(field, value);
}

test('what is owed stands at the foot, leads to the document, and goes when it is done', async () => {
  station = await openStation();
  await station.restart(leaveLying);
  const { page } = station;
  await waitForText(page, 'Việc đến hạn 1 · quá hạn 1');
  await openDuties(page);
  await waitForText(page, '4/BNV-VP');
  const list = await text(page);
  expect(list).toContain('Cần làm 2');
  expect(list).toContain('Vào sổ văn bản đến');
  expect(list).toContain('NĐ 30/2020/NĐ-CP Điều 4.2.c');
  expect(list.indexOf('4/BNV-VP'), 'overdue before soon').toBeLessThan(list.indexOf('5/BNV-VP'));

  await page.click('button[aria-label="Mở văn bản: 4/BNV-VP"]');
  await page.waitForSelector('[data-pane="reading"]');
  await waitForText(page, 'đợt 4');
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 1');
  await page.waitForFunction(() => !document.body.innerText.includes('quá hạn 1'), { timeout: 60_000 });
  await waitForText(page, 'Việc đến hạn 1');

  await openDuties(page);
  await page.click('::-p-text(Đã làm muộn)');
  await waitForText(page, 'Xong lúc');
  await page.click('button[aria-label="Mở trong Hộp gửi: 4/BNV-VP"]');
  await page.waitForSelector('[data-pane="reading"]');
  await waitForText(page, '4/BNV-VP → Bộ Nội vụ');
  expect(station.complaints).toEqual([]);
});

test('the office writes a day of its own, pastes a table, and takes a row back, each with the reason', async () => {
  station = await openStation();
  const { page } = station;
  await page.waitForSelector('nav');
  await pressSection(page, 7);
  await waitForText(page, 'Lịch làm việc');
  await page.click('::-p-text(Thêm ngày)');
  await fill(page, 'date', '30/02/2027');
  await fill(page, 'name', 'Đại hội cơ quan');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Hãy ghi ngày có thật');
  await fill(page, 'date', '15/03/2027');
  await fill(page, 'reason', 'Quyết định 12/QĐ-UBND');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Đại hội cơ quan');
  expect(await text(page)).toContain('Cơ quan ghi: Quyết định 12/QĐ-UBND (Trần Thị Văn Thư');
  expect(await text(page), 'the year of the new day is shown').toContain('Chưa công bố: chưa tính là ngày nghỉ');

  await page.click('::-p-text(Dán bảng)');
  await page.waitForSelector('textarea[name="text"]');
  await page.type('textarea[name="text"]', 'date,name,kind');
  await page.keyboard.press('Enter');
  await page.type('textarea[name="text"]', '2027-02-09,Mùng 4 Tết,nghi');
  await fill(page, 'reason', 'Thông báo mới');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Dòng 2 của bảng chưa đọc được ở cột “kind”');
  await page.type('textarea[name="text"]', ' lễ');
  await page.click('::-p-text(Nhập bảng)');
  await waitForText(page, 'Đã ghi 1 ngày');
  await waitForText(page, 'Thay cho bảng có sẵn: Nghỉ lễ, Tết Nguyên đán Đinh Mùi – mùng 4');

  await page.click('button[aria-label="Bỏ dòng của cơ quan cho ngày 15/03/2027"]');
  await fill(page, 'reason', 'Hoãn đại hội');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.body.innerText.includes('Đại hội cơ quan'), { timeout: 60_000 });
  expect(station.complaints).toEqual([]);
});

test('duties and calendar pass axe, in Vietnamese and English, light, dark and high contrast', async () => {
  station = await openStation();
  await station.restart(leaveLying);
  const { page } = station;
  await waitForText(page, 'Việc đến hạn 1 · quá hạn 1');
  const found: string[] = [];
  for (const [language, theme] of [['vi', 'light'], ['vi', 'dark'], ['en', 'contrast']] as const) {
    await page.evaluate(
      (values) => {
        localStorage.setItem('tvt.preferences', JSON.stringify(values));
      },
      { language, theme, density: 'comfortable' },
    );
    await page.reload({ waitUntil: 'domcontentloaded' });
    await page.waitForSelector('footer a[href="#/duties"]');
    await openDuties(page);
    await page.waitForSelector('main table');
    found.push(...(await violationsOn(page)).map((one) => `${language} ${theme} duties: ${one}`));
    await pressSection(page, 7);
    await page.waitForSelector('main table');
    await page.click(language === 'vi' ? '::-p-text(Thêm ngày)' : '::-p-text(Add a day)');
    await page.waitForSelector('select[name="kind"]');
    found.push(...(await violationsOn(page)).map((one) => `${language} ${theme} calendar: ${one}`));
  }
  expect(found).toEqual([]);
});
