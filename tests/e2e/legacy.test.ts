import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import { arrival, arrivalHeads } from '../fakes/legacy/importing.ts';
import { madeWorkbook } from '../fakes/legacy/made-workbook.ts';
import { scratchFolder } from '../unit/store/helpers.ts';
import { askWindow, dress, goTo, looks, press, text, violationsOn, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

/** A register of 2024 with three good rows, one without its date, and a column that nobody knows. */
function register(): string {
  const path = join(scratchFolder(), 'Sổ văn bản đến 2024.xlsx');
  const rows = [arrival(1), arrival(2), ['Tháng 4'], arrival(3), arrival(4, { 0: '31/04/2024' })].map((row, at) => (row.length === 1 ? row : [...row, `Tủ ${String(at)}`]));
  writeFileSync(path, madeWorkbook([{ name: 'Năm 2024', rows: [['SỔ ĐĂNG KÝ VĂN BẢN ĐẾN'], [], [...arrivalHeads, 'Nơi để'], ...rows], merges: ['A1:K1'] }, { name: 'Khác', rows: [['x']] }], { 'xl/vbaProject.bin': 'x' }));
  return path;
}

/** Answers the browser's own file dialog, which no test can type into. */
async function pick(page: Page, path: string): Promise<void> {
  const input = (await page.waitForSelector('input[data-legacy=file]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(path);
}

/** Goes on with Tab until what has the focus says these words. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.textContent.startsWith(wanted) ?? false, words)) return;
  }
  throw new Error(`not reached by Tab: ${words}`);
}

test('a clerk finds the import by Ctrl+K and takes a register over by the keyboard; what is bad is saved, what is good is found and undone', async () => {
  station = await openStation();
  const { page } = station;
  await page.waitForSelector('nav');
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyK');
  await page.keyboard.up('Control');
  await page.waitForSelector('dialog[open] input');
  await page.keyboard.type('nhap so cu');
  await waitForText(page, 'Mở Nhập sổ cũ');
  // First stands the search for these words.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Chọn tệp sổ…');
  await pick(page, register());
  await waitForText(page, 'Tệp có macro. Trạm chỉ đọc giá trị trong ô, không chạy macro.');
  expect(await page.$eval('[name=year]', (field) => (field as HTMLInputElement).value)).toBe('2024');
  expect(await page.$eval('[name=header]', (field) => (field as HTMLInputElement).value)).toBe('3');
  expect(await page.$eval('[name=column-K]', (field) => (field as HTMLSelectElement).value)).toBe('note');
  await page.focus('[name=year]');
  await page.keyboard.press('Enter');
  await waitForText(page, '3 dòng nhập được');
  const shown = await text(page);
  expect(shown).toContain('1 dòng cần sửa');
  expect(shown).toContain('Không có ngày 31/04/2024');
  expect(shown).toContain('Thành sổ cũ năm 2024: 3 văn bản, số 1–3');
  expect(await askWindow(page, 'records', 'incomingList', { state: null, before: null, limit: 10 })).toMatchObject({ total: 0 });

  await tabTo(page, 'Lưu các dòng cần sửa (.xlsx)');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Sổ văn bản đến 2024-can-sua.xlsx');
  await page.focus('[data-legacy=run]');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Nhập 3 dòng vào sổ?');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Đã nhập 3 văn bản');
  await waitForText(page, '3 dòng đã có');

  await goTo(page, '#/incoming');
  await waitForText(page, '101/SNV-VP');
  expect(await text(page)).toContain('Sổ cũ');
  const { items } = await askWindow<{ items: { id: string }[] }>(page, 'records', 'incomingList', { state: null, before: null, limit: 10 });
  await goTo(page, `#/incoming?id=${items[0]?.id ?? ''}`);
  await waitForText(page, 'Theo sổ cũ: Sổ văn bản đến 2024.xlsx, trang “Năm 2024”');
  expect(await text(page)).toContain('Nơi để: Tủ');
  await waitForText(page, 'chưa có tệp');

  await goTo(page, '#/legacy?tab=imports');
  await waitForText(page, '3 văn bản');
  await press(page, 'Hoàn tác…');
  await waitForText(page, 'Hoàn tác lần nhập này?');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Đã hoàn tác ngày');
  expect(await askWindow(page, 'records', 'incomingList', { state: null, before: null, limit: 10 })).toMatchObject({ total: 0 });
});

test('a file that is no table is refused beside the button, with what to do', async () => {
  station = await openStation();
  const { page } = station;
  await page.waitForSelector('nav');
  await goTo(page, '#/legacy');
  const old = join(scratchFolder(), 'so.xls');
  writeFileSync(old, Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]));
  await pick(page, old);
  await waitForText(page, 'Đây là tệp Excel kiểu cũ (.xls)');
  expect(await text(page)).toContain('Chọn tệp sổ…');
});

test('choosing, looking and the list of imports pass axe in every look', async () => {
  station = await openStation();
  const { page } = station;
  const path = register();
  await page.waitForSelector('nav');
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, '#/legacy?tab=import');
    await page.waitForSelector('input[data-legacy=file]');
    expect(await violationsOn(page), `pick ${look.theme}`).toEqual([]);
    await pick(page, path);
    await page.waitForSelector('[name=year]');
    expect(await violationsOn(page), `choose ${look.theme}`).toEqual([]);
    await page.focus('[name=year]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-legacy=run]');
    expect(await violationsOn(page), `look ${look.theme}`).toEqual([]);
    if (look === looks[0]) {
      await page.click('[data-legacy=run]');
      await waitForText(page, 'Nhập 3 dòng vào sổ?');
      expect(await violationsOn(page), 'asked').toEqual([]);
      await press(page, 'Không nhập nữa');
    }
    await goTo(page, '#/legacy?tab=imports');
    await page.waitForSelector('[role=tablist]');
    expect(await violationsOn(page), `imports ${look.theme}`).toEqual([]);
  }
});
