import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Page } from 'puppeteer-core';
import { openStore, type Store } from '../../electron/store/index.ts';
import { inserter, madeDocuments } from '../bench/documents.ts';
import { scratchFolder } from '../unit/store/helpers.ts';
import { allowSaving, dress, goTo, looks, text, violationsOn, waitForNoText, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const shots = process.env['TVT_SHOTS'];
const shoot = async (page: Page, name: string): Promise<void> => {
  if (shots !== undefined) await page.screenshot({ path: `${shots}-${name}.png` as `${string}.png` });
};

function fill(store: Store): void {
  store.write((db) => {
    const insert = inserter(db);
    let last;
    for (const one of madeDocuments({ count: 400, seed: 8, textShare: 0.4, textWords: 120, firstYear: 2024, years: 3 })) {
      insert(one);
      last = one;
    }
    if (last === undefined) return;
    const own = { ...last, register: 'outgoing', typeName: 'Quyết định', arrivalNumber: null, stage: null } as const;
    insert({ ...own, id: `${last.id.slice(0, -3)}a01`, codeNumber: '4711', codeNotation: 'QĐ-UBND', subject: 'Về việc xuất khẩu vải thiều', text: 'Căn cứ Luật Quản lý ngoại thương, giao Phòng Kinh tế phối hợp kiểm dịch thực vật trước ngày 05 tháng 6.' });
    insert({ ...own, id: `${last.id.slice(0, -3)}a02`, codeNumber: '4712', codeNotation: 'QĐ-UBND', subject: 'Về việc kiểm kê vải', text: null });
  });
}


/** What the page complained of, but that made documents have no files behind them. */
const complaints = (): readonly string[] => station?.complaints.filter((one) => !one.includes('status of 500')) ?? [];

async function withDocuments(): Promise<Page> {
  station = await openStation();
  await station.restart((folder, key) => {
    const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: false });
    if (!opened.ok) throw new Error(opened.failure.code);
    fill(opened.value);
    opened.value.close();
  });
  await station.page.waitForSelector('nav');
  return station.page;
}

async function keys(page: Page, combo: string): Promise<void> {
  const parts = combo.split('+');
  const last = parts.pop() ?? '';
  for (const part of parts) await page.keyboard.down(part as 'Control');
  await page.keyboard.press(last as 'Enter');
  for (const part of parts) await page.keyboard.up(part as 'Control');
}

test('by keyboard alone: type, choose, read, narrow, open where it lives and come back', async () => {
  const page = await withDocuments();
  await keys(page, 'Alt+Digit5');
  await page.waitForSelector('[data-pane=list] [role=option]');
  await keys(page, 'F3');
  await page.keyboard.type('kiem dich thuc vat');
  await waitForText(page, '4711/QĐ-UBND');
  await waitForText(page, 'Trong nội dung tệp:');
  // The answer to a shorter text marks fewer words.
  await expect.poll(() => page.$$eval('[data-pane=list] [role=option] mark', (marks) => marks.map((mark) => mark.textContent)), { timeout: 60_000 }).toEqual(expect.arrayContaining(['kiểm', 'dịch', 'thực', 'vật']));
  await shoot(page, 'search-text');
  await keys(page, 'F3');
  await page.keyboard.type('vai');
  await waitForText(page, '4712/QĐ-UBND');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'listbox');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.querySelector('[data-pane=reading] h2')?.textContent === '4711/QĐ-UBND');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.startsWith('#/outgoing'));
  await page.goBack();
  await waitForText(page, '4712/QĐ-UBND');
  expect(await page.evaluate(() => location.hash)).toContain('q=vai');
  expect(complaints()).toEqual([]);
});

test('filters, a saved search, an exported table', async () => {
  const page = await withDocuments();
  await goTo(page, `#/search?q=${encodeURIComponent('"vải thiều" OR "kiểm kê vải"')}`);
  await waitForText(page, '2 văn bản');
  await page.select('aside select', 'incoming');
  await waitForText(page, 'Không tìm thấy');
  await page.select('aside select', 'outgoing');
  await waitForText(page, '4711/QĐ-UBND');
  await waitForText(page, 'Bộ lọc (1)');
  await shoot(page, 'search-filters');

  await page.focus('aside [aria-label=Từ]');
  await page.keyboard.type('1/2/2099');
  await waitForText(page, 'Không tìm thấy');
  await page.focus('aside [aria-label=Từ]');
  await keys(page, 'Control+KeyA');
  await page.keyboard.press('Delete');
  await waitForText(page, '4711/QĐ-UBND');

  await page.evaluate(() => {
    [...document.querySelectorAll('button')].find((one) => one.innerText === 'Đã lưu')?.click();
  });
  await page.waitForSelector('dialog[open] input');
  await page.focus('dialog[open] input');
  await page.keyboard.sendCharacter('Vải đi');
  await page.keyboard.press('Enter');
  await waitForText(page, '· 1 bộ lọc');
  await shoot(page, 'search-saved');
  await page.keyboard.press('Escape');
  await goTo(page, '#/search');
  await waitForNoText(page, 'Bộ lọc (1)');
  await page.evaluate(() => {
    [...document.querySelectorAll('button')].find((one) => one.innerText === 'Đã lưu')?.click();
  });
  await waitForText(page, 'Vải đi');
  await page.evaluate(() => {
    [...document.querySelectorAll<HTMLElement>('dialog[open] button')].find((one) => one.innerText === 'Vải đi')?.click();
  });
  await waitForText(page, 'Bộ lọc (1)');
  await waitForText(page, '4711/QĐ-UBND');

  const folder = await allowSaving(page, scratchFolder());
  await page.evaluate(() => {
    [...document.querySelectorAll('button')].find((one) => one.innerText === 'Xuất')?.click();
  });
  await page.waitForSelector('dialog[open] input[value=csv]');
  await shoot(page, 'search-export');
  await page.$eval('dialog[open] input[value=csv]', (input) => {
    input.click();
  });
  await page.evaluate(() => {
    [...document.querySelectorAll<HTMLElement>('dialog[open] button')].find((one) => one.innerText === 'Lập tệp')?.click();
  });
  await waitForText(page, 'Đã lập tệp có 2 văn bản.');
  await page.$eval('dialog[open] a[download]', (link) => {
    (link as HTMLElement).click();
  });
  for (let tries = 0; tries < 600 && !readdirSync(folder).some((name) => name.endsWith('.csv')); tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  const name = readdirSync(folder).find((one) => one.endsWith('.csv')) ?? '';
  expect(existsSync(join(folder, name))).toBe(true);
  expect(readFileSync(join(folder, name), 'utf8')).toContain('4711/QĐ-UBND');
});

test('Ctrl+K anywhere: documents, sections and commands by keyboard', async () => {
  const page = await withDocuments();
  await keys(page, 'Control+KeyK');
  await page.waitForSelector('dialog[open] [role=combobox]');
  await page.keyboard.type('4711');
  await waitForText(page, 'xuất khẩu vải thiều');
  await shoot(page, 'palette');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.includes('/outgoing'));
  await keys(page, 'Control+KeyK');
  await page.waitForSelector('dialog[open] [role=combobox]');
  await page.keyboard.type('thiet lap');
  // Not while documents of a shorter text stand before it: what an arrow has marked stays marked.
  await page.waitForFunction(() => document.querySelectorAll('dialog[open] [role=option]')[1]?.textContent.startsWith('Mở Thiết lập') === true);
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.querySelector('dialog[open] [aria-selected=true]')?.textContent?.includes('Mở Thiết lập') === true);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.startsWith('#/settings'));
  // Whoever types a command as it begins means the command: it stands before everything that is found.
  await keys(page, 'Control+KeyK');
  await page.waitForSelector('dialog[open] [role=combobox]');
  await page.keyboard.type('mo van ban di');
  await page.waitForFunction(() => document.querySelector('dialog[open] [aria-selected=true]')?.textContent?.includes('Mở Văn bản đi') === true);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.startsWith('#/outgoing'));
  await keys(page, 'Control+KeyK');
  await page.waitForSelector('dialog[open] [role=combobox]');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector('dialog[open]') === null);
  expect(await text(page)).toContain('Văn bản đi');
  expect(complaints()).toEqual([]);
});

test('search and palette pass axe in both languages, light, dark and high contrast', async () => {
  const page = await withDocuments();
  const found: string[] = [];
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, `#/search?q=${encodeURIComponent('kế hoạch')}`);
    await page.waitForSelector('[data-pane=list] [role=option]');
    found.push(...(await violationsOn(page)).map((one) => `${look.theme}: ${one}`));
    await shoot(page, `search-${look.theme}`);
    await keys(page, 'Control+KeyK');
    await page.waitForSelector('dialog[open] [role=combobox]');
    await page.keyboard.type('bao cao');
    await page.waitForFunction(() => document.querySelectorAll('dialog[open] [role=option] mark').length > 0);
    found.push(...(await violationsOn(page)).map((one) => `${look.theme}, palette: ${one}`));
    await shoot(page, `palette-${look.theme}`);
    await page.keyboard.press('Escape');
  }
  expect(found).toEqual([]);
});
