import type { KeyInput, Page } from 'puppeteer-core';

/** How many keys something took: letters are what a document says, acts are all others; a chord counts once. */
export type Keys = { readonly acts: number; readonly letters: number };

/** A clerk's hands on the keyboard, and nothing else: no pointer, no call. */
export type Hand = {
  /** `F8`, `Alt+1`, `Control+Enter` */
  readonly press: (chord: string) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** Presses Tab (or Shift+Tab) until what has the focus fits; not finding it is a fault of the window. */
  readonly tabTo: (selector: string, back?: 'back') => Promise<void>;
  /** The same for a button that is seen, by the first of its words. */
  readonly tabToWords: (words: string) => Promise<void>;
  /** Does what opens the system's own file dialog and answers it: a path typed and Enter. */
  readonly pick: (open: () => Promise<void>, paths: readonly string[]) => Promise<void>;
  readonly keys: () => Keys;
};

/** More Tabs than this to one place are not a way by keyboard. */
const mostTabs = 40;

export function handOn(page: () => Page): Hand {
  let acts = 0;
  let letters = 0;
  const has = (selector: string): Promise<boolean> => page().evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector);
  const hand: Hand = {
    async press(chord) {
      acts += 1;
      const { keyboard } = page();
      const parts = chord.split('+');
      const key = parts.pop() ?? '';
      for (const part of parts) await keyboard.down(part as KeyInput);
      await keyboard.press((/^\d$/.test(key) ? `Digit${key}` : /^[A-Z]$/.test(key) ? `Key${key}` : key) as KeyInput);
      for (const part of parts) await keyboard.up(part as KeyInput);
    },
    async type(text) {
      letters += text.length;
      await page().keyboard.type(text);
    },
    async tabTo(selector, back) {
      for (let presses = 0; presses < mostTabs; presses += 1) {
        if (await has(selector)) return;
        await hand.press(back === undefined ? 'Tab' : 'Shift+Tab');
      }
      const where = await page().evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? '');
      throw new Error(`no way by ${String(mostTabs)} Tabs to ${selector}; now at ${where}`);
    },
    async tabToWords(words) {
      await page().waitForFunction((wanted) => [...document.querySelectorAll('button')].some((one) => one.textContent.startsWith(wanted)), { timeout: 60_000 }, words);
      for (let presses = 0; presses < mostTabs; presses += 1) {
        if (await page().evaluate((wanted) => document.activeElement?.textContent.startsWith(wanted) === true && document.activeElement.tagName === 'BUTTON', words)) return;
        await hand.press('Tab');
      }
      throw new Error(`no way by ${String(mostTabs)} Tabs to “${words}”`);
    },
    async pick(open, paths) {
      const asked = page().waitForFileChooser({ timeout: 60_000 });
      // Whose word is not passed on before the browser has heard that somebody listens.
      await page().evaluate(() => undefined);
      const [chooser] = await Promise.all([asked, open()]);
      letters += paths.join('').length;
      acts += 1;
      await chooser.accept([...paths]);
    },
    keys: () => ({ acts, letters }),
  };
  return hand;
}

/** What a stretch of work took. */
export async function counted(hand: Hand, work: () => Promise<void>): Promise<Keys & { readonly seconds: number }> {
  const before = hand.keys();
  const began = performance.now();
  await work();
  const after = hand.keys();
  return { acts: after.acts - before.acts, letters: after.letters - before.letters, seconds: (performance.now() - began) / 1000 };
}
