import { acts, see, there, type Desk } from './desk.ts';

const standing = '[data-pane=reading]';

/** Presents documents to the leader, from the chosen one down the list. */
export async function present(desk: Desk, count: number): Promise<void> {
  const { hand } = desk;
  for (let nth = 0; nth < Math.floor(count); nth += 1) {
    if (nth > 0) await hand.press('ArrowDown');
    await hand.press('F8');
    await there(desk, 'dialog[open] input[name=leaderName]');
    await hand.press('Enter');
    await see(desk, standing, 'Người làm tiếp: lãnh đạo');
  }
}

/** The leader's word, who leads, who joins and by when; `deadlines`: a day typed, or null for the first that is offered. */
export async function direct(desk: Desk, count: number, words: (nth: number) => string, deadline: (nth: number) => string | null): Promise<void> {
  const { hand, page } = desk;
  for (let nth = 0; nth < Math.floor(count); nth += 1) {
    // A dialog that closes late may take the focus back to the list; a person presses the key again.
    for (let tries = 1; ; tries += 1) {
      await hand.press('F8');
      const isThere = await page().waitForFunction(() => document.activeElement?.matches('textarea[name=text]') === true, { timeout: 10_000 }).then(() => true, () => false);
      if (isThere) break;
      if (tries === 6) throw new Error('F8 does not lead to the words of the direction');
    }
    await hand.type(words(nth));
    await hand.tabTo('input[name=party]');
    for (const party of nth % 3 === 0 ? ['kinh te', 'van hoa'] : [nth % 2 === 0 ? 'trung tam' : 'van hoa']) {
      await hand.type(party);
      await there(desk, '[role=option][aria-selected=true]');
      await hand.press('Enter');
    }
    const day = deadline(nth);
    if (day !== null) {
      await hand.tabTo('input[name=deadline]');
      await hand.type(day);
    }
    const before = await page().evaluate(() => location.hash);
    await hand.press('Control+Enter');
    await page().waitForFunction((hash) => location.hash !== hash && document.querySelector('textarea[name=text]') !== null || document.querySelector('form .error') !== null, { timeout: 60_000 }, before);
  }
}

/** Work begins for documents down the list, and ends for the first of them. */
export async function workOn(desk: Desk, count: number, done: number): Promise<void> {
  const { hand } = desk;
  for (let nth = 0; nth < Math.floor(count); nth += 1) {
    if (nth > 0) await hand.press('ArrowDown');
    await hand.press('F8');
    await there(desk, 'dialog[open] textarea');
    await hand.press('Control+Enter');
    await see(desk, acts, 'Hoàn thành');
    if (nth < done) {
      await hand.press('F8');
      await there(desk, 'dialog[open] [role=radiogroup]');
      await hand.press('Control+Enter');
      await there(desk, 'dialog[open]', true);
    }
  }
}
