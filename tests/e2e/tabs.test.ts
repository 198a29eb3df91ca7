import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import { dress, goTo, looks, violationsOn, waitForText } from './office.ts';
import { shot } from './shots.ts';
import { openStation, type TestStation } from './station.ts';

/** The tabs above a list stand in one line, whatever the width; none is out of reach. */

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const row = '[role=tablist][aria-label="Lọc theo tình trạng"]';

const shownTabs = (page: Page): Promise<string[]> => page.$$eval(`${row} [role=tab]`, (tabs) => tabs.map((tab) => tab.textContent.replace(/ \d+$/, '')));
const chosenTab = (page: Page): Promise<string> => page.$eval(`${row} [role=tab][aria-selected=true]`, (tab) => tab.textContent.replace(/ \d+$/, ''));
/** How many lines the tabs and the button for the others stand in, and whether they stay within the list. */
const linesOf = (page: Page): Promise<{ lines: number; within: boolean }> =>
  page.$eval(row, (list) => {
    const line = list.parentElement;
    const all = [...(line?.querySelectorAll('[role=tab], [data-more-tabs]') ?? [])].map((one) => one.getBoundingClientRect());
    const box = line?.getBoundingClientRect();
    return { lines: new Set(all.map(({ top }) => Math.round(top))).size, within: box !== undefined && all.every(({ right }) => right <= box.right + 0.5) };
  });

test('the tabs of received documents take one line; the others are behind a button, by keyboard and by pointer; the chosen one is always in sight', async () => {
  station = await openStation();
  const { page, complaints } = station;
  await dress(page, { language: 'vi', theme: 'system' });
  for (const width of [1920, 1366, 1100]) {
    await page.setViewport({ width, height: 768 });
    await goTo(page, '#/incoming');
    await waitForText(page, 'Chờ tiếp nhận 0');
    await page.waitForFunction((selector) => {
      const line = document.querySelector(selector)?.parentElement;
      return line != null && line.scrollWidth <= line.clientWidth + 1;
    }, {}, row);
    expect(await linesOf(page), String(width)).toEqual({ lines: 1, within: true });
  }
  await page.setViewport({ width: 1366, height: 768 });
  await page.waitForFunction((selector) => (document.querySelectorAll(`${selector} [role=tab]`).length ?? 0) >= 4, {}, row);
  expect(await shownTabs(page)).toEqual(['Tất cả', 'Chờ tiếp nhận', 'Đã vào sổ', 'Quá hạn']);
  expect(await page.$eval('[data-more-tabs]', (button) => button.getAttribute('title'))).toBe('Chờ ý kiến 0 · Đã giao 0 · Đang xử lý 0 · Sắp đến hạn 0 · Xong 0 · Kết thúc 0');
  await shot(page, 'tabs');

  // From the row into the button, and from there to one of the others.
  await page.focus(`${row} [role=tab][aria-selected=true]`);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-more-tabs'))).toBe(true);
  await page.keyboard.press('Enter');
  await page.waitForSelector('[role=menu] [role=menuitem]:focus');
  expect(await violationsOn(page), 'the open list').toEqual([]);
  await shot(page, 'tabs-more');
  await page.keyboard.press('Escape');
  await page.waitForSelector('[role=menu]', { hidden: true });
  expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-more-tabs')), 'Esc gives the focus back').toBe(true);
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('[role=menu] [role=menuitem]:focus');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Xong 0');
  await page.keyboard.press('Enter');
  await expect.poll(() => chosenTab(page)).toBe('Xong');
  await page.waitForSelector(`${row} [role=tab][aria-selected=true]:focus`);
  expect(await page.evaluate(() => location.hash)).toContain('state=done');
  expect(await linesOf(page)).toEqual({ lines: 1, within: true });
  await shot(page, 'tabs-done');

  // The arrows go through all of them, and so do the keys that work from the list.
  const seen: string[] = [];
  await page.keyboard.press('Home');
  for (let nth = 0; nth < 10; nth += 1) {
    await page.waitForSelector(`${row} [role=tab][aria-selected=true]:focus`);
    seen.push(await chosenTab(page));
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => chosenTab(page)).not.toBe(seen.at(-1));
  }
  expect(seen).toEqual(['Tất cả', 'Chờ tiếp nhận', 'Đã vào sổ', 'Chờ ý kiến', 'Đã giao', 'Đang xử lý', 'Sắp đến hạn', 'Quá hạn', 'Xong', 'Kết thúc']);
  expect(await chosenTab(page)).toBe('Tất cả');
  for (const wanted of ['Chờ tiếp nhận', 'Đã vào sổ', 'Chờ ý kiến']) {
    await page.keyboard.down('Control');
    await page.keyboard.press('PageDown');
    await page.keyboard.up('Control');
    await expect.poll(() => chosenTab(page)).toBe(wanted);
  }

  // By pointer; a click elsewhere closes.
  await page.click('[data-more-tabs]');
  await page.waitForSelector('[role=menu]');
  await page.click('h1');
  await page.waitForSelector('[role=menu]', { hidden: true });
  for (const [hash, label] of [['#/outgoing', 'Văn bản đi theo bước'], ['#/outbox', 'Lọc hộp gửi'], ['#/settings', 'Các phần của Thiết lập']] as const) {
    await goTo(page, hash);
    await page.waitForSelector(`[role=tablist][aria-label="${label}"]`);
    const fits = await page.$eval(`[role=tablist][aria-label="${label}"]`, (list) => (list.parentElement?.scrollWidth ?? 0) <= (list.parentElement?.clientWidth ?? 0) + 1);
    expect(fits, hash).toBe(true);
    await shot(page, `tabs-${hash.slice(2)}`);
  }
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, '#/incoming');
    await page.waitForSelector('[data-more-tabs]');
    await page.click('[data-more-tabs]');
    await page.waitForSelector('[role=menu] [role=menuitem]:focus');
    expect(await violationsOn(page), look.theme).toEqual([]);
    await page.keyboard.press('Escape');
  }
  expect(complaints).toEqual([]);
});
