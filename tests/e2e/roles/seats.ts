import type { Page } from 'puppeteer-core';
import { text } from '../office.ts';
import type { Desk } from '../day/desk.ts';
import { passwordOf, seats, type Seat } from './office-of-roles.ts';

/** Takes a picture for the documentation, where one is wanted. */
export type Picture = (name: string) => Promise<void>;

/** The person at the desk changes: whoever sits there signs out, the other one signs in. */
export async function sit({ page: now, hand }: Desk, seat: Seat): Promise<void> {
  const page = now();
  await page.waitForSelector('select[name="person"], header button[aria-label^="Người dùng: "]');
  if ((await page.$('select[name="person"]')) === null) {
    await page.click('header button[aria-label^="Người dùng: "]');
    await page.waitForSelector('::-p-xpath(//button[normalize-space(.)="Đăng xuất"])').then((button) => button?.click());
    await page.waitForSelector('select[name="person"]');
  }
  const id = await page.$$eval('select[name="person"] option', (options, wanted) => options.find((one) => one.text.startsWith(wanted))?.value ?? '', seats[seat]);
  await page.select('select[name="person"]', id);
  await page.focus('form [name="password"]');
  await hand.type(passwordOf(seat));
  await hand.press('Enter');
  await page.waitForSelector(`header button[aria-label="Người dùng: ${seats[seat]}"]`, { timeout: 60_000 }).catch(async () => {
    throw new Error(`${seat} is not in:\n${await text(page)}`);
  });
}

/** Chooses the row that has these words by the mouse, and waits until it is shown. Answers its id. */
export async function choose(page: Page, words: string): Promise<string> {
  const row = await page.waitForSelector(`::-p-xpath(//*[@data-pane="list"]//*[@role="row"][contains(., "${words}")])`, { timeout: 60_000 }).catch(async () => {
    throw new Error(`no row with ${words}:\n${await text(page)}`);
  });
  await row?.click();
  await page.waitForFunction((wanted) => document.querySelector('[data-pane="reading"]')?.textContent?.includes(wanted) === true, { timeout: 60_000 }, words);
  return page.evaluate(() => /id=([0-9a-f-]{36})/.exec(location.hash)?.[1] ?? '');
}

/** Asks the axis for news from the palette. */
export async function receive({ page, hand }: Desk): Promise<void> {
  await hand.press('Control+K');
  await page().waitForSelector('dialog[open] input');
  await hand.type('nhan van ban ngay');
  await page().waitForSelector('::-p-xpath(//dialog[@open]//*[@role="option"][contains(., "Nhận văn bản ngay")])');
  for (let steps = 0; !(await page().$$eval('dialog[open] [role=option][aria-selected=true]', (all) => all.some((one) => one.textContent === 'Nhận văn bản ngay'))); steps += 1) {
    if (steps > 20) throw new Error('no way by arrows to the command');
    await hand.press('ArrowDown');
  }
  await hand.press('Enter');
  await page().waitForSelector('dialog[open]', { hidden: true });
}
