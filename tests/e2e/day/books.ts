import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Printed } from '#contract';
import { askWindow, fileBytes } from '../office.ts';
import { see, there, type Desk } from './desk.ts';

/** `text`: what a PDF says; a table as it is. */
export type Print = { readonly name: string; readonly path: string; readonly text: string };

/** Prints every book that is offered, with `andTables` once more as a table each, and both reports, and keeps them as files in `folder`. */
export async function printAll(desk: Desk, folder: string, andTables = false): Promise<readonly Print[]> {
  const { hand, page } = desk;
  const before = new Set((await printed(desk)).map((one) => one.id));
  let made = before.size;
  await hand.press('Alt+P');
  await there(desk, 'select[name=book]:focus');
  const books = await page().$$eval('select[name=book] option', (options) => options.length);
  for (const format of andTables ? ['pdf', 'csv'] : ['pdf']) {
    if (format === 'csv') {
      await hand.tabTo('form input[type=radio]:checked');
      for (const key of ['ArrowRight', 'ArrowRight']) await hand.press(key);
    }
    for (let nth = 0; nth < books; nth += 1) {
      await hand.tabTo('select[name=book]', 'back');
      await hand.press(nth === 0 ? 'Home' : 'ArrowDown');
      await make(desk, (made += 1));
    }
  }
  await hand.press('Control+PageDown');
  await see(desk, 'main', 'Tổng số văn bản đến');
  for (const nth of [1, 2]) {
    await hand.tabTo('form input[type=radio]:checked');
    if (nth === 2) {
      await hand.press('ArrowRight');
      await see(desk, 'main', 'Tổng số văn bản đi');
    }
    await make(desk, (made += 1));
    if (nth === 1) await hand.tabTo('form input[type=radio]:checked', 'back');
  }
  mkdirSync(folder, { recursive: true });
  const fresh = (await printed(desk)).filter((one) => !before.has(one.id)).toReversed();
  return Promise.all(fresh.map(async (one, at) => {
    const path = join(folder, `${String(at + 1)}-${one.name}`);
    const bytes = await fileBytes(page(), one.id);
    writeFileSync(path, bytes);
    return { name: one.name, path, text: path.endsWith('.pdf') ? execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).normalize('NFC') : bytes.toString('utf8') };
  }));
}

async function printed(desk: Desk): Promise<readonly Printed[]> {
  return askWindow(desk.page(), 'printing', 'printed', { before: null, limit: 50 });
}

/** Enter in a form of prints makes it; it is there when the list of prints has it. */
async function make(desk: Desk, count: number): Promise<void> {
  const { hand } = desk;
  await hand.tabTo('form [name=volume], form [name=to]');
  await hand.press('Enter');
  for (let tries = 0; (await printed(desk)).length < count; tries += 1) {
    if (tries > 600) throw new Error(`only ${String((await printed(desk)).length)} prints, not ${String(count)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
