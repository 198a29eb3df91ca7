import type { Page } from 'puppeteer-core';
import { acts, list, see, there, type Desk } from './desk.ts';
import { checkers } from './office-of-the-day.ts';
import type { Ours } from './papers.ts';

/** What is pressed in the list of kinds to come to one; the letter is the first. */
const firstLetters: Readonly<Record<string, string>> = { 'Quyết định': 'q', 'Thông báo': 'tt', 'Kế hoạch': 'k', 'Báo cáo': 'b', 'Giấy mời': 'gg' };

const pane = '[data-pane=reading]';

/** Goes by Tab through the form and types what is named, until all of it is typed. */
async function fill({ page, hand }: Desk, values: Readonly<Record<string, () => Promise<void>>>): Promise<void> {
  const left = new Map(Object.entries(values));
  for (let tabs = 0; tabs < 60 && left.size > 0; tabs += 1) {
    const name = await page().evaluate(() => document.activeElement?.getAttribute('name') ?? document.activeElement?.getAttribute('role') ?? '');
    const type = left.get(name);
    left.delete(name);
    await type?.();
    if (left.size > 0) await hand.press('Tab');
  }
  if (left.size > 0) throw new Error(`no way by Tab to ${[...left.keys()].join(', ')}`);
}

/**
 * Writes a draft and hands it over to be checked; the hand does not wait for it. The first of the day names who signs; the others
 * repeat it. With `begun`, the form is open already and says to whom, and about what.
 */
export async function draft(desk: Desk, ours: Ours, how: { readonly signer?: string; readonly begun?: boolean; readonly repeats?: boolean } = {}): Promise<void> {
  const { hand, page } = desk;
  const { signer, begun = false, repeats = true } = how;
  if (!begun) await hand.press('Alt+N');
  await page().waitForFunction(() => document.activeElement?.closest('[data-pane=reading]') !== null && document.activeElement?.tagName === 'BUTTON', { timeout: 60_000 });
  await hand.pick(() => hand.press('Enter'), [ours.file]);
  await page().waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.name === 'typeName', { timeout: 60_000 });
  await fill(desk, {
    typeName: () => hand.type(firstLetters[ours.typeName] ?? ''),
    ...(begun ? {} : { subject: () => hand.type(ours.subject) }),
    ...(repeats ? { signerName: () => (signer === undefined ? hand.press('Control+D') : nameSigner(desk, signer)) } : {}),
    ...(ours.to.length === 0 ? {} : { combobox: async () => {
      for (const { typed, name } of ours.to) {
        await hand.type(typed);
        await hand.press('Enter');
        await see(desk, '[data-pane=reading] ol', name);
      }
    } }),
    ...(ours.paperTo === '' ? {} : { paperName: async () => {
      await hand.type(ours.paperTo);
      await hand.press('Enter');
    } }),
    ...(ours.unit === '' ? {} : { unitName: () => hand.type(ours.unit) }),
  });
  await hand.press('F8');
}

/** The name of a person of the office; by what authority he signs follows from it. */
async function nameSigner({ page, hand }: Desk, signer: string): Promise<void> {
  await hand.type(signer);
  await page().waitForFunction(() => document.querySelector<HTMLInputElement>('[name=signerPosition]')?.value !== '', { timeout: 60_000 });
}

/** Goes to a part of the list by the tabs above it, and to its first row. */
export async function toTab(desk: Desk, words: string): Promise<void> {
  const { hand, page } = desk;
  // Those for which the row has no room stand behind its button until they are chosen.
  const stand = (): Promise<{ readonly place: number; readonly of: number; readonly wanted: number | null }> =>
    page().evaluate((wanted) => {
      const tabs = [...document.querySelectorAll('main section [role=tablist] [role=tab]')];
      const placeOf = (tab: Element | undefined): number | null => (tab === undefined ? null : Number(tab.getAttribute('aria-posinset')));
      const chosen = tabs.find((tab) => tab.getAttribute('aria-selected') === 'true');
      return { place: placeOf(chosen) ?? 0, of: Number(chosen?.getAttribute('aria-setsize')), wanted: placeOf(tabs.find((tab) => tab.textContent.startsWith(wanted))) };
    }, words);
  let back = false;
  for (let at = await stand(); at.place !== at.wanted; at = await stand()) {
    back = at.wanted === null ? back || at.place === at.of : at.wanted < at.place;
    await hand.press(back ? 'Control+PageUp' : 'Control+PageDown');
    await page().waitForFunction((from) => document.querySelector('main section [role=tablist] [role=tab][aria-selected=true]')?.getAttribute('aria-posinset') !== from, { timeout: 60_000 }, String(at.place));
  }
  await there(desk, `${list}:focus [role=row]`);
  // A part that was shown before is shown as it was until it has been read anew; what then comes first is gone to once more.
  for (let nth = 1; ; nth += 1) {
    await hand.press('Home');
    const isFirst = await shownFirst(desk, nth < 12 ? 5_000 : 60_000).then(() => true, (error: unknown) => {
      if (nth >= 12) throw error;
      return false;
    });
    if (isFirst) return;
  }
}

/** The first row is what is shown beside the list, and may be acted upon. */
async function shownFirst({ page }: Desk, timeout: number): Promise<void> {
  await page().waitForFunction(
    () => {
      const subject = document.querySelector('#outgoing-0 [aria-colindex="5"]')?.textContent ?? '';
      const isShown = subject !== '' && document.querySelector('[data-pane=reading]')?.textContent?.includes(subject) === true;
      return isShown && document.querySelector('main [aria-keyshortcuts=F8]')?.getAttribute('aria-disabled') !== 'true';
    },
    { timeout },
  );
}

/** The two checks of each, from the first of the list; who checks is typed once, if at all. */
export async function check(desk: Desk, count: number, named = true): Promise<void> {
  const { hand } = desk;
  for (let nth = 0; nth < count; nth += 1) {
    if (nth > 0) await hand.press('Control+Enter');
    for (const [kind, said] of [['content', 'Đã xác nhận nội dung'], ['form', 'Đã xác nhận thể thức']] as const) {
      await hand.press('F8');
      await there(desk, 'dialog[open] [name=person]');
      if (named && nth === 0) await hand.type(checkers[kind]);
      await hand.press('Enter');
      await see(desk, acts, said);
    }
  }
}

/** Notes the signatures: by the file that came back, or on paper. */
export async function sign(desk: Desk, count: number, signedFile: (name: string) => string | null): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) {
    if (nth > 0) await desk.hand.press('Control+Enter');
    await noteSignature(desk, signedFile, nth === 0);
    await see(desk, acts, 'Đã ghi nhận chữ ký');
  }
}

/** Whether the next step of what is shown is to sign here. */
async function offersToken(page: Page): Promise<boolean> {
  const next = await page.waitForFunction(
    () => [...document.querySelectorAll('main [aria-keyshortcuts=F8]')].map((one) => one.textContent).find((words) => /^(Ký số|Đóng dấu, ký số|Ghi nhận)/.test(words)),
    { timeout: 60_000 },
  );
  return /ký số/i.test(String(await next.jsonValue()));
}

/** As the dialog offers them. */
const ways = ['program', 'file', 'paper'];

async function noteSignature({ page, hand }: Desk, signedFile: (name: string) => string | null, isFirst: boolean): Promise<void> {
  // Nobody has a token here: the first time that is said, and the window keeps it.
  if (isFirst && (await offersToken(page()))) {
    await hand.tabToWords('Cách khác…');
    // The choice has settled when what may be done is no longer grey.
    await page().waitForFunction(() => document.activeElement?.getAttribute('aria-disabled') !== 'true');
    await hand.press('Enter');
  } else await hand.press('F8');
  await there({ page, hand }, 'dialog[open] [role=radiogroup]');
  const path = signedFile(await page().$eval('main span[title$=".pdf"]', (one) => one.getAttribute('title') ?? ''));
  const form = await page().$eval('dialog[open] input[type=radio]:checked', (one) => one.getAttribute('value') ?? '');
  const down = ways.indexOf(path === null ? 'paper' : 'file') - ways.indexOf(form);
  if (down !== 0) {
    if (!(await page().evaluate(() => document.activeElement?.matches('input[type=radio]') === true))) await hand.tabTo('dialog[open] input[type=radio]:checked', 'back');
    for (let step = 0; step < Math.abs(down); step += 1) await hand.press(down > 0 ? 'ArrowDown' : 'ArrowUp');
  }
  if (path !== null) {
    await hand.tabTo('dialog[open] form button');
    await hand.pick(() => hand.press('Enter'), [path]);
    await see({ page, hand }, 'dialog[open] [role=status]', 'Tệp:');
  }
  await hand.press('Control+Enter');
  await there({ page, hand }, 'dialog[open]', true);
}

/** Number and date for all that wait, in one pass. */
export async function number(desk: Desk): Promise<void> {
  const { hand } = desk;
  await hand.tabTo('[role=tab][aria-selected=true]', 'back');
  await hand.press('Shift+Tab');
  await hand.press('Shift+Tab');
  await hand.press('Enter');
  await there(desk, 'dialog[open] [name=day]');
  await see(desk, 'dialog[open]', /…\/\S*UBND/);
  await hand.press('Control+Enter');
  await see(desk, 'dialog[open]', 'Đã cấp');
  await hand.tabToWords('Tiếp tục phát hành');
  await hand.press('Enter');
  await there(desk, 'dialog[open]', true);
}

/** Seals, issues and queues each of the list. */
export async function issue(desk: Desk, count: number, sealedFile: (name: string) => string | null): Promise<void> {
  const { hand } = desk;
  for (let nth = 0; nth < count; nth += 1) {
    if (nth > 0) await hand.press('Control+Enter');
    await noteSignature(desk, sealedFile, nth === 0);
    await see(desk, acts, 'Đã ghi nhận dấu');
    await hand.press('F8');
    await there(desk, 'dialog[open] form');
    await hand.press('Control+Enter');
    await see(desk, acts, /Đã phát hành \d+\/\S+/);
  }
}

/** A number for the chosen one alone. */
export async function numberOne(desk: Desk): Promise<void> {
  const { hand } = desk;
  await hand.press('F8');
  await see(desk, 'dialog[open]', /…\/\S*UBND/);
  // Where it would be sealed here at once, that is left for later.
  if (await desk.page().$eval('dialog[open]', (one) => one.textContent.includes('Chỉ cấp số'))) {
    await hand.tabToWords('Chỉ cấp số');
    await hand.press('Enter');
  } else await hand.press('Control+Enter');
  await see(desk, '[data-pane=reading] h2', /^\d+\/\S*UBND/);
  await there(desk, 'dialog[open]', true);
}

/** Delete, a reason, done. */
export async function withReason(desk: Desk, reason: string, said: string): Promise<void> {
  const { hand } = desk;
  await hand.press('Delete');
  await there(desk, 'dialog[open] textarea');
  await hand.type(reason);
  await hand.press('Control+Enter');
  await see(desk, pane, said);
}
