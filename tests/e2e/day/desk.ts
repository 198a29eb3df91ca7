import type { Page } from 'puppeteer-core';
import { text } from '../office.ts';
import type { Hand } from './hand.ts';

/** The clerk's place: what is seen, and the hands. */
export type Desk = { readonly page: () => Page; readonly hand: Hand };

/** Waits until the part of the window that `where` names says what fits. */
export async function see(desk: Desk, where: string, pattern: RegExp | string): Promise<void> {
  const source = typeof pattern === 'string' ? pattern.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&') : pattern.source;
  const page = desk.page();
  await page
    .waitForFunction((selector, wanted) => [...document.querySelectorAll(selector)].some((one) => new RegExp(wanted).test(one.textContent ?? '')), { timeout: 60_000 }, where, source)
    .catch(async () => {
      const focus = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 300) ?? '');
      throw new Error(`not seen in ${where}: ${source}\n--- focus: ${focus}\n--- shown instead:\n${await text(page)}`);
    });
}

/** Waits until something is there, or until it is gone. */
export async function there(desk: Desk, selector: string, hidden = false): Promise<void> {
  await desk.page().waitForSelector(selector, { timeout: 60_000, hidden }).catch(async () => {
    throw new Error(`${hidden ? 'still there' : 'not there'}: ${selector}\n${await text(desk.page())}`);
  });
}

/** The foot of the reading pane: what may be done, and what just was. */
export const acts = '[role=group][aria-label="Việc có thể làm"], [role=group][aria-label="Bước tiếp theo"]';
export const list = '[role=grid]';
